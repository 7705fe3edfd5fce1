import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from pipeline.codes import Attribute, Code
from pipeline.contract import scored_object
from pipeline.errors import RecordingError
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.session_file import is_session_file, read_session, read_sessions
from pipeline.values import Role, Span, certain
from tests.pipeline.test_metrics_properties import sessions

TURNS = [
    {"index": 0, "speaker": "S1", "role": "manager", "start_s": 0.42, "end_s": 6, "text": "How was it? Tell me."},
    {"index": 1, "speaker": "S2", "role": "rep", "start_s": 6.5, "end_s": 9.25, "text": "Fine, I think."},
]
SPEAKERS = [
    {"label": "S1", "name": "Ana", "role": "manager", "role_confidence": 0.9, "talk_s": 5.6},
    {"label": "S2", "name": None, "role": "rep"},
]
UNITS = [
    {"turn": 0, "start_s": 0.42, "end_s": 3, "text": "How was it?", "code": "open_question", "attributes": []},
    {"turn": 0, "start_s": 3, "end_s": 6, "text": "Tell me.", "code": None},
    {"turn": 1, "start_s": 6.5, "end_s": 9.25, "text": "Fine, I think.", "code": None, "attributes": ["commitment"]},
]


@pytest.fixture
def written(tmp_path):
    def write(content, name="session.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_a_session_file_becomes_a_session(written):
    given_file = {
        "session_id": "abc",
        "source": "call.flac",
        "duration_s": 12,
        "recorded_on": "2026-11-02",
        "transcript": {"engine": "pocketsphinx", "model": "en-us", "draft": True, "turns_can_overlap": False},
        "speakers": SPEAKERS,
        "turns": TURNS,
        "units": UNITS,
        "warnings": ["check it"],
    }
    session = read_session(written(given_file))
    assert (session.session_id, session.source, session.duration_ms) == ("abc", "call.flac", 12_000)
    assert session.recorded_on == date(2026, 11, 2)
    assert (session.transcript.engine, session.transcript.draft) == ("pocketsphinx", True)
    assert not session.turns_can_overlap
    assert session.warnings == ("check it",)
    assert [(each.name, each.role, each.role_confidence) for each in session.speakers] == [
        ("Ana", Role.MANAGER, 0.9),
        (None, Role.REP, 1.0),
    ]
    assert session.turns[0].span == Span(420, 6_000)
    assert [unit.coding for unit in session.units] == [certain(Code.OPEN_QUESTION), None, None]
    assert session.units[2].attributes == {Attribute.COMMITMENT}


def test_turns_alone_are_enough_and_leave_the_units_to_be_found(written):
    path = written({"turns": TURNS})
    session = read_session(path)
    assert (session.source, session.duration_ms, session.units) == ("session.json", 9_250, ())
    assert [speaker.role for speaker in session.speakers] == [Role.MANAGER, Role.REP]
    assert len(session.session_id) == 64
    assert session.turns_can_overlap


def test_the_same_bytes_are_the_same_session_and_other_bytes_another(written):
    one, same, other = (
        read_session(written({"turns": turns}, name)).session_id
        for name, turns in [("a.json", TURNS), ("b.json", TURNS), ("c.json", TURNS[:1])]
    )
    assert one == same != other


def test_turns_out_of_order_are_sorted_and_their_units_follow(written):
    session = read_session(written({"turns": TURNS[::-1], "units": UNITS[::-1]}))
    assert [turn.text for turn in session.turns] == ["How was it? Tell me.", "Fine, I think."]
    assert [turn.index for turn in session.turns] == [0, 1]
    assert [(unit.index, unit.turn, unit.text) for unit in session.units] == [
        (0, 0, "How was it?"),
        (1, 0, "Tell me."),
        (2, 1, "Fine, I think."),
    ]


def test_turns_without_an_index_are_numbered_as_they_stand(written):
    turns = [{key: value for key, value in turn.items() if key != "index"} for turn in TURNS[::-1]]
    units = [{"turn": 1, "text": "How was it?", "code": "open_question"}]
    (unit,) = read_session(written({"turns": turns, "units": units})).units
    assert (unit.turn, unit.span) == (0, Span(420, 6_000))


def test_units_without_times_share_their_turn_by_the_length_of_their_text(written):
    turn = {"speaker": "S1", "role": "manager", "start_s": 10, "end_s": 20, "text": "ab cdefghi"}
    units = [{"turn": 0, "text": "ab", "code": "other"}, {"turn": 0, "text": "cdefghij", "start_s": None}]
    session = read_session(written({"turns": [turn], "units": units}))
    assert [unit.span for unit in session.units] == [Span(10_000, 12_000), Span(12_000, 20_000)]


def test_nulls_and_nan_count_as_missing(written):
    text = (
        '{"session_id": null, "duration_s": NaN, "recorded_on": null, "transcript": null, "units": null, '
        '"speakers": [{"label": "S1", "name": null, "role": null, "role_confidence": NaN}], '
        '"turns": [{"index": null, "speaker": "S1", "role": "manager", "start_s": 1, "end_s": 2, "text": null}]}'
    )
    session = read_session(written(text))
    assert (session.duration_ms, session.turns[0].text, session.recorded_on) == (2_000, "", None)
    assert session.speakers[0].role is Role.MANAGER
    assert session.speakers[0].role_confidence == 1.0


def test_turns_may_name_their_speaker_by_name_or_only_by_role(written):
    by_name = [{**TURNS[0], "speaker": "Ana", "role": None}, {**TURNS[1], "speaker": None}]
    session = read_session(written({"speakers": SPEAKERS[:1], "turns": by_name}))
    assert [session.role_of(turn) for turn in session.turns] == [Role.MANAGER, Role.REP]


def test_turns_given_by_role_belong_to_the_one_speaker_of_that_role(written):
    turns = [{**turn, "speaker": None} for turn in TURNS]
    session = read_session(written({"speakers": SPEAKERS, "turns": turns}))
    assert [turn.speaker for turn in session.turns] == ["S1", "S2"]
    assert len(session.speakers) == 2


def test_a_turn_without_text_has_that_of_its_units(written):
    turns = [{**TURNS[0], "text": None}, TURNS[1]]
    assert read_session(written({"turns": turns, "units": UNITS})).turns[0].text == "How was it? Tell me."


def test_names_of_roles_and_codes_may_be_capitalised(written):
    turns = [{**TURNS[0], "role": "Manager"}, {**TURNS[1], "role": "REP "}]
    session = read_session(written({"turns": turns, "units": [{**UNITS[0], "code": "Open_Question"}]}))
    assert [speaker.role for speaker in session.speakers] == [Role.MANAGER, Role.REP]
    assert session.units[0].code is Code.OPEN_QUESTION


def test_a_session_without_turns_is_read(written):
    session = read_session(written({"duration_s": 30, "turns": []}))
    assert (session.duration_ms, session.turns, session.speakers) == (30_000, (), ())


def test_json_lines_and_lists_hold_several_sessions(written):
    one, other = {"turns": TURNS}, {"session_id": "b", "turns": []}
    lines = written(f"{json.dumps(one)}\n\n{json.dumps(other)}\n", "many.jsonl")
    listed = written([one, other], "many.json")
    assert [session.session_id for session in read_sessions(lines)][1] == "b"
    assert [len(session.turns) for session in read_sessions(listed)] == [2, 0]
    with pytest.raises(RecordingError, match="holds 2 sessions"):
        read_session(lines)


def test_the_same_session_twice_in_a_file_is_one(written):
    assert len(read_sessions(written([{"turns": TURNS}] * 2))) == 1


def test_half_a_character_is_replaced_so_that_it_can_be_stored(written):
    path = written('{"turns": [{"speaker": "A", "start_s": 0, "end_s": 1, "text": "well \\ud83d then"}]}')
    assert read_session(path).turns[0].text == "well ? then"


def test_one_line_of_json_lines_is_one_session(written):
    assert len(read_session(written(json.dumps({"turns": TURNS}) + "\n", "one.jsonl")).turns) == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "is empty"),
        ("{", "line 1 is not JSON"),
        ('{"turns": []}\nnonsense', "line 2 is not JSON"),
        ('{\n "turns": [\n {],\n}', "line 3 is not JSON"),
        ("[3]", "[0] is no session"),
        ({"source": "x"}, "turns is missing"),
        ({"turns": 3}, "turns is not a list"),
        ({"turns": ["a"]}, "turns[0] is not an object"),
        ({"turns": [{**TURNS[0], "end_s": 0.1}]}, "turns[0].end_s lies before start_s"),
        ({"turns": [{**TURNS[0], "start_s": -1}]}, "turns[0].start_s is negative"),
        ({"turns": [{**TURNS[0], "start_s": "0:42"}]}, "turns[0].start_s is not a number"),
        ({"turns": [TURNS[0], {**TURNS[1], "end_s": None}]}, "turns[1].end_s is missing"),
        ({"turns": [{**TURNS[0], "end_s": float("nan")}]}, "turns[0].end_s is missing or no finite number"),
        ({"turns": [{**TURNS[0], "start_s": float("inf")}]}, "turns[0].start_s is missing or no finite number"),
        ({"turns": [{**TURNS[0], "speaker": None, "role": None}]}, "turns[0].speaker is missing"),
        ({"turns": [{**TURNS[0], "role": "manger"}]}, "turns[0].role is no role ('manger'). Did you mean 'manager'?"),
        (
            {"turns": TURNS, "units": [{**UNITS[0], "code": "open_qestion"}]},
            "units[0].code is no code ('open_qestion'). Did you mean 'open_question'? Known: open_question,",
        ),
        ({"turns": TURNS, "units": [{**UNITS[0], "code": "banter"}]}, "units[0].code is no code ('banter'). Known: "),
        ({"turns": TURNS, "units": [{**UNITS[0], "attributes": ["nice"]}]}, "units[0].attributes[0] is no attribute"),
        ({"turns": TURNS, "units": [{**UNITS[0], "turn": 7}]}, "units[0].turn names no turn"),
        ({"turns": TURNS, "units": [{**UNITS[0], "turn": 0.5}]}, "units[0].turn is not a whole number"),
        ({"turns": TURNS, "recorded_on": "yesterday"}, "recorded_on is no date"),
        ({"turns": TURNS, "speakers": [{"label": "S1", "role_confidence": 7}]}, "speakers[0].role_confidence"),
        ({"turns": TURNS, "speakers": [{"label": "S1"}, {"label": "S1"}]}, "speakers[1].label"),
        ({"turns": [TURNS[0], {**TURNS[1], "index": 0}]}, "turns[1].index"),
        ({"turns": [{**TURNS[0], "end_s": 1e300}]}, "turns[0].end_s is too large"),
        ({"turns": [{**TURNS[0], "index": 10**400}]}, "turns[0].index is too large"),
        ("[" * 100_000, "nested too deeply"),
        ('{"turns": []}\n' + "[" * 100_000, "line 2 cannot be read (nested too deeply)"),
        ('{"duration_s": ' + "1" * 5_000 + "}", "a number is too long"),
        (
            [{"session_id": "a", "turns": TURNS}, {"session_id": "a", "turns": TURNS[:1]}],
            "[1].session_id is that of an earlier session",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_file_place_and_fix(written, content, expected):
    path = written(content)
    with pytest.raises(RecordingError) as raised:
        read_session(path)
    message = str(raised.value)
    assert expected in message
    assert str(path) in message
    assert "\n" not in message


def test_a_file_that_is_not_there_or_not_text_is_said_so(tmp_path):
    with pytest.raises(RecordingError, match="no such file"):
        read_session(tmp_path / "none.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(RecordingError, match="not UTF-8"):
        read_session(tmp_path / "binary.json")


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        ({"source": "a.wav", "turns": TURNS}, "a.json", True),
        ({"session_id": "a", "turns": []}, "a.json", True),
        ({"turns": TURNS}, "a.json", True),
        ({"turns": [{"who": "Ana", "says": "Hi"}]}, "a.json", False),
        ({"segments": []}, "a.json", False),
        ("[]", "a.json", False),
        ("not json", "a.json", False),
        ({"source": "a.wav", "turns": TURNS}, "a.txt", False),
    ],
)
def test_a_session_file_is_known_by_its_turns(written, content, name, expected):
    assert is_session_file(written(content, name)) is expected


@settings(max_examples=25)
@given(session=sessions())
def test_a_scored_session_printed_and_read_back_scores_the_same(tmp_path_factory, session):
    coded = tuple(
        replace(unit, coding=certain(unit.coding.code, unit.attributes)) if unit.coding else unit
        for unit in session.units
    )
    rubric, options = load_rubric(), ScoringOptions(draws=10)
    before = score(replace(session, units=coded), rubric, options)
    path = tmp_path_factory.mktemp("printed") / "session.json"
    path.write_text(json.dumps(scored_object(before)), encoding="utf-8")
    after = score(read_session(path), rubric, options)
    assert after.metrics == before.metrics
    assert (after.scores, after.findings, after.steps) == (before.scores, before.findings, before.steps)
    assert after.warnings == before.warnings


def test_warnings_that_scoring_makes_are_made_anew_and_the_sessions_own_kept(written):
    doubtful = [{**SPEAKERS[0], "role_confidence": 0.6}, SPEAKERS[1]]
    session = {"speakers": doubtful, "turns": TURNS, "units": UNITS, "warnings": ["check it"]}
    for lonely in ({}, {"turns": []}, {"turns": TURNS[:1]}, {"turns": TURNS[1:], "speakers": SPEAKERS[1:]}):
        silent = {**session, "transcript": {"turns_can_overlap": False}, "units": UNITS if not lonely else []} | lonely
        before = score(read_session(written(silent)), load_rubric(), ScoringOptions(draws=10))
        assert len(before.warnings) > 1
        assert read_session(written(scored_object(before))).warnings == ("check it",)


def test_the_example_of_the_page_is_a_session_file(written):
    page = (Path(__file__).parents[2] / "docs" / "session-files.md").read_text(encoding="utf-8")
    path = written(re.search(r"```json\n(.*?)```", page, re.S).group(1))
    assert is_session_file(path)
    assert [unit.code for unit in read_session(path).units] == [Code.OPEN_QUESTION] * 2
