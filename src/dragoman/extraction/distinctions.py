"""What tells one thing from another that the same noun describes: "the ninth special session", "talks between X and Y".

Where the words about a noun tell which one is meant, a bare description is not simply the last thing of its kind.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from dragoman.extraction.drafts import Draft
from dragoman.extraction.mentions import CONFLICTS, Kind, Mention, MentionIndex
from dragoman.extraction.syntax import OBLIQUES, preposition_of
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import Lexicon

__all__ = ["find_kinds", "has_kind", "has_sides", "is_called_so", "is_told_after", "names_telling", "nouns_telling"]

TOLD_BY_KIND = CONFLICTS | {"Meeting", "Plan", "Process", "Programme"}
"""Classes of things that a number or a kind of adjective tells apart: "the ninth special session"."""

TOLD_AFTER = frozenset(
    {
        *("Agreement", "ArmedGroup", "Coalition", "Crisis", "Dispute", "GovernmentBody", "Meeting", "Plan"),
        "Population",
    }
)
"""Classes of things that are told by what follows the noun."""


def has_kind(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether words before a noun say of what kind it is: "the developing countries", not "the two countries"."""
    kinds = (word for word in words if word.dep_ in {"amod", "compound"})
    return any(word.lower_ not in lexicon.words["pairWord"] | lexicon.words["warmAdjective"] for word in kinds)


def has_sides(mention: Mention, doc: Doc, index: MentionIndex) -> bool:
    """Whether it is told after a noun, or after its verb, between whom it is: "the talks were held between X and Y"."""
    if mention.end < len(doc) and doc[mention.end].lower_ == "between":
        return True
    token = doc[mention.head]
    held = [c for c in token.rights if c.dep_ == "acl" and c.tag_ == "VBN"]
    held += [token.head] if token.dep_.startswith("nsubj") else []
    phrases = (c for verb in held for c in verb.rights if c.dep_ in OBLIQUES)
    return any("between" in preposition_of(phrase) and phrase.i in index for phrase in phrases)


def find_kinds(mention: Mention, doc: Doc, lexicon: Lexicon) -> set[str]:
    """Numbers and adjectives that tell which one is meant: "the ninth special session", "the economic crisis"."""
    if mention.cls not in TOLD_BY_KIND:
        return set()
    words = doc[mention.start : mention.head]
    return {w.lower_ for w in words if (w.like_num and w.tag_ == "JJ") or lexicon.is_in("kindAdjective", w.lower_)}


def names_telling(mention: Mention, doc: Doc, index: MentionIndex) -> set[str]:
    """The names by which a participle tells which thing is meant: "the agreement reached between X and Y"."""
    head = doc[mention.head]
    told = next((c for c in head.rights if c.dep_ == "acl" and c.tag_ == "VBN" and c.i == mention.end), None)
    if told is None or not head.is_lower:
        return set()
    return {child.lower_ for child in told.rights if child.dep_ == "obl" and child.i in index}


def nouns_telling(noun: Token, index: MentionIndex, lexicon: Lexicon) -> set[str]:
    """The noun or verb by which it is told what a thing is about: "the crisis of trust", "the problem of refugees".

    A day, a name, or what is itself taken up, as "the country" is, tells nothing.
    """
    after = (c for c in noun.rights if c.dep_ in {"nmod", "acl"} and c.left_edge.i == noun.i + 1)
    about = (c for c in after if any(lexicon.is_in("aboutPreposition", word.lower_) for word in c.lefts))
    telling = (c for c in about if c.i not in index or not _is_definite(c, lexicon))
    telling = (c for c in telling if all(m.kind is Kind.DESCRIPTION for m in index.at(c.i)))
    return {c.lower_ for c in telling if c.tag_ in {"NN", "NNS", "VBG"}}


def _is_definite(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is one that is known: "the country", "X's bank"."""
    return any(c.dep_ == "nmod:poss" or lexicon.is_in("owningDeterminer", c.lower_) for c in noun.lefts)


def is_told_after(mention: Mention, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether what follows a noun tells which one is meant: "the initiative taken by X", "the militias that fight X".

    "This initiative, taken by X" is the last one all the same. Source: R. Vieira and M. Poesio, An Empirically Based
    System for Processing Definite Descriptions, Computational Linguistics 26 (2000).
    """
    noun, before = doc[mention.head], doc[mention.start - 1] if mention.start else None
    if mention.cls not in TOLD_AFTER or not noun.is_lower or (mention.end < len(doc) and doc[mention.end].is_punct):
        return False
    if before is not None and (before.tag_ in {"PRP$", "POS"} or lexicon.is_in("demonstrative", before.lower_)):
        return False
    after = (child for child in noun.rights if child.left_edge.i == mention.end)
    return any(c.dep_ in {"acl", "acl:relcl"} or (c.dep_ in OBLIQUES and "by" in preposition_of(c)) for c in after)


def is_called_so(draft: Draft, marks: Set[str], noun: str) -> bool:
    """Whether a name of `draft` has no more before that noun than the marks: "permanent members of the Council"."""
    names = (name.lower().split() for name in draft.names)
    before = (words[: words.index(noun)] for words in names if noun in words)
    return any(marks >= set(words) for words in before)
