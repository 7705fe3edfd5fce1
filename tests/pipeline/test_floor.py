"""Who keeps the floor."""

import pytest

from pipeline.floor import Said, going_on, last_said, only_listens, spoken_words, still_saying


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
