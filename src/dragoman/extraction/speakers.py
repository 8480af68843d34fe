"""Who says what a sentence states: the subject of the verb of saying that governs it or frames its quotation."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.extraction.syntax import Syntax
from dragoman.lexicon import Lexicon

__all__ = ["find_quotations", "find_speaker"]

OPENING, CLOSING = frozenset('“"«'), frozenset('”"»')
MAX_QUOTATION = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens between quotation marks, and the tokens that name who spoke them."""

    start: int
    end: int
    speakers: tuple[Token, ...]


def find_quotations(doc: Doc, lexicon: Lexicon, syntax: Syntax) -> list[Quotation]:
    """Quotations of more than a word or two; one without a speaker of its own keeps the last one's."""
    found: list[Quotation] = []
    opened = -1
    if OPENING.isdisjoint(doc.text):
        return found
    for token in doc:
        if opened < 0 and token.text in OPENING:
            opened = token.i
        elif opened >= 0 and token.text in CLOSING:
            if 4 < token.i - opened < MAX_QUOTATION:
                speakers = _speakers_near(doc, opened, token.i + 1, lexicon, syntax)
                found.append(Quotation(opened, token.i + 1, speakers or (found[-1].speakers if found else ())))
            opened = -1
    return found


def find_speaker(trigger: Token, quotations: list[Quotation], lexicon: Lexicon, syntax: Syntax) -> list[Token]:
    """The tokens that name who says what `trigger` states; empty where the document itself does."""
    for quotation in quotations:
        if quotation.start <= trigger.i < quotation.end:
            return list(quotation.speakers)
    at = trigger
    while at.head != at:
        governor = at.head
        if (
            at.dep_ in {"ccomp", "parataxis"}
            and governor.pos_ == "VERB"
            and lexicon.is_in("saying", governor.lemma_.lower())
        ):
            subjects = syntax.subjects(governor)
            if subjects:
                return subjects
        if accusers := _accusers(at, lexicon, syntax):
            return accusers
        at = governor
    for child in at.children:  # "X, Berg said, did Y"
        if child.dep_ == "parataxis" and lexicon.is_in("saying", child.lemma_.lower()) and child.pos_ == "VERB":
            subjects = [c for c in child.children if c.dep_ == "nsubj"]
            if subjects:
                return subjects
    return _according_to(trigger)


def _accusers(deed: Token, lexicon: Lexicon, syntax: Syntax) -> list[Token]:
    """X of "X accused Y of doing it"."""
    verb = deed.head if deed.head.pos_ == "VERB" else deed.head.head
    marked = any(child.dep_ in {"mark", "case"} and child.lower_ in {"of", "for"} for child in deed.children)
    if deed.tag_ != "VBG" or not marked or not lexicon.is_in("accusing", verb.lemma_.lower()):
        return []
    return syntax.subjects(verb)


def _according_to(trigger: Token) -> list[Token]:
    at = trigger
    for _ in range(4):
        for child in at.children:
            if child.dep_ == "obl" and any(c.dep_ == "case" and c.lower_ == "according" for c in child.children):
                return [child]
        if at.head == at:
            break
        at = at.head
    return []


def _speakers_near(doc: Doc, start: int, end: int, lexicon: Lexicon, syntax: Syntax) -> tuple[Token, ...]:
    """Subjects of the verb of saying just after or just before a quotation."""
    for token in [*doc[end : end + 8], *reversed(doc[max(0, start - 8) : start])]:
        if token.pos_ == "VERB" and lexicon.is_in("saying", token.lemma_.lower()):
            subjects = [s for s in syntax.subjects(token) if not start <= s.i < end]
            if subjects:
                return tuple(subjects)
    return ()
