"""Names to what they are compared by: "Sudanese conflict" in one document means "conflict in Sudan" in another.

Which words tell a thing from others of its kind, and which do not, is read off the lexicon and the names files.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from dragoman.gazetteer import Gazetteer, KnownThing, Match, Word, split_words
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology

__all__ = ["Key", "NameKeys", "acronym_word", "is_acronym"]

OF_ITS_OWN = frozenset({"Meeting", "Statement", "Resolution"})
"""Classes of things that a state has many of: "a meeting in X" of two documents is one only where it has a name."""
KINDS = frozenset({"Person", "Population"})
"""Classes below Actor whose names are never those of another actor."""
AGAINST = "against"
"""The preposition that turns a name round: "war against X" is not "X's war"."""
ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z0-9][A-Za-z0-9&./-]{1,11}")
_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)")
_SPACE = re.compile(r"[\s\u2010-\u2014-]+")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")


Key = tuple[str, ...]
"""A kind of thing, and the words of a name in the form in which names are compared."""


class NameKeys:
    """Names to keys, each name once.

    Known things inside a name count as such, in whatever form, and the order of the other words is set aside. Of
    persons, titles and initials are.
    """

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, ontology: Ontology) -> None:
        self.gazetteer, self.lexicon, self.ontology = gazetteer, lexicon, ontology
        self.common = _common_words(lexicon)
        self.silent = lexicon.words.get("linker", frozenset()) | lexicon.words.get("notName", frozenset())
        self.honorific = lexicon.words.get("honorific", frozenset())
        self.keys: dict[tuple[str, str], Key | None] = {}

    def key(self, name: str, cls: str) -> Key | None:
        """What `name` is compared by, or nothing if it does not tell which thing of class `cls` it means."""
        if (name, cls) not in self.keys:
            self.keys[name, cls] = self._person_key(name) if cls == "Person" else self._key(name, cls)
        return self.keys[name, cls]

    def _person_key(self, name: str) -> Key | None:
        """First and last names, without titles and initials; a single word is a surname, or nearly as poor."""
        tokens = [token for token in _POSSESSIVE.sub("", name).split() if token.lower() not in self.honorific]
        words = [word.key for word in split_words(tokens) if len(word.key) > 1]
        return ("Person", *words) if len(words) > 1 else None

    def _key(self, name: str, cls: str) -> Key | None:
        plain = _POSSESSIVE.sub("", name)
        if sum(map(str.isdigit, plain)) > len("(2015)") - 2:
            plain = _YEAR.sub("", plain)  # "resolution 2254 (2015)" has its number already
        tokens = _SPACE.split(plain.strip())
        words = split_words(tokens)
        whole = self._whole(words)
        if whole and not whole.thing.id:
            return None  # several known things bear the name
        known = self._known_inside(words, cls)
        covered = {token for match in known.values() for token in range(match.start, match.end)}
        if cls in OF_ITS_OWN and not _has_own_name(tokens, covered):
            return None
        parts: list[str] = []
        things: list[str] = []
        telling = bool(known)
        for place, word in enumerate(words):
            starts = not place or words[place - 1].token != word.token
            if word.token in known and starts:
                things.append(known[word.token].thing.id)
            if word.token in covered or not word.key[0].isalnum():
                continue
            if word.key not in self.silent or word.key == AGAINST:
                parts.append(word.key)
                telling = telling or (
                    (word.text[0].isupper() or word.text[0].isdigit()) and not self._is_common(word.key)
                )
        return (self.kind(cls), *sorted(parts), *(f"={id_}" for id_ in things)) if telling and parts else None

    def thing(self, name: str, cls: str) -> KnownThing | None:
        """The known thing of which `name` is a name, if it is of the same kind as `cls`."""
        match = self._whole(split_words(name.split()))
        fits = match and match.thing.id and match.sense == "name" and self.kind(match.thing.cls) == self.kind(cls)
        return match.thing if match and fits else None

    def kind(self, cls: str) -> str:
        """What two things must share to be one: their top class, or their class where that is its own kind."""
        return cls if cls in KINDS else self.ontology.top(cls)

    def _known_inside(self, words: Sequence[Word], cls: str) -> dict[int, Match]:
        """Known things in a name by first token; but not the whole of it, save for the parties of a conflict."""
        if not self._whole(words):
            found = list(self.gazetteer.find(words))
        elif self.kind(cls) == "Conflict":
            found = list(self.gazetteer.find(words[:-1])) or list(self.gazetteer.find(words[1:]))
        else:
            found = []
        return {match.start: match for match in found if match.thing.id and match.sense in {"name", "adjective"}}

    def _whole(self, words: Sequence[Word]) -> Match | None:
        match = next(self.gazetteer.find(words), None)
        return match if match and match.start == 0 and match.end == words[-1].token + 1 else None

    def _is_common(self, word: str) -> bool:
        singular = word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")
        return word in self.common or singular in self.common


def _common_words(lexicon: Lexicon) -> frozenset[str]:
    """The words of head nouns and of the lists that steer the reading, as they are compared."""
    phrases = [*lexicon.heads, *(word for words in lexicon.words.values() for word in words)]
    return frozenset(word.key for phrase in phrases for word in split_words([phrase.replace("_", " ")]))


def _has_own_name(tokens: Sequence[str], covered: Container[int]) -> bool:
    """Whether a meeting, statement or resolution has a number, or a capital outside the known things named in it."""
    return any(
        any(map(str.isdigit, token)) or (token[:1].isupper() and at not in covered) for at, token in enumerate(tokens)
    )


def is_acronym(name: str) -> bool:
    """Whether `name` looks like the initials of a longer one.

    >>> is_acronym("IGAD"), is_acronym("Geneva")
    (True, False)
    """
    return bool(ACRONYM.fullmatch(name))


def acronym_word(name: str) -> str:
    """The word that an acronym is compared by; "" for another name."""
    return "".join(word.key for word in split_words([name])) if is_acronym(name) else ""
