"""Who says what a sentence states: the subject of the verb of saying that governs it or frames its quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.extraction.syntax import Syntax
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import Lexicon

__all__ = ["find_quotations", "find_speaker", "find_thanker"]

OPENING, CLOSING = frozenset('“"«'), frozenset('”"»')
MAX_QUOTATION = 400
FARTHEST_NAME = 30
"""Words before a verb within which stands the name of its subject, where the parse finds none."""
LONGEST_NAME = 4
LONGEST_SUBJECT = 24
"""Words behind a quotation within which its verb of saying stands, where the sentence goes on."""
GOING_ON = frozenset(",?!")
"""Marks at the end of a quotation behind which the sentence goes on."""
FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
GRATEFUL_FOR = frozenset({"acl", "advcl", "conj", "nmod", "nmod:poss", "obj", "obl"})
"""Relations of what one is grateful for."""


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


def find_speaker(trigger: Token, quotations: list[Quotation], lexicon: Lexicon, syntax: Syntax) -> Sequence[Token]:
    """The tokens that name who says what `trigger` states; empty where the document itself does."""
    for quotation in quotations:
        if quotation.start <= trigger.i < quotation.end:
            return list(quotation.speakers)
    at = trigger
    while at.head != at:
        governor = at.head
        if at.dep_ in {"ccomp", "parataxis"}:
            says = governor.pos_ == "VERB" and lexicon.is_in("saying", governor.lemma_.lower())
            sayers = (syntax.subjects(governor) or _name_before(governor)) if says else _stater(at, lexicon)
            if sayers:
                return sayers
        if governor.head == governor and (askers := _askers(governor, lexicon)):
            return askers
        if accusers := _accusers(at, lexicon, syntax):
            return accusers
        at = governor
    for child in at.children:  # "X, Berg said, did Y"
        if child.dep_ == "parataxis" and lexicon.is_in("saying", child.lemma_.lower()) and child.pos_ == "VERB":
            subjects = [c for c in child.children if c.dep_ == "nsubj"]
            if subjects:
                return subjects
    return _according_to(trigger)


def _accusers(deed: Token, lexicon: Lexicon, syntax: Syntax) -> Sequence[Token]:
    """X of "X accused Y of doing it"."""
    verb = deed.head if deed.head.pos_ == "VERB" else deed.head.head
    marks = (child.lower_ for child in deed.children if child.dep_ in {"mark", "case"})
    marked = any(lexicon.is_in("chargedWith", mark) for mark in marks)
    if deed.tag_ != "VBG" or not marked or not lexicon.is_in("accusing", verb.lemma_.lower()):
        return []
    return syntax.subjects(verb)


def find_thanker(trigger: Token, lexicon: Lexicon, syntax: Syntax) -> Sequence[Token]:
    """The tokens that name who is grateful for what `trigger` states: "X thanked Y for its support of Z"."""
    at = trigger
    while at.head != at and at.dep_ in GRATEFUL_FOR:
        governor = at.head
        if lexicon.is_in("thanking", governor.lemma_.lower()):
            return syntax.subjects(governor) if governor.pos_ == "VERB" else syntax.noun_agents(governor)
        at = governor
    return []


def _name_before(verb: Token) -> Sequence[Token]:
    """X of "In Rome, Anna X, the envoy for Y and Z, said that", where the parse gives the verb no subject."""
    if verb.i == 0 or verb.nbor(-1).text != ",":
        return []
    segment: list[Token] = []
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - FARTHEST_NAME) : verb.i - 1]):
        if token.text != ",":
            segment.append(token)
            continue
        if _is_name(segment):
            return segment[-1:]
        segment = []
    return segment[-1:] if _is_name(segment) else []


def _name_after(verb: Token) -> Sequence[Token]:
    """X of "said Under Secretary X", where the parse gives the verb no subject."""
    names = (child for child in verb.rights if child.pos_ == "PROPN" and child.dep_ in {"obj", "obl"})
    return [name for name in names if not any(child.dep_ == "case" for child in name.lefts)][:1]


def _is_name(tokens: list[Token]) -> bool:
    return 1 < len(tokens) <= LONGEST_NAME and all(token.pos_ == "PROPN" for token in tokens)


def _askers(noun: Token, lexicon: Lexicon) -> Sequence[Token]:
    """X of "X further appeals for talks", where the parse takes the only verb for a noun: the name before it."""
    if noun.tag_ != "NNS" or not lexicon.is_in("requestNoun", noun.lemma_.lower()):
        return []
    if any(token.tag_ in FINITE for token in noun.sent):
        return []
    return [child for child in noun.lefts if child.pos_ == "PROPN"]


def _stater(clause: Token, lexicon: Lexicon) -> Sequence[Token]:
    """X of "X states that ...", where the parse takes the verb for a noun: what heads the sentence."""
    mark = next((child for child in clause.lefts if child.dep_ == "mark" and child.lower_ == "that"), None)
    if mark is None or mark.i == mark.sent.start:
        return []
    verb, root = mark.nbor(-1), mark.sent.root
    said = verb.tag_ in {"VBZ", "NNS"} and verb != root and lexicon.is_in("saying", verb.lemma_.lower())
    return [root] if said and root.pos_ in {"NOUN", "PROPN"} and root.i < verb.i else []


def _according_to(trigger: Token) -> Sequence[Token]:
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
    """Subjects of the verb of saying just after or just before a quotation; long names of theirs may follow a comma."""
    goes_on = doc[end - 2].text in GOING_ON and end < len(doc)
    after = doc[end : min(end + LONGEST_SUBJECT, doc[end].sent.end)] if goes_on else doc[end : end + 8]
    for token in [*after, *reversed(doc[max(0, start - 8) : start])]:
        if token.pos_ == "VERB" and lexicon.is_in("saying", token.lemma_.lower()):
            subjects = [s for s in syntax.subjects(token) or _name_after(token) if not start <= s.i < end]
            if subjects:
                return tuple(subjects)
    return ()
