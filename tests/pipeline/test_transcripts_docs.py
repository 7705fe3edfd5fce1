"""Every example in docs/formats.md reads as the document says."""

import re
from pathlib import Path

import pytest

from pipeline.transcripts import FORMATS
from tests.pipeline.transcript_builders import read

DOCUMENT = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (title, number, suffix, content)
    for title, body in SECTIONS
    for number, (suffix, content) in enumerate(re.findall(r"^```(\w+)\n(.*?)^```$", body, re.MULTILINE | re.DOTALL))
]


@pytest.mark.parametrize(
    ("title", "number", "suffix", "content"), EXAMPLES, ids=[f"{t}-{n}" for t, n, _, _ in EXAMPLES]
)
def test_each_example_has_two_turns_of_two_speakers(
    tmp_path: Path, title: str, number: int, suffix: str, content: str
) -> None:
    session = read(tmp_path, f"example.{suffix}", content)
    # The name on a line of its own is an example of WebVTT's section that has SubRip's shape.
    assert session.transcript.model == ("srt" if (title, number) == ("webvtt", 3) else title)
    assert len(session.turns) == len(session.speakers) == 2
    assert session.turns[0].text.endswith("?")
    assert session.turns[1].text.lower().endswith("quiet.")


def test_every_format_has_an_example() -> None:
    assert {title for title, _, _, _ in EXAMPLES} == {form.name for form in FORMATS}


def test_the_table_lists_every_format() -> None:
    assert set(re.findall(r"`\]\(#([a-z-]+)\)", DOCUMENT)) == {form.name for form in FORMATS}
