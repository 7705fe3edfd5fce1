"""Everything the report says, measured in one run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.coding.baselines import Coder, FrozenCoder, RuleCoder, WordCoder
from eval.coding.boundaries import CutCounts, count_cuts
from eval.coding.consensus import agreed
from eval.coding.counselling import OutsideScores, read_turns, score_outside
from eval.coding.evaluate import CommitmentCounts, NarrowCoder, ShippedCoder, judge, judge_rep, judge_whole
from eval.coding.other_coders import Beside, ByCoder, beside_coders, by_coder
from eval.coding.patterns import PatternAttributes
from eval.coding.roles import RoleScore, score_roles
from eval.coding.scores import Judged, attribute_f1
from models.classify.classifier import EncoderClassifier
from models.roles.finder import SpokenRoleFinder
from models.training.corpus import Conversation, Example, manager_examples
from pipeline.codes import ATTRIBUTE_CODES, Attribute
from pipeline.ports import UnitSplitter


@dataclass(frozen=True, slots=True)
class Tools:
    """The shipped models under test."""

    classifier: EncoderClassifier
    splitter: UnitSplitter
    finder: SpokenRoleFinder


@dataclass(frozen=True, slots=True)
class Coded:
    """What one coder gave on one test set, as written and stripped."""

    coder: str
    written: tuple[Judged, ...]
    stripped: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class AttributeScore:
    """F1 of an attribute by the classifier's head, as written and stripped, and by patterns on the same units."""

    attribute: Attribute
    head: float | None
    stripped: float | None
    patterns: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One test set's measurements; the shipped classifier stands first in `coded`.

    `by_coder` and `beside` are empty where only one coded the set.
    """

    name: str
    coded: tuple[Coded, ...]
    attributes: tuple[AttributeScore, ...]
    rep_commitments: CommitmentCounts
    cuts_written: CutCounts
    cuts_stripped: CutCounts
    roles: tuple[RoleScore, ...]
    by_coder: tuple[ByCoder, ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The own test part, and for each coder its outside check, empty where the outside data is not at hand."""

    own: Measured
    outside: tuple[tuple[str, OutsideScores], ...]


def make_coders(
    classifier: EncoderClassifier, training: Sequence[Conversation], encoder_folder: Path
) -> dict[str, Coder]:
    """The shipped classifier, whole and told less, and the three baselines, fitted on the training conversations."""
    examples = manager_examples(training)
    shipped = ShippedCoder(classifier)
    return {
        "asktell": shipped,
        "asktell, given the turn and the other's last": NarrowCoder(shipped),
        "asktell, given the unit and the other's last turn": NarrowCoder(shipped, unit_by_unit=True),
        "question mark and key words": RuleCoder(),
        "TF-IDF, logistic regression": WordCoder(examples),
        "frozen encoder, logistic regression": FrozenCoder(examples, encoder_folder),
    }


def measure(
    tools: Tools, coders: dict[str, Coder], name: str, codings: Mapping[str, Sequence[Conversation]]
) -> Measured:
    """All measurements of one test set by the codes most of its coders gave."""
    conversations = agreed(list(codings.values()))
    examples = manager_examples(conversations)
    coded = [_code(tools, coder, label, examples) for label, coder in coders.items()]
    shipped = coded[0]
    several = len(codings) > 1
    return Measured(
        name,
        tuple(coded),
        tuple(_attribute(each, coded[0]) for each in Attribute),
        judge_rep(tools.classifier, conversations),
        count_cuts(tools.splitter, conversations, stripped=False),
        count_cuts(tools.splitter, conversations, stripped=True),
        tuple(score_roles(tools.finder, conversations)),
        tuple(by_coder(label, each, shipped.written, shipped.stripped) for label, each in codings.items() if several),
        tuple(beside_coders(list(codings.values()), shipped.written)) if several else (),
    )


def check_outside(tools: Tools, coders: dict[str, Coder], file: Path) -> tuple[tuple[str, OutsideScores], ...]:
    """Every coder on the counselling turns; empty where the file is not there."""
    if not file.exists():
        return ()
    turns = read_turns(file)
    return tuple((label, score_outside(turns, tools.splitter, coder)) for label, coder in coders.items())


def _code(tools: Tools, coder: Coder, label: str, examples: Sequence[Example]) -> Coded:
    if isinstance(coder, ShippedCoder):
        written, stripped = (judge_whole(tools.classifier, examples, bare) for bare in (False, True))
    else:
        written, stripped = (judge(coder, examples, bare) for bare in (False, True))
    return Coded(label, tuple(written), tuple(stripped))


def _attribute(attribute: Attribute, coded: Coded) -> AttributeScore:
    """Patterns may only set what may stand beside the code the classifier gave, so that both share its errors."""
    found = PatternAttributes().find([unit.text for unit in coded.written])
    by_pattern = [
        replace(unit, attributes=frozenset(each for each in seen if unit.code in ATTRIBUTE_CODES[each]))
        for unit, seen in zip(coded.written, found, strict=True)
    ]
    return AttributeScore(
        attribute,
        attribute_f1(coded.written, attribute),
        attribute_f1(coded.stripped, attribute),
        attribute_f1(by_pattern, attribute),
        sum(attribute in unit.true_attributes for unit in coded.written),
    )
