"""Turns of a transcript: who speaks from here on, before what is said, of which it is no part.

"SECRETARY BERG: Good afternoon.", "QUESTION: Will you ...?", "Q    Will you ...?", "Mr. Berg (Norway): We thank ...".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.reading.passages import Passage, PassageKind
from dragoman.reading.pieces import piece_of

__all__ = ["cut_turns"]

NAME = r"[^\W\d_][\w.'’-]*"
TURN = re.compile(rf"(?P<who>{NAME}(?: {NAME}){{0,6}}(?: ?\([^()]{{1,80}}\))?):\s+(?=\S)|(?P<asks>Q)\s+(?=[A-Z“\"])")
"""What opens a paragraph that is somebody's turn."""
KINDS = frozenset({PassageKind.BODY, PassageKind.HEADING})
TURNS = 3
"""Turns that a transcript has at least, and of one speaker two."""


def cut_turns(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Each passage; of a transcript, where somebody's turn opens it, who speaks as a passage of its own, and the rest.

    A transcript is a text of some turns, whose speakers have their names in capitals, or in brackets whom they speak
    for, or are told by the same words more than once; somebody's turn comes again, or many have such brackets.
    """
    matches = [TURN.match(passage.text) if passage.kind in KINDS else None for passage in passages]
    told = Counter(_speaker(match) for match in matches if match)
    sent = {who for who in told if who.endswith(")")}
    turns = {who for who, times in told.items() if who[0].isupper() and (times > 1 or who.isupper() or who in sent)}
    again = max(told.values(), default=0) > 1 or len(sent) >= TURNS
    if not again or len(turns) < 2 or sum(told[who] for who in turns) < TURNS:
        return [[passage] for passage in passages]
    return [
        _cut(passage, match) if match and _speaker(match) in turns else [passage]
        for passage, match in zip(passages, matches, strict=True)
    ]


def _speaker(match: re.Match[str]) -> str:
    return match["who"] or match["asks"]


def _cut(passage: Passage, match: re.Match[str]) -> list[Passage]:
    who = piece_of(passage, 0, len(_speaker(match)), None).placed(PassageKind.TURN, None)
    if who.text.isupper() and len(who.text.title()) == len(who.text):
        who = replace(who, text=who.text.title())  # in capitals a surname is none
    return [who, piece_of(passage, match.end(), len(passage.text), passage.lead).placed(PassageKind.BODY, passage.lead)]
