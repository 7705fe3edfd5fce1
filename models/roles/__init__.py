"""Which speaker is the manager, from what is said."""

from models.roles.finder import SpokenRoleFinder, load_role_finder

__all__ = ["SpokenRoleFinder", "load_role_finder"]
