"""Who keeps the floor."""

import pytest

from pipeline.floor import (
    Said,
    Talk,
    going_on,
    last_said,
    only_listens,
    reply_to,
    said_earlier,
    spoken_words,
    still_saying,
    talk_around,
)
from pipeline.ports import UnitInContext


@pytest.mark.parametrize(
    "text", ["Mm-hm.", "Yeah, okay.", "right", "Uh-huh, mhm, yes", "uh huh", "mm hm okay right", "mhm", "mm hmm"]
)
def test_humming_and_short_assent_only_listen(text: str) -> None:
    assert only_listens(text)


@pytest.mark.parametrize("text", ["", "...", "uh", "Yeah, I called", "no", "okay okay okay okay", "Right, he signed."])
def test_everything_else_takes_the_floor(text: str) -> None:
    assert not only_listens(text)


def test_a_hum_is_one_word_however_it_is_spelt() -> None:
    assert spoken_words("Uh huh, mm hm - Mm-hmm. uh he left") == ["uhhuh", "mmhm", "mmhmm", "uh", "he", "left"]


def test_a_turn_goes_on_with_what_its_speaker_said_while_the_other_listened() -> None:
    turns = [
        Said("rep", "It fell apart."),
        Said("manager", "So you felt rushed"),
        Said("rep", "Mm-hm."),
        Said("manager", "by the buyer"),
        Said("rep", "Yeah."),
        Said("manager", "and that's why you skipped it."),
    ]
    assert still_saying(turns, 5) == "So you felt rushed by the buyer"
    assert still_saying(turns, 1) == ""


def test_a_reply_takes_the_floor() -> None:
    turns = [Said("manager", "So?"), Said("rep", "I called him."), Said("manager", "Good.")]
    assert still_saying(turns, 2) == ""


def test_a_long_monologue_is_kept_only_at_its_end() -> None:
    turns = [each for place in range(50) for each in (Said("m", f"part {place} " + "x" * 90), Said("r", "mm"))]
    kept = still_saying([*turns, Said("m", "end")], 100)
    assert kept.endswith("part 49 " + "x" * 90)
    assert len(kept) < 600


def test_what_was_said_is_kept_at_its_end_from_a_words_start() -> None:
    assert going_on("", "So.") == "So."
    assert going_on("So.", "Then?") == "So. Then?"
    kept = going_on("word " * 200, "end")
    assert kept.split() == ["word"] * (len(kept.split()) - 1) + ["end"]
    assert 390 <= len(kept) <= 405


def test_a_long_turn_is_kept_only_at_its_end() -> None:
    turns = [Said("m", "word " * 1000), Said("r", "mm"), Said("m", "end")]
    assert len(still_saying(turns, 2)) <= 405


def test_what_is_answered_may_stand_before_a_yeah() -> None:
    turns = [
        Said("rep", "It was my fault, I froze."),
        Said("manager", "Okay."),
        Said("rep", "Yeah."),
        Said("manager", "You blame yourself."),
        Said("rep", "I should have called her."),
        Said("manager", "What stopped you?"),
    ]
    assert last_said(turns, 3) == "It was my fault, I froze. Yeah."
    assert last_said(turns, 5) == "I should have called her."
    assert last_said(turns, 0) == ""


def test_a_listener_is_not_followed_back_for_ever() -> None:
    turns = [Said("rep", "Long ago I called her."), *[Said("manager", "Go on."), Said("rep", "Yeah.")] * 20]
    assert last_said([*turns, Said("manager", "So?")], len(turns)) == "Yeah. Yeah. Yeah. Yeah."


def test_the_talk_before_goes_back_to_where_something_was_told() -> None:
    turns = [
        Said("manager", "Morning."),
        Said("rep", "Nothing much."),
        Said("manager", "How did the visit go?"),
        Said("rep", "I froze in front of the buyer and he saw it."),
        Said("manager", "When was that?"),
        Said("rep", "Monday."),
        Said("manager", "And nobody has spoken of it since."),
        Said("rep", "No."),
        Said("manager", "Would you like to?"),
    ]
    told = "I froze in front of the buyer and he saw it."
    assert said_earlier(turns, 6) == (told, "When was that?")
    assert said_earlier(turns, 8) == (told, "When was that?", "Monday.", "And nobody has spoken of it since.")
    assert said_earlier(turns, 4) == ("Morning.", "Nothing much.", "How did the visit go?")
    assert said_earlier(turns, 2) == ("Morning.",)
    assert said_earlier(turns, 0) == ()
    assert said_earlier([Said("m", "I saw the numbers."), Said("r", "Mm-hm."), Said("m", "And?")], 2) == ()


def test_the_talk_before_stands_before_what_a_yeah_follows() -> None:
    turns = [
        Said("rep", "I lost the Harper account, and it was my own doing."),
        Said("manager", "What happened?"),
        Said("rep", "I forgot to call."),
        Said("manager", "Okay."),
        Said("rep", "Yeah."),
        Said("manager", "You blame yourself."),
    ]
    assert last_said(turns, 5) == "I forgot to call. Yeah."
    assert said_earlier(turns, 5) == ("I lost the Harper account, and it was my own doing.", "What happened?")


def test_in_the_talk_before_everybody_else_is_one_side() -> None:
    turns = [
        Said("manager", "Who goes?"),
        Said("rep", "Me."),
        Said("other", "Or me."),
        Said("rep", "Fine."),
        Said("manager", "Settle it."),
        Said("manager", "Today."),
        Said("rep", "We will."),
        Said("manager", "Good."),
    ]
    assert said_earlier(turns, 7) == ("Who goes?", "Me. Or me. Fine.", "Settle it. Today.")
    assert said_earlier(turns[:4] + turns[7:], 4) == ("Who goes?", "Me. Or me.", "")


def test_a_reply_is_what_another_says_right_after() -> None:
    turns = [Said("m", "You were late."), Said("r", "I know."), Said("m", "So."), Said("m", "Why?")]
    assert [reply_to(turns, place) for place in range(4)] == ["I know.", "So.", "", ""]


def test_a_turns_parts_stand_after_one_another_and_before_the_reply() -> None:
    turns = [Said("r", "I was late again."), Said("m", "You were. Why?"), Said("r", "Traffic.")]
    whole = talk_around(turns, 1)
    assert whole == Talk("", "I was late again.", (), "Traffic.")
    first, last = whole.put_around(["You were.", "Why?"])
    assert first == UnitInContext("You were.", "", "I was late again.")
    assert last == UnitInContext("Why?", "You were.", "I was late again.", (), "Traffic.")
    assert whole.put_around([]) == []
