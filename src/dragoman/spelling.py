"""When two spellings are one name: rules and words of ``ontology/identity.ttl``, where the format is explained.

Each word becomes one form that all its spellings share, so that names are compared by looking them up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from dragoman.ontology import DGM, OntologyError, ontology_folder, read_turtle

__all__ = ["Spelling", "load_spelling"]

SAME = "https://w3id.org/dragoman/identity#"
FILE = "identity.ttl"
_DIGITS = re.compile(r"0*(\d+)(?:st|nd|rd|th)?")

Rules = Sequence[tuple[re.Pattern[str], str]]


@dataclass(frozen=True)
class Spelling:
    """Rules in their order, and words by what they stand for; all in lower case, without accents."""

    rules: Mapping[str, Rules]
    one_spelling: Mapping[str, str]
    patronymics: tuple[str, ...]
    numbers: Mapping[str, int]
    generations: frozenset[str]
    idle: frozenset[str]
    once: frozenset[str]
    said: frozenset[str]
    sole: frozenset[str]
    shared: frozenset[str]
    articled: frozenset[str]
    joining: frozenset[str]
    of_office: frozenset[str]
    _words: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def variants(self, name: str) -> Iterator[str]:
        """A known name as it stands, then in the other ways in which texts write it: "UN Charter".

        >>> list(load_spelling().variants("United Nations Charter"))
        ['United Nations Charter', 'UN Charter']
        """
        yield name
        for rule in self.rules["variant"]:
            variant = _rewrite(name, (rule,))
            if variant != name:
                yield variant

    def respell_known(self, word: str) -> str:
        """The form by which a word of a text is compared with one of a known name, as "organise" with "organize"."""
        return _rewrite(word, self.rules["known"])

    def respell_compared(self, name: str) -> str:
        """The form by which a name of a graph is compared with one of a reference."""
        return _rewrite(name, self.rules["compared"])

    def respell_name(self, name: str) -> str:
        """A person's name with articles and the like as one writes them who writes them least."""
        return _rewrite(name, self.rules["name"])

    def respell_title(self, name: str) -> str:
        """A name with symbols written out: "S/RES/2254" is a resolution of the Security Council."""
        return _rewrite(name, self.rules["title"])

    def number_of(self, title: str) -> str:
        """The number that tells what `title` names, where that can be told by a number alone, or "".

        >>> load_spelling().number_of("Security Council resolution 2254")
        '2254'
        """
        found = _rewrite(title, self.rules["number"])
        return found if found != title else ""

    def respell(self, word: str) -> str:
        """The form that all spellings of `word` share.

        >>> spelling = load_spelling()
        >>> spelling.respell("zelenskyy") == spelling.respell("zelensky"), spelling.respell("darfour")
        (True, 'darfur')
        """
        found = self._words.get(word)
        if found is None:
            found = _rewrite(word, self.rules["word"])
            found = self._words[word] = self.one_spelling.get(found, found)
        return found

    def to_number(self, word: str) -> int | None:
        """The number that `word` stands for, in digits, letters or Roman figures from II on."""
        if digits := _DIGITS.fullmatch(word):
            return int(digits[1])
        return self.numbers.get(word)

    def is_patronymic(self, word: str) -> bool:
        """Whether `word`, between a first and a last name, tells the father's name."""
        return word.endswith(self.patronymics)


@cache
def load_spelling() -> Spelling:
    """The rules that ship.

    :raises OntologyError: for a rule whose pattern is no regular expression.
    """
    store = read_turtle([ontology_folder() / FILE])
    steps: dict[str, list[tuple[int, re.Pattern[str], str]]] = defaultdict(list)
    for node, pattern in _pairs(store, "pattern"):
        try:
            compiled = re.compile(pattern)
        except re.error as cause:
            raise OntologyError(f"{FILE}: {node.value}: {pattern!r} is no regular expression: {cause}") from cause
        order = int(_values(store, node, "order")[0])
        steps[_values(store, node, "step")[0]].append((order, compiled, _values(store, node, "replacement")[0]))
    rules = {step: [(pattern, to) for _, pattern, to in sorted(found, key=_by_order)] for step, found in steps.items()}
    numbers = _pairs(store, "number")
    return Spelling(
        rules=rules,
        one_spelling={
            _rewrite(word, rules["word"]): min(_values(store, node, "spelling"))
            for node, word in _pairs(store, "spelling")
        },
        patronymics=tuple(sorted(_all(store, "ending"))),
        numbers={word: int(number) for node, number in numbers for word in _values(store, node, "word")},
        generations=_all(store, "generation"),
        idle=_all(store, "idle"),
        once=frozenset(name.removeprefix(DGM) for name in _all(store, "once")),
        said=frozenset(name.removeprefix(DGM) for name in _all(store, "said")),
        sole=_all(store, "sole"),
        shared=_all(store, "shared"),
        articled=_all(store, "articled"),
        joining=_all(store, "joining"),
        of_office=_all(store, "ofOffice"),
    )


def _rewrite(text: str, rules: Rules) -> str:
    for pattern, replacement in rules:
        if pattern.search(text):  # which is far quicker than to replace nothing
            text = pattern.sub(replacement, text)
    return text


def _by_order(rule: tuple[int, re.Pattern[str], str]) -> int:
    return rule[0]


def _all(store: ox.Store, predicate: str) -> frozenset[str]:
    return frozenset(value for _, value in _pairs(store, predicate))


def _values(store: ox.Store, node: ox.NamedNode, predicate: str) -> list[str]:
    return [value for _, value in _pairs(store, predicate, node)]


def _pairs(store: ox.Store, predicate: str, node: ox.NamedNode | None = None) -> list[tuple[ox.NamedNode, str]]:
    found = []
    for quad in store.quads_for_pattern(node, ox.NamedNode(SAME + predicate), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            found.append((quad.subject, quad.object.value))
    return sorted(found, key=lambda pair: (pair[0].value, pair[1]))
