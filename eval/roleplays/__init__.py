"""Bundled role-play recordings, the scripts they are spoken from, and their exact truth."""
