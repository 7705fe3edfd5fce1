"""The report's tables and pictures, from hand-made measurements."""

from pathlib import Path

from eval.coding.boundaries import CutCounts
from eval.coding.charts import confusion_chart, reliability_chart, save_svg
from eval.coding.evaluate import CommitmentCounts
from eval.coding.other_coders import Beside, ByCoder
from eval.coding.report import results_text
from eval.coding.roles import RoleScore
from eval.coding.run import AttributeScore, Coded, Measured, Results
from eval.coding.scores import Judged, confusion, reliability
from pipeline.codes import CODES, Attribute, Code


def judged(truth: Code, given: Code) -> Judged:
    return Judged("t1-001", "text", truth, tuple(0.89 if code is given else 0.01 for code in CODES))


UNITS = (judged(Code.PRAISE, Code.PRAISE), judged(Code.OTHER, Code.PRAISE), judged(Code.OTHER, Code.OTHER))


def results() -> Results:
    own = Measured(
        "Own",
        (Coded("asktell", UNITS, UNITS[:1]),),
        (AttributeScore(Attribute.SPECIFIC, 0.8, None, 0.5, 4),),
        CommitmentCounts(2, 2, 1),
        CutCounts(4, 4, 3),
        CutCounts(4, 0, 0),
        (RoleScore("whole sessions", 3, 2, 0.9),),
        (ByCoder("coder a", 0.8, 0.7, 0.6, None),),
        (Beside("praise", 0.95, 0.85), Beside("teaching", float("nan"), float("nan"))),
    )
    return Results(own, ())


def test_the_report_states_what_was_measured_and_marks_what_has_no_value() -> None:
    text = results_text(results(), draws=20)
    assert "| asktell | as written | 0.667" in text
    assert "| praise | 0.500 | 1.000 | 0.667" in text
    assert "| judgment | – | – | – | 0 |" in text
    assert "| praise_count | as written | 1 | 1.000 | 100% |" in text
    assert "| specific | 0.800 | – | 0.500 | 4 |" in text
    assert "| commitment, rep | 0.500 |" in text
    assert "| as written | 0.750 | 4 |" in text
    assert "| whole sessions | 2 of 3 | 0.90 |" in text
    assert "| coder a | 0.800 | 0.700 | 0.600 | – |" in text
    assert "| praise | 0.950 | 0.850 |" in text
    assert "| teaching | – | – |" in text
    assert "The data is not on this machine." in text


def test_the_pictures_are_drawn_with_every_code_named(tmp_path: Path) -> None:
    save_svg(confusion_chart(confusion(UNITS)), tmp_path / "confusion.svg")
    save_svg(reliability_chart(reliability(UNITS)), tmp_path / "reliability.svg")
    drawn = (tmp_path / "confusion.svg").read_text("utf-8")
    assert all(code.value.replace("_", " ") in drawn for code in CODES)
    assert "share of units coded right" in (tmp_path / "reliability.svg").read_text("utf-8")
