"""What a build knows of each document, and where each piece of that was found: the table ``documents.csv``.

Its first columns are those of a ``metadata.csv``, so that it can be mended and laid beside the documents.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from dragoman.cells import harmless
from dragoman.reading.metadata import Metadata
from dragoman.record import RecordError
from dragoman.records import Document

__all__ = ["INVENTORY", "KNOWN", "format_inventory", "read_inventory", "to_rows", "write_inventory"]

INVENTORY = "documents.csv"
"""The file of an output folder that holds the table."""
KNOWN = tuple(f.name for f in fields(Metadata))
"""What can be known of a document, in order."""
COLUMNS = ("file", *KNOWN, "characters", "pages", *(f"{name}_from" for name in KNOWN))

Row = Mapping[str, str]


def to_rows(documents: Iterable[Document]) -> list[Row]:
    """A row for each document, by name; `pages` is empty where the original has none."""
    rows: list[Row] = []
    for document in sorted(documents, key=lambda document: document.name):
        origins = dict(document.origins)
        pages = {place.page for place in document.places if place.page}
        rows.append(
            {
                "file": document.name,
                **{name: getattr(document, name) for name in KNOWN},
                "characters": str(len(document.text)),
                "pages": "-".join(str(page) for page in sorted({min(pages), max(pages)})) if pages else "",
                **{f"{name}_from": origins.get(name, "") for name in KNOWN},
            }
        )
    return rows


def write_inventory(folder: Path, documents: Iterable[Document]) -> None:
    """Write the table into the output `folder`."""
    text = format_inventory(to_rows(documents), "csv")
    (folder / INVENTORY).write_text(text, encoding="utf-8", newline="", errors="replace")


def read_inventory(folder: Path) -> list[Row]:
    """The table that a build wrote into `folder`, words as they were found.

    :raises RecordError: if the folder or the table is missing or damaged.
    """
    path = folder / INVENTORY
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as cause:
        raise RecordError(f"{path}: cannot be read: {cause.strerror}; build the graph first") from cause
    except UnicodeDecodeError as cause:
        raise RecordError(f"{path}: damaged: no UTF-8; build the graph again") from cause
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    if any(row.keys() != set(COLUMNS) or None in row.values() for row in rows):
        raise RecordError(f"{path}: damaged: columns are missing; build the graph again")
    return [{key: _as_found(value) for key, value in row.items()} for row in rows]


def format_inventory(rows: Sequence[Row], form: str) -> str:
    """The rows as ``csv``, ``json`` or, for people, a ``table``: what is known, and in brackets where it was found."""
    if form == "json":
        return json.dumps([_to_object(row) for row in rows], indent=1, ensure_ascii=False) + "\n"
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: harmless(row[key]) for key in COLUMNS} for row in rows)
        return buffer.getvalue()
    lines = []
    for row in rows:
        pages = f", pages {row['pages']}" if row["pages"] else ""
        lines.append(f"{row['file']} ({int(row['characters'] or 0):,} characters{pages})")
        lines += [f"  {name:<12} {row[name]} [{row[f'{name}_from'] or 'unknown'}]" for name in KNOWN if row[name]]
    return "".join(f"{line}\n" for line in lines)


def _to_object(row: Row) -> dict[str, object]:
    known = {name: {"value": row[name], "from": row[f"{name}_from"]} for name in KNOWN if row[name]}
    return {"file": row["file"], "characters": int(row["characters"] or 0), "pages": row["pages"], **known}


def _as_found(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
