"""The lines of a text, and whether they are wrapped at a width or each a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from dragoman.ontology import read_labels

__all__ = ["Line", "ends_clause", "ends_sentence", "load_words", "measure_width", "split_lines"]

CLOSERS = "\"'”’»)]*_ \u200e\u200f"
STOPS = ".!?…:;"
WIDTHS = (40, 160)
"""Characters a line of wrapped text can hold: narrow newspaper columns to wide terminals."""
OPEN_SHARE = 0.4
"""In wrapped text at least this share of the lines ends within a sentence (UN speeches: 0.7 to 0.9)."""
MOST_BLANKS = 10
"""Of a longer run of blank lines no more than this many are given."""
QUOTED = re.compile(r"(?:>[ \t]?)+")


class Line(NamedTuple):
    """A line without its blanks: characters `start` to `end` of the text, equal where the line is blank."""

    start: int
    end: int
    indent: int

    @property
    def length(self) -> int:
        """Number of characters."""
        return self.end - self.start


def split_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Lines from `start` on, blank ones too, without their outer blanks and Markdown's ``>`` of quotations."""
    end = len(text) if end is None else end
    blanks = 0
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        left, right = _strip(text, start, stop)
        if left < right and text[left] == ">" and (match := QUOTED.match(text, left, right)):
            left, right = _strip(text, match.end(), right)
        blanks = 0 if left < right else blanks + 1
        if blanks <= MOST_BLANKS:
            yield Line(left, right, left - start)
        start = stop + 1


def ends_sentence(text: str) -> bool:
    """Whether the last character, closing quotes and brackets aside, is a full stop, colon or the like."""
    return text[-8:].rstrip(CLOSERS)[-1:] in STOPS if text.strip(CLOSERS) else False


def ends_in_title(text: str) -> bool:
    """Whether a name must follow: "His Excellency Mr."."""
    return _title_end().search(text[-8:]) is not None


def ends_clause(text: str) -> bool:
    """Whether it ends with a comma or semicolon, as the clauses of a resolution do, an "and" after it aside."""
    return _clause_end().search(text[-8:].rstrip(CLOSERS)) is not None


@cache
def _clause_end() -> re.Pattern[str]:
    links = "|".join(f" {re.escape(word)}" for word in load_words("clause-link"))
    return re.compile(rf"[,;](?:{links})?$")


@cache
def _title_end() -> re.Pattern[str]:
    titles = "|".join(map(re.escape, load_words("abbreviated-title")))
    return re.compile(rf"(?:^|\s)(?:{titles})$")


@cache
def load_words(name: str) -> tuple[str, ...]:
    """The labels that ``ontology/heads.ttl`` gives the concept `name`, the longest first."""
    return read_labels("heads.ttl", f"https://w3id.org/dragoman/head/{name}")


def measure_width(text: str, lines: Sequence[Line]) -> int:
    """Characters that a full line holds, 0 where the lines are not wrapped.

    Looks at the lines with another right below them: wrapped ones are of nearly equal length and mostly end within a
    sentence, paragraphs on one line each are neither.
    """
    full = [line for line, below in pairwise(lines) if line.length and below.length]
    if not full:
        return 0
    lengths = sorted(line.length for line in full)
    width = lengths[round(0.9 * (len(lengths) - 1))]
    full = [line for line in full if line.length >= 0.6 * width]  # headings and addresses tell nothing
    unended = sum(not ends_sentence(text[max(line.start, line.end - 12) : line.end]) for line in full)
    least = WIDTHS[0] if len(full) >= 3 else 50
    return width if least <= width <= WIDTHS[1] and unended >= OPEN_SHARE * len(full) else 0


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
