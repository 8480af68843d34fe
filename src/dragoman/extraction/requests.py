"""Whom a request asks to do something, wherever the parse hangs them: "calls on X", "tasks X with it"."""

from __future__ import annotations

from collections.abc import Set

from dragoman.extraction.relations import OBLIQUES, WITHIN_PHRASE, preposition_of
from dragoman.language.tokens import Token
from dragoman.lexicon import Lexicon

__all__ = ["asked_together", "called_too", "called_upon", "is_task"]


def called_upon(head: Token, verb: Token, lexicon: Lexicon) -> list[Token]:
    """X of "call on X to do Y", "appeal to X to ..."; `head` is the word of the request, `verb` what is asked for."""
    called = lexicon.words["calledPreposition"]
    requests = [head, *(c for c in head.children if c.dep_ == "obj")]
    for noun in requests:  # "make an appeal to X to do Y"
        if noun.pos_ == "NOUN" and lexicon.is_in("requestNoun", noun.lemma_):
            phrases = [*noun.children, *(noun.head.children if noun is not head else ())]
            asked = [c for c in phrases if c.dep_ in OBLIQUES and c.i < verb.i and preposition_of(c) & called]
            if asked:
                return asked[:1]
    if not lexicon.is_in("requesting", head.lemma_):
        return []
    return [c for c in head.children if c.dep_ == "obl" and c.i < verb.i and preposition_of(c) & called]


def called_too(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Y of "call on X to do it, and on Y to do that", which the parser coordinates with some noun between."""
    to = next((c for c in verb.lefts if c.lower_ == "to"), None)
    if to is None or to.i == 0:
        return []
    called = lexicon.words["calledPreposition"]
    phrase = to.nbor(-1)
    while phrase.dep_ in WITHIN_PHRASE and phrase.head.i < to.i and not _is_asked_too(phrase, called):
        phrase = phrase.head
    return [phrase] if _is_asked_too(phrase, called) and phrase.i < to.i else []


def asked_together(noun: Token, lexicon: Lexicon) -> list[Token]:
    """X of "requests X, in cooperation with Y, to do it": who is to do together with others what is asked for."""
    asking = noun.head
    if noun.dep_ != "obl" or "in" not in preposition_of(noun) or not lexicon.is_in("requesting", asking.lemma_):
        return []
    deeds = [c for c in asking.rights if c.dep_ in {"advcl", "xcomp"} and c.tag_ == "VB" and c.i > noun.i]
    asked = [c for c in asking.rights if c.dep_ in {"obj", "iobj"} and c.i < noun.i]
    return (asked or called_upon(asking, noun, lexicon)) if deeds else []


def is_task(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a participle is what somebody is charged with: "doing" of "tasks X with doing it"."""
    marked = any(child.lower_ == "with" for child in verb.lefts if child.dep_ in {"mark", "case"})
    return marked and verb.dep_ == "advcl" and verb.tag_ == "VBG" and lexicon.is_in("tasking", verb.head.lemma_)


def _is_asked_too(noun: Token, called: Set[str]) -> bool:
    """Whether "and on" or "and for" stands before a noun."""
    cases = [c.lower_ for c in noun.lefts if c.dep_ in {"case", "cc"}]
    return "and" in cases and not called.isdisjoint(cases)
