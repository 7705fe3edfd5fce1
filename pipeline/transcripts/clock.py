"""Times as transcripts write them, in whole milliseconds."""

import re

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d+)?"
"""Pattern of a time with colons: `0:12`, `12:05`, `1:02:03.456`, `00:00:12,345`."""
FRAMES = r"\d{1,3}[:;]\d\d[:;]\d\d[:;]\d\d"
"""Pattern of a timecode with frames: `01:00:03:05`, `01;00;03;05`."""
HALF_OF_DAY = r"\s*(?i:[ap]\.?m\b\.?)"
"""Pattern of what follows a time of day on a clock of twelve hours: `AM`, ` pm`, ` a.m.`."""
DAYTIME = rf"[012]?\d:[0-5]?\d(?::[0-5]?\d(?:[.,]\d+)?)?{HALF_OF_DAY}"
"""Pattern of a time of day with its half: `10:02 AM`, `12:59:50 p.m.`."""

BETWEEN = r"\s*(?:-->|->|→|[-–—]|to)\s*"
"""Pattern of what parts the start from the end of a range of times."""

_N = r"\d{1,9}"
_DAYTIME = re.compile(
    r"(?P<h>[012]?\d):(?P<m>\d\d?)(?::(?P<s>\d\d?)(?:[.,](?P<f>\d+))?)?\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE
)
_PARTS = re.compile(rf"(?:(?P<h>{_N}):)?(?P<m>{_N}):(?P<s>{_N})(?:[.,](?P<f>\d+))?")
_FRAMES = re.compile(rf"(?P<h>{_N})[:;](?P<m>{_N})[:;](?P<s>{_N})[:;]\d\d")
_SECONDS = re.compile(rf"(?P<s>{_N})(?:\.(?P<f>\d+))?\s*s?")
_SPELLED = re.compile(
    rf"(?:PT)?(?:(?P<h>{_N})h)?\s*(?:(?P<m>{_N})m)?\s*(?:(?P<s>{_N})(?:\.(?P<f>\d+))?s)?", re.IGNORECASE
)


def clock_ms(text: str) -> int | None:
    """Milliseconds of a written time, or None where it is none.

    Reads `h:mm:ss`, `m:ss` with fractions after a dot or a comma (hours and leading zeros may be missing,
    minutes may pass 59), bare seconds (`12.5`, `12.5s`), `1h2m3s`, ISO 8601 (`PT1M2.5S`) and timecodes
    with frames, whose frames are dropped. With AM or PM, `h:mm:ss` and `h:mm` are times of day since midnight:
    12 AM is hour 0, 12 PM hour 12. A leading minus gives a negative time.
    """
    text = text.strip()
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not text:
        return None
    for pattern in (_DAYTIME, _PARTS, _SECONDS, _SPELLED, _FRAMES):
        match = pattern.fullmatch(text)
        if match and any(match.groupdict().values()):
            return sign * _total(match.groupdict())
    return None


def clocks_in(text: str) -> list[str]:
    """Every time with colons in the text, as written."""
    return re.findall(CLOCK, text)


def shows_no_seconds(text: str) -> bool:
    """Whether every time in the text has one colon and no fraction: minutes and seconds, or hours and minutes."""
    times = clocks_in(text)
    return bool(times) and all(time.count(":") == 1 and not re.search(r"[.,]\d", time) for time in times)


def stretch_ms(text: str) -> tuple[int | None, int | None]:
    """Start and end of a written time or range of times, in brackets or not; None for what is not there.

    `[0:03]`, `0:03 - 0:05`, `00:00:03,000 --> 00:00:05,000`.
    """
    text = text.strip().strip("[]()").strip()
    whole = clock_ms(text)
    if whole is not None:
        return whole, None
    parts = re.split(BETWEEN, text)
    if len(parts) != 2 or None in (times := [clock_ms(part) for part in parts]):
        return None, None
    return times[0], times[1]


def _total(parts: dict[str, str | None]) -> int:
    hours = int(parts.get("h") or 0)
    if half := parts.get("half"):
        hours = hours % 12 + (12 if half in "pP" else 0)
    whole = hours * 3600 + int(parts.get("m") or 0) * 60 + int(parts.get("s") or 0)
    fraction = parts.get("f") or ""
    # Round the decimals as written: as a float, 0.0015 s would already be something else.
    return whole * 1000 + (int(fraction[:4].ljust(4, "0")) + 5) // 10
