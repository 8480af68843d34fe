"""A book (.epub) becomes its text, chapter by chapter in the order of its spine.

Standard: EPUB 3.3, https://www.w3.org/TR/epub-33/.
"""

from __future__ import annotations

from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dragoman.reading.dates import parse_date
from dragoman.reading.decoding import decode
from dragoman.reading.formats.html import to_tree, write_page
from dragoman.reading.formats.packages import Package
from dragoman.reading.formats.parsed import Options, Parsed, TextWriter, UnreadableError, tidy
from dragoman.reading.metadata import Metadata

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read"]

ORIGIN = "EPUB metadata"
CONTAINER = "META-INF/container.xml"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
ROOT = ".//{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
PAGES = frozenset({"application/xhtml+xml", "text/html"})


def read(data: bytes, options: Options) -> Parsed:
    """The text of a book.

    :raises UnreadableError: if it is damaged or encrypted, or breaks a limit.
    """
    package = Package(data, options.limits, "EPUB")
    if "META-INF/encryption.xml" in package.names and "META-INF/rights.xml" in package.names:
        raise UnreadableError("encrypted: its rights forbid to read it")
    root = package.xml(CONTAINER).find(ROOT)
    path = (root.get("full-path") if root is not None else None) or ""
    book = package.xml(path)
    items = {item.get("id"): item for item in book.iter(f"{OPF}item")}
    writer, missing = TextWriter(), []
    for reference in book.iter(f"{OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in PAGES or "nav" in (item.get("properties") or "").split():
            continue
        chapter = normpath(f"{dirname(path)}/{unquote(item.get('href') or '')}").lstrip("/")
        if chapter not in package.names:
            missing.append(chapter)
            continue
        tree = to_tree(decode(package.part(chapter)).text, options.limits)
        write_page(tree, writer, element=f"{chapter} ", whole=True)
    notes = (f"chapters that are not there: {', '.join(missing[:10])}",) if missing else ()
    return Parsed(writer.text(), tuple(writer.places), _to_metadata(book), origin=ORIGIN, notes=notes)


def _to_metadata(book: Element) -> Metadata:
    def first(name: str) -> str:
        return tidy(book.findtext(f".//{DC}{name}") or "")

    authors = (tidy(creator.text or "") for creator in book.iter(f"{DC}creator"))
    return Metadata(
        title=first("title"),
        date=parse_date(first("date")),
        author=", ".join(filter(None, authors)),
        organization=first("publisher"),
    )
