"""The look-ups of one text's syntax, each worked out once for a word, however many frames ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extraction.syntax import Syntax
from dragoman.language.tokens import Token
from dragoman.lexicon import Lexicon

__all__ = ["RememberingSyntax"]


class RememberingSyntax(Syntax):
    """A syntax that keeps what it told of a word, and the word's text with it: one is made for each text."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._subjects: dict[Token, Sequence[Token]] = {}
        self._agents: dict[Token, Sequence[Token]] = {}
        self._carriers: dict[Token, Token | None] = {}

    def subjects(self, verb: Token, depth: int = 0) -> Sequence[Token]:
        """Who does it: heads of the phrases, without their coordination."""
        if depth:
            return super().subjects(verb, depth)
        if verb not in self._subjects:
            self._subjects[verb] = super().subjects(verb)
        return self._subjects[verb]

    def noun_agents(self, noun: Token, depth: int = 0) -> Sequence[Token]:
        """Who does what a noun names."""
        if depth:
            return super().noun_agents(noun, depth)
        if noun not in self._agents:
            self._agents[noun] = super().noun_agents(noun)
        return self._agents[noun]

    def carrier(self, noun: Token) -> Token | None:
        """The light verb that carries a noun, or the verb it is an adjunct of."""
        if noun not in self._carriers:
            self._carriers[noun] = super().carrier(noun)
        return self._carriers[noun]
