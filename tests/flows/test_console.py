"""Lines for people."""

import pytest

from flows.cli.console import complain, shown


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("zoë–call [1].vtt: 你好", "zoë–call [1].vtt: 你好"),
        ("new\nline.vtt", r"new\nline.vtt"),
        ("red\x1b[31m.vtt", r"red\x1b[31m.vtt"),
        ("turned\u202egnp.vtt", r"turned\u202egnp.vtt"),
        ("bad\udcff.vtt", r"bad\udcff.vtt"),
        ("[bold]x[/] [/red]", "[bold]x[/] [/red]"),
    ],
)
def test_a_line_stays_one_line_and_says_what_it_says(line: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    complain(line)
    assert capsys.readouterr().err == f"✗ {text}\n"


def test_shown_leaves_plain_text_alone() -> None:
    assert shown("acme.flac: asks 62% of 13") == "acme.flac: asks 62% of 13"
