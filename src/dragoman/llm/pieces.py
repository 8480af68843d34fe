"""A document cut into pieces that fit into one request, each character of which leads back to the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from dragoman.reading.layout import Passage
from dragoman.records import Span
from dragoman.vocabulary import clean

__all__ = ["Piece", "cut", "halve"]

BETWEEN = "\n\n"
"""What stands between two passages."""


@dataclass(frozen=True)
class Piece:
    """Some passages of a document that follow each other."""

    passages: tuple[Passage, ...]

    @cached_property
    def text(self) -> str:
        """The passages as one text, without characters that JSON or XML refuse."""
        return clean(BETWEEN.join(passage.text for passage in self.passages))

    @property
    def whole(self) -> Span:
        """Where the piece stands in the document."""
        return self.span(0, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """Where the characters `start` up to `end` of the text stand in the document.

        A blank line between two passages counts to the passage before it.
        """
        first, last = self._at(start), self._at(end - 1)
        return Span(first.start, max(first.start + 1, last.end))

    def _at(self, index: int) -> Span:
        number = bisect_right(self._starts, index) - 1
        passage = self.passages[number]
        at = min(index - self._starts[number], len(passage.text) - 1)
        return passage.span(at, at + 1)

    @cached_property
    def _starts(self) -> list[int]:
        lengths = (len(passage.text) + len(BETWEEN) for passage in self.passages[:-1])
        return list(accumulate(lengths, initial=0))


def cut(passages: Sequence[Passage], size: int) -> Iterator[Piece]:
    """The passages in pieces of `size` characters at most, but for a passage that is longer by itself."""
    taken: list[Passage] = []
    length = 0
    for passage in passages:
        if taken and length + len(passage.text) > size:
            yield Piece(tuple(taken))
            taken, length = [], 0
        taken.append(passage)
        length += len(passage.text) + len(BETWEEN)
    if taken:
        yield Piece(tuple(taken))


def halve(piece: Piece) -> tuple[Piece, ...]:
    """The piece in two of about the same length; none where it is one passage."""
    ends = list(accumulate(len(passage.text) for passage in piece.passages))
    if len(ends) < 2:
        return ()
    middle = min(range(1, len(ends)), key=lambda at: abs(2 * ends[at - 1] - ends[-1]))
    return Piece(piece.passages[:middle]), Piece(piece.passages[middle:])
