"""Lines of plain text written as most files have them: a turn each, without numbers, times in digits and first."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.transcripts.clock import CLOCK, clock_ms
from pipeline.transcripts.names import looks_like_name, name_key, split_prefix
from pipeline.transcripts.wording import tidy_name

_NUMBER = re.compile(r"\s*\d{1,4}[.)]\s+")
_RISING_NUMBER = re.compile(r"\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|#?(\d{1,4}))\s?[:|–—-]?\s+(?=\D)")
_LONE_NUMBER = re.compile(r"\s*(\d{1,4})$")
_WORDED = r"(?:(?P<h>\d+) hours?,? ?)?(?:(?P<m>\d+) minutes?,? ?)?(?:(?P<s>\d+) seconds?)?"
_WORDED_TIME = re.compile(rf"(?P<name>[^:]{{0,80}}?)\s?(?<!\w)(?=\d+ (?:hour|minute|second)){_WORDED}")
_HEAD = re.compile(rf"(?P<name>.{{0,80}}?)\s?(?<!\S)(?P<time>{CLOCK})")
_OPENED = re.compile(r"\s*(?![\[(@]?\d)[^:\n]{1,80}:(?!\d)\W*\w")
_LATE = re.compile(rf"[\[(](?P<time>{CLOCK})[\])]$")
_NEARLY_ALL = 0.8
_RUN_ON = re.compile(r"(?<=[.?!…\"”])\s+(?=(?P<name>[^\s:.?!…][^:.?!…\n]{0,49}):\s)")
_FEW_LINES = 3


def turns_apart(text: str) -> str:
    """The text with a line for each turn, where it has up to three lines in which turns run on: "Dana: So? Ravi: Fine."

    Two names or more must come back, at the start or behind the end of a sentence.
    """
    if sum(bool(line.strip()) for line in text.split("\n")) > _FEW_LINES:
        return text
    opening = split_prefix(text.lstrip().split("\n", 1)[0])
    openings = [opening[0] if opening else "", *(tidy_name(match["name"]) for match in _RUN_ON.finditer(text))]
    names = Counter(name_key(each) for each in openings if looks_like_name(each))
    if sum(count > 1 for count in names.values()) < 2:
        return text
    return _RUN_ON.sub(lambda match: "\n" if name_key(tidy_name(match["name"])) in names else match[0], text)


def rewritten(lines: Sequence[str]) -> Sequence[str]:
    """The lines as most files have them, as many as there were; empty ones where a line only repeats another."""
    return _times_first(_times_in_digits(_without_numbers(lines)))


def _without_numbers(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the numbers before them, where half of them or more are numbered: "1. Dana: Fine."

    Without a dot or a bracket behind them, in brackets or alone on their lines, they must rise; two in five will do
    of those alone, for there may be a title.
    """
    for pattern, share in ((_NUMBER, 0.5), (_RISING_NUMBER, 0.5), (_LONE_NUMBER, 0.4)):
        numbers = [pattern.match(line) for line in lines]
        counted = [int(next(filter(None, number.groups()), 0)) for number in numbers if number]
        rising = pattern is _NUMBER or all(before < after for before, after in pairwise(counted))
        if rising and len(counted) > 1 and len(counted) >= share * len(lines):
            return [line[number.end() :] if number else line for line, number in zip(lines, numbers, strict=True)]
    return lines


def _times_in_digits(lines: Sequence[str]) -> Sequence[str]:
    """Times in words as Teams' page has them, "1 minute 3 seconds", in digits, where two or more of minutes and seconds
    end a line each; what the page says twice stays once."""
    plain = [" ".join(line.split()) for line in lines]
    worded = [_WORDED_TIME.fullmatch(line) for line in plain]
    if sum(_heads(time) for time in worded) < 2:
        return lines
    # Of one unit only where nothing else is on the line: "Give me 20 seconds" is speech.
    digits = [
        f"{time['name']} {int(time['h'] or 0)}:{int(time['m'] or 0):02}:{int(time['s'] or 0):02}".strip()
        if time and (not time["name"] or _heads(time))
        else line
        for line, time in zip(plain, worded, strict=True)
    ]
    return _said_once(digits)


def _heads(time: re.Match[str] | None) -> bool:
    """Whether minutes and seconds stand alone or behind what looks like a name."""
    return bool(time and time["m"] and time["s"] and (not time["name"] or looks_like_name(time["name"])))


def _said_once(lines: Sequence[str]) -> list[str]:
    """The lines, empty where one repeats the time above it or the name and time, or has the initials of the name
    below it."""
    once: list[str] = []
    name, time_ms = "", None
    for line, below in pairwise([*lines, ""]):
        head = _HEAD.fullmatch(line)
        if head and time_ms is not None and clock_ms(head["time"]) == time_ms and head["name"] in ("", name):
            once.append("")
            continue
        initials = "".join(word[0] for word in below.split() if word[0].isalpha())
        once.append("" if len(line) > 1 and line == initials.upper() and below.count(" ") else line)
        name, time_ms = (head["name"] or name, clock_ms(head["time"])) if head else (line, None)
    return once


def _times_first(lines: Sequence[str]) -> Sequence[str]:
    """The lines with times in brackets at their ends put first: "Dana: Fine. (0:12)".

    Where four in five of the lines that open with words before a colon end so, and the times never fall.
    """
    opened = [line for line in lines if _OPENED.match(line)]
    late = {line: time for line in opened if (time := _LATE.search(line)) and _OPENED.match(line[: time.start()])}
    times = [clock_ms(late[line]["time"]) or 0 for line in opened if line in late]
    if len(times) < max(2, _NEARLY_ALL * len(opened)) or times != sorted(times):
        return lines
    return [f"[{late[line]['time']}] {line[: late[line].start()].rstrip()}" if line in late else line for line in lines]
