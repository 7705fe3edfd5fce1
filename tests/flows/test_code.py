"""Roles, units and codings around the models."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from flows.code import VOICES_AND_WORDS, Coder, Named, code_session, contexts_of
from pipeline.codes import Attribute, Code
from pipeline.errors import RecordingError
from pipeline.ports import RoleGuess
from pipeline.values import Role, Session, Turn, Unit, certain
from tests.flows.builders import talk
from tests.flows.fakes import FirstSpeakerLeads, FirstWordClassifier, SentenceSplitter, fake_coder


def roles(session: Session) -> dict[str, Role]:
    return {speaker.label: speaker.role for speaker in session.speakers}


def no_coder() -> Coder:
    raise AssertionError("no model may be loaded")


TWO = talk(("S1", "praise it. other"), ("S2", "I will call tomorrow. Fine."), ("S1", "judgment"))


def test_code_session_finds_the_manager_and_codes_only_the_managers_units() -> None:
    coded = code_session(TWO, fake_coder, Named())
    assert roles(coded) == {"S1": Role.MANAGER, "S2": Role.REP}
    assert [unit.code for unit in coded.units] == [Code.PRAISE, Code.OTHER, None, None, Code.JUDGMENT]
    assert [unit.index for unit in coded.units] == list(range(5))


def test_code_session_marks_the_reps_commitments() -> None:
    coded = code_session(TWO, fake_coder, Named())
    assert coded.units[2].attributes == {Attribute.COMMITMENT}
    assert coded.units[3].attributes == frozenset()


def test_code_session_times_units_within_their_turn() -> None:
    coded = code_session(TWO, fake_coder, Named())
    for unit in coded.units:
        turn = coded.turns[unit.turn]
        assert turn.span.start_ms <= unit.span.start_ms <= unit.span.end_ms <= turn.span.end_ms


def test_a_name_given_overrules_what_was_said() -> None:
    named = talk(("S1", "praise"), ("S2", "other"), names={"S1": "Ana", "S2": "Bo"})
    coded = code_session(named, fake_coder, Named(manager="bo "))
    assert roles(coded) == {"S1": Role.REP, "S2": Role.MANAGER}
    assert {speaker.role_confidence for speaker in coded.speakers} == {1.0}


def test_a_name_nobody_has_is_refused_with_the_names_there_are() -> None:
    named = talk(("S1", "praise"), ("S2", "other"), names={"S1": "Ana", "S2": "Bo"})
    with pytest.raises(RecordingError, match=r"'Cy'.*Ana, Bo"):
        code_session(named, fake_coder, Named(manager="Cy"))


def test_a_name_for_voices_without_names_goes_to_the_manager_found() -> None:
    coded = code_session(TWO, fake_coder, Named(manager="Ana", rep="Bo"))
    assert {speaker.role: speaker.name for speaker in coded.speakers} == {Role.MANAGER: "Ana", Role.REP: "Bo"}


def test_who_is_named_as_the_rep_is_not_the_manager() -> None:
    named = talk(("S1", "praise"), ("S2", "other"), names={"S1": "Lee", "S2": "Dana"})
    assert roles(code_session(named, fake_coder, Named(rep="Lee"))) == {"S1": Role.REP, "S2": Role.MANAGER}
    three = talk(("S1", "praise"), ("S2", "other"), ("S3", "a"), names={"S1": "Lee", "S2": "Dana", "S3": "Bo"})
    assert roles(code_session(three, fake_coder, Named(rep="Lee")))["S2"] is Role.MANAGER
    settled = replace(named, speakers=(replace(named.speakers[0], role=Role.MANAGER), named.speakers[1]))
    assert roles(code_session(settled, fake_coder, Named(rep="Lee"))) == {"S1": Role.REP, "S2": Role.MANAGER}


def test_one_name_for_both_is_refused() -> None:
    named = talk(("S1", "praise"), ("S2", "other"), names={"S1": "Lee", "S2": "Dana"})
    with pytest.raises(RecordingError, match="'lee' is named as manager and as rep"):
        code_session(named, fake_coder, Named(manager="Lee", rep="lee"))


def test_a_files_own_names_go_before_our_labels() -> None:
    crossed = talk(("S1", "praise"), ("S2", "other"), names={"S1": "S2", "S2": "S1"})
    assert roles(code_session(crossed, fake_coder, Named(manager="S1"))) == {"S1": Role.REP, "S2": Role.MANAGER}


def test_a_third_speaker_who_speaks_least_is_neither() -> None:
    three = talk(("S1", "praise"), ("S2", "a"), ("S3", "b"), ("S2", "c"))
    assert roles(code_session(three, fake_coder, Named())) == {"S1": Role.MANAGER, "S2": Role.REP, "S3": Role.OTHER}


def test_a_session_coded_by_hand_needs_no_model_and_keeps_its_codes() -> None:
    settled = tuple(
        replace(speaker, role=role) for speaker, role in zip(TWO.speakers, [Role.REP, Role.MANAGER], strict=True)
    )
    units = (Unit(0, 1, TWO.turns[1].span, "I will call tomorrow.", certain(Code.TEACHING)),)
    by_hand = replace(TWO, speakers=settled, units=units)
    assert code_session(by_hand, no_coder, Named()).units == units


def test_units_without_a_code_are_coded_and_the_others_kept() -> None:
    settled = tuple(
        replace(speaker, role=role) for speaker, role in zip(TWO.speakers, [Role.MANAGER, Role.REP], strict=True)
    )
    span = TWO.turns[0].span
    units = (Unit(0, 0, span, "praise it.", certain(Code.TEACHING)), Unit(1, 0, span, "judgment"))
    coded = code_session(replace(TWO, speakers=settled, units=units), fake_coder, Named())
    assert [unit.code for unit in coded.units] == [Code.TEACHING, Code.JUDGMENT]
    classifier = FirstWordClassifier()
    coder = Coder(SentenceSplitter(), classifier, FirstSpeakerLeads())
    code_session(replace(TWO, speakers=settled, units=units), lambda: coder, Named())
    assert [unit.text for unit in classifier.asked] == ["praise it.", "judgment"], "a unit is read among its turn's"


def test_a_session_without_a_word_stays_as_it_is() -> None:
    silent = talk()
    assert code_session(silent, fake_coder, Named()) == silent


def test_contexts_hold_the_turn_so_far_what_was_said_before_it_and_the_reply() -> None:
    coded = code_session(TWO, lambda: Coder(SentenceSplitter(), FirstWordClassifier(), FirstSpeakerLeads()), Named())
    seen = contexts_of(coded.units, coded)
    assert [(each.before, each.previous) for each in seen] == [
        ("", ""),
        ("praise it.", ""),
        ("", "praise it. other"),
        ("I will call tomorrow.", "praise it. other"),
        ("", "I will call tomorrow. Fine."),
    ]
    assert [each.earlier for each in seen] == [(), (), (), (), ("praise it. other",)]
    assert [each.reply for each in seen] == ["", "I will call tomorrow. Fine.", "", "judgment", ""]


def test_a_hum_of_the_other_does_not_take_away_what_a_speaker_was_saying() -> None:
    hummed = talk(("S1", "praise it"), ("S2", "Mm-hm."), ("S1", "other. judgment"))
    coded = code_session(hummed, lambda: Coder(SentenceSplitter(), FirstWordClassifier(), FirstSpeakerLeads()), Named())
    assert [(each.text, each.before) for each in contexts_of(coded.units, coded)][2:] == [
        ("other.", "praise it"),
        ("judgment", "praise it other."),
    ]


def test_a_long_turn_stands_before_its_later_units_only_with_its_end() -> None:
    long = talk(("S1", "praise the way you asked. " * 100))
    coded = code_session(long, lambda: Coder(SentenceSplitter(), FirstWordClassifier(), FirstSpeakerLeads()), Named())
    assert max(len(each.before) for each in contexts_of(coded.units, coded)) < 410


def test_voices_and_words_that_disagree_are_told_once_and_no_longer_than_true() -> None:
    class Doubting(FirstSpeakerLeads):
        def find(self, turns: Sequence[Turn]) -> RoleGuess:
            return replace(super().find(turns), misplaced=0.4)

    def doubting() -> Coder:
        return Coder(SentenceSplitter(), FirstWordClassifier(), Doubting())

    once = code_session(TWO, doubting, Named())
    assert once.warnings == (VOICES_AND_WORDS,)
    heard_again = replace(once, units=(), speakers=TWO.speakers)
    assert code_session(heard_again, doubting, Named()).warnings == (VOICES_AND_WORDS,)
    assert code_session(heard_again, fake_coder, Named()).warnings == ()
