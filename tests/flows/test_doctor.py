"""What the doctor says of a machine."""

from pathlib import Path

from flows.cli.doctor import Finding, examine
from flows.settings import load_settings


def findings(**flags: object) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(load_settings(asr="pocketsphinx", **flags))}


def test_a_fresh_machine_is_well(tmp_path: Path) -> None:
    found = findings(db=tmp_path / "new.duckdb")
    assert [finding for finding in found.values() if not finding.works] == []
    assert "none yet" in found["database"].seen
    assert not (tmp_path / "new.duckdb").exists()


def test_what_does_not_work_is_named_with_what_to_do(tmp_path: Path) -> None:
    found = findings(db=tmp_path / "gone" / "x.duckdb", rubric="no-such-rubric")
    assert not found["database"].works
    assert "--db" in found["database"].seen
    assert not found["rubric"].works
    assert "no-such-rubric" in found["rubric"].seen
