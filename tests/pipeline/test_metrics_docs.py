import re
from pathlib import Path

import pytest
import yaml

from pipeline.codes import CODES, Attribute
from pipeline.metrics import METRICS
from pipeline.rubric import SHIPPED, Rubric, load_rubric
from pipeline.rules import MISSED_OPENINGS, MOMENTS, Rule

DOCS = Path(__file__).parents[2] / "docs"


def read(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_page_of_metrics_holds_every_definition_as_the_program_prints_it():
    rows = re.findall(r"^\| `([\w.]+)` \| (.+) \| (.+) \| (yes|no) \|$", read("metrics.md"), re.M)
    assert rows == [(metric.id, metric.definition, metric.unit, "yes" if metric.coded else "no") for metric in METRICS]


def test_the_page_of_metrics_says_what_every_denominator_is():
    page = read("metrics.md")
    for metric in METRICS:
        id = "rep_words_after.…" if metric.id.startswith("rep_words_after") else metric.id
        assert f"- `{id}`: " in page


def test_the_codebook_names_every_code_and_attribute():
    page = read("codebook.md")
    assert all(f"**`{code.value}`**" in page for code in CODES)
    assert all(f"| `{attribute.value}` |" in page for attribute in Attribute)


def test_the_page_of_rubrics_names_every_key_rule_and_shipped_rubric():
    page = read("rubrics.md")
    for name, field in Rubric.model_fields.items():
        assert re.search(rf"^{field.alias or name}:", page, re.M), name
    assert all(f"| `{rule.value}` |" in page for rule in Rule)
    assert all(f"| `{name}` |" in page for name in SHIPPED)


@pytest.mark.parametrize("snippet", re.findall(r"```yaml\n(.*?)```", read("rubrics.md"), re.S))
def test_every_piece_of_the_page_of_rubrics_is_valid_in_a_rubric(snippet):
    content = yaml.safe_load(load_rubric().text)
    Rubric.model_validate({**content, **yaml.safe_load(snippet)})


def test_every_rule_is_a_moment_or_a_missed_opening():
    assert sorted((*MOMENTS, *MISSED_OPENINGS)) == sorted(Rule)
