"""Names of people to what they are compared by: without titles, in one spelling, surname last.

"Mr. Sergey LAVROV", "Lavrov, Sergei" and "Foreign Minister Sergey V. Lavrov" share a key; "George W. Bush" and
"George H. W. Bush" do not, and "George Bush" is either of them where only one is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.gazetteer import fold
from dragoman.lexicon import Lexicon
from dragoman.slugs import to_ascii
from dragoman.spelling import Spelling

__all__ = ["NO_FORMS", "Forms", "Key", "PersonKeys"]

Key = tuple[str, ...]
"""A kind of thing, and the words of a name in the form in which names are compared."""

PERSON = "Person"
POST = "Post"
SHORTEST_SURNAME = 3
"""Letters of a word from which on its capitals mark it as the surname ("Xi JINPING" does, "Ban KI" may not)."""
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,3}(?<!-)")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_SIGNS = re.compile(r"['\u2019\u2018\u02bc`\u00b4.]")
_BREAKS = re.compile(r"[\s\u2010-\u2014_-]+")


class Forms(NamedTuple):
    """How a name is compared: `full` joins all that share it; `seeks` joins it to the one thing that `bears` it.

    "J. F. Alder" seeks who bears these initials, and "John Francis Alder" bears them: one of many that do, perhaps.
    """

    full: Key | None = None
    seeks: tuple[Key, ...] = ()
    bears: tuple[Key, ...] = ()


NO_FORMS = Forms()


class PersonKeys:
    """Names of people to their forms."""

    def __init__(self, lexicon: Lexicon, spelling: Spelling) -> None:
        self.lexicon, self.spelling = lexicon, spelling
        self.honorific = lexicon.words.get("honorific", frozenset())

    def forms(self, name: str) -> Forms:
        """What `name` is compared by; nothing for a surname, or a surname with one initial, which many share."""
        tokens = self._name_tokens(name)
        words, initials = self._split(tokens)
        if len(words) == 1 and len(initials) > 1 and _INITIALS.fullmatch(tokens[0]):
            abbreviated = _key(*(f"{letter}." for letter in initials), words[0])
            return Forms(full=abbreviated, seeks=(abbreviated,))
        if len(words) < 2:
            return NO_FORMS
        whole, turned = _key(*words), _key("<", *words)
        first, *middle, last = words
        if initials:
            told = _key(first, *(f"{letter}." for letter in initials), last)
            return Forms(full=(*whole, initials), seeks=(told,), bears=(whole, turned))
        seeks, bears = [whole], [turned]
        if middle:
            given = [f"{word[0]}." for word in middle]
            bears += [_key(first, *given, last), _key(f"{first[0]}.", *given, last)]
        if count := _capitals_first(tokens):
            seeks.append(_key("<", *self._split([*tokens[count:], *tokens[:count]])[0]))
        return Forms(whole, tuple(seeks), tuple(bears))

    def words(self, name: str) -> tuple[str, ...]:
        """The words of `name` in one spelling, without titles and initials; the surname last."""
        return tuple(self._split(self._name_tokens(name))[0])

    def may_be(self, short: str, name: str) -> bool:
        """Whether a surname, alone or after initials, may stand for `name`, which ends in that surname."""
        initials, words = self._split(self._name_tokens(short))[1], self.words(name)
        return not initials or words[0].startswith(initials[0])

    def _name_tokens(self, name: str) -> list[str]:
        """The tokens of a name without titles, the surname last where a comma says which it is."""
        tokens = _POSSESSIVE.sub("", name).split()
        comma = next((at + 1 for at, token in enumerate(tokens) if token.endswith(",")), 0)
        tokens = [token.strip(",;") for token in tokens]
        later = tokens[comma:] if comma else []
        if later and not all(fold(_SIGNS.sub("", token)) in self.spelling.generations for token in later):
            tokens = [*later, *tokens[:comma]]
        return self._without_titles(tokens)

    def _split(self, tokens: Sequence[str]) -> tuple[list[str], str]:
        """Words in one spelling, and the initials among them."""
        given = tokens[:-1]
        initials = "".join(_letters(token) for token in given if _INITIALS.fullmatch(token)).lower()
        rest = [*(token for token in given if not _INITIALS.fullmatch(token)), *tokens[-1:]]
        parts = (part for token in rest for part in _BREAKS.split(_SIGNS.sub("", token)))
        folded = self.spelling.respell_name(" ".join(to_ascii(fold(part)) for part in parts if part))
        words = [self._respell(word) for word in folded.split()]
        if len(words) > 2:
            inner = [word for word in words[1:-1] if not self.spelling.is_patronymic(word)]
            words = [words[0], *inner, words[-1]]
        return words, initials

    def _respell(self, word: str) -> str:
        return word if word in self.spelling.generations else self.spelling.respell(word)

    def _without_titles(self, tokens: Sequence[str]) -> list[str]:
        """Tokens after the last title or post, as long as a name is left."""
        kept = [token for token in tokens if token.lower() not in self.honorific]
        for at in range(len(kept) - 3, -1, -1):
            word = kept[at].lower().replace("\u2011", "-")
            if any(self.lexicon.heads[phrase].cls == POST for phrase, _ in self._heads(word)):
                return kept[at + 1 :]
        return kept

    def _heads(self, word: str) -> Sequence[tuple[str, tuple[str, ...]]]:
        return self.lexicon.heads_ending_in(word.rsplit("-", 1)[-1])


def _capitals_first(tokens: Sequence[str]) -> int:
    """How many tokens in capitals, as UN documents write surnames, stand before others: "LAVROV Sergey"."""
    count = next((at for at, token in enumerate(tokens) if not token.isupper()), 0)
    return count if any(len(token) >= SHORTEST_SURNAME for token in tokens[:count]) else 0


def _key(*words: str) -> Key:
    """Words run together, so that "Jong-un", "Jong Un" and "Jongun" are the same."""
    return (PERSON, "".join(words))


def _letters(initials: str) -> str:
    return "".join(filter(str.isalpha, initials))
