"""What a relative clause tells of, where its antecedent in the parse cannot be meant."""

from __future__ import annotations

from dragoman.extraction.mentions import Kind
from dragoman.extraction.reference import Filler, Reference, Way
from dragoman.extraction.syntax import governors
from dragoman.language.tokens import Token
from dragoman.lexicon import Frame

__all__ = ["STRUNG", "Relatives"]

STRUNG = Way(0.9, "is found by the order of the words alone")
ABOVE = 3
"""Nouns above an antecedent that are looked at."""


class Relatives:
    """Looks around the antecedents of the relative clauses of one passage."""

    def __init__(self, reference: Reference) -> None:
        self.reference, self.doc, self.index = reference, reference.doc, reference.index
        self.syntax, self.ontology = reference.syntax, reference.ontology

    def meant(
        self, token: Token, antecedent: Token, fillers: list[Filler], frame: Frame, *, subject: bool
    ) -> list[Filler]:
        """What the clause of `token` tells of: what `fillers` hold, unless none of them may stand there.

        Then it is the name right before "which", else what the antecedent stands beside.
        """
        if any(self._suits(frame, filler, subject=subject) for filler in fillers):
            return fillers
        clause = next((t for t in (token, *token.ancestors) if t.dep_ == "acl:relcl"), None)
        if clause is None or clause.head != antecedent:
            return fillers
        pronoun = self.syntax.relative_pronoun(clause)
        if pronoun is None:
            return fillers
        end = pronoun.i - (self.doc[pronoun.i - 1].text == ",")
        named = [m for m in self.index.at(end - 1) if m.end == end and m.kind is not Kind.PRONOUN]
        if clause.tag_ == "VBP" and any(self.doc[m.head].tag_ == "NNP" for m in named):
            return fillers  # "sanctions against X, which harm Y"
        near = [filler for m in named[:1] for filler in self.reference.of_mention(m, STRUNG)]
        if any(self._suits(frame, filler, subject=subject) for filler in near):
            return near
        return self._above(antecedent, frame, subject=subject) or near or fillers

    def _above(self, noun: Token, frame: Frame, *, subject: bool) -> list[Filler]:
        """What a noun stands beside, where that can be meant: "the talks in X, the capital, which ended"."""
        below = noun
        for head, _ in zip(governors(noun), range(ABOVE), strict=False):
            if head.pos_ not in {"NOUN", "PROPN"} or below.dep_ == "conj":
                break
            mention = self.reference.denoting(head)
            meant = [] if mention is None else list(self.reference.of_mention(mention, STRUNG))
            if any(self._suits(frame, filler, subject=subject) for filler in meant):
                return meant
            below = head
        return []

    def _suits(self, frame: Frame, filler: Filler, *, subject: bool) -> bool:
        """Whether an entity may stand at that end of what a frame states."""
        cls = self.reference.cls(filler.entity)
        wanted = frame.subject_classes if subject else frame.object_classes
        if wanted and not any(self.ontology.is_a(cls, one) for one in wanted):
            return False
        return self.ontology.admits_end(frame.predicate, cls, subject=subject)
