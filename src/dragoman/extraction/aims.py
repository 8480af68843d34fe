"""Who is after what a noun names: "X seeks a solution to the war", "X's search for it", "X remains committed to it"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extraction.syntax import OBLIQUES, Syntax, is_passive, preposition_of
from dragoman.language.tokens import Token

__all__ = ["find_aim"]

NOMINAL = frozenset({"NOUN", "PROPN"})
STEPS = 4
"""Words between a noun and who is after it: "committed to efforts to achieve a solution"."""


def find_aim(noun: Token, syntax: Syntax) -> tuple[Token, Sequence[Token]] | None:
    """The word that says that somebody is after what `noun` names, and who; not where it is but needed or asked for."""
    at = noun
    for _ in range(STEPS):
        while at.dep_ == "conj" and at.head.pos_ in NOMINAL:
            at = at.head
        above = at.head
        if above is at or not _is_aim(at, syntax):
            return None
        if _is_gerund(above):
            at = above  # "committed to finding it"
            continue
        if above.pos_ == "VERB" and above.dep_ == "acl" and above.head.pos_ in NOMINAL:
            above = above.head  # "efforts to achieve it"
        if above.pos_ not in NOMINAL:
            devoted = above.pos_ == "ADJ" or is_passive(above)  # "is committed to it"
            found = syntax.grammatical_subjects(above) if devoted else syntax.subjects(above)
            return (above, found) if found else None
        if not syntax.lexicon.is_in("aimNoun", above.lemma_.lower()):
            return None
        if found := syntax.noun_agents(above):
            return above, found
        at = above
    return None


def _is_aim(phrase: Token, syntax: Syntax) -> bool:
    """Whether what stands over a noun or gerund is after it: its object, or what it works for."""
    above = phrase.head
    words = "aimNoun" if above.pos_ in NOMINAL else "aiming"
    if not syntax.lexicon.is_in(words, above.lemma_.lower()):
        return False
    if _is_gerund(phrase):
        return True
    prepositional = phrase.dep_ in OBLIQUES
    if above.pos_ in NOMINAL:
        return prepositional
    return phrase.dep_ == "obj" or (prepositional and bool(preposition_of(phrase) & syntax.lexicon.words["aimed"]))


def _is_gerund(verb: Token) -> bool:
    """Whether a verb is what a preposition is for: "at finding it"."""
    return verb.tag_ == "VBG" and any(child.dep_ == "mark" for child in verb.lefts)
