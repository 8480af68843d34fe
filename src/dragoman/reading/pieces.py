"""A passage that is too long to parse at once, cut into pieces that still lead back to the document.

The parser's time and memory grow with the passage, and so does whatever looks from one of its words at the others; a
bound on the passage bounds them all. Cuts fall, in order of preference, after a sentence, after a comma or the like,
at a blank, and within a word that is longer than the bound.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.reading.passages import Passage

__all__ = ["LONGEST", "cut_long", "piece_of"]

LONGEST = 4000
"""Characters of the longest piece, some 700 words; of the paragraphs of UN speeches 1 in 10,000 is longer."""
CUTS = (
    re.compile(r"(?<=\w{4})[.!?…]+[\"'”’»)\]]*\s(?=\W{0,3}[A-Z])|[。！？]"),  # \w{4}: not "Mr.", "Gen.", "U.S."
    re.compile(r"[,;:]\s|\s[-–—]\s|[、，；]"),
    re.compile(r"\s"),
)
"""After what to cut, the best first."""


def cut_long(passages: Sequence[Passage], longest: int = LONGEST) -> list[Passage]:
    """The passages, each that is longer than `longest` characters as several of the same kind and lead-in.

    What completed a passage completes the last of its pieces, which bears its colon; pieces without a letter are left
    out.
    """
    found: list[Passage] = []
    last: list[int] = []  # for each passage, the index of its last piece
    for passage in passages:
        lead = None if passage.lead is None else last[passage.lead]
        if len(passage.text) <= longest:
            found.append(passage if lead == passage.lead else replace(passage, lead=lead))
        else:
            found.extend(piece_of(passage, start, end, lead) for start, end in _find_pieces(passage.text, longest))
        last.append(len(found) - 1)
    return found


def _find_pieces(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Start and end of each piece, without its outer blanks."""
    start = 0
    while start < len(text):
        end = _find_cut(text, start, start + longest) if len(text) - start > longest else len(text)
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        if any(map(str.isalpha, piece)):
            yield left, left + len(piece.strip())
        start = end


def _find_cut(text: str, start: int, end: int) -> int:
    """The last good place to cut in the second half of `start` up to `end`."""
    for pattern in CUTS:
        places = [match.end() for match in pattern.finditer(text, (start + end) // 2, end)]
        if places:
            return places[-1]
    return end


def piece_of(passage: Passage, start: int, end: int, lead: int | None) -> Passage:
    """Characters `start` up to `end` of a passage as one of its own, which completes the line `lead`."""
    after = bisect_right(passage.runs, (start, 1 << 62))
    first = (0, passage.span(start, start + 1).start)
    before_end = bisect_right(passage.runs, (end - 1, 1 << 62))
    runs = (first, *((at - start, place) for at, place in passage.runs[after:before_end]))
    return replace(passage, text=passage.text[start:end], runs=runs, lead=lead)
