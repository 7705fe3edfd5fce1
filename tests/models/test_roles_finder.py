"""Manager against rep."""

from collections.abc import Sequence

import pytest

from models.classify import load_classifier
from models.classify.classifier import Reading
from models.roles import SpokenRoleFinder, load_role_finder
from models.training.corpus import read_all
from models.training.corpus import test_files as held_out_files
from models.training.roles import Excerpts, excerpts
from pipeline.codes import CODES
from pipeline.ports import TextPart, UnitInContext
from pipeline.values import Span, Turn


class WholeTurns:
    """Takes every turn for one unit."""

    def split(self, texts: Sequence[str]) -> list[list[TextPart]]:
        return [[TextPart(0, len(text))] if text else [] for text in texts]


class ScriptedReader:
    """Takes text that starts with `coach` for a manager's."""

    def read(self, units: Sequence[UnitInContext]) -> list[Reading]:
        even = (1 / len(CODES),) * len(CODES)
        return [Reading(even, (0.0,) * 4, 2.0 if unit.text.startswith("coach") else -2.0) for unit in units]


def talk(*lines: tuple[str, str]) -> list[Turn]:
    return [Turn(place, who, Span(place * 1000, place * 1000 + 900), text) for place, (who, text) in enumerate(lines)]


@pytest.fixture
def finder() -> SpokenRoleFinder:
    return SpokenRoleFinder(WholeTurns(), ScriptedReader(), (1.0, *[0.0] * len(CODES), 0.0, 0.0), "scripted")


@pytest.fixture(scope="module")
def shipped() -> SpokenRoleFinder:
    return load_role_finder(load_classifier("cpu"))


def test_the_speaker_who_talks_like_a_manager_is_one_however_much_the_other_says(finder: SpokenRoleFinder) -> None:
    short = finder.find(talk(("A", "rep"), ("B", "coach")))
    long = finder.find(talk(("A", "rep " * 200), ("B", "coach"), ("A", "rep"), ("A", "rep")))
    assert short.manager == long.manager == "B"
    assert short.confidence == pytest.approx(long.confidence, abs=0.15)


def test_one_remark_of_a_third_voice_weighs_less_than_a_session(finder: SpokenRoleFinder) -> None:
    mostly = [("B", "coach"), ("B", "coach"), ("A", "rep"), ("B", "rep"), ("A", "rep")] * 6
    assert finder.find(talk(("C", "coach"), *mostly)).manager == "B"
    assert finder.find(talk(*mostly, ("C", "coach"))).manager == "B"


def test_confidence_falls_where_both_sound_alike_and_ties_go_to_the_first(finder: SpokenRoleFinder) -> None:
    guess = finder.find(talk(("A", "rep"), ("B", "rep")))
    assert (guess.manager, guess.confidence) == ("A", 0.5)


def test_a_lone_speaker_is_the_manager_at_even_odds(finder: SpokenRoleFinder) -> None:
    guess = finder.find(talk(("A", "rep")))
    assert (guess.manager, guess.confidence) == ("A", 0.5)


def test_a_third_voice_does_not_hide_the_manager(finder: SpokenRoleFinder) -> None:
    assert finder.find(talk(("A", "rep"), ("B", "rep"), ("C", "coach"))).manager == "C"


def test_no_turns_are_refused(finder: SpokenRoleFinder) -> None:
    with pytest.raises(ValueError, match="no turns"):
        finder.find([])


def test_the_reason_holds_no_words_of_the_session(finder: SpokenRoleFinder) -> None:
    assert "coach" not in finder.find(talk(("A", "coach Maria"), ("B", "rep"))).reason


def test_the_manager_is_found_in_ten_noisy_turns_of_conversations_never_trained_on(shipped: SpokenRoleFinder) -> None:
    drawn = excerpts(read_all(held_out_files())[::2], Excerpts(windows=1, turns=10, seed=3))
    cases = [case for case in drawn if case.noisy]
    right = sum(shipped.find(case.turns).manager == "manager" for case in cases)
    assert right >= 0.9 * len(cases)


@pytest.mark.parametrize(
    "remark", ["Can you both see my screen?", "What did you think of that, Lee?", "Great job today."]
)
def test_a_colleague_who_looks_in_is_not_the_manager(shipped: SpokenRoleFinder, remark: str) -> None:
    for case in read_all(held_out_files())[::7]:
        said = [(turn.role.value, " ".join(unit.text for unit in turn.units)) for turn in case.turns]
        for place in (0, len(said) // 2, len(said)):
            turns = talk(*said[:place], ("visitor", remark), *said[place:])
            assert shipped.find(turns).manager == "manager", (case.id, place)


def test_a_manager_who_only_tells_is_still_the_manager(shipped: SpokenRoleFinder) -> None:
    turns = talk(
        ("S2", "Morning, sit down, I want to go through the Harlow visit with you."),
        ("S1", "Okay. I thought it went alright, they liked the samples."),
        ("S2", "You talked for twenty minutes without a pause. You need to ask about the budget first."),
        ("S1", "I did try, but he kept taking calls, so I just carried on."),
        ("S2", "Next time stop and wait until he is off the phone. Buyers respect that."),
        ("S1", "Right. I'll do that on Thursday when I go back."),
        ("S2", "And send me the notes before you leave. That last report was thin."),
        ("S1", "Fine, I'll put more in it."),
    )
    guess = shipped.find(turns)
    assert guess.manager == "S2"


def test_a_rep_who_asks_most_of_the_questions_is_still_the_rep(shipped: SpokenRoleFinder) -> None:
    turns = talk(
        ("S1", "Can I ask you something about the Parker account? Should I ring the buyer again?"),
        ("S2", "I'd leave it until Monday. You did well to get the second meeting, by the way."),
        ("S1", "Thanks. And what do I do if he asks for a discount? Do I say no?"),
        (
            "S2",
            "Ask him what the delay costs first. A buyer who can name that rarely fights over five percent.",
        ),
        ("S1", "Okay. I never got that far with him, I just sent the price. Is that bad?"),
        ("S2", "You were in a hurry, and it showed. Try to hold the price back until he has told you the problem."),
        ("S1", "I'll call him on Monday at ten and ask him. Would you listen in?"),
        ("S2", "Of course. It's your call to lead, though, I trust you with it."),
    )
    assert shipped.find(turns).manager == "S2"
