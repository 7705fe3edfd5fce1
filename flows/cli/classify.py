"""`asktell classify`: manager's turns or units as JSON lines in, the same with codes out."""

import json
import queue
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer

from flows.cli.console import emit
from flows.code import Coder
from flows.settings import load_settings
from flows.workbench import Workbench
from pipeline.codes import CODES
from pipeline.errors import AsktellError
from pipeline.floor import Talk
from pipeline.text import parse_json
from pipeline.values import Coding

CHUNK = 256
"""Most lines coded together: enough to fill the model's batches."""


def classify(
    units: Annotated[bool, typer.Option("--units", help="Each text is one unit: do not split it.")] = False,
    device: Annotated[str | None, typer.Option(help="auto, cpu or cuda.")] = None,
) -> None:
    """Code what a manager says: JSON lines in on stdin, JSON lines out on stdout, in the same order.

    In: {"id": "...", "previous": "what the other just said, or empty", "text": "the manager's turn"}
    """
    if sys.stdin is None:
        raise AsktellError("nothing to read on stdin. Give JSON lines, as in: asktell classify < turns.jsonl")
    coder = Workbench(load_settings(device=device)).coder()
    for answer in answers(chunks(sys.stdin.buffer), coder, split=not units):
        if not emit(json.dumps(answer, ensure_ascii=False)):
            return


def chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines in order, as many at once as have come by then, at most `CHUNK`.

    So whoever sends one line and waits gets its answer, and a file is coded in full batches.
    """
    waiting: queue.Queue[bytes | Exception | None] = queue.Queue(maxsize=4 * CHUNK)

    def read() -> None:
        try:
            for line in lines:
                waiting.put(line)
            waiting.put(None)
        except Exception as error:  # handed over and raised where the lines are used
            waiting.put(error)

    threading.Thread(target=read, daemon=True).start()
    ended = False
    while not ended:
        chunk: list[bytes] = []
        while len(chunk) < CHUNK and not ended and not (chunk and waiting.empty()):
            line = waiting.get()
            if isinstance(line, Exception):
                raise line
            if line is None:
                ended = True
            else:
                chunk.append(line)
        yield chunk


def answers(chunked: Iterable[Sequence[bytes]], coder: Coder, split: bool) -> Iterator[dict[str, Any]]:
    """One answer a line, in order; blank lines are passed over.

    Raises AsktellError with the line number at the first malformed line, after the answers before it.
    """
    read = 0
    for chunk in chunked:
        asked: list[dict[str, Any]] = []
        fault: AsktellError | None = None
        for number, line in enumerate(chunk, start=read + 1):
            try:
                if line.strip():
                    asked.append(_parse(line, number))
            except AsktellError as error:
                fault = error
                break
        read += len(chunk)
        yield from _code(asked, coder, split)
        if fault:
            raise fault


def _parse(line: bytes, number: int) -> dict[str, Any]:
    try:
        record = parse_json(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        raise AsktellError(f"line {number}: not UTF-8. Save the lines as UTF-8.") from None
    except ValueError as error:
        raise AsktellError(f"line {number}: not JSON ({error}). Give one JSON object a line.") from None
    if not isinstance(record, dict):
        raise AsktellError(f'line {number}: not an object. Give {{"id": ..., "previous": ..., "text": ...}}.')
    for key in ("id", "text"):
        if key not in record:
            raise AsktellError(f"line {number}: no '{key}'. Add it.")
    text, previous = record["text"], record.get("previous") or ""
    if not isinstance(text, str) or not isinstance(previous, str):
        raise AsktellError(f"line {number}: 'text' and 'previous' must be strings. Quote them.")
    return {"id": record["id"], "text": text, "previous": previous}


def _code(asked: list[dict[str, Any]], coder: Coder, split: bool) -> list[dict[str, Any]]:
    texts = [record["text"] for record in asked]
    parts = _split(texts, coder) if split else [[text.strip()] if text.strip() else [] for text in texts]
    contexts = [
        unit
        for record, units in zip(asked, parts, strict=True)
        for unit in Talk(previous=record["previous"]).put_around(units)
    ]
    codings = iter(coder.classifier.classify(contexts))
    return [
        {"id": record["id"], "units": [_unit(text, next(codings)) for text in units]}
        for record, units in zip(asked, parts, strict=True)
    ]


def _split(texts: list[str], coder: Coder) -> list[list[str]]:
    return [
        [text[part.start : part.end].strip() for part in parts]
        for text, parts in zip(texts, coder.splitter.split(texts), strict=True)
    ]


def _unit(text: str, coding: Coding) -> dict[str, Any]:
    return {
        "text": text,
        "code": coding.code.value,
        "confidence": round(coding.confidence, 4),
        "probabilities": {
            code.value: round(probability, 4) for code, probability in zip(CODES, coding.probabilities, strict=True)
        },
        "attributes": sorted(attribute.value for attribute in coding.attributes),
    }
