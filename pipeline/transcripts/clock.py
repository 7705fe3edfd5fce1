"""Times as transcripts write them, in whole milliseconds."""

import re

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d+)?"
"""Pattern of a time with colons: `0:12`, `12:05`, `1:02:03.456`, `00:00:12,345`."""

_N = r"\d{1,9}"
_PARTS = re.compile(rf"(?:(?P<h>{_N}):)?(?P<m>{_N}):(?P<s>{_N})(?:[.,](?P<f>\d+))?")
_FRAMES = re.compile(rf"(?P<h>{_N}):(?P<m>{_N}):(?P<s>{_N})[:;]\d\d")
_SECONDS = re.compile(rf"(?P<s>{_N})(?:\.(?P<f>\d+))?\s*s?")
_SPELLED = re.compile(
    rf"(?:PT)?(?:(?P<h>{_N})h)?\s*(?:(?P<m>{_N})m)?\s*(?:(?P<s>{_N})(?:\.(?P<f>\d+))?s)?", re.IGNORECASE
)


def clock_ms(text: str) -> int | None:
    """Milliseconds of a written time, or None where it is none.

    Reads `h:mm:ss`, `m:ss` with fractions after a dot or a comma (hours and leading zeros may be missing,
    minutes may pass 59), bare seconds (`12.5`, `12.5s`), `1h2m3s`, ISO 8601 (`PT1M2.5S`) and timecodes
    with frames, whose frames are dropped. A leading minus gives a negative time.
    """
    text = text.strip()
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not text:
        return None
    for pattern in (_PARTS, _SECONDS, _SPELLED, _FRAMES):
        match = pattern.fullmatch(text)
        if match and any(match.groupdict().values()):
            return sign * _total(match.groupdict())
    return None


def _total(parts: dict[str, str | None]) -> int:
    whole = int(parts.get("h") or 0) * 3600 + int(parts.get("m") or 0) * 60 + int(parts.get("s") or 0)
    fraction = parts.get("f") or ""
    # Round the decimals as written: as a float, 0.0015 s would already be something else.
    return whole * 1000 + (int(fraction[:4].ljust(4, "0")) + 5) // 10
