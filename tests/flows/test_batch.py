"""A batch, around Prefect."""

from pathlib import Path

from flows.batch import Quarantined, Result, settle
from flows.items import Item
from pipeline.errors import AsktellError

ITEM = Item(Path("call.vtt"))


def test_settle_keeps_the_result_and_gives_it_back() -> None:
    kept: list[Result] = []
    result: Result = []
    assert settle(ITEM, result, kept.append) is result
    assert kept == [result]


def test_settle_quarantines_what_cannot_be_kept_for_any_reason() -> None:
    def fail(_: Result) -> None:
        raise MemoryError

    settled = settle(ITEM, [], fail)
    assert isinstance(settled, Quarantined)
    assert "MemoryError" in settled.reason


def test_settle_quarantines_what_cannot_be_kept() -> None:
    def refuse(result: Result) -> None:
        raise AsktellError("page.html: cannot be written. Choose another folder.")

    settled = settle(ITEM, [], refuse)
    assert settled == Quarantined(ITEM.path, "page.html: cannot be written. Choose another folder.")
