"""One document with what was read in it marked, and what was left silent: for a terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.cells import harmless
from dragoman.coverage.files import read_coverage
from dragoman.reading.layout import find_passages
from dragoman.reading.passages import PassageKind
from dragoman.record import Record
from dragoman.records import Coverage, Document, Span

__all__ = [
    "FORMATS",
    "Mark",
    "Paragraph",
    "UnknownDocumentError",
    "find_paragraphs",
    "format_document",
    "show_document",
]

WIDTH = 100
READ, NAME, POOR, REFUSED = "read", "name", "poor", "refused"
"""Kinds of marks."""
KEY = (
    "   n │ states n claims, by the words in ⟦⟧; – nothing that was read; = what another paragraph states too",
    "     │ ‹name?› has no class",
)


class UnknownDocumentError(ValueError):
    """A name that no document of the build has; the message names the nearest."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a document that was read, or was left silent, and what there is to say of it."""

    span: Span
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or list item: how many claims quote it, whether it is silent, its marks in order."""

    span: Span
    kind: PassageKind
    claims: int
    silent: bool
    marks: tuple[Mark, ...]


def show_document(folder: Path, record: Record, name: str, form: str = "text") -> str:
    """The document `name` of the build in `folder`, as :func:`format_document` has it.

    :raises UnknownDocumentError: if the build has no such document.
    :raises RecordError: if what the build kept of it is missing or damaged.
    """
    document = next((document for document in record.documents if document.name == name), None)
    if document is None:
        raise UnknownDocumentError(_unknown(folder, name, [document.name for document in record.documents]))
    return format_document(document, find_paragraphs(document, record, read_coverage(folder, name)), form)


def find_paragraphs(document: Document, record: Record, coverage: Coverage) -> list[Paragraph]:
    """The paragraphs of `document`, in text order, with their marks."""
    quotes = [
        Mark(piece.span, READ, claim.id)
        for claim in record.claims
        for piece in claim.evidence
        if piece.document == document.name
    ]
    marks = sorted([*quotes, *_gaps(coverage)])
    starts = [mark.span.start for mark in marks]
    silent = {span for gap in coverage.silent for span in gap.spans}
    found = []
    for passage in find_passages(document):
        span = passage.span(0, len(passage.text))
        own = tuple(marks[bisect_left(starts, span.start) : bisect_right(starts, span.end - 1)])
        claims = {mark.about for mark in own if mark.kind == READ}
        found.append(Paragraph(span, passage.kind, len(claims), span in silent and not claims, own))
    return found


def format_document(document: Document, paragraphs: Sequence[Paragraph], form: str = "text") -> str:
    """`document` with its marks, as text that ends with a line feed.

    :param form: one of FORMATS: ``text`` for people, ``json``, or ``csv`` with a row for each paragraph.
    :raises ValueError: for another form.
    """
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; one of: {', '.join(FORMATS)}")
    return FORMATS[form](document, paragraphs)


def _gaps(coverage: Coverage) -> Iterator[Mark]:
    for kind, gaps in ((NAME, coverage.names), (POOR, coverage.poor), (REFUSED, coverage.refused)):
        for gap in gaps:
            frame, *rest = gap.of
            about = f"{frame} ({rest[0]}: {rest[1]} → {rest[2]})" if kind == REFUSED else frame
            yield from (Mark(span, kind, about) for span in gap.spans)


def _unknown(folder: Path, name: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"dragoman coverage {folder} --table documents lists them"
    return f"{folder}: no document {name!r}; {hint}"


def _format_text(document: Document, paragraphs: Sequence[Paragraph]) -> str:
    lines = [document.name, *KEY, ""]
    for paragraph in paragraphs:
        marked = " ".join(_mark(document.text, paragraph).split())
        lines += textwrap.wrap(
            marked,
            WIDTH,
            initial_indent=f"{_sign(paragraph):>4} │ ",
            subsequent_indent="     │ ",
            break_on_hyphens=False,
        )
        for mark in paragraph.marks:
            if mark.kind in {POOR, REFUSED}:
                words = textwrap.shorten(document.text[mark.span.start : mark.span.end], 60, placeholder=" …")
                lines.append(f"     · {'misread' if mark.kind == POOR else 'refused'}: {mark.about}: {words}")
        lines.append("")
    return "\n".join(lines)


def _sign(paragraph: Paragraph) -> str:
    if paragraph.claims:
        return str(paragraph.claims)
    if paragraph.kind in {PassageKind.TITLE, PassageKind.HEADING, PassageKind.TURN}:
        return ""
    return "–" if paragraph.silent else "="


def _mark(text: str, paragraph: Paragraph) -> str:
    """The words of a paragraph, with signs around what was read and around names without a class."""
    signs: list[tuple[int, int, str]] = []
    for span in _joined(mark.span for mark in paragraph.marks if mark.kind == READ):
        signs += [(span.start, 1, "⟦"), (min(span.end, paragraph.span.end), -1, "⟧")]
    for mark in paragraph.marks:
        if mark.kind == NAME:
            signs += [(mark.span.start, 2, "‹"), (mark.span.end, -2, "?›")]
    pieces, at = [], paragraph.span.start
    for place, _, sign in sorted(signs):
        pieces += [text[at:place], sign]
        at = place
    return "".join([*pieces, text[at : paragraph.span.end]])


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _format_json(document: Document, paragraphs: Sequence[Paragraph]) -> str:
    found: dict[str, Any] = {
        "document": document.name,
        "paragraphs": [
            {
                "kind": paragraph.kind.value,
                "start": paragraph.span.start,
                "end": paragraph.span.end,
                "text": document.text[paragraph.span.start : paragraph.span.end],
                "claims": paragraph.claims,
                "silent": paragraph.silent,
                "marks": [
                    {"kind": mark.kind, "start": mark.span.start, "end": mark.span.end, "about": mark.about}
                    for mark in paragraph.marks
                ],
            }
            for paragraph in paragraphs
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _format_csv(document: Document, paragraphs: Sequence[Paragraph]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(("document", "start", "end", "kind", "claims", "silent", "names", "misread", "refused", "text"))
    for paragraph in paragraphs:
        told = (
            "; ".join(dict.fromkeys(mark.about for mark in paragraph.marks if mark.kind == kind))
            for kind in (NAME, POOR, REFUSED)
        )
        place = (paragraph.span.start, paragraph.span.end, paragraph.kind.value, paragraph.claims)
        text = document.text[paragraph.span.start : paragraph.span.end]
        silent = "yes" if paragraph.silent else "no"
        writer.writerow((harmless(document.name), *place, silent, *map(harmless, told), harmless(text)))
    return table.getvalue()


FORMATS: dict[str, Callable[[Document, Sequence[Paragraph]], str]] = {
    "text": _format_text,
    "json": _format_json,
    "csv": _format_csv,
}
"""What each form is written by."""
