"""What is changed in a parse that is mended, and what the rules that find it look at."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.language.tokens import Token

__all__ = [
    "FINITE",
    "NOUNS",
    "STEPS",
    "Mend",
    "first_word",
    "is_after_comma",
    "is_bare",
    "is_date",
    "prepositions_of",
    "verb_above",
]

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
DATED = frozenset({"nmod:unmarked", "obl:unmarked", "nummod"})
"""Relations of dates and amounts, which no relative clause tells more of."""
STEPS = 8
"""Heads that are looked at above a word."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A word's new head and relation, and its new tag where that was wrong too."""

    token: Token
    head: Token
    relation: str
    tag: str = ""


def first_word(noun: Token) -> Token:
    """Where the words of a phrase begin, behind the comma that hangs on it."""
    return next((token for token in noun.subtree if not token.is_punct), noun)


def prepositions_of(noun: Token) -> list[str]:
    """The prepositions of a phrase."""
    return [child.lower_ for child in noun.lefts if child.dep_ == "case"]


def is_after_comma(phrase: Token) -> bool:
    """Whether a phrase follows on a comma."""
    return follows_comma(first_word(phrase))


def follows_comma(token: Token) -> bool:
    """Whether a word follows on a comma."""
    return token.i > 0 and token.nbor(-1).text == ","


def is_bare(noun: Token) -> bool:
    """Whether a noun has neither preposition nor clause of its own."""
    return not any(child.dep_ in {"case", "mark", "cop", "nsubj"} for child in noun.children)


def is_date(token: Token) -> bool:
    """Whether a word is a date or an amount."""
    return token.pos_ == "NUM" or token.dep_ in DATED or any(child.dep_ == "nmod:unmarked" for child in token.children)


def verb_above(token: Token) -> Token | None:
    """The verb in whose clause a noun stands."""
    for _ in range(STEPS):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ == "VERB":
            return token
    return None
