"""Datelines: where and when a report was filed, before its first sentence, of which they are no part.

"CAIRO, March 5 (Reuters) - Egypt ...", "Geneva, 5 March 2024 – The ...", "GENEVA (5 March 2024) – ...".
"""

from __future__ import annotations

import re

from dragoman.reading.passages import Passage, PassageKind
from dragoman.reading.pieces import piece_of

__all__ = ["cut_dateline"]

DATE = r"(?:[A-Z][a-z]+day, )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
CAPITALS = r"[A-Z][A-Z'’.]{2,20}(?:[ /-][A-Z][A-Z'’.]{1,20}){0,3}"
CITY = r"[A-Z][\w'’.]{1,20}(?:[ /-][A-Z][\w'’.]{1,20}){0,3}"
COUNTRY = r"(?:, [A-Z][\w'’. -]{1,30})?"
BRACKETS = r"\([^()\n]{2,40}\)"
DATELINE = re.compile(
    rf"(?:{CAPITALS}{COUNTRY}(?:, {DATE})?(?: ?{BRACKETS})?|{CITY}{COUNTRY}(?:, {DATE}(?: ?{BRACKETS})?| ?{BRACKETS}))"
    r"(?: --?|\s?[–—])\s(?=[\"“‘(]?[A-Z0-9])"
)
SHORTEST = 40
"""Characters of a sentence before which a dateline can stand; less is a heading with a dash in it."""


def cut_dateline(passage: Passage) -> list[Passage]:
    """The passage; where a dateline opens it, that as a heading and the rest."""
    match = DATELINE.match(passage.text) if passage.kind is PassageKind.BODY else None
    if match is None or len(passage.text) - match.end() < SHORTEST:
        return [passage]
    line = piece_of(passage, 0, len(match.group().rstrip()), passage.lead)
    return [line.placed(PassageKind.HEADING, None), piece_of(passage, match.end(), len(passage.text), passage.lead)]
