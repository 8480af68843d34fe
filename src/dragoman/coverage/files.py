"""``coverage.jsonl`` of an output folder: what each document left silent, for who looks at one of them.

JSON, one object a line, sorted by the name of the document. ``report.json`` has the same of the whole corpus.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from dragoman.coverage.totals import find_silent
from dragoman.record import RecordError
from dragoman.records import Coverage, Reading

__all__ = ["COVERAGE", "read_coverage", "write_coverage"]

COVERAGE = "coverage.jsonl"
"""The file of an output folder that holds what each document left silent."""


@dataclass(frozen=True, slots=True)
class _Line:
    document: str
    coverage: Coverage


def write_coverage(folder: Path, readings: Iterable[Reading]) -> None:
    """Keep what each of `readings` left silent in the output `folder`."""
    encode = msgspec.json.Encoder().encode
    lines = {
        reading.document.name: _Line(reading.document.name, replace(reading.coverage, silent=find_silent(reading)))
        for reading in readings
    }
    with (folder / COVERAGE).open("wb") as file:
        file.writelines(encode(lines[name]) + b"\n" for name in sorted(lines))


def read_coverage(folder: Path, document: str) -> Coverage:
    """What `document` left silent, of a build into `folder`.

    :raises RecordError: if the file is missing or damaged, or does not have the document.
    """
    path = folder / COVERAGE
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as cause:
        raise RecordError(f"{path}: cannot be read: {cause.strerror}; build the graph first") from cause
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            found = msgspec.json.decode(line, type=_Line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
            raise RecordError(f"{path}:{number}: damaged: {cause}; build the graph again") from cause
        if found.document == document:
            return found.coverage
    raise RecordError(f"{path}: damaged: it has no document {document}; build the graph again")
