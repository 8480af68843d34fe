"""Lines of type to paragraphs: by indents, gaps, short last lines and marks, over columns and pages.

A word divided at a line's end is joined again, as the document's other words have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from dragoman.reading.layout import MARKER
from dragoman.reading.lines import ends_clause, ends_sentence, load_words
from dragoman.reading.passages import find_words, join_halves

__all__ = ["Block", "Line", "Piece", "join_blocks"]

INDENT = 0.8
"""Times its size that a line is further in than the one above, from which on it begins a paragraph."""
GAP = 1.35
"""Times the usual distance of lines, from which on one begins a paragraph."""
SHORT = 1.5
"""Times its size that a line ends before its column does, at least, where a paragraph ends with it."""
FULL = 0.6
"""Share of its column that a line fills at least, which tells how far those of its size may go."""
OTHER_SIZE = 0.16
"""By what share of its size type must differ to be of another paragraph."""
DIVIDED = re.compile(r"[^\W\d_][-\u00ad]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type; lengths in points."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines below one another, and the column that they stand in."""

    lines: tuple[Line, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a paragraph that stands on one page, and what parts it from what comes before."""

    text: str
    page: int
    gap: str = "\n\n"


@dataclass(frozen=True, slots=True)
class _Set:
    """A line with the column that it stands in, the usual distance of lines there, and how far those of its size go."""

    line: Line
    block: Block
    pitch: float
    right: float

    def has_room(self, below: Line) -> bool:
        """Whether the first word of the line below would have had room at its end."""
        word = len(below.text.split(maxsplit=1)[0]) + 1
        letter = (below.right - below.left) / len(below.text)
        return self.line.right + max(word * letter, SHORT * self.line.size) < self.right

    @property
    def is_centred(self) -> bool:
        before, after = self.line.left - self.block.left, self.block.right - self.line.right
        return min(before, after) > 1.5 * self.line.size and abs(before - after) < 2 * self.line.size


def join_blocks(blocks: Sequence[Block]) -> Iterator[list[Piece]]:
    """The paragraphs of blocks, in their order."""
    words = find_words("\n".join(line.text for block in blocks for line in block.lines))
    paragraph: list[_Set] = []
    for block in blocks:
        pitch, rights = _measure_pitch(block), _measure_rights(block)
        for line in block.lines:
            here = _Set(line, block, pitch, rights.get(round(line.size), block.right))
            if paragraph and not _goes_on(paragraph, here):
                yield _to_pieces(paragraph, words)
                paragraph = []
            paragraph.append(here)
    if paragraph:
        yield _to_pieces(paragraph, words)


def _measure_pitch(block: Block) -> float:
    """The usual distance of a block's lines, that of type set solid where there are too few to tell."""
    bases = [line.base for line in block.lines]
    steps = [above - below for above, below in pairwise(bases) if above > below]
    usual = 1.2 * median(line.size for line in block.lines)
    return min(median(steps), 2 * usual) if len(steps) > 2 else usual


def _measure_rights(block: Block) -> dict[int, float]:
    """How far lines of each size, in points, go: as its long ones, if any; a letterhead is wider than its letter."""
    rights: dict[int, float] = {}
    for line in block.lines:
        if line.right - line.left >= FULL * (block.right - block.left):
            size = round(line.size)
            rights[size] = max(line.right, rights.get(size, line.right))
    return rights


def _is_alike(size: float, other: float) -> bool:
    return abs(size - other) <= OTHER_SIZE * max(size, other)


def _goes_on(paragraph: Sequence[_Set], here: _Set) -> bool:
    """Whether a line goes on with the paragraph above it, or before it in another column or on another page."""
    last = paragraph[-1]
    line, above = here.line, last.line
    if DIVIDED.search(above.text) and line.text[:1].islower():
        return True
    if not _is_alike(line.size, above.size):
        return False
    marked = MARKER.match(line.text[:24]) is not None
    ended = ends_sentence(above.text)
    room = last.has_room(line)
    lower = line.text[:1].islower()
    if here.block is not last.block:
        begins = marked or ended or line.left > here.block.left + INDENT * line.size or here.is_centred
        return not begins and (lower or not room)
    if above.base - line.base > GAP * max(here.pitch, 1.0):
        return False
    if last.is_centred and here.is_centred:
        return True
    if marked and (ended or ends_clause(above.text) or room):
        return False
    if line.left > above.left + INDENT * line.size:
        hangs = MARKER.match(paragraph[0].line.text[:24]) is not None and len(paragraph) == 1
        return hangs and (lower or not room)
    if line.left < above.left - INDENT * line.size:
        return len(paragraph) == 1 and not (room and ended)
    return not room or (lower and not ended) or _is_unfinished(above)


def _is_unfinished(line: Line) -> bool:
    """Whether a line ends with a word with which no paragraph does: "of", "the", "and"."""
    return line.text.rsplit(maxsplit=1)[-1] in (*load_words("unfinished"), *load_words("clause-link"))


def _to_pieces(paragraph: Sequence[_Set], words: frozenset[str]) -> list[Piece]:
    """A paragraph's lines as running text; the lines of a heading in the middle stay lines."""
    pieces: list[Piece] = []
    for at, here in enumerate(paragraph):
        text, page = here.line.text, here.line.page
        if not at:
            pieces.append(Piece(text, page))
            continue
        last = pieces[-1]
        lines = paragraph[at - 1].is_centred and here.is_centred
        kept, gap = (last.text, "\n") if lines else _joint(last.text, text, words)
        if last.page == page:
            pieces[-1] = Piece(f"{kept}{gap}{text}", page, last.gap)
        else:
            pieces[-1:] = [Piece(kept, last.page, last.gap), Piece(text, page, gap)]
    return pieces


def _joint(above: str, below: str, words: frozenset[str]) -> tuple[str, str]:
    """The end of one line, without a hyphen that only divided a word, and what stands between it and the next."""
    if not DIVIDED.search(above) or not below[:1].isalpha():
        return above, " "
    between = join_halves(above[:-1], below, soft=above[-1] == "\u00ad", words=words)
    return above[:-1] + between, ""
