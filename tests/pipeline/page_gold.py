"""Whole pages as they are expected, without their styles and scripts.

`ASKTELL_WRITE_GOLD=1 pytest tests/pipeline` writes them anew; read the difference before committing it.
"""

import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "pages_gold"


def assert_gold(name: str, html: str) -> None:
    """The page equals the kept one but for styles, scripts and the drawing of charts."""
    scrubbed = re.sub(r"(<(style|script|svg)\b[^>]*>).*?(</\2>)", r"\1…\3", html, flags=re.DOTALL)
    path = FOLDER / name
    if os.environ.get("ASKTELL_WRITE_GOLD"):
        path.write_text(scrubbed, encoding="utf-8")
    assert scrubbed == path.read_text(encoding="utf-8"), f"{name} differs from the kept page"
