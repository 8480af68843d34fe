"""Drawn claims become ``audit.html``: one file that works offline, on which a person marks them one by one.

It is the page of the review (:mod:`dragoman.review.page`) with other items, and as safe: what documents say stands in
it as JSON alone. The marks leave it as a table, as :mod:`dragoman.audit.marks` reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dragoman.audit.drawing import Drawn
from dragoman.audit.marks import COLUMNS, Mark, format_marks, quote_in, to_rows
from dragoman.export import ExportError
from dragoman.ontology import Ontology
from dragoman.record import Record
from dragoman.records import Document, Evidence
from dragoman.review.page import fill_page
from dragoman.serialization import replace_file

__all__ = ["MARKS", "PAGE", "format_page", "write_audit"]

PAGE, MARKS = "audit.html", "marks.csv"
"""The file of the page in an output folder, and the one that the page gives back."""
QUOTES = 3
"""Quotes of one claim that are shown."""
SECTION = "drawn"
ANSWERS = (
    {"key": "r", "look": "yes", "sign": "✓", "word": "right"},
    {"key": "w", "look": "no", "sign": "×", "word": "wrong"},
    {"key": "u", "look": "unsure", "sign": "?", "word": "unsure"},
)
GUIDE = "Right: the words say so, of these two things, in this way."


def format_page(drawn: Sequence[Drawn], record: Record, ontology: Ontology) -> str:
    """The whole page as text, the same for the same claims."""
    documents = {document.name: document for document in record.documents}
    classes = {entity.id: ontology.classes[entity.cls].label for entity in record.entities}
    rows = to_rows(drawn, record, ontology)
    data = {
        "sections": {SECTION: "Drawn claims"},
        "items": [_to_item(one, row, documents, classes, ontology) for one, row in zip(drawn, rows, strict=True)],
        "columns": COLUMNS,
        "file": MARKS,
        "kept": [],
        "answers": ANSWERS,
        "undo": "z",
        "because": "n",
        "done": "marked",
        "none": "The graph has no claims.",
        "reason": "",
    }
    return fill_page(
        data,
        title=f"To mark: {len(drawn):,} of {len(record.claims):,} claims, drawn by chance",
        by="Marked by",
        download="Download marks",
        listed="Claims to mark",
    )


def write_audit(drawn: Sequence[Drawn], record: Record, ontology: Ontology, target: Path) -> None:
    """Write the drawn claims to `target`, as the page or, where its suffix is ``.csv``, as a table.

    :raises ExportError: for another suffix than that and ``.html``.
    """
    suffix = target.suffix.lower()
    if suffix not in WRITERS:
        named = suffix or "a name without suffix"
        raise ExportError(f"{target}: no audit is written as {named}; one of: {', '.join(WRITERS)}")
    replace_file(target, WRITERS[suffix](drawn, record, ontology).encode("utf-8", "replace"))


def _to_item(
    drawn: Drawn, row: dict[str, str], documents: dict[str, Document], classes: dict[str, str], ontology: Ontology
) -> dict[str, Any]:
    claim, term = drawn.claim, ontology.properties[drawn.claim.predicate]
    told = [claim.modality.value, f"{classes[claim.subject]} → {classes[claim.object]}"]
    told += [claim.date] if claim.date else []
    told += [f"according to {row['speaker']}"] if row["speaker"] else []
    quotes = [_to_quote(documents[piece.document], piece) for piece in claim.evidence[:QUOTES]]
    return {
        "kind": SECTION,
        "title": f"{row['subject']} {row['property']} {row['object']}",
        "about": " · ".join(told),
        "note": f"{term.label}: {term.definition} {GUIDE}",
        "parts": [{"name": "", "about": "", "quotes": quotes}],
        "answers": [{"label": mark.value.capitalize(), "rows": [row | {"mark": mark.value}]} for mark in Mark],
    }


def _to_quote(document: Document, piece: Evidence) -> dict[str, str]:
    before, exact, after = quote_in(document, piece)
    told = {"document": document.name, "title": document.title, "where": piece.where, "date": document.date}
    return {"before": before, "exact": exact, "after": after} | told


WRITERS: dict[str, Callable[[Sequence[Drawn], Record, Ontology], str]] = {".html": format_page, ".csv": format_marks}
"""What writes drawn claims, by suffix."""
