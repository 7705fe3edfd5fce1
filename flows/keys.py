"""What a stage's result depends on, as digests: same digest, same result, nothing to do again."""

import hashlib
import json
from typing import Any


def digest(**facts: Any) -> str:
    """A digest of named facts, independent of their order; facts must be plain JSON values or have a str()."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
