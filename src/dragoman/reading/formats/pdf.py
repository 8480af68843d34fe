"""A PDF file becomes its text in reading order, with the page of each part; PDFium finds the characters.

Source: https://pdfium.googlesource.com/pdfium/ through https://pypdfium2.readthedocs.io.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from dragoman.reading.formats.ocr import recognize
from dragoman.reading.formats.pages import Run, find_furniture, to_paragraphs
from dragoman.reading.formats.parsed import Options, Parsed, TextWriter, UnreadableError, load_library
from dragoman.reading.metadata import Metadata

__all__ = ["read"]

ORIGIN = "PDF metadata"
WORD_GAP, RUN_GAP = 0.2, 1.0
"""Blank between two characters, as a share of their size, from which on it parts words; and parts runs of words."""
RAISED = 0.85
"""Share of the size of what stands before it up to which a raised character is the mark of a footnote."""
HYPHEN = 0x02
"""What PDFium gives for a hyphen that divides a word at a line's end."""
LIGATURES = range(0xFB00, 0xFB07)
SIGNS = range(0xF020, 0xF100)
"""Characters of fonts of signs, which texts use for bullets."""
LEAST_LETTERS = 8
"""A page with fewer letters holds no text."""
SHOWN = 10
"""Pages that a note names."""


def read(data: bytes, options: Options) -> Parsed:
    """The text of a PDF.

    :raises UnreadableError: for a file that is encrypted, damaged, of pictures only, or has more pages than the limit.
    """
    pages, info, notes = _read_pages(data, options)
    if not any(map(_is_text, pages)):
        if not options.ocr:
            reason = "pages of pictures without text" if pages else "no pages"
            raise UnreadableError(f"{reason}; it needs OCR: build with --ocr, or run ocrmypdf on it first")
        pages, info, notes = _read_pages(recognize(data, options), options)
        if not any(map(_is_text, pages)):
            raise UnreadableError("pages of pictures in which ocrmypdf finds no text")
        notes.append("pictures of text, read by ocrmypdf; words may be wrong")
    elif blank := [number for number, runs in enumerate(pages, 1) if not _is_text(runs)]:
        named = ", ".join(map(str, blank[:SHOWN])) + (" …" if len(blank) > SHOWN else "")
        notes.append(f"no text on {len(blank)} of {len(pages)} pages ({named}): blank, or pictures that need OCR")
    if b"%%EOF" not in data[-2048:]:
        notes.append("does not end as a PDF does: it may be cut short; what is there was read")
    writer = TextWriter()
    furniture = find_furniture(pages)
    for paragraph in to_paragraphs(pages, furniture):
        for piece in paragraph:
            writer.add(piece.text, page=piece.page, gap=piece.gap)
    hints = Metadata(title=info.get("Title", ""), author=info.get("Author", ""))
    heads = tuple(dict.fromkeys(run.text for runs in pages for run in runs if run in furniture))
    return Parsed(writer.text(), tuple(writer.places), hints=hints, origin=ORIGIN, heads=heads, notes=tuple(notes))


def _read_pages(data: bytes, options: Options) -> tuple[list[list[Run]], dict[str, str], list[str]]:
    """The runs of each page, what the file says of itself, and what was amiss."""
    pdfium = load_library("pypdfium2", "pdf", "PDF files")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as cause:
        locked = "password" in str(cause).lower() or "security" in str(cause).lower()
        reason = (
            "encrypted: save it without a password" if locked else "damaged, cut short or no PDF: open and save it anew"
        )
        raise UnreadableError(reason) from cause
    try:
        count = len(document)
        if count > options.limits.pages:
            raise UnreadableError(f"{count} pages, more than the limit of {options.limits.pages}; raise --limit pages=")
        pages: list[list[Run]] = []
        broken: list[str] = []
        for number in range(count):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                broken.append(str(number + 1))
                pages.append([])
                continue
            pages.append(list(_find_runs(page, number + 1, pdfium)))
            page.close()
        notes = [f"damaged pages that could not be read: {', '.join(broken[:SHOWN])}"] if broken else []
        return pages, dict(document.get_metadata_dict()), notes
    finally:
        document.close()


def _is_text(runs: list[Run]) -> bool:
    letters = 0
    for run in runs:
        letters += sum(map(str.isalpha, run.text))
        if letters >= LEAST_LETTERS:
            return True
    return False


def _find_runs(page: Any, number: int, pdfium: Any) -> Iterator[Run]:
    """The runs of words of a page, in the order in which the file draws them."""
    raw, textpage = pdfium.raw, page.get_textpage()
    handle, (_, bottom, _, top) = textpage.raw, page.get_bbox()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    current = _Growing(number, bottom, max(top - bottom, 1.0))
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in {0x0D, 0x0A}:
            yield from current.take()
            continue
        character = _to_character(code)
        if character.isspace():
            current.space()
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, box):
            continue
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        if current.breaks(box.left, box.right, y.value, box.top - box.bottom):
            yield from current.take()
        current.put(character, box.left, box.right, y.value, box.top - box.bottom)
    yield from current.take()
    textpage.close()


def _to_character(code: int) -> str:
    """What a code stands for: a hyphen at a line's end, the letters of a ligature, a bullet of a font of signs."""
    if code == HYPHEN:
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if code in LIGATURES:
        return normalize("NFKC", chr(code))
    return "•" if code in SIGNS else chr(code)


class _Growing:
    """A run that characters are added to."""

    def __init__(self, page: int, bottom: float, height: float) -> None:
        self.page, self.bottom, self.height = page, bottom, height
        self.characters: list[str] = []
        self.sizes: Counter[float] = Counter()
        self.left = self.right = self.base = self.size = 0.0
        self.raised = False

    def breaks(self, left: float, right: float, base: float, size: float) -> bool:
        """Whether a character is on another line than the run, or far from it."""
        if not self.characters:
            return False
        step = abs(base - self.base)
        same_line = step <= 0.25 * self.size or (size < RAISED * self.size and step <= 0.7 * self.size)
        return not same_line or left - self.right > RUN_GAP * self.size or right < self.right - 1.5 * self.size

    def space(self) -> None:
        """A blank, which counts only between words."""
        if self.characters and self.characters[-1] != " " and not self.raised:
            self.characters.append(" ")

    def put(self, character: str, left: float, right: float, base: float, size: float) -> None:
        """One more character; raised small digits stand in brackets, as marks of footnotes."""
        if not self.characters:
            self.left, self.right, self.base, self.size = left, left, base, size
            self.sizes = Counter()
        raised = size < RAISED * self.size and base > self.base + 0.15 * self.size and character.isdigit()
        if raised != self.raised:
            self._turn()
        if left - self.right > WORD_GAP * self.size and not raised:
            self.space()
        if raised and not self.raised:
            self.characters.append("[")
        self.raised = raised
        self.characters.append(character)
        self.right = max(self.right, right)
        if not raised:
            self.sizes[round(size, 1)] += 1

    def take(self) -> Iterator[Run]:
        """The run that has grown, if any; the next begins anew."""
        self._turn()
        text = "".join(self.characters).strip()
        if text:
            level = (self.base - self.bottom) / self.height
            size = max(self.sizes, key=lambda size: (self.sizes[size], size), default=self.size)
            yield Run(text, self.page, self.left, self.right, self.base, size, level)
        self.characters, self.raised = [], False

    def _turn(self) -> None:
        if self.raised:
            self.characters.append("]")
            self.raised = False
