"""The answer to a query to text: tables for people, and CSV, TSV, JSON and Turtle as the standards have them.

Formats: https://www.w3.org/TR/sparql11-results-csv-tsv/, https://www.w3.org/TR/sparql11-results-json/.
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Collection
from typing import Any

import pyoxigraph as ox

from dragoman.cells import harmless
from dragoman.query import Result, Term
from dragoman.serialization import format_term, format_turtle
from dragoman.vocabulary import XSD

__all__ = ["FORMATS", "format_result"]

CELL = 60
"""Characters of a cell of a table; the rest of a long one is left out, and marked."""
LINE = 110
"""Characters of a line of a text below a row."""

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|!~$&]")
"""What Markdown gives a meaning, and a table of it too."""


def format_result(result: Result, form: str = "table", *, limit: int | None = None, below: Collection[str] = ()) -> str:
    """`result` as text that ends with a line feed.

    :param form: one of FORMATS.
    :param below: variables that a table gives in full below the row, instead of in a column of their own.
    :param limit: rows of a table that are shown; how many more there are is told below it. Other forms give all.
    :raises ValueError: for another form, or for one that cannot hold this kind of result.
    """
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; one of: {', '.join(sorted(FORMATS))}")
    if form == "table":
        return _format_table(result, limit, below)
    return FORMATS[form](result)


def _format_table(result: Result, limit: int | None = None, below: Collection[str] = ()) -> str:
    if result.truth is not None:
        return _format_truth(result)
    namespaces = {iri: prefix for prefix, iri in result.prefixes.items()}
    shown = result.rows if limit is None else result.rows[: max(limit, 0)]
    across = [place for place, name in enumerate(result.variables) if name not in below]
    under = [place for place, name in enumerate(result.variables) if name in below]
    cells = [[_plain(row[place], namespaces) for place in across] for row in shown]
    lines = [[result.variables[place] for place in across], *cells]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(across))]
    written = [_format_line(lines[0], widths), "  ".join("─" * width for width in widths)]
    for row, line in zip(shown, cells, strict=True):
        written.append(_format_line(line, widths))
        for text in filter(None, (_one_line(row[place], namespaces) for place in under)):
            written += textwrap.wrap(text, LINE, initial_indent="    “", subsequent_indent="     ")
            written[-1] += "”"
    count, more = len(result.rows), len(result.rows) - len(shown)
    told = f"{count} {'row' if count == 1 else 'rows'}" + (f", {more} of them not shown" if more else "")
    return "\n".join([*written, f"({told})", ""])


def _format_markdown(result: Result) -> str:
    if result.truth is not None:
        return _format_truth(result)
    namespaces = {iri: prefix for prefix, iri in result.prefixes.items()}
    rows = [[_MARKUP.sub(r"\\\g<0>", _one_line(term, namespaces)) for term in row] for row in result.rows]
    lines = [list(result.variables), ["---"] * len(result.variables), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _format_csv(result: Result) -> str:
    if result.truth is not None:
        return _format_truth(result)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(result.variables)
    writer.writerows([["" if term is None else _value(term) for term in row] for row in result.rows])
    return table.getvalue()


def _format_tsv(result: Result) -> str:
    if result.truth is not None:
        return _format_truth(result)
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    lines += ["\t".join("" if term is None else format_term(term, {}) for term in row) for row in result.rows]
    return "\n".join([*lines, ""])


def _format_json(result: Result) -> str:
    answer: dict[str, Any] = {"head": {}, "boolean": result.truth}
    if result.truth is None:
        bindings = [
            {name: _to_json(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
            for row in result.rows
        ]
        answer = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _format_triples(result: Result) -> str:
    if result.kind != "construct":
        raise ValueError(
            f"Turtle holds triples, and a query of the kind {result.kind.upper()} gives none; use CONSTRUCT"
        )
    triples = [ox.Triple(*row) for row in result.rows]  # type: ignore[arg-type]
    return format_turtle(triples, base=result.prefixes["id"])


FORMATS: dict[str, Callable[[Result], str]] = {
    "table": _format_table,
    "csv": _format_csv,
    "tsv": _format_tsv,
    "json": _format_json,
    "markdown": _format_markdown,
    "turtle": _format_triples,
}
"""What each form of an answer is written by."""


def _format_truth(result: Result) -> str:
    return "true\n" if result.truth else "false\n"


def _plain(term: Term | None, namespaces: dict[str, str]) -> str:
    """A cell of a table: what is too long for it is left out, and marked."""
    line = _one_line(term, namespaces)
    return line if len(line) <= CELL else line[: CELL - 1] + "…"


def _one_line(term: Term | None, namespaces: dict[str, str]) -> str:
    """IRIs with their prefix, literals as their bare text, on one line without control characters."""
    if term is None:
        return ""
    text = term.value if isinstance(term, ox.Literal) else format_term(term, namespaces)
    return " ".join("".join(" " if unicodedata.category(char) in {"Cc", "Cf"} else char for char in text).split())


def _format_line(cells: list[str], widths: list[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes up."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _value(term: Term) -> str:
    """A cell of CSV: words that a spreadsheet would run as a formula are made harmless, unlike in the other forms."""
    if isinstance(term, ox.Literal) and (term.language or term.datatype.value == XSD + "string"):
        return harmless(term.value)
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def _to_json(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _to_json(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
