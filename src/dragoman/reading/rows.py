"""Tables of texts: JSON, one object a line, and CSV with a heading. Columns beside the text tell of it.

Standards: https://jsonlines.org and RFC 4180, https://www.rfc-editor.org/rfc/rfc4180.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from dragoman.reading.dates import parse_date
from dragoman.reading.decoding import decode
from dragoman.reading.formats.parsed import Options, UnreadableError, tidy
from dragoman.reading.metadata import SEPARATORS, Metadata

__all__ = ["Row", "read_rows"]

IDS = ("id", "document", "doc_id", "name", "file")
COLUMNS = {
    "title": ("title", "headline"),
    "date": ("date", "published", "year"),
    "author": ("author",),
    "genre": ("genre", "type"),
    "symbol": ("symbol",),
    "meeting": ("meeting", "meeting_number"),
    "organization": ("organization", "publisher"),
    "venue": ("venue", "place"),
    "address": ("address", "url", "source"),
}
"""Columns that tell of a text, by property, the best first."""
SPEAKER = ("speaker", "post", "country")
"""Columns that tell together who speaks, where there is no author."""
LONGEST_ID = 80
MOST_COLUMNS = 20
SHOWN = 10
"""Rows that a reason names."""


@dataclass(frozen=True, slots=True)
class Row:
    """A text, what the other columns say of it, and the SHA-256 of the row; or the `reason` why some rows have none."""

    id: str = ""
    text: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    sha256: str = ""
    reason: str = ""


def read_rows(stream: IO[bytes], suffix: str, options: Options) -> Iterator[Row]:
    """The rows of a table, one at a time, and last the reasons why some are missing.

    :raises UnreadableError: if no column is named, or no row has it, naming those there are, or a limit is broken.
    """
    column = options.text_column
    records = _iter_table(stream, suffix, options) if suffix in {".csv", ".tsv"} else _iter_json(stream, options)
    ids: set[str] = set()
    columns: set[str] = set()
    broken: list[int] = []
    empty: list[int] = []
    count = 0
    for number, (values, data) in enumerate(records, 1):
        if number > options.limits.files:
            raise UnreadableError(f"more than {options.limits.files} rows; the rest is not read: raise --limit files=")
        columns.update(values)
        if not column:
            raise UnreadableError(
                f"a table: name the column of its texts with --text-column; there are {_name(columns)}"
            )
        text = values.get(column)
        if not data:
            broken.append(number)
        elif not isinstance(text, str) or not text.strip():
            empty.append(number)
        else:
            count += 1
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            yield Row(_find_id(values, number, ids), text, _to_metadata(values), sha256(data).hexdigest())
    if not count and not column:
        raise UnreadableError("a table without rows")
    if not count:
        raise UnreadableError(f"no text in a column {column!r}; there are {_name(columns)}: see --text-column")
    for numbers, what in ((broken, "no JSON object"), (empty, f"no text in the column {column!r}")):
        if numbers:
            shown = ", ".join(map(str, numbers[:SHOWN])) + (" …" if len(numbers) > SHOWN else "")
            yield Row(reason=f"{what} in {len(numbers)} of the rows: {shown}")


def _name(columns: Iterable[str]) -> str:
    return ", ".join(sorted(columns)[:MOST_COLUMNS]) or "none"


def _iter_json(stream: IO[bytes], options: Options) -> Iterator[tuple[Mapping[str, Any], bytes]]:
    """Each line's object and its bytes, none where a line is no object."""
    most = options.limits.bytes
    while line := stream.readline(most + 1):
        if len(line) > most:
            raise UnreadableError(f"a line of more than the limit of {most} bytes; raise --limit bytes=")
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            values = None
        yield (values, line.strip()) if isinstance(values, dict) else ({}, b"")


def _iter_table(stream: IO[bytes], suffix: str, options: Options) -> Iterator[tuple[Mapping[str, Any], bytes]]:
    """Each row's values by column, and its bytes."""
    data = stream.read(options.limits.bytes + 1)
    if len(data) > options.limits.bytes:
        raise UnreadableError(f"more than the limit of {options.limits.bytes} bytes; split it or raise --limit bytes=")
    text = decode(data).text
    heading = text.split("\n", 1)[0]
    separator = "\t" if suffix == ".tsv" else max(SEPARATORS, key=heading.count)
    columns, *rows = _parse_table(text, separator, options) or [[]]
    names = [column.strip().lower() for column in columns]
    for row in rows:
        if any(map(str.strip, row)):
            yield dict(zip(names, row, strict=False)), "\x1f".join(row).encode("utf-8", "surrogatepass")


def _parse_table(text: str, separator: str, options: Options) -> list[list[str]]:
    """The cells of each row, of any length: the limit of the ``csv`` module is that of all who use it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    usual = csv.field_size_limit(options.limits.bytes)
    try:
        return list(reader)
    except csv.Error as cause:
        raise UnreadableError(
            f"not readable as comma-separated values after line {reader.line_num}: {cause}"
        ) from cause
    finally:
        csv.field_size_limit(usual)


def _find_id(values: Mapping[str, Any], number: int, ids: set[str]) -> str:
    """A row's name of its own: what its first column of names says, else its number."""
    named = next((values[key] for key in IDS if isinstance(values.get(key), str | int) and values[key] != ""), number)
    id_ = tidy(str(named)).replace("\n", " ").replace("/", "-").replace("\\", "-")[:LONGEST_ID].strip(" .") or str(
        number
    )
    if id_ in ids:
        id_ = f"{id_}-{number}"
    ids.add(id_)
    return id_


def _to_metadata(values: Mapping[str, Any]) -> Metadata:
    def one(key: str) -> str:
        value = values.get(key)
        return " ".join(str(value).split())[:1000] if isinstance(value, str | int | float) else ""

    found = {name: next(filter(None, map(one, keys)), "") for name, keys in COLUMNS.items()}
    found["date"] = parse_date(found["date"])
    found["author"] = found["author"] or ", ".join(filter(None, map(one, SPEAKER)))
    return Metadata(**found)
