"""The one error a person can fix."""


class AsktellError(Exception):
    """Something the person can put right: what is wrong, where, and what to do, in one line."""


class RecordingError(AsktellError):
    """A recording, transcript or session file that cannot be scored as it is."""


class RubricError(AsktellError):
    """A rubric file that breaks its rules; the message names file, key and fix."""


class StoreError(AsktellError):
    """A database that cannot be opened, written or migrated."""


class MissingModelError(AsktellError):
    """A model whose weights are neither on this machine nor reachable."""
