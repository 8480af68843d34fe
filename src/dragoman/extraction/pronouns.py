"""What the clause of a pronoun tells of it: that it means nothing, whom it asks, whose words they are."""

from __future__ import annotations

from dragoman.language.tokens import Stretch, Token
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology

__all__ = ["acts", "has_no_subject", "is_asked", "is_of_things", "means_nothing"]


def means_nothing(it: Token, lexicon: Lexicon) -> bool:
    """Whether "it" but fills its place: "it is essential", "when it comes to doing X", "we took it that X did Y"."""
    verb = it.head
    if it.dep_ == "expl" or verb.pos_ == "ADJ":
        return True
    if lexicon.is_in("impersonal", verb.lemma_):
        return any(child.lower_ == "when" for child in verb.lefts)
    return it.dep_ == "obj" and any(child.dep_ == "ccomp" for child in verb.rights)


def is_of_things(pronoun: Token, lexicon: Lexicon) -> bool:
    """Whether a clause says of its subject what is said of things rather than of people: "they violate the Charter"."""
    finite = pronoun.head.tag_ in {"VBP", "VBZ"} and pronoun.dep_ == "nsubj"
    return finite and lexicon.is_in("lasting", pronoun.head.lemma_)


def acts(noun: Token, lexicon: Lexicon, ontology: Ontology) -> bool:
    """Whether a noun is of those who act, as "a nation" is and "its conduct" is not."""
    lemma = noun.lemma_.lower()
    head = lexicon.heads.get(lemma) or lexicon.heads.get(noun.lower_)
    if head is not None and ontology.top(head.cls) in {"Actor", "Post"}:
        return True
    return any(lexicon.is_in(words, lemma) for words in ("authorSide", "groupNoun", "officeHolder", "doerNoun"))


def is_asked(pronoun: Token, lexicon: Lexicon) -> bool:
    """Whether somebody is asked to do something: "urge it to return to the talks"."""
    return pronoun.dep_ in {"obj", "iobj"} and lexicon.is_in("requesting", pronoun.head.lemma_)


def has_no_subject(sentence: Stretch) -> bool:
    """Whether a sentence begins with its verb, as the items of a resolution do."""
    root = sentence.root
    begins = root.tag_ in {"VBG", "VBZ"} and root.i - sentence.start < 2
    return begins and not any(child.dep_.startswith("nsubj") or child.dep_ == "expl" for child in root.children)
