"""Title, date, author and the like of documents: from ``metadata.csv`` beside them, front matter, and other accounts.

Front matter is the block of ``key: value`` lines between two lines of three hyphens that may open a Markdown file.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches

from dragoman.reading.dates import parse_date

__all__ = ["TABLE_NAME", "FrontMatter", "Metadata", "Table", "find_front_matter", "merge", "parse_table"]

TABLE_NAME = "metadata.csv"
LONGEST_FRONT_MATTER = 20_000
LONGEST_VALUE = 1000
SEPARATORS = ",;\t"
WITHIN = re.compile("[/#]")
"""What stands between the name of a file and that of a text within it."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document, "" for what is not; `date` is ISO 8601 to the day, month or year."""

    title: str = ""
    date: str = ""
    author: str = ""
    genre: str = ""
    symbol: str = ""
    meeting: str = ""
    organization: str = ""
    venue: str = ""
    address: str = ""

    def completed_by(self, other: Metadata) -> Metadata:
        """This, with the fields it lacks taken from `other`."""
        return Metadata(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Metadata from a file's front matter, the place where it ends (0: there is none), and what was wrong in it."""

    metadata: Metadata = field(default_factory=Metadata)
    end: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a ``metadata.csv`` by file name, with their numbers (the heading is row 1), and their faults.

    `inner` has those of texts within a file or folder by its name, each under what its own has after that.
    """

    rows: Mapping[str, Metadata] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    inner: Mapping[str, Sequence[tuple[str, Metadata]]] = field(default_factory=dict)


def merge(found: Iterable[tuple[str, Metadata]]) -> tuple[Metadata, tuple[tuple[str, str], ...]]:
    """What the first of several accounts that tells it says of each property, and whose account that is.

    :param found: accounts by the name of where they come from, the one that counts first at the head.

    >>> merge([("table", Metadata(title="Talks")), ("first lines", Metadata(title="Talks resume", date="2024"))])[1]
    (('title', 'table'), ('date', 'first lines'))
    """
    accounts = list(found)
    values, origins = {}, []
    for name in (f.name for f in fields(Metadata)):
        value, origin = next(((getattr(m, name), whose) for whose, m in accounts if getattr(m, name)), ("", ""))
        values[name] = value
        if value:
            origins.append((name, origin))
    return Metadata(**values), tuple(origins)


def find_front_matter(text: str) -> FrontMatter:
    r"""The front matter at the very start of a text; the lines it may hold are ``key: value``, comments and blanks.

    >>> find_front_matter("---\ntitle: Talks resume\ndate: 4 May 2024\n---\nText.").metadata.date
    '2024-05-04'
    """
    if not text.startswith("---\n"):
        return FrontMatter()
    lines = text[:LONGEST_FRONT_MATTER].split("\n")
    close = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), 0)
    inner = lines[1:close]
    if not close or not any(":" in line for line in inner):
        return FrontMatter()
    if any(line.strip() and ":" not in line and not line.startswith((" ", "\t", "-", "#")) for line in inner):
        return FrontMatter()  # prose between two rules
    values = {}
    for line in inner:
        if not line.startswith((" ", "\t", "-", "#")):
            key, _, value = line.partition(":")
            values[key.strip().lower()] = _unquote(value.strip())
    end = min(len(text), sum(len(line) + 1 for line in lines[: close + 1]))
    metadata, faults = _to_metadata(values)
    return FrontMatter(metadata, end, tuple(f"front matter: {fault}" for fault in faults))


def parse_table(text: str) -> Table:
    """The rows of a ``metadata.csv``: a heading with the column ``file``, others in any order, unknown ones ignored.

    One that is likely mistyped is among the notes.
    """
    heading = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=heading.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as cause:
        return Table(notes=(f"not readable as comma-separated values: {cause}",))
    columns = [column.strip().lower() for column in lines[0]] if lines else []
    if "file" not in columns:
        return Table(notes=(f"row 1: no column 'file' among {', '.join(columns) or 'none'}; no row is used",))
    rows: dict[str, Metadata] = {}
    numbers: dict[str, int] = {}
    notes = list(_find_mistyped(columns))
    for number, line in enumerate(lines[1:], 2):
        if not any(map(str.strip, line)):
            continue
        if len(line) != len(columns):
            notes.append(f"row {number}: {len(line)} columns where the heading has {len(columns)}; the row is not used")
            continue
        values = dict(zip(columns, map(str.strip, line), strict=True))
        name = unicodedata.normalize("NFC", values["file"].replace("\\", "/").removeprefix("./"))
        if not name:
            notes.append(f"row {number}: the column 'file' is empty; the row is not used")
        elif name in rows:
            notes.append(f"row {number}: {name} has row {numbers[name]} already; this one is not used")
        else:
            rows[name], faults = _to_metadata(values)
            numbers[name] = number
            notes.extend(f"row {number}: {fault}" for fault in faults)
    return Table(rows, numbers, tuple(notes), _find_inner(rows))


def _find_mistyped(columns: Sequence[str]) -> Iterator[str]:
    """A note for each column that is called nearly as one that is missing."""
    missing = [f.name for f in fields(Metadata) if f.name not in columns]
    for column in columns:
        if near := get_close_matches(column, missing, n=1, cutoff=0.8):
            yield f"row 1: the column {column!r} is not used; did you mean {near[0]!r}?"


def _find_inner(rows: Mapping[str, Metadata]) -> Mapping[str, Sequence[tuple[str, Metadata]]]:
    inner: dict[str, list[tuple[str, Metadata]]] = defaultdict(list)
    for name, row in rows.items():
        for match in WITHIN.finditer(name):
            inner[name[: match.start()]].append((name[match.start() :], row))
    return inner


def _to_metadata(values: Mapping[str, str]) -> tuple[Metadata, list[str]]:
    known = {f.name: " ".join(values.get(f.name, "").split())[:LONGEST_VALUE] for f in fields(Metadata)}
    faults = []
    if known["date"]:
        date = parse_date(known["date"])
        if not date:
            shown = repr(known["date"][:40])
            faults.append(f"date {shown} is not YYYY, YYYY-MM, YYYY-MM-DD or like '24 July 2025'; not used")
        known["date"] = date
    return Metadata(**known), faults


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
