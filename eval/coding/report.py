"""The report's words: measurements as Markdown tables."""

from collections.abc import Iterable, Sequence
from math import isnan

from eval.coding.counselling import OutsideScores
from eval.coding.run import Coded, Measured, Results
from eval.coding.scores import (
    Interval,
    Judged,
    accuracy,
    calibration_error,
    code_scores,
    confusion,
    macro_f1,
    macro_interval,
)
from eval.coding.sessions import score_sessions
from pipeline.codes import CODES


def results_text(results: Results, draws: int = 1000) -> str:
    """All results as Markdown, the outside check last."""
    return set_text(results.own, draws) + "\n\n" + outside_text(results.outside) + "\n"


def set_text(measured: Measured, draws: int) -> str:
    """One test set: coders side by side, then the shipped classifier's codes, confusion, attributes, cuts, roles."""
    shipped = measured.coded[0]
    return "\n\n".join(
        [
            f"## {measured.name}",
            _coders(measured.coded, draws),
            "### By writer",
            _writers(shipped),
            *_other_coders(measured),
            "### Each code, as written",
            _codes(shipped.written, draws),
            "### Each code, without case and punctuation",
            _codes(shipped.stripped, draws),
            "### Coded (down) against given (across), as written",
            _confusion(shipped.written),
            "### What a session's numbers are worth",
            _sessions(shipped),
            "### Attributes",
            _attributes(measured),
            "### Units",
            _cuts(measured),
            "### Who is the manager",
            _roles(measured),
        ]
    )


def outside_text(outside: Sequence[tuple[str, OutsideScores]]) -> str:
    """The coders on the counselling turns, or a line that says the data is not at hand."""
    title = "## Outside check: counselling turns coded by experts"
    if not outside:
        return f"{title}\n\nThe data is not on this machine."
    rows = [
        [
            label,
            *(f"{scores.f1[name]:.3f}" for name in ("any question", "reflection", "directive_advice")),
            f"{scores.six_macro:.3f}",
            f"{scores.four_way:.3f}",
            f"{scores.four_way_accuracy:.3f}",
            f"{scores.auc_hard:.3f}",
            f"{scores.auc_soft:.3f}",
        ]
        for label, scores in outside
    ]
    head = ["coder", "any question F1", "reflection F1", "advice F1", "six codes macro-F1", "four-way macro-F1"]
    head += ["four-way accuracy", "session AUC, codes", "session AUC, probabilities"]
    experts = (
        "The session AUC is of the product's `non_directive_ratio`, sessions of good style against poor. "
        f"The experts' own codes (questions and reflections against advice and information) reach "
        f"{outside[0][1].auc_experts:.3f}."
    )
    return "\n\n".join([title, _table(head, rows), experts])


def _coders(coded: Sequence[Coded], draws: int) -> str:
    rows = []
    for each in coded:
        for form, units in (("as written", each.written), ("stripped", each.stripped)):
            right = accuracy(confusion(units))
            error = calibration_error(units)
            rows.append(
                [
                    each.coder,
                    form,
                    _interval(macro_interval(units, draws)),
                    _number(right),
                    _number(error),
                    str(len(units)),
                ]
            )
    return _table(["coder", "text", "macro-F1 (90 % interval)", "accuracy", "calibration error", "units"], rows)


def _writers(coded: Coded) -> str:
    """Conversations are named after their writer's file: `t1-004` is by the writer of `t1`."""
    writers = sorted({unit.conversation.split("-")[0] for unit in coded.written})
    rows = []
    for writer in writers:
        scores = [
            macro_f1(confusion([unit for unit in units if unit.conversation.startswith(f"{writer}-")]))
            for units in (coded.written, coded.stripped)
        ]
        rows.append([writer, *(f"{score:.3f}" for score in scores)])
    return _table(["writer", "macro-F1", "macro-F1, stripped"], rows)


def _other_coders(measured: Measured) -> list[str]:
    """How far several coders' codes lead to the same scores, and agree; nothing where one coded the set."""
    if not measured.by_coder:
        return []
    scores = [
        [each.coder, f"{each.written:.3f}", f"{each.stripped:.3f}", _number(each.judgment), _number(each.about_person)]
        for each in measured.by_coder
    ]
    agreement = [[each.name, _number(each.coders), _number(each.classifier)] for each in measured.beside]
    return [
        "### By the codes of one coder",
        _table(["codes of", "macro-F1", "macro-F1, stripped", "judgment F1", "about_person F1"], scores),
        "### Beside other coders",
        _table(["code", "two coders, F1", "asktell and one of them, F1"], agreement),
    ]


def _codes(units: Sequence[Judged], draws: int) -> str:
    rows = [
        [score.code.value, _number(score.precision), _number(score.recall), _interval(score.f1), str(score.n)]
        for score in code_scores(units, draws)
    ]
    return _table(["code", "precision", "recall", "F1 (90 % interval)", "units"], rows)


def _confusion(units: Sequence[Judged]) -> str:
    short = [code.value.replace("_", " ") for code in CODES]
    rows = [[name, *map(str, row)] for name, row in zip(short, confusion(units).tolist(), strict=True)]
    return _table(["", *short], rows)


def _sessions(coded: Coded) -> str:
    rows = [
        [each.metric, text, str(each.sessions), f"{each.distance:.3f}", f"{each.held:.0%}", f"{each.width:.3f}"]
        for text, units in (("as written", coded.written), ("stripped", coded.stripped))
        for each in score_sessions(units)
    ]
    head = ["metric", "text", "sessions", "mean distance from the true one", "90 % interval holds it", "its mean width"]
    return _table(head, rows)


def _attributes(measured: Measured) -> str:
    rows = [
        [each.attribute.value, _number(each.head), _number(each.stripped), _number(each.patterns), str(each.n)]
        for each in measured.attributes
    ]
    rep = measured.rep_commitments
    rows.append(["commitment, rep", _number(rep.f1), "", "", str(rep.true)])
    return _table(["attribute", "F1, second head", "F1, stripped", "F1, spaCy patterns", "units"], rows)


def _cuts(measured: Measured) -> str:
    rows = [
        [text, _number(cuts.f1), str(cuts.true)]
        for text, cuts in (("as written", measured.cuts_written), ("stripped", measured.cuts_stripped))
    ]
    return _table(["text", "boundary F1", "boundaries inside turns"], rows)


def _roles(measured: Measured) -> str:
    rows = [[each.kind, f"{each.right} of {each.sessions}", f"{each.confidence:.2f}"] for each in measured.roles]
    return _table(["sessions", "manager found", "mean confidence"], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _number(value: float | None) -> str:
    return "–" if value is None or isnan(value) else f"{value:.3f}"


def _interval(value: Interval) -> str:
    if value.value is None:
        return "–"
    return f"{value.value:.3f} ({value.low:.2f}–{value.high:.2f})"
