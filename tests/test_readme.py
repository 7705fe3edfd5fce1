"""The README's commands are commands."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli.main import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKE_TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def commands() -> list[list[str]]:
    """Every `asktell …` in a code block or in backticks, as its words after `asktell`."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line.split("#")[0] for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`(asktell [^`]+)`", README)
    found = [line for line in [*lines, *spans] if "asktell " in line]
    return [shlex.split(line.split("asktell ", 1)[1]) for line in found]


def test_the_readme_has_commands() -> None:
    assert len(commands()) >= 8


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_in_the_readme_exists_with_its_flags(words: list[str]) -> None:
    command = get_command(app)
    for word in words:
        inner = getattr(command, "commands", {})
        if word in inner:
            command = inner[word]
    assert command is not get_command(app), words
    known = {option for parameter in command.params for option in parameter.opts}
    flags = {word for word in words if word.startswith("--")}
    assert flags <= known, flags - known


def test_every_make_target_in_the_readme_exists() -> None:
    assert set(re.findall(r"make ([a-z]+)", README)) - {"sure"} <= MAKE_TARGETS


def test_every_link_in_the_readme_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
