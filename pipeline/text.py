"""Text from outside made fit for UTF-8, and JSON read so that whatever it holds can be stored and shown."""

import json
import re
from typing import Any

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def well_formed(text: str) -> str:
    """The text with a question mark for each half of a character pair that stands alone.

    Such halves come from file names that are no UTF-8 and from escapes in JSON; nothing can write them.
    """
    return text.encode("utf-8", "replace").decode()


def parse_json(text: str) -> Any:
    """The value of a JSON text, its strings well-formed.

    Raises json.JSONDecodeError for what is no JSON, another ValueError where it is nested too deeply or a number in
    it is too long.
    """
    try:
        value = json.loads(text)
        return _all_well_formed(value) if _SURROGATE_ESCAPE.search(text) else value
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError:
        raise
    except ValueError:
        raise ValueError("a number is too long") from None


def _all_well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, list):
        return [_all_well_formed(each) for each in value]
    if isinstance(value, dict):
        return {well_formed(key): _all_well_formed(each) for key, each in value.items()}
    return value
