"""Plain text in the layouts that people paste: names in other marks than a colon, numbers, times in words or last."""

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from pipeline.errors import RecordingError
from tests.pipeline.transcript_builders import begun, read, texts

TURNS = [
    ("Dana Okafor", "Morning. How did the call go?"),
    ("Ravi Patel", "Not great. Two things: price and timing."),
    ("Dana Okafor", "What do you think happened?"),
    ("Ravi Patel", "Well - I think I rushed it (as usual)."),
    ("Dana Okafor", "Okay."),
    ("Ravi Patel", "They want 10:30 on Monday."),
]
STARTS = [3, 9, 21, 34, 65, 3725]


def written(pattern: str) -> str:
    """The turns in a layout of {n} number, {name}, {text}, {c} clock time and {w} time in words."""
    lines = []
    for number, ((name, text), start) in enumerate(zip(TURNS, STARTS, strict=True), 1):
        hours, minutes, seconds = start // 3600, start // 60 % 60, start % 60
        clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        words = ("1 hour " if hours else "") + f"{minutes} minute{'s' * (minutes != 1)} {seconds} seconds"
        lines.append(pattern.format(n=number, name=name, text=text, c=clock, w=words))
    return "".join(lines)


@pytest.mark.parametrize(
    "pattern",
    [
        "{name}\n{w}\n{c}\n{text}\n",
        "{name}   {w}\n{text}\n",
        "{name}\n{w}\n{c}\n{name} {w}\n{text}\n",
        "{c} | {name} | {text}\n",
        "{name} | {c} | {text}\n",
        "| {c} | {name} | {text} |\n",
        "`{c}` **{name}** {text}\n\n",
        "[{c}] {name} - {text}\n",
        "{name} ({c}) - {text}\n",
        '"{name}" ({c})\n{text}\n\n',
        "{name} · {c}\n{text}\n\n",
        "{c} → {name}\n{text}\n",
        "[{name}] [{c}] {text}\n",
        "{name}: {text} [{c}]\n",
        "{name}: {text} ({c})\n",
        "**{name}:** {text} [{c}]\n\n",
        "{c}\t From {name} to Everyone:\n\t{text}\n",
    ],
)
def test_layouts_with_times_are_read(tmp_path: Path, pattern: str) -> None:
    turns = begun(read(tmp_path, "talk.md", written(pattern)))
    assert [(name, text) for name, _, text in turns] == TURNS
    assert [start_ms // 1000 for _, start_ms, _ in turns] == STARTS


@pytest.mark.parametrize(
    "pattern",
    [
        "{name} | {text}\n",
        "| {name} | {text} |\n",
        "{name}\t{text}\n",
        "{n} {name}: {text}\n",
        "{n}. {name}: {text}\n",
        "[{n}] {name}: {text}\n",
        "({n}) {name}: {text}\n",
        "#{n} {name}: {text}\n",
        "{n}\n{name}: {text}\n",
        "{n}) {name} - {text}\n",
        "({name}) {text}\n",
        "<{name}> {text}\n",
        "{{{name}}} {text}\n",
        "[{name}] {text}\n",
        "**{name}:** {text}\n",
        "**{name}** {text}\n\n",
        "- **{name}** {text}\n",
        "**{name}** — {text}\n\n",
        "_{name}_ {text}\n",
        "{name} - {text}\n",
        "{name} – {text}\n",
        "{name} — {text}\n\n",
        "{name}; {text}\n",
        "{name}> {text}\n",
        "{name} -> {text}\n",
        "{name}:- {text}\n",
        "{name}: {text} ",
    ],
)
@pytest.mark.parametrize("title", ["", "Weekly coaching, 2 November\n\n"])
def test_layouts_without_times_are_read(tmp_path: Path, pattern: str, title: str) -> None:
    assert texts(read(tmp_path, "talk.md", title + written(pattern))) == TURNS


@pytest.mark.parametrize("rename", [str.upper, lambda name: name[0]], ids=["capitals", "q-and-a"])
def test_a_dot_may_stand_behind_names_in_capitals_and_behind_q_and_a(
    tmp_path: Path, rename: Callable[[str], str]
) -> None:
    content = written("{name}. {text}\n")
    for name, other in (("Dana Okafor", "Q"), ("Ravi Patel", "A")):
        content = content.replace(name, rename(name) if rename is str.upper else other)
    assert [text for _, text in texts(read(tmp_path, "talk.txt", content))] == [text for _, text in TURNS]


def test_a_page_of_teams_may_have_initials_above_names(tmp_path: Path) -> None:
    content = written("{name}\n{w}\n{c}\n{text}\n").replace("Dana Okafor\n", "DO\nDana Okafor\n")
    content = content.replace("Ravi Patel\n", "RP\nRavi Patel\n")
    assert texts(read(tmp_path, "teams.txt", content)) == TURNS


def test_initials_above_few_names_are_words_on_a_page_of_teams(tmp_path: Path) -> None:
    content = written("{name}\n{w}\n{c}\n{text}\n").replace("Ravi Patel", "Olga Kim").replace("Okay.", "OK")
    assert texts(read(tmp_path, "teams.txt", content))[4] == ("Dana Okafor", "OK")


def test_an_answer_in_seconds_is_speech_on_a_page_of_teams(tmp_path: Path) -> None:
    content = written("{name}\n{w}\n{c}\n{text}\n").replace("Okay.", "20 seconds")
    assert texts(read(tmp_path, "teams.txt", content))[4] == ("Dana Okafor", "20 seconds")


def test_digits_without_end_before_a_unit_are_no_time(tmp_path: Path) -> None:
    content = written("{name}\n{w}\n{c}\n{text}\n").replace("Okay.", "1" * 5000 + " minutes 3 seconds")
    assert len(read(tmp_path, "teams.txt", content).turns) == len(TURNS)


def test_times_in_words_that_somebody_says_are_speech(tmp_path: Path) -> None:
    turns = [("Dana", "Give me 5 minutes 30 seconds"), ("Ravi", "I need 6 minutes 10 seconds"), ("Dana", "Fine.")]
    content = "".join(f"{name}: {text}\n" for name, text in turns)
    assert texts(read(tmp_path, "talk.txt", content)) == turns
    paged = written("{name}\n{w}\n{c}\n{text}\n").replace("Okay.", "It took 4 minutes 20 seconds")
    assert "It took 4 minutes 20 seconds" in [text for _, text in texts(read(tmp_path, "teams.txt", paged))]


@pytest.mark.parametrize("late", ["(10:30)", "(2:15)"])
def test_a_time_that_ends_few_lines_or_falls_is_speech(tmp_path: Path, late: str) -> None:
    content = f"Dana: So we meet (11:30)\nRavi: Or then {late}\nDana: Fine.\nRavi: Good.\n"
    assert texts(read(tmp_path, "talk.txt", content))[1] == ("Ravi", f"Or then {late}")
    both = f"Dana: So we meet (11:30)\nRavi: Or then {late}\n"
    assert texts(read(tmp_path, "talk.txt", both))[1] == ("Ravi", f"Or then {late}")


def test_times_that_end_few_lines_are_words(tmp_path: Path) -> None:
    both = texts(read(tmp_path, "talk.txt", "Dana: So we meet (10:30)\nRavi: Or then (11:30)\n"))
    assert both == [("Dana", "So we meet (10:30)"), ("Ravi", "Or then (11:30)")]
    above = "".join(f"{'Dana' if n % 2 else 'Ravi'}\n0:{n:02}\nI think so.\n" for n in range(10, 20))
    options = "Two options: tomorrow (10:30)\nOr the other: Friday (11:00)\n"
    turns = texts(read(tmp_path, "talk.txt", above + options))
    assert turns[-1] == ("Dana", f"I think so. {options.strip()}".replace("\n", " "))


def test_numbers_that_somebody_says_stay(tmp_path: Path) -> None:
    turns = [("Dana", "5 calls today?"), ("Ravi", "10 calls today."), ("Dana", "20 tomorrow?"), ("Ravi", "30 then.")]
    content = "".join(f"{name}:\n{text}\n" for name, text in turns)
    assert texts(read(tmp_path, "talk.txt", content)) == turns


@pytest.mark.parametrize(
    "turns",
    [
        "Dana: So how did it go? | Ravi: Fine, I -- | Dana: And why? | Ravi: Good. | Dana: Okay then",
        "Dana: so how did it go | Ravi: fine I guess | Dana: and why | Ravi: good",
        "Dana Okafor: How? | Ravi: Two problems. Timing: we were late. | Dana Okafor: And then? | Ravi: Fine.",
    ],
)
def test_turns_in_one_line_are_taken_apart_before_names_that_come_back(tmp_path: Path, turns: str) -> None:
    session = read(tmp_path, "talk.txt", turns.replace(" | ", " "))
    bold = re.sub(r"(Dana Okafor|Dana|Ravi):", r"**\1:**", turns).replace(" | ", " ")
    assert texts(read(tmp_path, "talk.md", bold)) == texts(session)
    assert [f"{name}: {text}" for name, text in texts(session)] == turns.split(" | ")


def test_a_turn_that_quotes_a_chat_stays_whole(tmp_path: Path) -> None:
    quoted = "The chat says Dana: hi there. Ravi: hello. Dana: bye."
    content = f"Dana: What did we write?\nRavi: {quoted}\nDana: Okay."
    assert texts(read(tmp_path, "talk.txt", content))[1] == ("Ravi", quoted)


def test_text_may_go_on_below_a_name_in_a_mark_that_closes(tmp_path: Path) -> None:
    content = written("({name}) {text}\n").replace("Okay.", "Okay.\nTake your time.")
    assert texts(read(tmp_path, "talk.txt", content))[4] == ("Dana Okafor", "Okay. Take your time.")


TASKS = "{0} send the deck by Friday\n{1} call Acme\n{0} book a room\n{1} update the records\n"


@pytest.mark.parametrize("mark", ["**{}**", "({})", "<{}>", "{} -", "{} |", "{};"])
def test_lists_of_tasks_are_no_conversation(tmp_path: Path, mark: str) -> None:
    refused(tmp_path, TASKS.format(mark.format("Dana"), mark.format("Ravi")))


@pytest.mark.parametrize(
    "content",
    [
        "Monday - gym with you\nTuesday - rest, we swim\nMonday - run?\nTuesday - rest\n",
        "Pros - cheap for us\nCons - slow\nPros - we know it\nCons - you wait?\n",
        "Churn - customers you lose\nLead - someone we may sell to\nQuota - what you must sell\n",
        "I went to the shop - it was closed.\nThen I called Ravi - he was out.\nSo I went home - tired.\n",
        "1. What do you ask?\nA. Why\nB. How\n2. What do we say?\nA. Yes\nB. No\n",
        "(Laughs) How did it go?\n(Pause) I think fine.\n(Laughs) And you?\n(Pause) Yes.\n",
        "<b> How do you do?\n<u> I am fine.\n<b> And you?\n<u> Me too.\n",
        "> How did it go?\n> I think fine.\n>> And you?\n> Fine.\n",
        "0.03 Dana: How so?\n0.09 Ravi: I see.\n0.21 Dana: And you?\n0.34 Ravi: Fine.\n0.52 Dana: Good.\n",
    ],
    ids="days pros glossary prose choices sounds tags mail decimals".split(),
)
def test_other_lists_are_no_conversation(tmp_path: Path, content: str) -> None:
    refused(tmp_path, content)


LISTED = """
Mon/Tue AM/PM Day 1/Day 2 Week 1/Week 2 Good/Bad High/Low Pro/Con Red/Green Team A/Team B To do/Done Before/After
"""


@pytest.mark.parametrize("heads", re.findall(r"\S[^/]*/(?:(?:Day|Week|Team) )?\S+", LISTED))
@pytest.mark.parametrize("mark", ["-", "|"])
def test_words_that_head_lists_are_no_names(tmp_path: Path, heads: str, mark: str) -> None:
    one, two = (f"{head} {mark}" for head in heads.split("/"))
    refused(tmp_path, f"{one} gym with you\n{two} rest, we swim\n{one} run?\n{two} rest\n")


@pytest.mark.parametrize("line", ["Sam {} I am here, too.", "Great {} let us go on."])
@pytest.mark.parametrize("mark", ["-", "|", ";"])
def test_a_name_that_stands_once_leaves_it_open_who_speaks(tmp_path: Path, line: str, mark: str) -> None:
    refused(tmp_path, written("{name} " + mark + " {text}\n") + line.format(mark) + "\n")


def test_a_third_name_that_looks_like_none_leaves_it_open_who_speaks(tmp_path: Path) -> None:
    refused(tmp_path, written("<{name}> {text}\n") + "<sam> Me, too.\n<sam> Bye.\n")


def refused(folder: Path, content: str) -> None:
    with pytest.raises(RecordingError, match="does not say who speaks; add names as 'Name: text'"):
        read(folder, "notes.txt", content)


def test_a_table_in_markdown_needs_no_times(tmp_path: Path) -> None:
    session = read(tmp_path, "talk.md", "| Speaker | Text |\n|:---|---|\n" + written("| {name} | {text} |\n"))
    assert texts(session) == TURNS
    assert session.transcript.model == "csv"


def test_a_bar_with_a_backslash_parts_no_columns_in_markdown(tmp_path: Path) -> None:
    table = "| Speaker | Text |\n|---|---|\n| Dana | Yes \\| no? |\n| Ravi | I do. |\n"
    assert texts(read(tmp_path, "talk.md", table)) == [("Dana", "Yes | no?"), ("Ravi", "I do.")]


def test_a_long_line_of_dashes_and_bars_is_soon_read(tmp_path: Path) -> None:
    started = monotonic()
    refused(tmp_path, "What is this\n" + "-|" * 3000 + "x\n")
    assert monotonic() - started < 5
