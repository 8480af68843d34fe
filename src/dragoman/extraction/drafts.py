"""The entities of one document while it is read: drafts, found by id, by name, by what they describe, by head noun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from heapq import merge
from itertools import chain, groupby
from typing import NamedTuple

from dragoman.extraction.mentions import Mention, MentionIndex, lemma_of, names_of
from dragoman.gazetteer import KnownThing, fold, split_words
from dragoman.language.tokens import Doc
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.spelling import load_spelling

__all__ = ["Draft", "DraftTable", "Linking", "Suits", "Turn", "kin", "name_key"]

LONGEST_HEAD = 3
ORGANIZED = frozenset({"InternationalOrganization", "OrganizationBody", "Coalition", "GovernmentBody"})


@dataclass(slots=True)
class Draft:
    """An entity while its document is read: its names in order of use, the nouns that head them, its mentions."""

    cls: str
    names: list[str]
    thing: KnownThing | None = None
    heads: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    last: Mention | None = None  # within no longer name
    named: bool = False
    speaks: bool = False  # the document's author, or the side that "we" are


Suits = Callable[[Draft], bool]
"""Whether a pronoun of some kind can mean a draft."""


class Turn(NamedTuple):
    """Who speaks in a transcript from here on, and whom for; nobody where it is not told."""

    sides: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Linking:
    """The entities of a document and, for each mention, those that it means.

    `sides` are who "we" are, `persons` who "I" is; `scenes` holds, for a conflict that is named by its sentence alone
    ("In X, after years of fighting"), the place. `turns` are those of a transcript, by the passage that opens each;
    `voices` those who speak in a passage beside the author.
    """

    entities: tuple[Draft, ...]
    refs: Mapping[Mention, tuple[int, ...]]
    sides: tuple[int, ...]
    persons: tuple[int, ...]
    scenes: Mapping[Mention, Mention]
    turns: Mapping[int, Turn] = field(default_factory=dict)
    voices: tuple[int, ...] = ()
    is_nobodys: bool = False  # in a turn whose speaker is not told

    def in_turn(self, turn: Turn) -> Linking:
        """The same for a passage of somebody's turn: "we" and "I" are who speaks there."""
        voices = () if turn.persons == self.persons else turn.persons
        nobody = not turn.sides and not turn.persons
        return replace(self, sides=turn.sides, persons=turn.persons, voices=voices, is_nobodys=nobody)


class DraftTable:
    """All drafts of a document, by number in order of their first mention."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self.lexicon, self.ontology = lexicon, ontology
        self.drafts: list[Draft] = []
        self.by_name: dict[str, int] = {}
        self.by_key: dict[Hashable, int] = {}
        self._by_id: dict[str, int] = {}
        self._by_head: dict[str, list[int]] = {}

    def __getitem__(self, at: int) -> Draft:
        return self.drafts[at]

    def add(self, draft: Draft) -> int:
        """The number of a new draft; its names are given with :meth:`name`."""
        self.drafts.append(draft)
        at = len(self.drafts) - 1
        self.add_heads(at, set(draft.heads))
        return at

    def name(self, at: int, name: str) -> None:
        """Note one more name of a draft; a name that another bears stays with that one."""
        if name and name not in self.drafts[at].names:
            self.drafts[at].names.append(name)
        self.by_name.setdefault(name_key(name), at)

    def add_heads(self, at: int, heads: Iterable[str]) -> None:
        """Note the nouns that head a draft's names."""
        for head in heads:
            self.drafts[at].heads.add(head)
            numbers = self._by_head.setdefault(head, [])
            place = bisect_left(numbers, at)
            if numbers[place : place + 1] != [at]:
                numbers.insert(place, at)

    def headed_by(self, heads: Iterable[str]) -> Iterator[int]:
        """Drafts whose names one of these nouns heads, the last first."""
        several = [numbers for head in heads if (numbers := self._by_head.get(head))]
        if len(several) < 2:
            return reversed(several[0]) if several else iter(())
        return (at for at, _ in groupby(merge(*map(reversed, several), reverse=True)))

    def id_of(self, thing_id: str) -> int | None:
        """The draft of a known thing, if the document has named it."""
        return self._by_id.get(thing_id)

    def of_thing(self, thing: KnownThing, mention: Mention | None = None) -> int:
        """The draft of a known thing, and one more of its names."""
        if thing.id not in self._by_id:
            self._by_id[thing.id] = self.add(Draft(thing.cls, [], thing, heads=self._heads_of_thing(thing), named=True))
        at = self._by_id[thing.id]
        if mention is not None and mention.sense == "name":
            self.name(at, mention.name)
        if not self.drafts[at].names:
            self.drafts[at].names.append(thing.label)
        return at

    def of_title(self, thing: KnownThing, said: str, *, shared: bool) -> int:
        """The draft of a known thing that a title names, by the words there if others share them: "Congo"."""
        at = self.of_thing(thing)
        if shared and self.drafts[at].names == [thing.label]:
            self.drafts[at].names[:] = [said]
        return at

    def speaker_among(self, refs: Sequence[int]) -> int | None:
        """Who speaks, of those named at the head of a turn: the last person, else the last post."""
        told = (ref for cls in ("Person", "Post") for ref in reversed(refs) if self.drafts[ref].cls == cls)
        return next(told, None)

    def served_among(self, refs: Sequence[int]) -> tuple[int, ...]:
        """Whom who speaks serves, of those named at the head of a turn: "Mr. Berg (Norway)"."""
        return tuple(ref for ref in refs if self.drafts[ref].cls in {"State", "InternationalOrganization"})[-1:]

    def of_people(self, thing: KnownThing, name: str) -> int:
        """The people of a state: "Afghans", "the Afghan people", "people of Afghanistan"."""
        key = ("people", thing.id)
        if key not in self.by_key:
            self.by_key[key] = self.add(Draft("Population", [name], named=True))
            self.name(self.by_key[key], f"people of {thing.label}")
        self.name(self.by_key[key], name)
        return self.by_key[key]

    def state_called(self, form: str, first: Iterable[int]) -> int | None:
        """The state whose full name begins so, "the Islamic Republic": one of those `first`, else the last added."""
        opening = f"{fold(form)} of "
        for at in (*first, *reversed(self._by_id.values())):
            thing = self.drafts[at].thing
            names = (thing.label, *thing.names) if thing is not None and thing.cls == "State" else ()
            if any(fold(name).removeprefix("the ").startswith(opening) for name in names):
                return at
        return None

    def first_called(self, names: Iterable[str]) -> int | None:
        """The draft that one of the names was the first name of: "resolution 5 (1990)", now "Council resolution 5"."""
        for name in names:
            at = self.by_name.get(name_key(name))
            if at is not None and name_key(self.drafts[at].names[0]) == name_key(name):
                return at
        return None

    def title_of(self, office: str, owner: int, *, capital: bool) -> str:
        """The full name of a state's office: "President of the United States"."""
        draft = self.drafts[owner]
        state = draft.thing.label if draft.thing is not None and draft.names[0].isupper() else draft.names[0]
        articled = state.endswith("s") or not load_spelling().articled.isdisjoint(state.split())
        return f"{office.title() if capital else office} of {'the ' if articled else ''}{state}"

    def head_words(self, doc: Doc, mention: Mention) -> set[str]:
        """The head phrase of a mention and its last word, as the lexicon has them."""
        heads = names_of(self.lexicon, doc, mention.start, mention.end)
        first = next((h for h in heads if h[0] <= mention.head < h[1]), heads[0] if heads else None)
        return {first[2], first[2].split()[-1]} if first else {lemma_of(doc[mention.head])}

    def _heads_of_thing(self, thing: KnownThing) -> set[str]:
        """Nouns of the lexicon that head a name of a known thing: "council" of the Security Council."""
        heads = set()
        for phrase in chain.from_iterable(map(_short_phrases, (thing.label, *thing.names))):
            head = self.lexicon.heads.get(phrase)
            if head is not None and self.ontology.top(head.cls) == self.ontology.top(thing.cls):
                heads.add(phrase)
        return heads


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """The form in which two names of one document are compared."""
    return " ".join(word.key for word in split_words([name]) if word.key != "the")


@lru_cache(maxsize=1 << 14)
def _short_phrases(name: str) -> tuple[str, ...]:
    """All phrases of a few words of a name, in lower case."""
    words = name.lower().split()
    starts = range(len(words))
    return tuple(" ".join(words[at : at + length]) for length in range(1, LONGEST_HEAD + 1) for at in starts)


def kin(cls: str) -> frozenset[str]:
    """Classes whose bare nouns stand for each other: "the Organization" may be a body, "the Council" a league.

    "The agreement" may be a ceasefire, too; "the ceasefire" is no other agreement.
    """
    if cls == "Agreement":
        return frozenset({cls, "Ceasefire"})
    return ORGANIZED if cls in ORGANIZED else frozenset({cls})


def passage_mentions(passages: Iterable[tuple[Doc, MentionIndex]]) -> Iterator[Mention]:
    """The mentions of all passages, in text order."""
    for _doc, index in passages:
        yield from index.mentions
