"""What an installed asktell brings along."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

from eval.roleplays import FOLDER, TRUTH_SUFFIX, recordings

ROOT = Path(__file__).parents[1]


def test_every_truth_file_has_its_recording() -> None:
    truths = sorted(path.name.removesuffix(TRUTH_SUFFIX) for path in FOLDER.glob(f"*{TRUTH_SUFFIX}"))
    assert truths
    assert [path.stem for path in recordings()] == truths


def test_every_bundled_recording_is_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["*"]
    assert [path.name for path in recordings() if not any(fnmatch(path.name, each) for each in patterns)] == []


def test_make_clean_leaves_what_people_made() -> None:
    removed = [line.split() for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "rm -rf" in line]
    assert removed
    assert not any({"scorecards", "asktell.duckdb"} & set(words) for words in removed)
