"""Infinitives and participles that the parser hangs on a verb, though they complete a noun after it."""

from __future__ import annotations

from dragoman.language.tokens import Token
from dragoman.lexicon import Lexicon

__all__ = ["noun_of_infinitive"]

SPEAKING = ("requesting", "sayingVerb")
"""Words that an author says of himself, whatever noun stands before."""


def noun_of_infinitive(verb: Token, lexicon: Lexicon) -> Token | None:
    """The noun that an infinitive completes though it hangs on the verb: "deplores the refusal of X to do it".

    So do participles that go on with what somebody undertakes: "X's commitment to peace, respecting Y".
    """
    words = {"VB": ("effortNoun", "failing", "planNoun"), "VBG": ("dutyNoun",)}.get(verb.tag_, ())
    lemma = verb.lemma_.lower()
    if verb.dep_ != "advcl" or (verb.tag_ == "VBG" and any(lexicon.is_in(w, lemma) for w in SPEAKING)):
        return None
    for token in reversed(verb.doc[verb.head.i + 1 : verb.i]):
        if token.pos_ == "NOUN" and any(lexicon.is_in(word, token.lemma_.lower()) for word in words):
            return token
    return None
