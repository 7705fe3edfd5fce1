"""The coded conversations in `corpus/`, read into values; its README describes the format."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.codes import ATTRIBUTE_CODES, Attribute, Code
from pipeline.errors import AsktellError
from pipeline.floor import Said, only_listens, talk_around
from pipeline.ports import UnitInContext
from pipeline.values import Role

CORPUS = Path(__file__).parent / "corpus"

TAGS: dict[str, Code] = {
    "oq": Code.OPEN_QUESTION,
    "cq": Code.CLOSED_QUESTION,
    "lq": Code.LEADING_QUESTION,
    "rf": Code.REFLECTION,
    "su": Code.SUPPORT,
    "pr": Code.PRAISE,
    "ob": Code.OBSERVATION,
    "jd": Code.JUDGMENT,
    "ad": Code.DIRECTIVE_ADVICE,
    "te": Code.TEACHING,
    "bc": Code.BACKCHANNEL,
    "ot": Code.OTHER,
}
ATTRIBUTE_TAGS: dict[str, Attribute] = {
    "s": Attribute.SPECIFIC,
    "r": Attribute.ABOUT_RESULTS,
    "p": Attribute.ABOUT_PERSON,
    "c": Attribute.COMMITMENT,
}

_HEADER = re.compile(r"= (\S+) \| form: (punctuated|asr) \| industry: (.+) \| people: (.+) \| about: (.+)")
_TAGGED = re.compile(r"([^{}]+)\{([^}]*)\}\s*")


@dataclass(frozen=True, slots=True)
class CorpusUnit:
    """One unit as its writer coded it; `code` is None for the rep's."""

    text: str
    code: Code | None
    attributes: frozenset[Attribute] = frozenset()


@dataclass(frozen=True, slots=True)
class CorpusTurn:
    """What one side says until the other speaks."""

    role: Role
    units: tuple[CorpusUnit, ...]

    @property
    def text(self) -> str:
        return " ".join(unit.text for unit in self.units)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One fictional conversation. `writer` is the stem of its file; `punctuated` is false for recogniser-like text."""

    id: str
    writer: str
    punctuated: bool
    turns: tuple[CorpusTurn, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A unit in context with what it should be coded.

    `code` is None for the rep's, which have no context either, and for units of role OTHER from outside the corpus,
    of which only the `possible` codes are known. `turn` numbers the conversation's turns.
    """

    unit: UnitInContext
    role: Role
    code: Code | None
    attributes: frozenset[Attribute]
    conversation: str
    writer: str
    punctuated: bool
    turn: int = 0
    possible: frozenset[Code] = frozenset()


def read_conversations(path: Path) -> list[Conversation]:
    """The conversations of one corpus file, in its order.

    Raises AsktellError naming file and line where the format is broken.
    """
    conversations: list[Conversation] = []
    header: re.Match[str] | None = None
    turns: list[CorpusTurn] = []
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if line.startswith("="):
            conversations += _close(header, turns, path)
            header, turns = _HEADER.fullmatch(line), []
            if header is None:
                raise AsktellError(f"{path.name}: line {number}: broken header. See the README beside it.")
        elif line:
            turns.append(_turn(line, f"{path.name}: line {number}"))
    return conversations + _close(header, turns, path)


def training_files() -> list[Path]:
    """The files models may learn from (`w*.txt`), sorted."""
    return sorted(CORPUS.glob("w*.txt"))


def test_files() -> list[Path]:
    """The held-out files by other writers (`t*.txt`), sorted; nothing is trained or tuned on them."""
    return sorted(CORPUS.glob("t*.txt"))


def read_all(paths: Iterable[Path]) -> list[Conversation]:
    """All conversations of the files, in order."""
    return [conversation for path in paths for conversation in read_conversations(path)]


def manager_examples(conversations: Iterable[Conversation]) -> list[Example]:
    """Every manager unit with what was said before it and what the rep says to it."""
    return [example for each in conversations for example in _manager_examples(each)]


def rep_examples(conversations: Iterable[Conversation]) -> list[Example]:
    """Every rep unit, alone."""
    return [
        Example(UnitInContext(unit.text), Role.REP, None, unit.attributes, each.id, each.writer, each.punctuated)
        for each in conversations
        for turn in each.turns
        if turn.role is Role.REP
        for unit in turn.units
    ]


def short_exchanges(conversations: Iterable[Conversation], longest: int = 4) -> list[tuple[str, str]]:
    """The manager's turns that end in a closed question, each with an answer of at most `longest` words, punctuated.

    Answers that only show listening are left out: what is said after them goes on from what was said before them.
    """
    return [
        (turn.text, answer.text)
        for each in conversations
        if each.punctuated
        for turn, answer in pairwise(each.turns)
        if turn.role is Role.MANAGER and turn.units[-1].code is Code.CLOSED_QUESTION and answer.role is Role.REP
        if len(answer.text.split()) <= longest and not only_listens(answer.text)
    ]


def _manager_examples(conversation: Conversation) -> Iterator[Example]:
    said = [Said(turn.role, turn.text) for turn in conversation.turns]
    for index, turn in enumerate(conversation.turns):
        if turn.role is Role.REP:
            continue
        units = talk_around(said, index).put_around([unit.text for unit in turn.units])
        for coded, unit in zip(turn.units, units, strict=True):
            yield Example(
                unit,
                Role.MANAGER,
                coded.code,
                coded.attributes,
                conversation.id,
                conversation.writer,
                conversation.punctuated,
                index,
            )


def _close(header: re.Match[str] | None, turns: list[CorpusTurn], path: Path) -> list[Conversation]:
    if header is None or not turns:
        return []
    return [Conversation(header[1], path.stem, header[2] == "punctuated", tuple(turns))]


def _turn(line: str, where: str) -> CorpusTurn:
    if line.startswith("R "):
        return CorpusTurn(Role.REP, tuple(_rep_unit(part) for part in line[2:].split("|")))
    tagged = _TAGGED.findall(line[2:])
    if not line.startswith("M ") or not tagged or _TAGGED.sub("", line[2:]).strip():
        raise AsktellError(f"{where}: a turn is 'M' with a tag after every unit, or 'R'. See the README beside it.")
    return CorpusTurn(Role.MANAGER, tuple(_manager_unit(text.strip(), tag, where) for text, tag in tagged))


def _rep_unit(part: str) -> CorpusUnit:
    text = part.strip()
    if not text.endswith("{c}"):
        return CorpusUnit(text, None)
    return CorpusUnit(text.removesuffix("{c}").strip(), None, frozenset({Attribute.COMMITMENT}))


def _manager_unit(text: str, tag: str, where: str) -> CorpusUnit:
    name, *marks = tag.split("+")
    code = TAGS.get(name)
    attributes = frozenset(ATTRIBUTE_TAGS[mark] for mark in marks if mark in ATTRIBUTE_TAGS)
    if code is None or len(attributes) < len(marks) or any(code not in ATTRIBUTE_CODES[each] for each in attributes):
        raise AsktellError(f"{where}: tag {{{tag}}} is not one of the codebook's. See the README beside it.")
    return CorpusUnit(text, code, attributes)
