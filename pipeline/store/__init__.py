"""Everything about every session, in one DuckDB file that people keep for years."""

from pipeline.store.records import (
    Annotation,
    Outcome,
    RubricText,
    RunRecord,
    SavedSession,
    StageKeys,
    StoredLine,
)
from pipeline.store.store import Store, StoreOptions

__all__ = [
    "Annotation",
    "Outcome",
    "RubricText",
    "RunRecord",
    "SavedSession",
    "StageKeys",
    "Store",
    "StoreOptions",
    "StoredLine",
]
