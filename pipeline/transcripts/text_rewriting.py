"""Lines of plain text written as most files have them: a turn each, without numbers, times in digits and first."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.transcripts.clock import CLOCK, clock_ms
from pipeline.transcripts.names import key_of_name, looks_like_name

_ESCAPED = re.compile(r"\\([!-/:-@\[\]-`{-~])")
"""A mark that is none of Markdown's: `\\[0:12\\]`, `SPEAKER\\_00`."""
_STAMP = re.compile(r"#(?P<time>\d{1,2}:\d\d:\d\d)(?:-(?P<tenths>\d))?#")
_NUMBER = re.compile(r"\s*\d{1,4}[.)]\s+")
_RISING_NUMBER = re.compile(r"\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|#(\d{1,4})|(?P<bare>\d{1,4}))\s?[:|–—-]?\s+(?=\D)")
_LONE_NUMBER = re.compile(r"\s*(?P<bare>\d{1,4})$")
_WORDED = r"(?:(?P<h>\d{1,4}) hours?,? ?)?(?:(?P<m>\d{1,4}) minutes?,? ?)?(?:(?P<s>\d{1,4}) seconds?)?"
_WORDED_TIME = re.compile(rf"(?P<name>[^:]{{0,80}}?)\s?(?<!\w)(?=\d{{1,4}} (?:hour|minute|second)){_WORDED}")
_HEAD = re.compile(rf"(?P<name>.{{0,80}}?)\s?(?<!\S)(?P<time>{CLOCK})")
_OPENED = re.compile(r"\s*(?![\[(@]?\d)[^:\n]{1,80}:(?!\d)\W*\w")
_LATE = re.compile(rf"[\[(](?P<time>{CLOCK})[\])]$")
_EARLY = re.compile(rf"\W*{CLOCK}")
_NEARLY_ALL = 0.8
_COLON = re.compile(r":(?:\*\*|__)?(?=\s)")
_NAME_WORDS = 5


def plain_marks(text: str) -> str:
    """The text without the backslashes that Markdown puts before marks, and with a line for each time as f4 writes it.

    `#00:00:12-3#` stands where a paragraph ends, and the next begins.
    """
    text = _ESCAPED.sub(r"\1", text)
    return _STAMP.sub(lambda stamp: f"\n[{stamp['time']}.{stamp['tenths'] or 0}]\n", text)


def turns_apart(text: str) -> str:
    """The text with a line for each turn, where all turns run on in one line: "Dana: So? Ravi: Fine."

    A title without a colon may stand above it. The line must open with a name, and two names or more must come back
    before colons. Words that stand so once are speech.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if not 1 <= len(lines) <= 2 or any(":" in title for title in lines[:-1]):
        return text
    *parts, last = (" ".join(part.split()) for part in _COLON.split(lines[-1]))
    endings = [_names_ending(part) for part in parts]
    counts = Counter(key for ending in endings for key in ending)
    # A surname comes back as often as the whole name; what somebody said before a name comes back less often.
    likeliest = [max(ending, key=lambda key: (counts[key], len(key)), default="") for ending in endings]
    names = {key for key, count in Counter(likeliest).items() if key and count > 1}
    if len(names) < 2 or key_of_name(parts[0]) not in names:
        return text
    apart = "".join(
        f"{part.removesuffix(ending[key])}\n{ending[key]}: " if key in names else f"{part}: "
        for part, ending, key in zip(parts, endings, likeliest, strict=True)
    )
    return "\n".join([*lines[:-1], apart + last])


def _names_ending(part: str) -> dict[str, str]:
    """What could be a name at the end of the part, as it is written there, by its key; the shortest for each key."""
    words = part.split()[-_NAME_WORDS:]
    endings = [words[first:] for first in range(len(words))]
    return {
        key: " ".join(ending)
        for ending in endings
        if not any(word[-1] in ".?!…" or ":" in word for word in ending[:-1]) and (key := key_of_name(" ".join(ending)))
    }


def rewritten(lines: Sequence[str]) -> Sequence[str]:
    """The lines as most files have them, as many as there were; empty ones where a line only repeats another."""
    return _times_first(_times_in_digits(_without_numbers(lines)))


def _without_numbers(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the numbers before them, where half of them or more are numbered: "1. Dana: Fine."

    Without a dot or a bracket behind them, they must rise, and by one each where nothing marks them: "5 calls" is
    speech. Two in five will do of those alone on their lines, for there may be a title.
    """
    for pattern, share in ((_NUMBER, 0.5), (_RISING_NUMBER, 0.5), (_LONE_NUMBER, 0.4)):
        numbers = [pattern.match(line) for line in lines]
        counted = [int(next(filter(None, number.groups()), 0)) for number in numbers if number]
        steps = [after - before for before, after in pairwise(counted)]
        bare = any(number.groupdict().get("bare") for number in numbers if number)
        rising = all(step == 1 if bare else step > 0 for step in steps)
        if (rising or pattern is _NUMBER) and len(counted) > 1 and len(counted) >= share * len(lines):
            return [line[number.end() :] if number else line for line, number in zip(lines, numbers, strict=True)]
    return lines


def _times_in_digits(lines: Sequence[str]) -> Sequence[str]:
    """Times in words as Teams' page has them, "1 minute 3 seconds", in digits, where two or more of minutes and seconds
    end a line each; what the page says twice stays once."""
    plain = [" ".join(line.split()) for line in lines]
    worded = [_WORDED_TIME.fullmatch(line) for line in plain]
    if sum(_heads(time) for time in worded) < 2:
        return lines
    names = [key_of_name(line) for line in ("", *plain[:-1])]
    alone = Counter(name for name, time in zip(names, worded, strict=True) if time and not time["name"])
    digits = []
    for line, name, time, below in zip(plain, names, worded, [*plain[1:], ""], strict=True):
        # Of one unit only where a name heads it: "Give me 20 seconds" is speech, and so is "20 seconds".
        again = time is not None and clock_ms(below) == clock_ms(_digits(time))
        heads = _heads(time) or (time and not time["name"] and (alone[name] > 1 or again))
        taken = time and heads and (time["name"] or name)
        digits.append(f"{time['name']} {_digits(time)}".strip() if time and taken else line)
    return _said_once(digits)


def _digits(time: re.Match[str]) -> str:
    return f"{int(time['h'] or 0)}:{int(time['m'] or 0):02}:{int(time['s'] or 0):02}"


def _heads(time: re.Match[str] | None) -> bool:
    """Whether minutes and seconds stand alone or behind what looks like a name."""
    return bool(time and time["m"] and time["s"] and (not time["name"] or looks_like_name(time["name"])))


def _said_once(lines: Sequence[str]) -> list[str]:
    """The lines, empty where one repeats the time above it or the name and time, or has the initials of the name
    below it, where most names have them above."""
    once: list[str] = []
    name, time_ms = "", None
    for line in lines:
        head = _HEAD.fullmatch(line)
        if head and time_ms is not None and clock_ms(head["time"]) == time_ms and head["name"] in ("", name):
            once.append("")
            continue
        once.append(line)
        name, time_ms = (head["name"] or name, clock_ms(head["time"])) if head else (line, None)
    return _without_initials(once)


def _without_initials(lines: Sequence[str]) -> list[str]:
    """The lines, empty where one has the initials of the name below it, where most of the names have them above."""
    names = [_heading(line, below) for line, below in pairwise([*lines, ""])]
    initials = [
        len(line) > 1 and line == "".join(word[0] for word in name.split() if word[0].isalpha()).upper()
        for line, name in zip(lines, [*names[1:], ""], strict=True)
    ]
    most = 2 * sum(initials) > sum(map(bool, names))
    return ["" if most and initial else line for line, initial in zip(lines, initials, strict=True)]


def _heading(line: str, below: str) -> str:
    """The name on the line, where a time stands behind it or alone below it; else nothing."""
    head, time = _HEAD.fullmatch(line), _HEAD.fullmatch(below)
    name: str = head["name"] if head else line if time and not time["name"] else ""
    return name if looks_like_name(name) else ""


def _times_first(lines: Sequence[str]) -> Sequence[str]:
    """The lines with times in brackets at their ends put first: "Dana: Fine. (0:12)".

    Where four in five of the lines that open with words before a colon end so, which are three or more and half of
    all, no line begins with a time, and the times never fall.
    """
    opened = [line for line in lines if _OPENED.match(line)]
    late = {line: time for line in opened if (time := _LATE.search(line)) and _OPENED.match(line[: time.start()])}
    times = [clock_ms(late[line]["time"]) or 0 for line in opened if line in late]
    few = len(times) < max(3, _NEARLY_ALL * len(opened), 0.5 * len(lines))
    if few or times != sorted(times) or any(_EARLY.match(line) for line in lines):
        return lines
    return [f"[{late[line]['time']}] {line[: late[line].start()].rstrip()}" if line in late else line for line in lines]
