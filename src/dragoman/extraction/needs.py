"""What the lexicon wants, or does not want, to stand beside the word at which a frame fires."""

from __future__ import annotations

from collections.abc import Set

from dragoman.extraction.syntax import conjuncts, preposition_of
from dragoman.language.tokens import Token
from dragoman.lexicon import Frame

__all__ = ["has_needs", "is_or_has"]


def has_needs(frame: Frame, token: Token) -> bool:
    """Whether the words that a frame needs beside its own are there; "inf" is an infinitive or a clause."""
    if "infinitive" in frame.needs:
        return any(c.dep_ in {"xcomp", "advcl"} and c.tag_ == "VB" for c in token.children)
    if "inf" not in frame.needs:
        beside = {child.lower_ for child in token.children}
        if frame.part == "verb":  # "designated pursuant to X"
            beside = beside.union(*map(preposition_of, token.children))
            beside |= {m.lower_ for c in token.rights if c.dep_ == "advcl" for m in c.lefts if m.dep_ == "mark"}
            objects = [o for c in token.rights if c.dep_ == "obj" for o in conjuncts(c)]
            beside |= {c.lower_ for o in objects for c in o.rights if c.dep_ == "amod"}  # "holds X responsible"
        return bool(beside & frame.needs)
    complements = [*token.children, *(g for c in token.children if c.dep_ == "obj" for g in c.children)]
    return any(
        c.dep_ in {"xcomp", "ccomp", "csubj"} or (c.dep_ in {"advcl", "acl"} and c.tag_ == "VB") for c in complements
    )


def is_or_has(child: Token, words: Set[str]) -> bool:
    """Whether a word that hangs on another is one of those, or has one as preposition.

    "inf" is an infinitive, "gerund" what is done in it: "in condemning X".
    """
    if child.dep_ == "xcomp" and "inf" in words:
        return True
    if child.dep_ == "advcl" and child.tag_ == "VBG" and "gerund" in words:
        return any(mark.dep_ == "mark" for mark in child.lefts)
    return child.lower_ in words or not words.isdisjoint(preposition_of(child))
