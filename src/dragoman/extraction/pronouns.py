"""What the clause of a pronoun tells of it: that it means nothing, whom it asks, whose words they are."""

from __future__ import annotations

from dragoman.language.tokens import Stretch, Token
from dragoman.lexicon import Lexicon

__all__ = ["has_no_subject", "is_asked", "means_nothing"]


def means_nothing(it: Token, lexicon: Lexicon) -> bool:
    """Whether "it" but fills its place: "it is essential", "when it comes to doing X", "we took it that X did Y"."""
    verb = it.head
    if it.dep_ == "expl" or verb.pos_ == "ADJ":
        return True
    if lexicon.is_in("impersonal", verb.lemma_):
        return any(child.lower_ == "when" for child in verb.lefts)
    return it.dep_ == "obj" and any(child.dep_ == "ccomp" for child in verb.rights)


def is_asked(pronoun: Token, lexicon: Lexicon) -> bool:
    """Whether somebody is asked to do something: "urge it to return to the talks"."""
    return pronoun.dep_ in {"obj", "iobj"} and lexicon.is_in("requesting", pronoun.head.lemma_)


def has_no_subject(sentence: Stretch) -> bool:
    """Whether a sentence begins with its verb, as the items of a resolution do."""
    root = sentence.root
    begins = root.tag_ in {"VBG", "VBZ"} and root.i - sentence.start < 2
    return begins and not any(child.dep_.startswith("nsubj") or child.dep_ == "expl" for child in root.children)
