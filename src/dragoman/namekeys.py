"""Names to what they are compared by: "Sudanese conflict" in one document means "conflict in Sudan" in another.

Which words tell a thing from others of its kind, and which do not, is read off the lexicon and the names files.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from dragoman.gazetteer import Gazetteer, KnownThing, Match, Word, split_words
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.personkeys import NO_FORMS, Forms, Key, PersonKeys
from dragoman.slugs import to_ascii
from dragoman.spelling import load_spelling

__all__ = ["Compared", "Forms", "Key", "NameKeys", "acronym_word", "initials_of", "is_acronym"]

OF_ITS_OWN = frozenset({"Meeting", "Statement", "Resolution"})
"""Classes of things that a state has many of: "a meeting in X" of two documents is one only where it has a name."""
KINDS = frozenset({"Person", "Population"})
"""Classes below Actor whose names are never those of another actor."""
AGAINST = "against"
"""The preposition that turns a name round: "war against X" is not "X's war"."""
TENS = range(20, 100, 10)
"""Numbers whose word another may follow."""
ACRONYM = re.compile(r"(?=.{2,12}\Z)(?=(?:.*[A-Z]){2})[A-Z0-9][A-Za-z0-9&./-]+")
NUMBERED = len(("resolution", "2254"))
"""Words of a title that has no organ."""
_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)")
_SPACE = re.compile(r"[\s\u2010-\u2014-]+")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")
_ROMAN = re.compile(r"[ivx]+")


class Compared(NamedTuple):
    """What the names of one thing, taken for one of class `cls`, are compared by.

    `thing` is the id of the known thing whose names they are, "" where there is none, and `None` where nobody asked.
    """

    names: tuple[str, ...]
    cls: str
    forms: tuple[Forms, ...]
    thing: str | None = None


class NameKeys:
    """Names to forms, each name once.

    Known things inside a name count as such, in whatever form, and the order of the other words is set aside. Of
    persons, titles and initials are.

    :param kept: what an earlier build found out with the same knowledge.
    """

    def __init__(
        self, gazetteer: Gazetteer, lexicon: Lexicon, ontology: Ontology, *, kept: Iterable[Compared] = ()
    ) -> None:
        self.gazetteer, self.lexicon, self.ontology = gazetteer, lexicon, ontology
        self.spelling = load_spelling()
        self.persons = PersonKeys(lexicon, self.spelling)
        self.common = _common_words(lexicon)
        self.heads = frozenset(_singular(word.key) for phrase in lexicon.heads for word in split_words([phrase]))
        self.silent = (
            lexicon.words.get("linker", frozenset()) | lexicon.words.get("notName", frozenset()) | self.spelling.idle
        )
        self.people = lexicon.words.get("peopleNoun", frozenset())
        self._found: dict[tuple[str, str, bool], Forms] = {}
        self._kept = {(one.names, one.cls): one for one in kept}
        self._told: dict[tuple[tuple[str, ...], str], Sequence[Forms]] = {}
        self._things: dict[tuple[tuple[str, ...], str], KnownThing | None] = {}

    def forms(self, name: str, cls: str, *, titled: bool = False) -> Forms:
        """How `name` is compared; no forms if it does not tell which thing of class `cls` it means.

        :param titled: whether it is known to be the name of one thing, however common its words: it has an acronym.
        """
        asked = (name, cls, titled)
        if asked not in self._found:
            persons = cls == "Person"
            self._found[asked] = self.persons.forms(name) if persons else self._thing_forms(name, cls, titled)
        return self._found[asked]

    def _thing_forms(self, name: str, cls: str, titled: bool) -> Forms:
        """The whole name; of what its number tells, "resolution 2254" seeks and "Council resolution 2254" bears it."""
        whole = _whole_form(self._key(name, cls, titled))
        title = _YEAR.sub("", self.spelling.respell_title(name)).strip()
        if whole.full is None or not (number := self.spelling.number_of(title)):
            return whole
        key = (whole.full[0], "number", number)
        return whole._replace(seeks=(key,)) if len(title.split()) == NUMBERED else whole._replace(bears=(key,))

    def compared(self) -> Iterator[Compared]:
        """All that was asked for."""
        for asked, forms in self._told.items():
            thing = self._things.get(asked)
            told = (thing.id if thing else "") if asked in self._things else None
            yield Compared(*asked, tuple(forms), told)

    def all_forms(self, names: Sequence[str], cls: str) -> Sequence[Forms]:
        """The forms of the names of one thing: beside a full name, an acronym is borne, not full."""
        asked = (tuple(names), cls)
        found = self._told.get(asked)
        if found is None:
            kept = self._kept.get(asked)
            found = self._told[asked] = kept.forms if kept else self._all_forms(names, cls)
        return found

    def _all_forms(self, names: Sequence[str], cls: str) -> list[Forms]:
        acronyms = {word for name in names if (word := acronym_word(name))}
        found = [(self.forms(name, cls, titled=initials_of(name) in acronyms), acronym_word(name)) for name in names]
        spelled = any(forms.full and forms.full[1:] != (acronym,) for forms, acronym in found)
        told = (
            Forms(bears=forms.seeks) if spelled and forms.full and forms.full[1:] == (acronym,) else forms
            for forms, acronym in found
        )
        return [forms for forms in dict.fromkeys(told) if forms != NO_FORMS]

    def _key(self, name: str, cls: str, titled: bool) -> Key | None:
        plain = _POSSESSIVE.sub("", self.spelling.respell_title(name))
        if sum(map(str.isdigit, plain)) > len("(2015)") - 2:
            plain = _YEAR.sub("", plain)  # "resolution 2254 (2015)" has its number already
        tokens = _SPACE.split(plain.strip())
        words = split_words(tokens)
        whole = self._whole(words)
        if whole and not whole.thing.id:
            return None  # several known things bear the name
        known = self._known_inside(words, cls, whole)
        covered = {token for match in known for token in range(match.start, match.end)}
        if cls in OF_ITS_OWN and not _has_own_name(tokens, covered):
            return None
        parts: list[str] = []
        telling = titled or bool(known)
        silent = self.silent - self.people if cls == "Population" else self.silent
        numbers = self._numbers(words)
        for place, word in enumerate(words):
            if word.token in covered or not word.key[0].isalnum():
                continue
            if place in numbers:
                parts += [f"#{number}" for number in numbers[place]]
                telling = telling or word.text[0].isupper() or word.text[0].isdigit()
            elif word.key not in silent or word.key == AGAINST:
                common = self.is_common(word.key)
                parts.append(self._to_part(word, common=common))
                telling = telling or ((word.text[0].isupper() or word.text[0].isdigit()) and not common)
        if not (telling and parts):
            return None
        return self.kind(cls), *sorted(parts), *_in_order(known, tokens, self.spelling.joining)

    def _to_part(self, word: Word, *, common: bool) -> str:
        if common:
            return _singular(word.key)
        return word.key if is_acronym(word.text) else self.spelling.respell(to_ascii(word.key))

    def _numbers(self, words: Sequence[Word]) -> dict[int, list[int]]:
        """Numbers by the place of their words; of "twenty-first" the second word has none of its own."""
        if len(words) < 2:
            return {}
        found: dict[int, list[int]] = {}
        for place, word in enumerate(words):
            if _ROMAN.fullmatch(word.key) and not word.text.isupper():
                continue
            number = self.spelling.to_number(word.key)
            if number is None:
                continue
            tens = found.get(place - 1)
            if tens and word.key.isalpha() and number < 10 and tens[0] in TENS and words[place - 1].key.isalpha():
                tens[0] += number
                number = None
            found[place] = [] if number is None else [number]
        return found

    def thing_of(self, names: Sequence[str], cls: str) -> KnownThing | None:
        """The one known thing whose names these are; an acronym that others share tells nothing beside a full name."""
        asked = (tuple(names), cls)
        if asked not in self._things:
            kept = self._kept.get(asked)
            if kept is None or kept.thing is None:
                self._things[asked] = self._thing_of(names, cls)
            else:
                self._things[asked] = self.gazetteer.things[kept.thing] if kept.thing else None
        return self._things[asked]

    def _thing_of(self, names: Sequence[str], cls: str) -> KnownThing | None:
        spelled = [name for name in names if not is_acronym(name) and self.forms(name, cls).full]
        found = {thing.id: thing for thing in (self.thing(name, cls) for name in spelled or names) if thing}
        return found.popitem()[1] if len(found) == 1 else None

    def thing(self, name: str, cls: str) -> KnownThing | None:
        """The known thing of which `name` is a name, if it is of the same kind as `cls`."""
        match = self._whole(split_words(name.split()))
        fits = match and match.thing.id and match.sense == "name" and self.kind(match.thing.cls) == self.kind(cls)
        return match.thing if match and fits else None

    def kind(self, cls: str) -> str:
        """What two things must share to be one: their top class, or their class where that is its own kind."""
        return cls if cls in KINDS else self.ontology.top(cls)

    def _known_inside(self, words: Sequence[Word], cls: str, whole: Match | None) -> list[Match]:
        """Known things in a name; but not the `whole` of it, save for the parties of a conflict."""
        if not whole:
            found = list(self.gazetteer.find(words))
        elif self.kind(cls) == "Conflict":
            found = list(self.gazetteer.find(words[:-1])) or list(self.gazetteer.find(words[1:]))
        else:
            found = []
        return [match for match in found if match.thing.id and match.sense in {"name", "adjective"}]

    def _whole(self, words: Sequence[Word]) -> Match | None:
        match = self.gazetteer.find_first(words)
        return match if match and match.end == words[-1].token + 1 else None

    def is_head(self, word: str) -> bool:
        """Whether `word`, as it is compared, may head a name: "conflict", "war"."""
        return word in self.heads

    def is_common(self, word: str) -> bool:
        """Whether `word`, as it is compared, tells no thing from others of its kind."""
        return word in self.common or _singular(word) in self.common


def _whole_form(key: Key | None) -> Forms:
    return Forms(full=key, seeks=(key,)) if key else NO_FORMS


def _singular(word: str) -> str:
    return word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")


def initials_of(name: str) -> str:
    """The first letters of the words with capitals, as an acronym is compared; "" if there is one alone.

    >>> initials_of("Vale Relief Watch"), initials_of("Vale")
    ('vrw', '')
    """
    letters = [word.key[0] for word in split_words(name.split()) if word.text[0].isupper()]
    return "".join(letters) if len(letters) > 1 else ""


def _in_order(known: Sequence[Match], tokens: Sequence[str], joining: Container[str]) -> list[str]:
    """The known things as they stand in a name, but those side by side ("X-Y", "X and Y") by id."""
    rows: list[list[str]] = []
    end = -1
    for match in known:
        beside = bool(rows) and all(token.lower() in joining for token in tokens[end : match.start])
        if not beside:
            rows.append([])
        rows[-1].append(f"={match.thing.id}")
        end = match.end
    return [id_ for row in rows for id_ in sorted(row)]


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
