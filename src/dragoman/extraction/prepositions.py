"""What stands behind a preposition of a word: "talks with X", "thanks to X", "held on the basis of X".

The parse hangs such a phrase on the word itself, on one beside it, or on the verb that carries it; where it gives
nothing, the name that follows the preposition is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extraction.mentions import Kind, Mention
from dragoman.extraction.reference import Filler, Reference, Scope
from dragoman.extraction.relations import behind_preposition
from dragoman.extraction.relatives import STRUNG
from dragoman.extraction.syntax import OBLIQUES, SUBJECTS, conjuncts, preposition_of
from dragoman.language.tokens import Token

__all__ = ["REACH", "Prepositions"]

REACH = 7
"""Words after a name within which a preposition's name must begin, where the parse gives nothing."""
OWN = frozenset({"nmod:poss", "det"})
"""Relations of the words with which another phrase begins."""
RECEIVING = frozenset({"to"})
"""Prepositions of those to whom something is given or said."""
VERBAL = frozenset({"VERB", "AUX"})
CLAUSAL = VERBAL | {"PUNCT", "SCONJ"}
"""Parts of speech that end a phrase; "the crimes he committed in X" is one all the same."""


class Prepositions:
    """Finds the phrases of prepositions in one passage."""

    def __init__(self, reference: Reference) -> None:
        self.reference, self.doc, self.index = reference, reference.doc, reference.index
        self.syntax, self.lexicon = reference.syntax, reference.lexicon

    def fill(self, token: Token, word: str, scope: Scope) -> list[Filler]:
        """The entities that stand behind the preposition `word` of a token."""
        said = token.sent.words
        if word not in said and "_" not in word and "where" not in said:  # "X, where it met Y"
            return []
        fillers = [meant for phrase in self.after(token, word) for meant in self.reference.of_phrase(phrase, scope)]
        nominal = token.pos_ in {"NOUN", "PROPN"}
        return fillers or (self._inside_or_after(self.reference.named_by(token), token, word) if nominal else [])

    def after(self, token: Token, word: str) -> list[Token]:
        """Phrases with that preposition: the word's own, else those hung on a word beside it."""
        for bearer in self._bearers(token):
            shared = token.dep_ == "conj" and bearer is token.head and bearer.pos_ == "NOUN"
            after = bearer.i if bearer.i < token.i and not shared else token.i
            phrases = [c for c in bearer.children if c.i > after and self._has_preposition(c, word)]
            clauses = (c for c in bearer.children if c.dep_ == "acl" and c.lower_ == word)  # "sanctions targeting X"
            phrases = phrases or [phrase for clause in clauses for phrase in self.syntax.objects(clause)]
            phrases = phrases or (behind_preposition(bearer, word) if "_" in word else [])
            if phrases:
                return phrases
        for clause in (c for c in token.rights if c.tag_ == "VB" and any(m.lower_ == word for m in c.lefts)):
            return [child for child in clause.lefts if child.dep_ in SUBJECTS]  # "calls for X to leave"
        if token.pos_ in {"VERB", "ADJ"}:  # a phrase put before its verb: "In X, it met Y"
            before = [c for c in token.children if self._has_preposition(c, word)]
            where = token.dep_ == "acl:relcl" and self.lexicon.is_in("meantByWhere", word)
            if not before and where and any(child.lower_ == "where" for child in token.children):
                return [token.head]  # "X, where it met Y"
            return before
        paired = token.dep_ in SUBJECTS and self.lexicon.is_in("pairingPreposition", word)
        if paired:  # "fighting broke out between X and Y"
            return [c for c in token.head.rights if self._has_preposition(c, word)]
        carrier = self._carrier(token)  # "To X, I express my thanks"
        return [] if carrier is None else [c for c in carrier.children if self._has_preposition(c, word)]

    def _carrier(self, noun: Token) -> Token | None:
        """The verb that carries a noun; not that of "in the spirit of their conference, X agreed with Y"."""
        carrier = self.syntax.carrier(noun)
        if carrier is None or any(c.dep_ == "obl" and (c is noun or c.is_ancestor(noun)) for c in carrier.lefts):
            return None
        return carrier

    def _has_preposition(self, phrase: Token, word: str) -> bool:
        """Whether a phrase has that preposition; "on behalf of X" is one preposition, and nothing is on behalf."""
        if phrase.dep_ not in OBLIQUES or word not in preposition_of(phrase):
            return False
        return not (self.lexicon.is_in("compoundStart", word) and self.lexicon.is_in("prepositionNoun", phrase.lemma_))

    def _bearers(self, token: Token) -> Iterator[Token]:
        yield token
        if token.pos_ in {"VERB", "AUX"}:  # "provide assistance to X", its phrase hung on the noun
            carried = [child for child in token.children if child.dep_ in {"obj", "nsubj:pass", "xcomp"}]
            yield from carried
            yield from (last for child in carried for last in self.reference.words_behind(child))
            measured = (c for child in carried for c in child.children if c.dep_ == "nmod")
            yield from (c for c in measured if "in" in preposition_of(c))  # "provide ten million in aid to X"
            return
        if (carrier := self._carrier(token)) is not None:
            yield carrier
        if token.dep_ == "conj" and token.head.pos_ == "NOUN":
            yield token.head
        # "support and solidarity with X": the phrase hangs on the last of the nouns
        conjoined = (child for child in token.children if child.dep_ == "conj" and child.pos_ == "NOUN")
        conjoined = (noun for noun in conjoined if not any(c.dep_ in OWN for c in noun.lefts))
        own = next(
            (c.i for c in token.rights if c.dep_ in OBLIQUES), token.sent.end
        )  # "the war against X and the rest of Y"
        yield from (child for child in conjoined if child.i - token.i < REACH and child.i < own)
        # "the partnership established between X and Y"
        yield from (child for child in token.children if child.dep_ == "acl" and child.tag_ in {"VBN", "VBD"})
        owned: Token | None = token
        while owned is not None:  # "the cooperation of the Government of X with Y"
            owned = next((c for c in owned.rights if c.dep_ == "nmod" and "of" in preposition_of(c)), None)
            if owned is not None:
                yield owned

    def _inside_or_after(self, own: Mention | None, token: Token, word: str) -> list[Filler]:
        """A name that follows the preposition inside the noun's own name, or right after it."""
        end = token.sent.end
        limit = min(end, own.end + 1 if own is not None and own.end > token.i + 1 else token.i + REACH)
        at = end
        for here in range(token.i + 1, limit):
            if self.doc[here].lower_ == word:
                at = end if self._completes_adjective(here, token) else here
                break
            pos = self.doc[here].pos_
            if own is not None and here >= own.end and pos == "CCONJ":
                break
            if word == "of" and pos == "ADP" and (own is None or here >= own.end):
                break
            if pos in CLAUSAL and (own is None or (here >= own.end and not self._tells(self.doc[here], token, word))):
                break
        if at < end and own is None and word in RECEIVING and self._is_of_other(self.doc[at], token):
            return []
        for here in range(at + 1, min(at + REACH, end)):
            starting = [m for m in self.index.at(here) if m.start == here and m is not own]
            named = next((m for m in starting if m.kind is not Kind.PRONOUN), None)
            if named is not None and word == "of" and self._is_of_inner(named, token, own):
                return []
            if named is not None:
                members = self._coordinated_names(named)
                return [filler for member in members for filler in self.reference.of_mention(member, STRUNG)]
            if self._ends_phrase(self.doc[here], own):
                return []
        return []

    def _completes_adjective(self, preposition: int, noun: Token) -> bool:
        """Whether a preposition goes with an adjective behind a noun: "make the Council representative of X"."""
        bearer = self.doc[preposition].head.head
        return bearer.pos_ == "ADJ" and noun.i < bearer.i < preposition

    def _tells(self, verb: Token, noun: Token, word: str) -> bool:
        """Whether a verb tells what was done: "the crimes he committed in X", "a treaty was signed between X and Y"."""
        clause = verb.head if verb.dep_.startswith("aux") else verb
        told = clause.dep_.startswith("acl")
        told = told or (word != "by" and noun.dep_ == "nsubj:pass" and noun.head is clause)
        return verb.pos_ in VERBAL and word != "of" and told

    def _ends_phrase(self, word: Token, own: Mention | None) -> bool:
        """Whether a name after a word is not behind what stands before: X of "its resistance to occupation in X"."""
        if word.pos_ == "ADP" and not self.lexicon.is_in("owningPreposition", word.lower_):
            return own is None or word.i >= own.end
        return word.pos_ in {"VERB", "AUX", "PRON", "PUNCT"}

    def _is_of_other(self, preposition: Token, noun: Token) -> bool:
        """Whether a preposition goes with another noun, behind one of its own: "my thanks for your visit to X"."""
        bearer = preposition.head.head
        behind = bearer.pos_ == "NOUN" and noun.i < bearer.i < preposition.i
        return behind and bearer.head is noun and any(child.dep_ == "case" for child in bearer.lefts)

    def _is_of_inner(self, named: Mention, noun: Token, own: Mention | None) -> bool:
        """Whether a name hangs on another noun within a noun's own name: X of "solutions to the question of X"."""
        above = self.doc[named.head].head
        if own is None or above.pos_ != "NOUN" or not noun.i < above.i < named.start < own.end:
            return False
        return above.dep_ == "conj" or any(child.dep_ == "case" and child.i > noun.i for child in above.lefts)

    def _coordinated_names(self, mention: Mention) -> list[Mention]:
        others = (self.index.headed_by(token.i) for token in conjuncts(self.doc[mention.head]))
        return list(dict.fromkeys([mention, *(other for other in others if other is not None)]))
