"""A Word document (.docx) becomes its text: paragraphs, headings, lists, tables and notes, each by its number.

Standard: ECMA-376, WordprocessingML, https://ecma-international.org/publications-and-standards/standards/ecma-376/.
What is marked as deleted is left out, what is marked as inserted stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.reading.formats.packages import Package
from dragoman.reading.formats.parsed import Options, Parsed, TextWriter, tidy
from dragoman.reading.metadata import Metadata

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read", "read_properties"]

ORIGIN = "Word properties"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
LEFT_OUT = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}instrText",
        f"{W}pPr",
        f"{W}rPr",
        f"{W}sectPr",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
TITLE, HEADING = "title", "heading"


def read(data: bytes, options: Options) -> Parsed:
    """The text of a Word document.

    :raises UnreadableError: if it is damaged, or breaks a limit.
    """
    package = Package(data, options.limits, "Word document")
    body = package.xml("word/document.xml").find(f"{W}body")
    styles = _read_styles(package.xml_or_none("word/styles.xml"))
    writer = TextWriter()
    number = 0
    if body is not None:
        for text, is_row, number in _find_blocks(body, styles):
            writer.add(text, element=f"paragraph {number}", gap="\n" if is_row else "\n\n")
    for part, name in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        notes = package.xml_or_none(part)
        for note in () if notes is None else notes:
            if note.get(f"{W}type") not in {"separator", "continuationSeparator", "continuationNotice"}:
                text = " ".join(_to_text(paragraph) for paragraph in note.iter(f"{W}p"))
                writer.add(text, element=f"{name} {note.get(f'{W}id')}")
    properties = package.xml_or_none("docProps/core.xml")
    return Parsed(writer.text(), tuple(writer.places), hints=read_properties(properties), origin=ORIGIN)


def read_properties(properties: Element | None) -> Metadata:
    """Title and author from Dublin Core elements; who typed a text need not be its author."""
    if properties is None:
        return Metadata()
    return Metadata(
        title=tidy(properties.findtext(f".//{DC}title") or ""),
        author=tidy(properties.findtext(f".//{DC}creator") or ""),
    )


def _read_styles(styles: Element | None) -> dict[str, str]:
    """What marks a paragraph of each style of headings, by the id of the style."""
    marks = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        id_, name = style.get(f"{W}styleId") or "", style.find(f"{W}name")
        shown = (name.get(f"{W}val") or "").lower() if name is not None else ""
        level = style.find(f"{W}pPr/{W}outlineLvl")
        depth = (level.get(f"{W}val") or "") if level is not None else shown.removeprefix(f"{HEADING} ")
        if shown == TITLE:
            marks[id_] = "#"
        elif depth.isdecimal() and (level is not None or shown.startswith(HEADING)) and int(depth) < 9:
            marks[id_] = "#" * min(6, int(depth) + (1 if level is not None else 0))
    return marks


def _find_blocks(body: Element, styles: dict[str, str]) -> Iterator[tuple[str, bool, int]]:
    """Paragraphs and rows of tables: the text, whether it is a row below another, and the number of its paragraph."""
    number = 0
    to_see = list(reversed(list(body)))
    while to_see:
        element = to_see.pop()
        if element.tag == f"{W}p":
            number += 1
            text = _to_text(element)
            mark = _find_mark(element, styles)
            yield f"{mark} {text}" if mark and text.strip() else text, False, number
        elif element.tag == f"{W}tbl":
            for at, row in enumerate(element.findall(f"{W}tr")):
                first = number + 1
                cells = []
                for cell in row.iter(f"{W}tc"):
                    paragraphs = list(cell.iter(f"{W}p"))
                    number += len(paragraphs)
                    cells.append(" ".join(map(_to_text, paragraphs)).replace("\n", " ").replace("|", "/").strip())
                if any(cells):
                    yield f"| {' | '.join(cells)} |", at > 0, first
        elif element.tag not in LEFT_OUT:
            to_see.extend(reversed(list(element)))  # content controls and the like


def _find_mark(paragraph: Element, styles: dict[str, str]) -> str:
    """What a paragraph begins with in Markdown, "" for one of prose."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    mark = styles.get(style.get(f"{W}val") or "", "") if style is not None else ""
    return mark or ("-" if paragraph.find(f"{W}pPr/{W}numPr") is not None else "")


def _to_text(paragraph: Element) -> str:
    pieces: list[str] = []
    to_see = [paragraph]
    while to_see:
        element = to_see.pop()
        if element.tag in LEFT_OUT:
            continue
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag in SIGNS:
            pieces.append(SIGNS[element.tag])
        to_see.extend(reversed(list(element)))
    return "".join(pieces)
