"""Drawn claims to a table to mark them in, and back: which claims are right, wrong or unsure, by whom, when and why.

The table is CSV, for a spreadsheet; the page of the audit gives the same one back. Of its columns, ``claim`` and
``mark`` are needed; ``weight`` tells how many claims of the graph one stands for (1 where it is left out), ``who``,
``when`` and ``why`` go into decisions, and the others are for who reads. Rows without a mark are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from pathlib import Path

from dragoman.audit.drawing import Drawn
from dragoman.decisions import (
    DECISIONS,
    Decision,
    format_decisions,
    parse_decisions,
    read_decisions,
    to_row,
    to_rulings,
)
from dragoman.ontology import Ontology
from dragoman.record import Record
from dragoman.records import Claim, Document, Evidence
from dragoman.serialization import replace_file
from dragoman.sheets import format_sheet, iter_rows, read_sheet

__all__ = [
    "COLUMNS",
    "Mark",
    "Marked",
    "Marks",
    "MarksError",
    "format_marks",
    "quote_in",
    "read_marks",
    "to_decisions",
    "to_rows",
    "write_decisions",
]

COLUMNS = (
    *("mark", "subject", "property", "object", "modality", "date", "speaker"),
    *("document", "where", "before", "quote", "after", "who", "when", "why", "confidence", "weight", "claim"),
)
AROUND = 300
"""Characters of a document that are shown before and after a quote."""
CLAIM = "claim/"
"""What stands before the id of a claim, as in its IRI: a spreadsheet would take some ids for numbers."""
AUDITED = "audited"
"""Why a claim is decided on, where nothing else is said."""
_ID = re.compile(r"[0-9a-f]{16}")


class MarksError(ValueError):
    """A table of marks that cannot be used; the message names file and line and says what to do."""


class Mark(StrEnum):
    """What a person says of a claim."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Marked:
    """A row with a mark; `weight` is how many claims of the graph its claim stands for."""

    claim: Claim
    mark: Mark
    weight: float
    who: str = ""
    when: str = ""
    why: str = ""
    where: str = ""  # file and line, as messages name them


@dataclass(frozen=True, slots=True)
class Marks:
    """What a table of marks says: its marks in order, how many rows have none, and places of claims that are gone."""

    marked: tuple[Marked, ...]
    unmarked: int = 0
    gone: tuple[str, ...] = ()


def to_rows(drawn: Iterable[Drawn], record: Record, ontology: Ontology) -> Iterator[dict[str, str]]:
    """The row of each drawn claim, by column, with the first of its quotes."""
    labels = {entity.id: entity.label for entity in record.entities}
    documents = {document.name: document for document in record.documents}
    for one in drawn:
        claim, piece = one.claim, one.claim.evidence[0]
        before, quote, after = quote_in(documents[piece.document], piece)
        yield {
            "subject": labels[claim.subject],
            "property": ontology.properties[claim.predicate].label,
            "object": labels[claim.object],
            "modality": claim.modality.value,
            "date": claim.date,
            "speaker": labels.get(claim.speaker, ""),
            "document": piece.document,
            "where": piece.where,
            "before": before,
            "quote": quote,
            "after": after,
            "confidence": f"{claim.confidence:.2f}",
            "weight": f"{one.weight:.6g}",
            "claim": f"{CLAIM}{claim.id}",
        }


def format_marks(drawn: Iterable[Drawn], record: Record, ontology: Ontology) -> str:
    """The drawn claims as a table whose column ``mark`` is to fill in."""
    return format_sheet(COLUMNS, to_rows(drawn, record, ontology))


def quote_in(document: Document, piece: Evidence) -> tuple[str, str, str]:
    """The words before a quote, the quote, and those after it; cut at :data:`AROUND` characters, with "…" there."""
    text, start, end = document.text, piece.span.start, piece.span.end
    if text[start:end] != piece.exact:  # the text was not kept, or was changed
        return piece.prefix, piece.exact, piece.suffix
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return ("…" if first else "") + text[first:start], piece.exact, text[end:last] + ("…" if last < len(text) else "")


def read_marks(path: Path, record: Record) -> Marks:
    """The marks in the table at `path`, of claims of `record`.

    :raises MarksError: for a table that cannot be read, a row that is no mark, or two that contradict one another.
    """
    claims = {claim.id: claim for claim in record.claims}
    marked: dict[str, Marked] = {}
    gone, unmarked = [], 0
    for line, row in iter_rows(read_sheet(path, MarksError, "marks"), str(path), MarksError, _to_columns):
        where = f"{path}:{line}"
        if not row.get("mark"):
            unmarked += 1
            continue
        found = _to_mark(row, where)
        id_ = _to_claim_id(row, where)
        if id_ not in claims:
            gone.append(where)
            continue
        first = marked.get(id_)
        if first and first.mark != found:
            line_of = first.where.rsplit(":", 1)[-1]
            raise MarksError(f"{where}: marks as {found} what line {line_of} marks as {first.mark}; drop one")
        if not first:
            who, when, why = (row.get(column, "") for column in ("who", "when", "why"))
            marked[id_] = Marked(claims[id_], found, _to_weight(row, where), who, when, why, where)
    if not marked and gone:
        raise MarksError(f"{gone[0]}: no claim of the table is in the graph; give the graph that it was drawn from")
    return Marks(tuple(marked.values()), unmarked, tuple(gone))


def to_decisions(marked: Iterable[Marked], *, who: str = "", when: str = "") -> list[Decision]:
    """The decisions that right and wrong marks are; `who` and `when` fill in where a row has none.

    :raises MarksError: for a row for which nobody, or no day, is told.
    """
    decisions = []
    for one in marked:
        if one.mark is Mark.UNSURE:
            continue
        told = {"who": one.who or who, "when": one.when or when}
        if missing := [name for name, value in told.items() if not value]:
            options = " and ".join(f"--{name}" for name in missing)
            raise MarksError(f"{one.where}: has no {' and no '.join(missing)}; fill it in, or give {options}")
        if not _is_day(told["when"]):
            raise MarksError(f"{one.where}: when {told['when']!r} is not YYYY-MM-DD; write it so")
        for ruling in to_rulings(one.claim, right=one.mark is Mark.RIGHT):
            decisions.append(replace(ruling, who=told["who"], when=told["when"], why=one.why or AUDITED))
    return decisions


def write_decisions(
    marks: Marks, folder: Path, record: Record, ontology: Ontology, target: Path, *, who: str = "", when: str = ""
) -> int:
    """Write the marks to `target` as decisions, after those that the output `folder` keeps; how many there are now.

    :raises MarksError: for a row for which nobody, or no day, is told.
    :raises DecisionError: where a mark contradicts a decision that was kept.
    """
    kept = folder / DECISIONS
    before = read_decisions(kept, ontology, base=record.base) if kept.is_file() else ()
    decisions = [*before, *to_decisions(marks.marked, who=who, when=when)]
    several = list({tuple(to_row(one).values()): one for one in decisions}.values())
    text = format_decisions(several)
    parse_decisions(text, ontology, base=record.base, where=str(target))
    replace_file(target, text.encode("utf-8", "replace"))
    return len(several)


def _to_columns(cells: Sequence[str], where: str) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    for needed in ("claim", "mark"):
        if columns.count(needed) != 1:
            lacks = "has no" if needed not in columns else "has twice the"
            raise MarksError(f"{where}: {lacks} column {needed!r}; a table of marks has {', '.join(COLUMNS)}")
    return columns


def _to_mark(row: Mapping[str, str], where: str) -> Mark:
    value = row["mark"].lower()
    known = [mark.value for mark in Mark]
    if value not in known:
        near = get_close_matches(value, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(known)}"
        raise MarksError(f"{where}: no mark {row['mark']!r}; {hint}")
    return Mark(value)


def _to_claim_id(row: Mapping[str, str], where: str) -> str:
    value = row.get("claim", "").lower()
    id_ = value.rsplit("/", 1)[-1]
    if not _ID.fullmatch(id_):
        raise MarksError(
            f"{where}: claim {value!r} is no id of a claim, which has 16 hexadecimal digits; "
            "leave that column as it was drawn"
        )
    return id_


def _to_weight(row: Mapping[str, str], where: str) -> float:
    value = row.get("weight") or "1"
    try:
        weight = float(value.replace(",", "."))  # as spreadsheets of many countries write it
    except ValueError:
        weight = 0.0
    if not (isfinite(weight) and weight >= 1):
        raise MarksError(f"{where}: weight {value!r} is no number from 1 on; leave that column as it was drawn")
    return weight


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
