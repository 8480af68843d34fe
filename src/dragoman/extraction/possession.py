"""Whose a thing is that has no name of its own: "X's war", "its aggression", "X's institutions, including the army"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.extraction.mentions import Mention, MentionIndex
from dragoman.language.tokens import Doc
from dragoman.lexicon import Lexicon

__all__ = ["is_authors", "possessors"]

ORGANIZED = frozenset({"State", "Person", "Population"})
"""Classes of authors whose organization is another than they: that in which they speak."""


def is_authors(noun: str, classes: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether "our" stands before the lemma of what the author speaks for: "our Government", "our Organization".

    :param classes: of those for whom the author speaks.
    """
    if lexicon.is_in("authorSide", noun):
        return True
    return lexicon.is_in("authorOrganization", noun) and ORGANIZED.isdisjoint(classes)


def possessors(
    mention: Mention, doc: Doc, index: MentionIndex, refs: Mapping[Mention, tuple[int, ...]], lexicon: Lexicon
) -> tuple[int, ...]:
    """The owners of a description, by a possessive before it, or those of the whole that it is named as a part of.

    :param refs: the entities of each mention read so far.
    """
    if not mention.start:
        return ()
    before = doc[mention.start - 1]
    articled = before.lower_ == "the" and mention.start > 1
    if lexicon.is_in("announcing", doc[mention.start - 2].lower_ if articled else before.lower_):
        return _owners_of_whole(mention, doc, index, refs)
    if before.tag_ not in {"POS", "PRP$"}:
        return ()
    last = mention.start - (2 if before.tag_ == "POS" else 1)
    owner = next((m for m in index.at(last) if m.end == last + 1), None)
    return refs.get(owner, ()) if owner is not None else ()


def _owners_of_whole(
    mention: Mention, doc: Doc, index: MentionIndex, refs: Mapping[Mention, tuple[int, ...]]
) -> tuple[int, ...]:
    for child in doc[mention.head].head.children:
        if child.dep_ in {"amod", "nmod:poss", "compound", "nmod"} and child.i < mention.head:
            owner = index.headed_by(child.i)
            if owner is not None and owner.cls == "State":
                return refs.get(owner, ())
    return ()
