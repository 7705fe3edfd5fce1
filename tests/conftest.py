"""Settings of every test."""

from hypothesis import settings

# How long an example takes says something of the machine and its other work, nothing of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
