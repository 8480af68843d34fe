"""Relations of a parse that its readers ask for by kind, and the preposition by which a phrase hangs on its head.

https://universaldependencies.org/u/dep/
"""

from __future__ import annotations

from dragoman.language.tokens import Token

__all__ = ["OBLIQUES", "WITHIN_PHRASE", "behind_preposition", "preposition_of"]

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


def behind_preposition(head: Token, preposition: str) -> list[Token]:
    """X of "held on the basis of X" and "pursuant to X, it was held", where the parse hangs "basis" on `head`.

    :param preposition: its words, joined: "on_the_basis_of".
    """
    found = []
    for noun in (c for c in head.children if c.dep_ in OBLIQUES or c.dep_ == "advmod"):
        for phrase in (c for c in noun.children if c.dep_ in OBLIQUES and c.i > noun.i):
            case = next((child for child in phrase.children if child.dep_ == "case"), None)
            if case is not None and case.i < phrase.i:
                words = head.doc[noun.left_edge.i : case.i + 1]
                if "_".join(word.lower_ for word in words) == preposition:
                    found.append(phrase)
    return found
