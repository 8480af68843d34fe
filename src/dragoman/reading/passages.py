"""A passage: one paragraph, heading or list item as running text, each character of which leads back to the document.

Lines are joined, blanks collapsed, and invisible characters and Markdown's marks
(https://spec.commonmark.org/0.31.2/) left out; the words stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dragoman.records import Span

__all__ = ["Passage", "PassageKind", "clean_passage", "find_words", "join_halves"]


class PassageKind(StrEnum):
    """What part of a document a passage is."""

    TITLE = "title"
    HEADING = "heading"
    TURN = "turn"
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
BELOW = r"\s*(?:>\s*)*"
"""What follows on the end of a line, with the marks of a quotation."""
LINE_END = rf"\n{BELOW}"
TARGET = r"\((?:[^()\s]|\([^()\s]{0,200}\)){0,800}(?:\s\"[^\"]{0,200}\")?\)"
"""Where a link leads, in brackets, with or without a title."""
MARKS = re.compile(
    rf"[-\u00ad\s<!\[\]*_\\{INVISIBLE}](?:"  # sought first, so that letters are passed over at once
    rf"(?P<hyphen>(?<=\w[-\u00ad])[^\S\n]*{LINE_END}(?=\w))"  # a word divided at a line's end
    r"|(?P<gap>(?<=[a-z]-) (?=[a-z]))"  # and such a word in a text whose lines were joined by others
    rf"|(?P<space>(?<=\n){BELOW}|(?<=[^\S\n])[^\S\n]*{LINE_END}"
    r"|(?<=\s)(?!(?<=[a-z,] )[A-Za-z])\s*"  # not the one blank between two words
    r"|(?<=<)/?(?:p|br|li|div|h\d|[uo]l|t[rdh])\b[^<>\n]{0,200}>)"
    rf"|(?<=[{INVISIBLE}])[{INVISIBLE}]*"
    rf"|(?<=!)\[[^\[\]]{{0,300}}\]{TARGET}"  # image
    rf"|(?<=\[)(?=[^\[\]]{{1,500}}\]{TARGET})|(?<=[^\[]\]){TARGET}"  # link, before and after its words
    r"|(?<=\[)(?:\^[^\[\]\s]{1,30}|\d{1,3})\]"  # mark of a footnote
    r"|(?<=<)(?:https?://[^<>\s]{1,800}>|/?[A-Za-z][^<>\n]{0,200}>|!--[^<>\n]{0,500}-->)"
    r"|(?<=[*_])(?<![\w*_][*_])[*_]{0,2}(?=[^\s*_])|(?<=[^\s*_][*_])[*_]{0,2}(?!\w)"  # emphasis
    r"|(?P<escape>(?<=\\)[\\`*_{}\[\]()#+.!>~|-]))"
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LAST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
DIVIDED = re.compile(r"\b[^\W\d_]{1,60}-\s+(?:\d{1,3}\s+)?[^\W\d_]{1,60}")
LONGEST_WORD = 60
Words = Callable[[], frozenset[str]]


def find_words(text: str) -> frozenset[str]:
    """The words of a text in lower case, compounds whole, halves of divided words left out."""
    return frozenset(map(str.lower, WORD.findall(DIVIDED.sub(" ", text))))


def clean_passage(
    text: str, stretches: Sequence[tuple[int, int]], words: Words, kind: PassageKind = PassageKind.BODY
) -> Passage | None:
    """The passage that some stretches of a document's text hold together; None where that is not one letter.

    :param stretches: start and end of each, in text order, with blanks between them that count as one.
    :param words: gives the words of the whole document; called only where a line ends in a hyphen.
    """
    taken = _Taken()
    for number, (start, end) in enumerate(stretches, 1):
        at = start
        for match in MARKS.finditer(text, start, end):
            taken.put(text[at : match.start()], at)
            at = match.end()
            if match.lastgroup == "space":
                taken.put_blank(match.start())
            elif match.lastgroup == "escape":
                taken.put(text[at - 1 : at], at - 1)
            elif match.lastgroup in {"hyphen", "gap"}:
                left, right = _halves(text, match.start(), match.end(), end)
                taken.put(_joint(left, right, match.group()[:2], words), match.start())
        taken.put(text[at:end], at)
        if number < len(stretches):
            left, right = _halves(text, end - 1, *stretches[number])
            if text[end - 1] != "-" or not left or not right:
                taken.put_blank(end)
            elif not _joint(left, right, "-\n", words):
                taken.drop_last()
    clean = "".join(taken.pieces).rstrip()
    return Passage(clean, tuple(taken.runs), kind) if any(map(str.isalpha, clean)) else None


def join_halves(above: str, below: str, *, soft: bool, words: frozenset[str]) -> str:
    """What stands between the end of one line, its hyphen aside, and the next: a hyphen, or nothing.

    :param soft: whether the hyphen was a soft one, which is there only at the end of lines.
    :param words: of the whole document, as :func:`find_words` gives them.

    >>> join_halves("the cease", "fire holds", soft=False, words=frozenset({"cease-fire"}))
    '-'
    """
    left, right = LAST_WORD.search(above[-LONGEST_WORD:]), WORD.match(below[:LONGEST_WORD])
    halves = (left.group() if left else "", right.group() if right else "")
    return "" if soft else _joint(*halves, "-\n", lambda: words)


class _Taken:
    """What a passage has so far: its pieces, and where each unbroken run of them stands."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[tuple[int, int]] = []
        self.length = 0

    def put(self, piece: str, place: int) -> None:
        if piece:
            if not self.runs or place - self.runs[-1][1] != self.length - self.runs[-1][0]:
                self.runs.append((self.length, place))
            self.pieces.append(piece)
            self.length += len(piece)

    def put_blank(self, place: int) -> None:
        if self.pieces and self.pieces[-1] != " ":
            self.put(" ", place)

    def drop_last(self) -> None:
        self.pieces[-1] = self.pieces[-1][:-1]
        self.length -= 1


def _joint(left: str, right: str, between: str, words: Words) -> str:
    """What stands between two halves of a word that were parted after a hyphen: nothing, a hyphen, or `between`.

    The document's other words decide ("coopera-/tion", "cease-/fire"): the word whole, the compound whole, a half that
    is a word. A soft hyphen always goes; one before a blank ("pre- and post-war") stays where no such word is found.
    """
    at_end = between != "- "
    if between[0] != "-":
        return ""
    if not left[-1:].islower() or not right[:1].islower():
        return "-" if at_end else between
    known = words()
    if (left + right).lower() in known:
        return ""
    if f"{left}-{right}".lower() in known:
        return "-"
    if not at_end:
        return between
    return "-" if "-" in left or any(len(half) >= 4 and half.lower() in known for half in (left, right)) else ""


def _halves(text: str, hyphen: int, after: int, end: int) -> tuple[str, str]:
    """The letters before a hyphen and those from `after` on."""
    left = LAST_WORD.search(text[max(0, hyphen - LONGEST_WORD) : hyphen])
    right = WORD.match(text, after, min(end, after + LONGEST_WORD))
    return left.group() if left else "", right.group() if right else ""
