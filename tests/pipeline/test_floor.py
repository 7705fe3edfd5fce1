"""Who keeps the floor."""

import pytest

from pipeline.floor import Said, only_listens, still_saying


@pytest.mark.parametrize("text", ["Mm-hm.", "Yeah, okay.", "right", "Uh-huh, mhm, yes"])
def test_humming_and_short_assent_only_listen(text: str) -> None:
    assert only_listens(text)


@pytest.mark.parametrize("text", ["", "...", "Yeah, I called", "no", "okay okay okay okay", "Right, he signed."])
def test_everything_else_takes_the_floor(text: str) -> None:
    assert not only_listens(text)


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
