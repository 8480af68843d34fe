"""A passage: one paragraph, heading or list item as running text, each character of which leads back to the document.

Lines are joined, blanks collapsed, and invisible characters and Markdown's marks
(https://spec.commonmark.org/0.31.2/) left out; the words stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from dragoman.records import Span

__all__ = ["Passage", "PassageKind", "clean_passage", "find_words"]


class PassageKind(StrEnum):
    """What part of a document a passage is."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text of one part of a document.

    `runs` are pairs (place in `text`, place in the document) at which a stretch of unbroken characters begins, in
    order. `lead` is the index, among the document's passages, of the line that an item completes ("The Council:").
    """

    text: str
    runs: tuple[tuple[int, int], ...]
    kind: PassageKind = PassageKind.BODY
    lead: int | None = None

    def __post_init__(self) -> None:
        if not self.text or not self.runs or self.runs[0][0] != 0:
            raise ValueError(f"passage {self.text[:40]!r} needs text, and runs from place 0; it has {self.runs[:3]}")

    def span(self, start: int, end: int) -> Span:
        """Where the characters `start` up to `end` of `text` stand in the document.

        :raises ValueError: if the range is empty, reversed or reaches past the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start}..{end} is not within the passage's {len(self.text)} characters")
        return Span(self._place(start), self._place(end - 1) + 1)

    def placed(self, kind: PassageKind, lead: int | None) -> Passage:
        """The same text as another part of the document."""
        return replace(self, kind=kind, lead=lead)

    def _place(self, index: int) -> int:
        at, place = self.runs[bisect_right(self.runs, (index, 1 << 62)) - 1]
        return place + index - at


INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f"
LINE_END = r"\n\s*(?:\d{1,3}[^\S\n]*\n\s*)?(?:>\s*)*"
"""The end of a line, with a page number on a line of its own and the marks of a quotation."""
MARKS = re.compile(
    rf"(?P<hyphen>(?<=\w)(?:-|\u00ad)[^\S\n]*{LINE_END}(?=\w))"  # a word divided at a line's end
    r"|(?P<gap>(?<=[a-z])- (?=[a-z]))"  # and such a word in a text whose lines were joined by others
    rf"|(?P<space>[^\S\n]*{LINE_END}|\s+|</?(?:p|br|li|div|h\d|[uo]l|t[rdh])\b[^<>\n]{{0,200}}>)"
    rf"|[{INVISIBLE}]+"
    r"|!\[[^\[\]]{0,300}\]\([^()\s]{0,800}\)"  # image
    r"|\[(?=[^\[\]]{1,500}\]\([^()\s]{0,800}(?:\s\"[^\"]{0,200}\")?\))"  # link, before and after its words
    r"|(?<=[^\[])\]\([^()\s]{0,800}(?:\s\"[^\"]{0,200}\")?\)"
    r"|\[(?:\^[^\[\]\s]{1,30}|\d{1,3})\]"  # mark of a footnote
    r"|<https?://[^<>\s]{1,800}>|</?[A-Za-z][^<>\n]{0,200}>|<!--[^<>\n]{0,500}-->"
    r"|(?<![\w*_])[*_]{1,3}(?=\S)|(?<=[^\s*_])[*_]{1,3}(?!\w)"  # emphasis
    r"|\\(?=[\\`*_{}\[\]()#+.!>~|-])"
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LAST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
DIVIDED = re.compile(r"\b[^\W\d_]{1,60}-\s+(?:\d{1,3}\s+)?[^\W\d_]{1,60}")
LONGEST_WORD = 60
Words = Callable[[], frozenset[str]]


def find_words(text: str) -> frozenset[str]:
    """The words of a text in lower case, compounds whole, halves of divided words left out."""
    return frozenset(match.group().lower() for match in WORD.finditer(DIVIDED.sub(" ", text)))


def clean_passage(
    text: str, start: int, end: int, words: Words, kind: PassageKind = PassageKind.BODY
) -> Passage | None:
    """The passage that characters `start` to `end` of a document's text hold; None where that is not one letter.

    :param words: gives the words of the whole document; called only where a line ends in a hyphen.
    """
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0

    def put(piece: str, place: int) -> None:
        nonlocal length
        if piece:
            if not runs or place - runs[-1][1] != length - runs[-1][0]:
                runs.append((length, place))
            pieces.append(piece)
            length += len(piece)

    at = start
    for match in MARKS.finditer(text, start, end):
        put(text[at : match.start()], at)
        at = match.end()
        if match.lastgroup == "space":
            if pieces and pieces[-1] != " ":
                put(" ", match.start())
        elif match.lastgroup == "hyphen" and text[match.start()] == "-":
            put("" if _is_divided(text, match, end, words) else "-", match.start())
        elif match.lastgroup == "gap":
            put(_close_gap(text, match, end, words), match.start())
    put(text[at:end], at)
    clean = "".join(pieces).rstrip()
    return Passage(clean, tuple(runs), kind) if any(map(str.isalpha, clean)) else None


def _is_divided(text: str, match: re.Match[str], end: int, words: Words) -> bool:
    """Whether a hyphen at a line's end divides one word ("coopera-/tion"), rather than joining two ("cease-/fire").

    The document's other words decide: the word whole, the compound whole, a half that is a word; then it divides.
    """
    left, right = _halves(text, match, end)
    if not left[-1:].islower() or not right[:1].islower():
        return False
    known = words()
    if (left + right).lower() in known:
        return True
    if f"{left}-{right}".lower() in known or "-" in left:
        return False
    return not any(len(half) >= 4 and half.lower() in known for half in (left, right))


def _close_gap(text: str, match: re.Match[str], end: int, words: Words) -> str:
    """What "- " within a line stands for: nothing or a hyphen where the document has the word so, else itself."""
    left, right = _halves(text, match, end)
    if (left + right).lower() in words():
        return ""
    return "-" if f"{left}-{right}".lower() in words() else "- "


def _halves(text: str, match: re.Match[str], end: int) -> tuple[str, str]:
    before = LAST_WORD.search(text[max(0, match.start() - LONGEST_WORD) : match.start()])
    after = WORD.match(text, match.end(), min(end, match.end() + LONGEST_WORD))
    return before.group() if before else "", after.group() if after else ""
