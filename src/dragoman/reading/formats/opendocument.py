"""An OpenDocument text (.odt) becomes its text: paragraphs, headings, lists, tables and notes, each by its number.

Standard: OpenDocument 1.3, https://docs.oasis-open.org/office/OpenDocument/v1.3/. Comments and what tracked changes
deleted are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.reading.formats.packages import Package
from dragoman.reading.formats.parsed import Options, Parsed, TextWriter
from dragoman.reading.formats.word import read_properties

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read"]

ORIGIN = "OpenDocument properties"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LEFT_OUT = frozenset({f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}tracked-changes", f"{TEXT}sequence-decls"})
MOST_BLANKS = 100


def read(data: bytes, options: Options) -> Parsed:
    """The text of an OpenDocument text.

    :raises UnreadableError: if it is damaged, or breaks a limit.
    """
    package = Package(data, options.limits, "OpenDocument text")
    writer, notes = TextWriter(), list[str]()
    body = package.xml("content.xml").find(f"{OFFICE}body/{OFFICE}text")
    for text, is_row, number in () if body is None else _find_blocks(body, notes):
        writer.add(text, element=f"paragraph {number}", gap="\n" if is_row else "\n\n")
    for number, note in enumerate(notes, 1):
        writer.add(note, element=f"note {number}")
    properties = package.xml_or_none("meta.xml")
    return Parsed(writer.text(), tuple(writer.places), hints=read_properties(properties), origin=ORIGIN)


def _find_blocks(body: Element, notes: list[str]) -> Iterator[tuple[str, bool, int]]:
    """Paragraphs and rows of tables: the text, whether it is a row below another, and the number of its paragraph."""
    number = 0
    to_see: list[tuple[Element, str]] = [(element, "") for element in reversed(list(body))]
    while to_see:
        element, mark = to_see.pop()
        if element.tag in {f"{TEXT}p", f"{TEXT}h"}:
            number += 1
            text = _to_text(element, notes)
            if element.tag == f"{TEXT}h":
                level = element.get(f"{TEXT}outline-level") or "1"
                mark = "#" * (min(6, int(level)) if level.isdecimal() else 1)
            yield f"{mark} {text}" if mark and text.strip() else text, False, number
        elif element.tag == f"{TABLE}table":
            for at, row in enumerate(element.iter(f"{TABLE}table-row")):
                first, cells = number + 1, []
                for cell in row.iter(f"{TABLE}table-cell"):
                    paragraphs = list(cell.iter(f"{TEXT}p"))
                    number += len(paragraphs)
                    shown = " ".join(_to_text(paragraph, notes) for paragraph in paragraphs)
                    cells.append(shown.replace("\n", " ").replace("|", "/").strip())
                if any(cells):
                    yield f"| {' | '.join(cells)} |", at > 0, first
        elif element.tag not in LEFT_OUT:
            below = "-" if element.tag in {f"{TEXT}list-item", f"{TEXT}list-header"} else mark
            inner = list(element)
            to_see.extend((child, below if not at or below != "-" else "") for at, child in _numbered(inner))


def _numbered(elements: list[Element]) -> Iterator[tuple[int, Element]]:
    """Elements with their numbers, the last one first."""
    yield from reversed(list(enumerate(elements)))


def _to_text(paragraph: Element, notes: list[str]) -> str:
    """The words of a paragraph; notes in it are put by."""
    pieces: list[str] = []
    to_see: list[Element | str] = [paragraph]
    while to_see:
        element = to_see.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        if element.tag == f"{TEXT}s":
            count = element.get(f"{TEXT}c") or "1"
            pieces.append(" " * (min(MOST_BLANKS, int(count)) if count.isdecimal() else 1))
        elif element.tag == f"{TEXT}tab":
            pieces.append(" ")
        elif element.tag == f"{TEXT}line-break":
            pieces.append("\n")
        elif element.tag == f"{TEXT}note":
            body = element.find(f"{TEXT}note-body")
            if body is not None:
                notes.append(" ".join(" ".join(body.itertext()).split()))
            continue
        elif element.tag in LEFT_OUT:
            continue
        for child in reversed(list(element)):
            to_see.extend((child.tail or "", child))
        if element.text:
            to_see.append(element.text)
    return "".join(pieces)
