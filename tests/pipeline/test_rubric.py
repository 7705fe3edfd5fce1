import hashlib
import pickle
from importlib import resources

import pytest
import yaml

from pipeline.codes import CODES, Code
from pipeline.errors import RubricError
from pipeline.metrics import METRIC_IDS
from pipeline.rubric import SHIPPED, load_rubric, read_rubric

SHIPPED_TEXT = (resources.files("pipeline") / "rubrics" / "non-directive-coaching.yaml").read_text(encoding="utf-8")


def changed(**keys):
    """The default rubric with top-level keys replaced; None takes one away."""
    content = {**yaml.safe_load(SHIPPED_TEXT), **keys}
    return {key: value for key, value in content.items() if value is not None}


def with_criterion(**keys):
    first, *rest = yaml.safe_load(SHIPPED_TEXT)["criteria"]
    return changed(criteria=[{**first, **keys}, *rest])


def with_bands(*bands, better="higher"):
    named = [{"name": name, "score": score, "starts_at": start, "feedback": "x"} for name, score, start in bands]
    return with_criterion(id="listening", bands=named, better=better)


def error_of(content):
    with pytest.raises(RubricError) as raised:
        read_rubric(content if isinstance(content, str) else yaml.safe_dump(content), "coaching.v2.yaml")
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith("coaching.v2.yaml: ")
    return message.removeprefix("coaching.v2.yaml: ")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_rubric_loads_by_name_and_sorts_every_code(name):
    rubric = load_rubric(name)
    assert rubric.name == name
    sides = {code: rubric.orientation.of(code) for code in CODES}
    assert set(sides.values()) == {"non_directive", "directive", "neutral"}
    assert rubric.process
    assert rubric.openings
    assert set(rubric.instead) >= rubric.orientation.directive
    assert sum(criterion.weight for criterion in rubric.criteria) > 0


def test_the_default_rubric_leads_with_asking_against_telling_and_sorts_the_codes_as_the_codebook_does():
    rubric = load_rubric()
    assert rubric.lead == "non_directive_ratio"
    assert rubric.criteria[0].metric == "non_directive_ratio"
    assert rubric.orientation.non_directive == {
        Code.OPEN_QUESTION,
        Code.CLOSED_QUESTION,
        Code.REFLECTION,
        Code.SUPPORT,
    }
    assert rubric.orientation.directive == {
        Code.DIRECTIVE_ADVICE,
        Code.LEADING_QUESTION,
        Code.TEACHING,
        Code.JUDGMENT,
    }


def test_a_rubric_keeps_its_text_word_for_word_and_is_known_by_its_digest(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(SHIPPED_TEXT + "# mine\n", encoding="utf-8")
    rubric = load_rubric(path)
    assert rubric.text == SHIPPED_TEXT + "# mine\n"
    assert rubric.digest == hashlib.sha256(rubric.text.encode()).hexdigest() != load_rubric().digest
    assert pickle.loads(pickle.dumps(rubric)).digest == rubric.digest


def test_a_missing_or_unreadable_file_is_said_so(tmp_path):
    with pytest.raises(RubricError, match=r"nowhere\.yaml: no such rubric file.*non-directive-coaching, grow"):
        load_rubric(tmp_path / "nowhere.yaml")
    (tmp_path / "latin.yaml").write_bytes("title: Führung".encode("latin-1"))
    with pytest.raises(RubricError, match="Save it as UTF-8"):
        load_rubric(tmp_path / "latin.yaml")
    with pytest.raises(RubricError, match="cannot be read"):
        load_rubric(tmp_path)


def test_bands_must_rise_where_higher_is_better():
    content = with_bands(("weak", 0.1, None), ("solid", 0.5, 0.5), ("strong", 0.9, 0.4))
    assert error_of(content) == (
        "criterion 'listening': band 'strong' starts at 0.4, below 'solid' (0.5). Bands must rise."
    )


def test_bands_must_fall_where_lower_is_better():
    content = with_bands(("weak", 0.1, None), ("solid", 0.5, 0.5), ("strong", 0.9, 0.6), better="lower")
    assert "starts at 0.6, above 'solid' (0.5). Bands must fall where lower is better." in error_of(content)


def test_band_scores_must_rise():
    content = with_bands(("weak", 0.5, None), ("solid", 0.5, 0.5))
    assert error_of(content).endswith("band 'solid' scores 0.5, not above 'weak' (0.5). Scores must rise.")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "holds no rubric. Start from a copy of a shipped one."),
        ("name: [", "line 1: "),
        ("name: a\nversion: 1\nname: b\n", "line 3: 'name' stands twice. Mend the YAML there."),
        ("- a\n- b\n", "holds no rubric."),
        ("name: a\nabout: 2026-02-30\n", "line 2: '2026-02-30' cannot be read ("),
        ("name: a\nversion: 0x_\n", "line 2: '0x_' cannot be read ("),
        (changed(lead="talk_share_manager"), "'lead': write 'non_directive_ratio', not 'talk_share_manager'."),
        (changed(process=[{"id": "a", "title": "A", "codes": ["praise"], "missing": "{n}"}]), "'{n}' is no place"),
        (changed(version=None), "'version': is missing. Add it."),
        (changed(version="one"), "'version': write a whole number, not 'one'."),
        (changed(name="My Rubric"), "'name': use small letters, digits and hyphens, not 'My Rubric'."),
        (changed(title=3), "'title': write a text, not '3'."),
        (changed(min_evidence=[1]), "'min_evidence': write keys with their values, not '[1]'."),
        (changed(critera=[]), "'critera': no such key. Did you mean 'criteria'?"),
        (with_criterion(wieght=2), "criterion 'asks_more_than_tells': 'wieght': no such key. Did you mean 'weight'?"),
        (
            with_criterion(metric="talk_share"),
            "'metric': 'talk_share' is no metric. Did you mean 'talk_share_manager'?",
        ),
        (with_criterion(weight=0), "'weight': write a number above 0, not '0'."),
        (with_criterion(weight=float("nan")), "'weight': write a plain number"),
        (with_criterion(better="up"), "'better': write 'higher' or 'lower', not 'up'."),
        (with_criterion(evidence=["open_questions"]), "is no code. Did you mean 'open_question'?"),
        (changed(criteria=[]), "'criteria': list at least 1, not '[]'."),
        (with_criterion(id="asks_openly"), "'criteria': two have the id 'asks_openly'. Ids must differ."),
        (
            changed(min_evidence={"non_directive": 3}),
            "'non_directive' is no metric. Did you mean 'non_directive_ratio'?",
        ),
        (changed(min_evidence={"praise_count": 0}), "'min_evidence': 'praise_count': "),
        (changed(target={"low": 0.9, "high": 0.6}), "'target': low (0.9) is not below high (0.6). Exchange them."),
        (changed(findings={"opend_up": {"text": "x"}}), "'opend_up' is no rule. Did you mean 'opened_up'?"),
        (changed(instead={"judgement": ["x"]}), "'judgement' is no code. Did you mean 'judgment'?"),
        (with_bands(("weak", 0.1, 0.0), ("solid", 0.5, 0.5)), "Remove its starts_at."),
        (with_bands(("weak", 0.1, None), ("solid", 0.5, None)), "band 'solid' does not say where it starts."),
        (changed(process=[{"id": "a", "title": "A"}]), "step 'a': nothing to know the step by."),
        (changed(process=[{"id": "a", "title": "A", "cues": ["..."]}]), "'...' holds no word."),
        (changed(process=[{"id": "a", "title": "A", "by": "rep", "codes": ["praise"]}]), "only the manager's units"),
    ],
)
def test_what_breaks_a_rule_is_said_with_file_place_and_fix(content, expected):
    assert expected in error_of(content)


def test_a_sentence_with_an_unknown_place_is_refused():
    content = with_criterion(focus={"skill": "Ask", "practise": "You asked {valeu}."})
    assert "'{valeu}' is no place to fill. Did you mean 'value'?" in error_of(content)
    assert "'practise': a brace stands alone" in error_of(
        with_criterion(focus={"skill": "Ask", "practise": "A lone { brace."})
    )


def test_every_code_stands_in_one_list_of_the_orientation():
    sorting = yaml.safe_load(SHIPPED_TEXT)["orientation"]
    without = {**sorting, "neutral": ["praise", "observation", "backchannel"]}
    twice = {**sorting, "neutral": [*sorting["neutral"], "teaching"]}
    assert "'orientation': 'other' stands in no list." in error_of(changed(orientation=without))
    assert "'orientation': 'teaching' stands more than once." in error_of(changed(orientation=twice))


def test_a_value_at_the_start_of_a_band_is_in_it():
    up = read_rubric(yaml.safe_dump(with_bands(("weak", 0.1, None), ("solid", 0.5, 0.5))), "x").criteria[0]
    down = read_rubric(
        yaml.safe_dump(with_bands(("weak", 0.1, None), ("solid", 0.5, 0.5), better="lower")), "x"
    ).criteria[0]
    assert [up.band(value).name for value in (0.49, 0.5, 1)] == ["weak", "solid", "solid"]
    assert [down.band(value).name for value in (0.51, 0.5, 0)] == ["weak", "solid", "solid"]


def test_every_metric_can_be_a_criterion():
    for id in METRIC_IDS:
        assert read_rubric(yaml.safe_dump(with_criterion(metric=id)), "x").criteria[0].metric == id
