"""What a clause does with what it states: asks for it, denies it, reports it, or tells it as a thing that may be."""

from __future__ import annotations

from dragoman.extraction.syntax import SUBJECTS, preposition_of
from dragoman.language.tokens import Token
from dragoman.lexicon import Lexicon

__all__ = [
    "asks_nothing",
    "find_recommending",
    "is_denied",
    "is_judged",
    "is_mere_report",
    "is_own",
    "is_said_to_be",
    "is_voice",
]

JUDGING = frozenset({"callsOn", "criticizes", "sanctions", "threatens"})
"""Properties of what is done to states, not to cities."""


def is_judged(token: Token, lexicon: Lexicon) -> bool:
    """Whether somebody is asked or blamed by a verb, as states are and cities are not: "called on Pyongyang"."""
    frames = lexicon.frames_of("verb", token.head.lemma_) if token.head.pos_ == "VERB" else ()
    judging = [frame for frame in frames if frame.predicate in JUDGING]
    if token.dep_ == "obl":
        return any(not preposition_of(token).isdisjoint(frame.object) for frame in judging)
    return bool(judging) and token.dep_ in {"obj", "iobj"}


def is_voice(noun: Token) -> bool:
    """Whether a noun tells what somebody is: "X is a voice in support of Y", not "a candidate for the chair"."""
    return "for" not in preposition_of(noun) and any(child.dep_ == "cop" for child in noun.head.children)


def is_said_to_be(predicate: Token, subject: Token, lexicon: Lexicon) -> bool:
    """Whether a pronoun is told to be something, as things are: "they must be among the bridges"."""
    told = subject.pos_ == "PRON" and not lexicon.is_in("humanPronoun", subject.lower_)
    return told and any(child.dep_ == "cop" for child in predicate.children)


def asks_nothing(modal: Token, lexicon: Lexicon) -> bool:
    """Whether a modal tells but how things are, or may be: "as it should be"; or what is not agreed to be asked."""
    verb = modal.head
    if verb.dep_ == "ccomp" and is_denied(verb.head, lexicon):
        return True  # "we cannot accept that X should do it"
    if verb.dep_ in {"csubj", "ccomp", "acl"} and lexicon.is_in("judging", verb.head.lemma_):
        return True  # "it is strange that X should do it"
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.lefts):
        return True  # "X must have done it"
    as_is = any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.lefts)
    return as_is or any(c.dep_ in SUBJECTS and c.i > modal.i for c in verb.lefts)  # "should X wish to do it"


def find_recommending(verb: Token, lexicon: Lexicon) -> Token | None:
    """The verb of "X recommended that it be done", by what is to be done."""
    above = verb.head
    asked = verb.dep_ == "ccomp" and verb.i > above.i and above.pos_ == "VERB"
    return above if asked and lexicon.is_in("requesting", above.lemma_) else None


def is_denied(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a clause says that something is not done."""
    return any(lexicon.is_in("negating", child.lower_) for child in verb.children)


def is_mere_report(passive: Token, lexicon: Lexicon) -> bool:
    """Whether a passive tells what others do: "X is often praised"; or no deed: "X is condemned to do it"."""
    often = (c.dep_ == "advmod" and lexicon.is_in("frequency", c.lower_) for c in passive.children)
    return any(often) or any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in passive.children)


def is_own(verb: Token, noun: Token, predicate: str, lexicon: Lexicon) -> bool:
    """Whether what is done is done to oneself, "defend itself", is to end one's own war, or says one's stand again."""
    if lexicon.is_in("reflexive", noun.lower_):
        return True
    owned = [child for child in noun.children if child.tag_ == "PRP$"]
    if lexicon.is_in("restating", verb.lemma_) and (owned or lexicon.is_in("stanceNoun", noun.lemma_)):
        return True  # "reiterated U.S. support"
    ends = predicate == "addresses" and lexicon.is_in("ending", verb.lemma_)
    return ends and any(child.dep_ == "nmod:poss" for child in owned)
