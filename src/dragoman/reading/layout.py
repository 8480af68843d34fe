"""A document's text taken apart into passages: title, headings, paragraphs and list items.

Works for a paragraph on each line, for paragraphs between blank lines, for lines wrapped at a width, and for Markdown.
A list item points at the line that it completes, so that "The Council: / - condemns ..." can be read as one sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.reading.datelines import cut_dateline
from dragoman.reading.english import find_foreign
from dragoman.reading.head import find_head
from dragoman.reading.lines import Line, ends_clause, ends_in_title, ends_sentence, measure_width, split_lines
from dragoman.reading.metadata import find_front_matter
from dragoman.reading.passages import Passage, PassageKind, clean_passage, find_words
from dragoman.reading.pieces import cut_long
from dragoman.reading.turns import cut_turns
from dragoman.records import Document

__all__ = ["Passage", "PassageKind", "find_passages"]

MARKER = re.compile(
    r"(?P<bullet>[•▪‣◦●○■□➢►·*+])\s+(?=\S)"
    r"|(?P<dash>[-–—])\s+(?=\S)"
    r"|(?P<number>\(?\d{1,3}[.)]|\d{1,3}:(?=\s+[A-Z“\"]))\s+(?=\S)"
    r"|(?P<article>(?:Article|ARTICLE|Art\.|Section|SECTION)\s+(?:\d{1,3}|[IVX]{1,5})[.:]\s+(?=[A-Z“\"]))"
    r"|(?P<section>\d{1,3}(?:\.\d{1,2}){1,3}\.?)\s+(?=[A-Z])"
    r"|(?P<roman>\(?[ivx]{1,5}[.)]|\([IVX]{1,5}\)|[IVX]{2,5}\.)\s+(?=\S)"
    r"|(?P<letter>\(?[a-z][.)]|\([A-Z]\)|[A-Z]\))\s+(?=\S)"
)
"""What stands before a numbered paragraph or list item; a capital with a full stop is left, as it may be an initial."""
HEADING = re.compile(r"#{1,6}\s+")
RULE = re.compile(r"(?:[-*_=]\s?){3,}$|`{3,}\w*$|~{3,}\w*$|\[[^\[\]]{1,80}\]:\s*<?https?://\S*$|<!--.*-->$")
"""A line of marks alone: Markdown's rules, heading underlines, fences, link targets and comments."""
PAGE_NUMBER = re.compile(r"(?!\d{4}$)[-–—]?\s?\d[\d/-]*(?: \d[\d/-]*)?\s?[-–—]?$|[Pp]age \d{1,4}(?: of \d{1,4})?$")
"""A page's number, alone or with the number of the print job as in United Nations records ("35 10-55264")."""
HANGING = re.compile(r"(?<![^\W_])[a-z]{1,4}$")
"""A last word with which neither a heading nor a paragraph ends: "of", "the", "with"."""
DIVIDED = re.compile(r"[^\W\d_][-\u00ad]$")
HEADER = re.compile(r"^(?![|#•▪*+-]|\(?\w{1,3}[.)]).*\d")
LONGEST_HEADER = 60
MOST_BLANKS = 8
"""Blank lines and headers over which a paragraph can go on."""
CELL = re.compile(r"[^|]+")
CLAUSE = re.compile(r"(?:[A-Z][a-z]+ly )?[A-Za-z][a-z]+(?:ing [A-Za-z]|(?:are|ed|ful|ous) [a-z]{2,4} )")
"""How a clause of a resolution begins, "Recalling its" or "Deeply concerned at", as no address does."""
LONGEST_HEADING = 120
LONGEST_ADDRESS = 60
"""A line on its own that ends with a comma is an address ("Mr. President,") or opens a resolution up to this length."""
LONGEST_CAPITALS = 250


@dataclass(frozen=True, slots=True)
class _Part:
    """Characters `start` to `end` of the text, and what is known of them from marks alone."""

    start: int
    end: int
    marker: str = ""
    kind: PassageKind = PassageKind.BODY
    cuts: tuple[tuple[int, int], ...] = ()  # end of the text before, start of the text after, a running header

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """The part without its cuts."""
        ends = [*(before for before, _ in self.cuts), self.end]
        return list(zip([self.start, *(after for _, after in self.cuts)], ends, strict=True))


def find_passages(document: Document) -> list[Passage]:
    """The passages of a document in text order; rules, front matter, what has no letter or is not English is left out.

    None is longer than :data:`dragoman.reading.pieces.LONGEST`: a longer paragraph is several passages.
    """
    text = document.text

    @cache
    def words() -> frozenset[str]:
        return find_words(text)

    found: list[tuple[_Part, Passage]] = []
    foreign = find_foreign(text)
    for part in _find_parts(text):
        if any(stretch.start <= (part.start + part.end) // 2 < stretch.end for stretch in foreign):
            continue
        passage = clean_passage(text, part.stretches, words, part.kind)
        if passage:
            found.append((part, passage))
    alone = len(found) == 1
    turns = cut_turns([_with_kind(part, whole, alone=alone) for part, whole in found])
    pieces = ((part, turn) for (part, _), several in zip(found, turns, strict=True) for turn in several)
    placed = [(part, piece) for part, turn in pieces for piece in cut_dateline(turn)]
    return cut_long(_with_leads(placed))


def _find_parts(text: str) -> Iterator[_Part]:
    start = find_front_matter(text).end
    title = find_head(text, start).title_span
    if title:
        yield from _split_parts(text, list(split_lines(text, start, _line_start(text, title.start))))
        yield _Part(title.start, title.end, kind=PassageKind.TITLE)
        start = title.end
    yield from _split_parts(text, list(split_lines(text, start)))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _split_parts(text: str, lines: Sequence[Line]) -> Iterator[_Part]:
    """Paragraphs as stretches of lines."""
    width = measure_width(text, lines)
    headers = _find_headers(text, lines)
    part: _Part | None = None
    last: Line | None = None
    blanks = 0
    cut = False
    for line in lines:
        if not line.length:
            blanks += 1
            continue
        if line.length <= LONGEST_HEADER and _is_furniture(text[line.start : line.end], headers):
            blanks += 1
            cut = True
            continue
        words = text[line.start : line.end] if line.length < 400 else text[line.start : line.start + 400]
        if line.length < 400 and RULE.match(words):
            if part and not blanks and words[0] in "=-" and part.end - part.start <= LONGEST_HEADING:
                part = _Part(part.start, part.end, part.marker, PassageKind.HEADING)  # the underline of a heading
            if part:
                yield part
            part, last = None, None
        elif words.startswith("|") and line.length > 1:
            if part:
                yield part
            part, last = None, None
            yield from _split_cells(text, line)
        elif part and last and _goes_on(text, part, last, line, blanks, width, cut=cut):
            cuts = (*part.cuts, (last.end, line.start)) if cut else part.cuts
            part = _Part(part.start, line.end, part.marker, part.kind, cuts)
            last = line
        else:
            if part:
                yield part
            part = _open_part(text, line, words)
            last = line
        blanks = 0
        cut = False
    if part:
        yield part


def _is_furniture(words: str, headers: frozenset[str]) -> bool:
    return words in headers or PAGE_NUMBER.match(words) is not None


def _find_headers(text: str, lines: Sequence[Line]) -> frozenset[str]:
    """The running headers of pages: short lines with a number that come again word for word, and are no sentences."""
    counts = Counter(text[line.start : line.end] for line in lines if 0 < line.length <= LONGEST_HEADER)
    return frozenset(
        words
        for words, count in counts.items()
        if count > 1 and HEADER.search(words) and not ends_sentence(words) and not ends_clause(words)
    )


def _split_cells(text: str, line: Line) -> Iterator[_Part]:
    for cell in CELL.finditer(text, line.start, line.end):
        start = cell.start() + len(cell.group()) - len(cell.group().lstrip())
        if cell.group().strip():
            yield _Part(start, cell.start() + len(cell.group().rstrip()), kind=PassageKind.ITEM)


def _open_part(text: str, line: Line, words: str) -> _Part:
    if match := HEADING.match(words):
        shown = len(words.rstrip("#").rstrip()) if line.length < 400 else line.length
        return _Part(line.start + match.end(), line.start + max(shown, match.end()), kind=PassageKind.HEADING)
    if match := MARKER.match(words):
        style = match.lastgroup or ""
        start = line.start + match.end()
        if style == "bullet" or style == "dash":
            style = f"{words[0]}{min(line.indent, 12) // 2}"  # nested lists use the same bullet further in
        return _Part(start, line.end, style, PassageKind.ITEM)
    return _Part(line.start, line.end)


def _goes_on(text: str, part: _Part, last: Line, line: Line, blanks: int, width: int, *, cut: bool) -> bool:
    """Whether `line` continues the paragraph that `last` belongs to; `cut` says that a page ends between them."""
    head = text[line.start : line.start + 12]
    tail = text[max(last.start, last.end - 12) : last.end]
    if part.kind is PassageKind.HEADING or HEADING.match(head):
        return False
    if not blanks:
        return _goes_on_below(text, part, last, line, width)
    if ends_sentence(tail) or MARKER.match(head):
        return False
    if cut and width:  # a full line at the foot of a page
        return blanks <= MOST_BLANKS and last.length >= 0.7 * width
    hangs = head[0].islower() or (HANGING.search(tail) is not None and head[0].isalpha())
    return hangs and blanks <= MOST_BLANKS and last.length >= 40


def _goes_on_below(text: str, part: _Part, last: Line, line: Line, width: int) -> bool:
    """Whether `line`, right below `last`, continues its paragraph."""
    head = text[line.start : line.start + 12]
    tail = text[max(last.start, last.end - 12) : last.end]
    ended = ends_sentence(tail)
    room = last.length + 1 + _first_word(text, line) < 0.92 * width
    if match := MARKER.match(head):
        sure = match.lastgroup == "bullet" or part.marker or ended or not width or last.length < 0.6 * width
        return not (sure or ends_clause(tail))
    if (DIVIDED.search(tail) or ends_in_title(tail)) and head[0].isalpha():
        return True
    if not ended and head[0].islower():
        is_first = last.end - part.start <= last.length  # of its paragraph: perhaps an address, "Mr. President,"
        return not (ends_clause(tail) and is_first and last.length < (0.6 * width or LONGEST_ADDRESS))
    if not width:
        hangs = last.length >= 40 and HANGING.search(tail) is not None
        return not ended and (hangs or (bool(part.marker) and line.indent > last.indent))
    if ended:
        begins = not head[0].islower()
        return not (begins and (room or line.indent > last.indent or last.length > 1.5 * width))
    if text[last.start : last.end].isupper() and not text[line.start : line.end].isupper():
        return False
    return not (last.length < 0.6 * width and head[0].isupper() and room)


def _first_word(text: str, line: Line) -> int:
    word = text[line.start : min(line.end, line.start + 40)].split(maxsplit=1)
    return len(word[0]) if word else 0


def _with_kind(part: _Part, passage: Passage, *, alone: bool) -> Passage:
    """A passage with its kind, by its looks where no mark told it."""
    text = passage.text
    if part.kind is not PassageKind.BODY or alone:
        return passage
    ended = ends_sentence(text)
    is_heading = (
        (len(text) <= LONGEST_ADDRESS and text.endswith(","))
        or (len(text) <= LONGEST_HEADING and not ended and not ends_clause(text) and not text[0].islower())
        or (len(text) <= LONGEST_CAPITALS and text.isupper() and not text.endswith((":", ";")))
    )
    return passage.placed(PassageKind.HEADING, None) if is_heading else passage


@dataclass(slots=True)
class _Open:
    """A lead-in whose items are being read; a clause completes a `comma`, an item whatever stands before it."""

    index: int
    own: str  # the style of its own marker, if it is an item itself
    comma: bool
    style: str = ""  # of its items' markers, "" until one is seen
    clauses: int = 0

    def takes(self, style: str, text: str) -> bool:
        """Whether it is completed by `text`, an item whose marker is of `style`, or "" for none."""
        if style and (self.style not in {"", style} or self.own == style):
            return False
        if style and (self.clauses or not self.comma):
            return True
        return ends_clause(text) or (self.clauses > 0 and text.endswith(".") and (bool(style) or not self.style))


def _with_leads(found: Sequence[tuple[_Part, Passage]]) -> list[Passage]:
    """The passages, each item and each clause of a list with the index of its lead-in.

    A lead-in ends with a colon, or is a short line that ends with a comma ("The Security Council,"). What completes it
    are marked items, and unmarked paragraphs that end with a comma or semicolon up to the one that ends the sentence.
    """
    passages: list[Passage] = []
    leads: list[_Open] = []
    for index, (part, passage) in enumerate(found):
        text, kind = passage.text, passage.kind
        is_address = kind is PassageKind.HEADING and text.endswith(",")
        if is_address and leads and leads[-1].comma and (leads[-1].clauses or CLAUSE.match(text)):
            is_address, kind = False, PassageKind.BODY  # "Recalling its resolutions," is a clause, as short as it is
        if kind in {PassageKind.HEADING, PassageKind.TITLE, PassageKind.TURN}:
            leads.clear()
        while leads and not leads[-1].takes(part.marker, text):
            leads.pop()
        lead: int | None = None
        if leads:
            lead = leads[-1].index
            leads[-1].style = leads[-1].style or part.marker
            leads[-1].clauses += 1
            if not part.marker and text.endswith("."):
                leads.clear()
        passages.append(passage.placed(kind, lead))
        below = found[index + 1][0].marker if index + 1 < len(found) else ""
        is_open = bool(part.marker) and not ends_sentence(text) and not ends_clause(text)
        opens_list = is_open and below not in {"", part.marker, *(upper.style for upper in leads)}
        if text.endswith(":") or is_address or opens_list:
            leads.append(_Open(index, part.marker, comma=is_address))
    return passages
