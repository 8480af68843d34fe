"""The lexicon: which words state which property (frames), which nouns name which class, which words steer the reading.

Read from ``lexicon.ttl``, ``nouns.ttl`` and ``times.ttl`` of ``ontology/``, where the format is explained.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from dragoman.ontology import DGM, LEX, Ontology, OntologyError, ontology_folder, read_turtle
from dragoman.records import Modality

__all__ = ["COUNTED", "Frame", "HeadNoun", "Lexicon", "load_lexicon", "parts_of"]

PARTS = ("verb", "noun", "adjective", "adverb", "link", "suffix", "modal")
"""The kinds of word that can state a property; each is a lexicon predicate with the words as values."""
DEFAULT_PLACES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subj",), ("obj",)),
    "noun": (("agent",), ("of",)),
    "adjective": (("subj",), ("to",)),
    "adverb": (("subj",), ("each",)),
    "link": (("left",), ("right",)),
    "suffix": (("self",), ("obj",)),
    "modal": (("author",), ("subj",)),
}
DEFAULT_CONFIDENCE = 0.85
"""That of a frame which tells none; ``ontology/lexicon.ttl`` says how it was measured."""
COUNTED: Mapping[str, range] = {
    "month": range(1, 13),
    "weekday": range(7),
    "count": range(1, 1000),
    "fromToday": range(-366, 367),
    "beside": range(-31, 32),
    "step": range(-1, 2),
    "daysLong": range(367),
    "monthsLong": range(1, 1201),
}
"""What words of time count, and the numbers that each can tell."""
REMEMBERED = 1 << 16
"""Words of which it is remembered what they can end."""
HYPHEN = re.compile("[-–]")
_SHARE = re.compile(r"0(\.[0-9]{1,9})?|1(\.0{1,9})?|\.[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that state `predicate`, and the places of its two ends; see ``ontology/lexicon.ttl``."""

    name: str
    predicate: str
    part: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_classes: frozenset[str] = frozenset()
    object_classes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    through: bool = False  # what is said of a thing is said of its owner: "condemned X's violations"
    through_subject: bool = False  # and of that at the other end: "X's attacks were a violation of Y"
    direct: bool = False  # "met the needs of X" is no meeting with X, "met the leaders of X" is
    year_of_name: bool = False  # the year in "resolution 5 (1990)" says when: of its adoption, not of its support
    real: bool = False  # who says "X's crimes" criticizes X; who says "X might commit crimes" does not
    modality: Modality | None = None
    confidence: float = DEFAULT_CONFIDENCE

    @property
    def precedence(self) -> tuple[int, float, str]:
        """Frames of one word are tried from the most specific and most confident on."""
        narrowness = bool(self.subject_classes) + bool(self.object_classes) + bool(self.needs)
        return (-narrowness, -self.confidence, self.name)


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A noun, or nouns, that head the name of a thing of class `cls`."""

    cls: str
    describes: bool
    complements: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Frames by part and lemma, head nouns by phrase, word sets by name, words of time by what they count.

    `small_heads` are of nouns that name another class without a capital: "the X Community", "the X community".
    """

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    heads: Mapping[str, HeadNoun]
    small_heads: Mapping[str, HeadNoun]
    words: Mapping[str, frozenset[str]]
    numbers: Mapping[str, Mapping[str, int]]

    @cached_property
    def longest_head(self) -> int:
        """Words in the longest head phrase."""
        return max((phrase.count(" ") + 1 for phrase in self.heads), default=1)

    @cached_property
    def _heads_by_last_word(self) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for phrase in self.heads:
            words = tuple(phrase.replace("-", " ").split())
            phrases[words[-1]].append((phrase, words))
        return {word: tuple(sorted(found, key=lambda pair: -len(pair[1]))) for word, found in phrases.items()}

    @cached_property
    def heads_at(self) -> Callable[[str, str], tuple[tuple[str, tuple[str, ...]], ...]]:
        """Head phrases that a word, given in lower case, and its lemma can end, as :meth:`heads_ending_in` gives them.

        Of a word that hyphens join, its last part can; so can a word without the "s" of its plural.
        """
        return lru_cache(maxsize=REMEMBERED)(partial(_find_heads, self._heads_by_last_word))

    def heads_ending_in(self, word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Head phrases whose last word is `word`, each with its words, hyphens set aside; the longest first."""
        return self._heads_by_last_word.get(word, ())

    def frames_of(self, part: str, lemma: str) -> tuple[Frame, ...]:
        """The frames of a word, the most specific first."""
        return self.frames.get((part, lemma), ())

    def is_in(self, name: str, word: str) -> bool:
        """Whether `word` is one of the words of that name.

        :raises OntologyError: if the lexicon has no words of that name.
        """
        try:
            return word in self.words[name]
        except KeyError:
            raise OntologyError(f"lexicon: no words lex:{name}; there are {', '.join(sorted(self.words))}") from None

    def is_first_person(self, word: str) -> bool:
        """Whether a word is "I", "we", "our" and the like."""
        return self.is_in("firstSingular", word) or self.is_in("firstPlural", word)


def _find_heads(
    by_last_word: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]], word: str, lemma: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    last = (parts_of(word) or ("",))[-1]
    forms = dict.fromkeys((last, HYPHEN.split(lemma.lower())[-1], last.removesuffix("s")))
    return tuple(chain.from_iterable(by_last_word.get(form, ()) for form in forms)) if last else ()


def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a word that hyphens join; none of a hyphen by itself."""
    return tuple(filter(None, HYPHEN.split(word))) if "-" in word or "–" in word else (word,)


def load_lexicon(ontology: Ontology, *extra: Path) -> Lexicon:
    """Our lexicon, with the frames, nouns and words in the files `extra` added.

    :raises OntologyError: for a file that cannot be read, a frame or noun whose property or class is not in
        `ontology`, or a word of time that counts what none can.
    """
    folder = ontology_folder()
    store = read_turtle([folder / "lexicon.ttl", folder / "nouns.ttl", folder / "times.ttl", *extra])
    frames: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame, words in _read_frames(store, ontology):
        for word in words:
            frames[frame.part, word].append(frame)
    return Lexicon(
        frames={key: tuple(sorted(found, key=lambda f: f.precedence)) for key, found in frames.items()},
        heads=_read_heads(store, ontology, "head"),
        small_heads=_read_heads(store, ontology, "smallHead"),
        words=_read_words(store),
        numbers={kind: _read_numbers(store, kind) for kind in COUNTED},
    )


def _read_frames(store: ox.Store, ontology: Ontology) -> Iterator[tuple[Frame, list[str]]]:
    for node, stated in _pairs(store, "states"):
        name = _name(node)
        predicate = stated.removeprefix(DGM)
        if predicate not in ontology.properties:
            raise OntologyError(f"lexicon: frame {name} states {stated}, which is no property of the ontology")
        modality = _texts(store, node, "modality")
        confidence = _texts(store, node, "confidence")
        for part in PARTS:
            words = _texts(store, node, part)
            if not words:
                continue
            subject, object_ = DEFAULT_PLACES[part]
            yield (
                Frame(
                    name=name,
                    predicate=predicate,
                    part=part,
                    subject=_places(store, node, "subject") or subject,
                    object=_places(store, node, "object") or object_,
                    subject_classes=_classes(store, node, "subjectClass", ontology),
                    object_classes=_classes(store, node, "objectClass", ontology),
                    needs=frozenset(_texts(store, node, "needs")),
                    unless=frozenset(_texts(store, node, "unless")),
                    through="true" in _texts(store, node, "through"),
                    through_subject="true" in _texts(store, node, "throughSubject"),
                    direct="true" in _texts(store, node, "direct"),
                    year_of_name="true" in _texts(store, node, "yearOfName"),
                    real="true" in _texts(store, node, "real"),
                    modality=_modality(modality[0], name) if modality else None,
                    confidence=_confidence(confidence[0], name) if confidence else DEFAULT_CONFIDENCE,
                ),
                words,
            )


def _modality(value: str, name: str) -> Modality:
    if value not in {modality.value for modality in Modality}:
        raise OntologyError(f"lexicon: frame {name}: no modality {value[:40]!r}; one of: {', '.join(Modality)}")
    return Modality(value)


def _confidence(value: str, name: str) -> float:
    if not _SHARE.fullmatch(value):
        raise OntologyError(f"lexicon: frame {name}: confidence {value[:40]!r} is no number from 0 to 1, such as 0.85")
    return float(value)


def _read_heads(store: ox.Store, ontology: Ontology, kind: str) -> dict[str, HeadNoun]:
    heads: dict[str, HeadNoun] = {}
    for node, named in _pairs(store, "names"):
        cls = named.removeprefix(DGM)
        if cls not in ontology.classes:
            raise OntologyError(f"nouns: {_name(node)} names {named}, which is no class of the ontology")
        head = HeadNoun(
            cls=cls,
            describes="true" in _texts(store, node, "describes"),
            complements=frozenset(_texts(store, node, "complement")),
        )
        for phrase in _texts(store, node, kind):
            heads.setdefault(phrase, head)
    return heads


def _read_words(store: ox.Store) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = defaultdict(set)
    for node, word in _pairs(store, "word"):
        words[_name(node)].add(word)
    return {name: frozenset(found) for name, found in words.items()}


def _read_numbers(store: ox.Store, kind: str) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for node, number in _pairs(store, kind):
        if not re.fullmatch(r"-?\d{1,4}", number, re.ASCII) or int(number) not in COUNTED[kind]:
            least, most = COUNTED[kind][0], COUNTED[kind][-1]
            wanted = f"a whole number from {least} to {most}"
            raise OntologyError(f"times: {_name(node)}: lex:{kind} {number[:40]!r} is not {wanted}")
        numbers |= dict.fromkeys(filter(str.strip, _texts(store, node, "spelt")), int(number))
    return numbers


def _classes(store: ox.Store, node: ox.NamedNode, predicate: str, ontology: Ontology) -> frozenset[str]:
    found = {value.removeprefix(DGM) for value in _texts(store, node, predicate)}
    if "Agent" in found:
        found = found - {"Agent"} | {"Actor", "Post", "Mission"}
    unknown = sorted(found - ontology.classes.keys())
    if unknown:
        raise OntologyError(f"lexicon: frame {_name(node)}: no class {', '.join(unknown)} in the ontology")
    return frozenset(found)


def _places(store: ox.Store, node: ox.NamedNode, predicate: str) -> tuple[str, ...]:
    texts = _texts(store, node, predicate)
    return tuple(texts[0].split()) if texts else ()


def _texts(store: ox.Store, node: ox.NamedNode, predicate: str) -> list[str]:
    objects = (quad.object for quad in store.quads_for_pattern(node, _lex(predicate), None))
    return sorted(value.value for value in objects if isinstance(value, (ox.NamedNode, ox.Literal)))


def _pairs(store: ox.Store, predicate: str) -> list[tuple[ox.NamedNode, str]]:
    """Subjects and values of a lexicon predicate, sorted."""
    found = []
    for quad in store.quads_for_pattern(None, _lex(predicate), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            found.append((quad.subject, quad.object.value))
    return sorted(found, key=lambda pair: (pair[0].value, pair[1]))


def _lex(name: str) -> ox.NamedNode:
    return ox.NamedNode(LEX + name)


def _name(node: ox.NamedNode) -> str:
    return node.value.removeprefix(LEX)
