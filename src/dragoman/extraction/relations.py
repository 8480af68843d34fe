"""Relations of a parse that its readers ask for by kind, and the preposition by which a phrase hangs on its head.

https://universaldependencies.org/u/dep/
"""

from __future__ import annotations

from dragoman.language.tokens import Token

__all__ = ["OBLIQUES", "WITHIN_PHRASE", "preposition_of"]

OBLIQUES = frozenset({"obl", "nmod", "obl:agent", "obl:arg", "nmod:desc"})
WITHIN_PHRASE = frozenset(
    {"nmod", "flat", "compound", "appos", "punct", "nmod:desc", "conj", "nummod", "nmod:unmarked"}
)


def preposition_of(token: Token) -> set[str]:
    """The preposition before a phrase, in each form that a frame may name it: "together_with" and "with"."""
    cases = [child for child in token.children if child.dep_ == "case" and child.i < token.i]
    if not cases:
        return set()
    words = []
    for case in cases:
        words.extend([case.lower_, *(child.lower_ for child in case.children if child.dep_ == "fixed")])
    return {"_".join(words), words[-1], words[0]}
