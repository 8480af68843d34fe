"""Which mentions of a document mean the same thing: names, shortened names, descriptions, pronouns, "we" and "I".

Mentions are taken in text order. A name joins an entity that bears it, an acronym the name it abbreviates, a surname
the person who bears it, a bare description ("the Agreement") the last thing that it can describe, a pronoun what the
text is then about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from dragoman.extraction.author import Author, Voice
from dragoman.extraction.descriptions import NEEDS_NAME
from dragoman.extraction.mentions import Kind, Mention, MentionIndex, lemma_of, names_of
from dragoman.extraction.syntax import Syntax, conjuncts, preposition_of
from dragoman.gazetteer import Gazetteer, KnownThing, fold, split_words
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology

__all__ = ["Draft", "Linking", "link"]

Suits = Callable[["Draft"], bool]

SEVERAL = frozenset({"Population", "Coalition", "ArmedGroup"})
"""Classes of things that are spoken of as many."""
ORGANIZED = frozenset({"InternationalOrganization", "OrganizationBody", "Coalition", "GovernmentBody"})
FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
HUMAN = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
ARTICLED = re.compile(r"\b(United|Republic|Kingdom|Union|Federation|Emirates)\b|s$")
"""Names of states that take an article."""
OPENING = 6
"""Passages in which a text says who "we" are."""
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
ISSUERS = frozenset({"State", "InternationalOrganization", "OrganizationBody", "Coalition"})
LOOK_BACK = 2
"""Sentences before its own in which a pronoun looks for what it stands for."""
MERGED_BY_CLASS = frozenset({"ArmedConflict", "Crisis"})
"""Descriptions of these classes that name the same place or parties mean the same: "war in X", "X conflict"."""


@dataclass(slots=True)
class Draft:
    """An entity while the document is read: its names in order of use, where it was last mentioned."""

    cls: str
    names: list[str]
    thing: KnownThing | None = None
    heads: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    named: bool = False
    speaks: bool = False  # the document's author, or the side that "we" are


@dataclass(frozen=True, slots=True)
class Linking:
    """The entities of a document and, for each mention, those that it means."""

    entities: tuple[Draft, ...]
    refs: Mapping[Mention, tuple[int, ...]]
    sides: tuple[int, ...]
    persons: tuple[int, ...]
    scenes: Mapping[Mention, Mention]  # conflicts by the place that their sentence opens with


@dataclass(frozen=True, slots=True)
class _Salient:
    sentence: int
    token: int
    refs: tuple[int, ...]
    is_subject: bool


def link(
    passages: Sequence[tuple[Doc, MentionIndex]],
    author: Author,
    *,
    title: str = "",
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    ontology: Ontology,
    speakers: Mapping[tuple[int, int], int] | None = None,
) -> Linking:
    """Join the mentions of one document into entities.

    :param passages: the parse and the mentions of each passage, in text order.
    """
    linker = _Linker(lexicon, gazetteer, ontology, author)
    linker.read_title(title)
    linker.collect_persons(passages)
    if not linker.read_issuers(passages) and author.is_publisher:
        linker.read_enumerated_issuers(passages)
    for number, (doc, index) in enumerate(passages):
        linker.read_passage(number, doc, index)
    linker.name_offices()
    for at in (*linker.sides, *linker.persons):
        linker.drafts[at].speaks = True
    return Linking(tuple(linker.drafts), linker.refs, linker.sides, linker.persons, linker.scenes)


class _Linker:
    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, ontology: Ontology, author: Author) -> None:
        self.lexicon, self.gazetteer, self.ontology = lexicon, gazetteer, ontology
        self.drafts: list[Draft] = []
        self.refs: dict[Mention, tuple[int, ...]] = {}
        self.by_id: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        self.by_key: dict[tuple[object, ...], int] = {}
        self.surnames: dict[str, int] = {}
        self.salient: list[_Salient] = []
        self.sentence = 0
        self.passage = 0
        self.index: MentionIndex | None = None
        self.syntax = Syntax(lexicon)
        self.last_of_class: dict[str, int] = {}
        self.persons = tuple(self._of_voice(voice) for voice in author.persons)
        self.sides = tuple(self._of_voice(voice) for voice in author.sides) or ()
        self.full_names: dict[str, str] = {}
        self.known_persons: dict[str, KnownThing] = {}
        self.offices: dict[str, dict[int, str]] = {}
        self.foreseen: set[int] = set()
        self.groups: dict[str, tuple[int, ...]] = {}
        self.scenes: dict[Mention, Mention] = {}

    def read_title(self, title: str) -> None:
        """What the title names can be meant from the first line on ("the Council")."""
        for match in self.gazetteer.find(split_words(title.replace("-", " ").split())):
            if match.sense == "name" and match.thing.id and match.thing.cls != "Person":
                self.foreseen.add(self._of_thing(match.thing))

    def collect_persons(self, passages: Sequence[tuple[Doc, MentionIndex]]) -> None:
        """Note the full names of persons, so that a surname in a headline finds its bearer further down."""
        for _doc, index in passages:
            for mention in index.mentions:
                if mention.cls == "Person" and mention.kind is not Kind.PRONOUN and " " in mention.name:
                    surname = fold(mention.name.split()[-1])
                    self.full_names.setdefault(surname, mention.name)
                    if mention.thing is not None:
                        self.known_persons.setdefault(surname, mention.thing)

    def name_offices(self) -> None:
        """Let a post that is the only one of its kind in the document bear its bare name as well ("President")."""
        for holders in self.offices.values():
            if len(holders) == 1:
                for at, name in holders.items():
                    self._name(at, name)

    def read_enumerated_issuers(self, passages: Sequence[tuple[Doc, MentionIndex]]) -> None:
        """ "Representatives of X, Y and Z met ...", at the beginning of what a house published: they are "we"."""
        for _doc, index in passages[:3]:
            first = next((m for m in index.mentions if m.cls in ISSUERS and m.thing is not None and not m.nested), None)
            members = [m for m in index.list_of(first) if m.thing is not None] if first is not None else []
            if first is not None and first.start < OPENING and len(members) > 2:
                self.sides = tuple(dict.fromkeys(self._of_thing(m.thing) for m in members if m.thing is not None))
                return

    def read_issuers(self, passages: Sequence[tuple[Doc, MentionIndex]]) -> bool:
        """ "We, the Leaders of X and Y, ..." near the beginning says who "we" are, whatever the metadata say."""
        for doc, index in passages[:OPENING]:
            for token in doc[:-1]:
                if token.lower_ != "we" or doc[token.i + 1].lower_ not in {",", "the"}:
                    continue
                verb = next((t.i for t in doc[token.i + 1 :] if t.tag_ in FINITE and t.i not in index), len(doc))
                named = [m for m in index.inside(token.i + 1, verb) if m.thing is not None and m.cls in ISSUERS]
                groups = [m for m in named if m.cls == "Coalition"]
                chosen = groups[:1] or named
                if chosen:
                    things = dict.fromkeys(m.thing for m in chosen if m.thing is not None)
                    self.sides = tuple(self._of_thing(thing) for thing in things)
                    return True
        return False

    def read_passage(self, number: int, doc: Doc, index: MentionIndex) -> None:
        self.passage, self.index = number, index
        by_sentence: dict[int, list[Mention]] = {}
        for mention in index.mentions:
            by_sentence.setdefault(doc[mention.head].sent.start, []).append(mention)
        for sentence in doc.sents:
            self.sentence += 1
            for mention in sorted(by_sentence.get(sentence.start, ()), key=lambda m: (m.start, -m.end)):
                refs = self._refs(mention, doc, index)
                if not refs:
                    continue
                self.refs[mention] = refs
                for ref in refs:
                    self.drafts[ref].mentions.append(mention)
                    self.last_of_class[self.drafts[ref].cls] = ref
                if not mention.nested and mention.sense != "adjective" and mention.name not in FIRST_PLURAL | FIRST_SINGULAR:
                    token = doc[mention.head]
                    refs_here = self._with_coordination(token, index, refs)
                    self.salient.append(_Salient(self.sentence, mention.start, refs_here, _is_subject(token)))

    # -- one mention

    def _refs(self, mention: Mention, doc: Doc, index: MentionIndex) -> tuple[int, ...]:
        if mention.kind is Kind.PRONOUN:
            return self._of_pronoun(mention, doc, index)
        if mention.kind is Kind.KNOWN and mention.thing is not None:
            state = self._state_of_capital(mention, doc)
            return (state if state is not None else self._of_thing(mention.thing, mention),)
        if mention.cls == "Acronym":
            return self._of_acronym(mention, index)
        if mention.cls == "Surname":
            return self._of_surname(mention)
        if mention.cls == "Person":
            return (self._of_person(mention),)
        if mention.kind is Kind.DESCRIPTION:
            return self._of_description(mention, doc, index)
        return self._of_name(mention, doc, index)

    def _of_thing(self, thing: KnownThing, mention: Mention | None = None) -> int:
        if thing.id not in self.by_id:
            self.by_id[thing.id] = self._add(Draft(thing.cls, [], thing, heads=self._heads_of_thing(thing), named=True))
        at = self.by_id[thing.id]
        draft = self.drafts[at]
        draft.named = draft.named or mention is not None
        if thing.cls == "Person":
            self.surnames.setdefault(fold(thing.label.split()[-1]), at)
            self.surnames.setdefault(fold((mention.name if mention is not None else thing.label).split()[-1]), at)
        if mention is not None and mention.sense == "name":
            self._name(at, mention.name)
        if not draft.names:
            draft.names.append(thing.label)
        return at

    def _state_of_capital(self, mention: Mention, doc: Doc) -> int | None:
        """The state, where a capital acts: "Kyiv said", "between Kyiv and Moscow"."""
        state = self.gazetteer.capitals.get(fold(mention.name))
        token = doc[mention.head]
        while token.dep_ == "conj":
            token = token.head
        acts = token.dep_ in {"nsubj", "nmod:poss", "obl:agent"} or (
            token.dep_ in {"nmod", "obl"} and preposition_of(token) & {"between", "by", "with"}
        )
        return self._of_thing(self.gazetteer.things[state]) if state and acts and not mention.nested else None

    def _heads_of_thing(self, thing: KnownThing) -> set[str]:
        """Nouns of the lexicon that head a name of a known thing: "council" of the Security Council."""
        heads = set()
        for name in (thing.label, *thing.names):
            words = name.lower().split()
            for phrase in (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 3, len(words)) + 1)):
                head = self.lexicon.heads.get(phrase)
                if head is not None and self.ontology.top(head.cls) == self.ontology.top(thing.cls):
                    heads.add(phrase)
        return heads

    def _of_voice(self, voice: Voice) -> int:
        if voice.thing is not None:
            return self._of_thing(voice.thing)
        at = self._add(Draft(voice.cls, [voice.name]))
        self._name(at, voice.name)
        if voice.cls == "Person":
            self.surnames.setdefault(fold(voice.name.split()[-1]), at)
        return at

    def _of_acronym(self, mention: Mention, index: MentionIndex) -> tuple[int, ...]:
        if mention.alias_of >= 0:
            before = [m for m in index.mentions if m.end == mention.alias_of and m in self.refs]
            if before:
                at = self.refs[before[0]][0]
                self._name(at, mention.name)
                return (at,)
        at_name = self.by_name.get(_key(mention.name))
        return (at_name,) if at_name is not None else ()

    def _of_surname(self, mention: Mention) -> tuple[int, ...]:
        key = fold(mention.name)
        if key in self.known_persons:
            return (self._of_thing(self.known_persons[key]),)
        if key in self.surnames:
            return (self.surnames[key],)
        if key in self.full_names:
            at = self._add(Draft("Person", [self.full_names[key]], named=True))
            self._name(at, self.full_names[key])
            self._name(at, mention.name)
            self.surnames[key] = at
            return (at,)
        at_name = self.by_name.get(_key(mention.name))
        return (at_name,) if at_name is not None else ()

    def _of_person(self, mention: Mention) -> int:
        words = [fold(word) for word in mention.name.split()]
        if len(words) == 1 and words[0] in self.known_persons:
            at = self._of_thing(self.known_persons[words[0]])
            self.drafts[at].named = True
            self._name(at, mention.name)
            return at
        at = self.surnames.get(words[-1])
        if at is None:
            at = self.by_name.get(_key(mention.name))
        if at is not None and self.drafts[at].cls == "Person":
            first = fold(self.drafts[at].names[0].split()[0])
            if len(words) == 1 or len(self.drafts[at].names[0].split()) == 1 or first[0] == words[0][0]:
                self._name(at, mention.name)
                self.drafts[at].named = True
                return at
        name = self.full_names.get(words[-1], mention.name) if len(words) == 1 else mention.name
        at = self._add(Draft("Person", [name], named=True))
        self._name(at, name)
        self._name(at, mention.name)
        self.surnames.setdefault(words[-1], at)
        return at

    def _of_name(self, mention: Mention, doc: Doc, index: MentionIndex) -> tuple[int, ...]:
        if mention.sense == "people" and mention.thing is not None:
            return (self._of_people(mention.thing, mention.name),)
        if mention.cls == "Post":
            return (self._of_post(mention, doc, index),)
        at = self.by_name.get(_key(mention.name))
        if at is None:
            at = self._shortened(mention, doc)
        if at is None:
            at = self._add(Draft(mention.cls, [mention.name], named=True))
        self._name(at, mention.name)
        self.drafts[at].heads |= self._head_words(doc, mention)
        self.drafts[at].named = True
        return (at,)

    def _of_post(self, mention: Mention, doc: Doc, index: MentionIndex) -> int:
        """A post by its office and what it serves, or who holds it: two presidents hold two posts."""
        office = next((p for _s, _e, p in reversed(names_of(self.lexicon, doc, mention.start, mention.end)) if self.lexicon.heads[p].cls == "Post"), mention.name)
        owners: list[int] = []
        for inner in index.inside(mention.start, mention.end):
            if inner is not mention and inner.kind is not Kind.PRONOUN:
                owners.extend(self._inner_refs(inner, mention, doc, index))
        if mention.start >= 2 and doc[mention.start - 1].tag_ == "POS":
            owners.extend(ref for m in index.at(mention.start - 2)[:1] for ref in self.refs.get(m, ()))
        holder = self._holder(mention, index)
        if not owners:
            owners = self._owner_after_holder(mention, doc, index)
        if not owners and holder is not None:
            thing = self.drafts[holder].thing
            if thing is not None and thing.belongs_to in self.by_id:
                owners = [self.by_id[thing.belongs_to]]
        key = ("post", office, tuple(sorted(set(owners))) or holder)
        at = self.by_key.get(key)
        if at is None and not owners and holder is None:
            at = next((i for i in range(len(self.drafts) - 1, -1, -1) if self.drafts[i].cls == "Post" and office in self.drafts[i].heads), None)
        if at is None:
            at = self._add(Draft("Post", [mention.name], named=True))
            if len(set(owners)) == 1:
                owner = self.drafts[owners[0]]
                if self.ontology.is_a(owner.cls, "State"):
                    article = "the " if ARTICLED.search(owner.names[0]) else ""
                    title = office.title() if mention.name[0].isupper() else office
                    self.drafts[at].names[:] = [f"{title} of {article}{owner.names[0]}"]
        self.by_key.setdefault(key, at)
        self.offices.setdefault(office, {}).setdefault(at, mention.name)
        if mention.name not in self.drafts[at].names and (not owners or len(mention.name.split()) > len(office.split())):
            self.drafts[at].names.append(mention.name)
        self.drafts[at].heads |= {office, office.split()[-1]}
        self.drafts[at].named = True
        return at

    def _owner_after_holder(self, mention: Mention, doc: Doc, index: MentionIndex) -> list[int]:
        """X of "President Berg of X"."""
        person = next((m for m in index.mentions if m.start == mention.end and m.cls in {"Person", "Surname"}), None)
        if person is None or person.end + 1 >= len(doc) or doc[person.end].lower_ != "of":
            return []
        at = person.end + 1 + (doc[person.end + 1].lower_ == "the")
        owner = next((m for m in index.at(at) if m.start == at and m.cls in ISSUERS and m.thing is not None), None)
        return [self._of_thing(owner.thing, owner)] if owner is not None and owner.thing is not None else []

    def _holder(self, mention: Mention, index: MentionIndex) -> int | None:
        """The person whose name follows a post directly."""
        for other in index.mentions:
            if other.start == mention.end and other.cls in {"Person", "Surname"}:
                refs = self._refs_of_name(other)
                return refs[0] if refs else None
        return None

    def _refs_of_name(self, mention: Mention) -> tuple[int, ...]:
        if mention.kind is Kind.KNOWN and mention.thing is not None:
            return (self._of_thing(mention.thing, mention),)
        return self._of_surname(mention) if mention.cls == "Surname" else (self._of_person(mention),)

    def _shortened(self, mention: Mention, doc: Doc) -> int | None:
        """An entity whose longer name this one shortens: "the Ministerial Meeting"."""
        words = set(_key(mention.name).split())
        if mention.start == 0 or doc[mention.start].lower_ != "the" and doc[mention.start - 1].lower_ not in {"the", "this"}:
            return None
        for at in range(len(self.drafts) - 1, -1, -1):
            draft = self.drafts[at]
            if draft.cls != mention.cls or draft.cls in {"Post", "Population", "State"}:
                continue
            heads = self._head_words(doc, mention)
            if heads & draft.heads and any(words <= set(_key(name).split()) for name in draft.names):
                return at
        return None

    def _of_description(self, mention: Mention, doc: Doc, index: MentionIndex) -> tuple[int, ...]:
        if self._is_author_side(mention, doc):
            return self.sides or self.persons
        state = self._state_meant(mention, doc, index)
        if state:
            return state
        heads = self._head_words(doc, mention)
        if mention.bare:
            found = self._described(mention, doc, heads) or self._in_scene(mention, doc, index, heads)
            unmarked = mention.cls in MERGED_BY_CLASS and doc[mention.start - 1].pos_ not in {"DET", "PRON"}
            if found or unmarked or (mention.cls in NEEDS_NAME and not mention.by_itself) or any(self.lexicon.is_in("groupNoun", head) for head in heads):
                return found
        inner = tuple(
            sorted({ref for m in index.inside(mention.start, mention.end) for ref in self._inner_refs(m, mention, doc, index)})
        )
        if mention.cls == "Population" and heads & {"people", "peoples", "population"} and len(inner) == 1:
            thing = self.drafts[inner[0]].thing
            if thing is not None and thing.cls == "State":
                return (self._of_people(thing, mention.name),)
        key: tuple[object, ...] = (mention.cls, inner) if mention.cls in MERGED_BY_CLASS and inner else (mention.cls, inner, frozenset(heads))
        at = self.by_key.get(key) if inner else None
        if at is None:
            at = self.by_name.get(_key(mention.name)) if not mention.bare or not heads & self._group_heads() else None
            at = at if at is not None and self.ontology.top(self.drafts[at].cls) == self.ontology.top(mention.cls) else None
        if at is None:
            at = self._add(Draft(mention.cls, [mention.name], named=not mention.bare))
        if inner:
            self.by_key.setdefault(key, at)
        self._name(at, mention.name)
        for name in mention.other_names:
            self._name(at, name)
        self.drafts[at].heads |= heads
        return (at,)

    def _inner_refs(self, inner: Mention, outer: Mention, doc: Doc, index: MentionIndex) -> tuple[int, ...]:
        if inner is outer or inner.kind is Kind.PRONOUN:
            return ()
        if inner in self.refs:
            return self.refs[inner]
        refs = self._refs(inner, doc, index)
        if refs:
            self.refs[inner] = refs
        return refs

    def _of_people(self, thing: KnownThing, name: str) -> int:
        key = ("people", thing.id)
        if key not in self.by_key:
            self.by_key[key] = self._add(Draft("Population", [name], named=True))
            self._name(self.by_key[key], f"people of {thing.label}")
        at = self.by_key[key]
        self._name(at, name)
        return at

    # -- descriptions that mean something else

    def _is_author_side(self, mention: Mention, doc: Doc) -> bool:
        if not mention.start or doc[mention.start - 1].lower_ not in {"my", "our"}:
            return False
        return mention.end - mention.start <= 2 and self.lexicon.is_in("authorSide", doc[mention.end - 1].lemma_.lower())

    def _state_meant(self, mention: Mention, doc: Doc, index: MentionIndex) -> tuple[int, ...]:
        """"The Iranian authorities" and "the Government of Iran" mean the state."""
        words = {lemma_of(token) for token in doc[mention.start : mention.end]} | {
            token.lower_ for token in doc[mention.start : mention.end]
        }
        if not any(self.lexicon.is_in("metonym", word) for word in words) or mention.cls not in {"GovernmentBody", "State"}:
            return ()
        if words & {"transitional", "interim", "rival", "facto", "local", "regional"}:
            return ()
        for inner in index.inside(mention.start, mention.end):
            if inner is not mention and inner.thing is not None and inner.thing.cls in {"State", "InternationalOrganization"}:
                return self._inner_refs(inner, mention, doc, index)
        return ()

    def _described(self, mention: Mention, doc: Doc, heads: set[str]) -> tuple[int, ...]:
        """What a bare description stands for: two things just coordinated, or the last thing with that head noun."""
        span = doc[max(0, mention.start - 2) : mention.end]
        words = {token.lower_ for token in span}
        if words & self.lexicon.words["pairWord"] and any(self.lexicon.is_in("groupNoun", head) for head in heads):
            for salient in reversed(self.salient[-12:]):
                if len(salient.refs) >= 2:
                    self.groups |= dict.fromkeys(heads, salient.refs[:4])
                    return salient.refs[:4]
            states = self._recent(("State", "InternationalOrganization", "ArmedGroup", "GovernmentBody"))
            return states[:2] if len(states) >= 2 else ()
        group = next((self.groups[head] for head in sorted(heads) if head in self.groups), ())
        if group and words & {"the", "these", "both"}:
            return group
        if len(self.sides) > 1 and any(self.lexicon.is_in("issuerNoun", head) for head in heads):
            return self.sides
        for at in range(len(self.drafts) - 1, -1, -1):
            draft = self.drafts[at]
            if (draft.mentions or at in self.foreseen) and heads & draft.heads and draft.cls in _kin(mention.cls):
                return (at,)
        if mention.cls in {"Agreement", "Ceasefire", "Meeting", "Mission", "Plan", "Process"}:
            recent = self._recent((mention.cls,))
            if recent:
                return (recent[0],)
        if mention.cls in {"ArmedConflict", "Crisis", "Dispute"}:
            recent = self._recent(("ArmedConflict", "Crisis", "Dispute"))
            if recent:
                return (recent[0],)
        return ()

    def _in_scene(self, mention: Mention, doc: Doc, index: MentionIndex, heads: set[str]) -> tuple[int, ...]:
        """A conflict that a sentence sets in a place before it speaks of it: "In X, after years of fighting, ..."."""
        sentence = doc[mention.head].sent
        if mention.cls not in MERGED_BY_CLASS or len(sentence) < 4 or sentence[0].lower_ != "in":
            return ()
        at = sentence.start + 1 + (sentence[1].lower_ == "the")
        scene = next((m for m in index.at(at) if m.start == at and m.thing is not None and m.cls in {"State", "Place"}), None)
        if scene is None or scene.thing is None or mention.start < scene.end or doc[scene.end].text != ",":
            return ()
        place = self._of_thing(scene.thing, scene)
        key = (mention.cls, (place,))
        if key not in self.by_key:
            self.by_key[key] = self._add(Draft(mention.cls, [f"{mention.name} in {scene.name}"], named=True))
            self.drafts[self.by_key[key]].heads |= heads
        self.scenes[mention] = scene
        return (self.by_key[key],)

    def _group_heads(self) -> frozenset[str]:
        return self.lexicon.words["groupNoun"]

    def _recent(self, classes: Iterable[str]) -> list[int]:
        """Entities of these classes, the last mentioned first."""
        wanted = set(classes)
        seen: list[int] = []
        for salient in reversed(self.salient[-40:]):
            for ref in salient.refs:
                if ref not in seen and self.drafts[ref].cls in wanted:
                    seen.append(ref)
        return seen

    # -- pronouns

    def _of_pronoun(self, mention: Mention, doc: Doc, index: MentionIndex) -> tuple[int, ...]:
        word = mention.name
        if word in FIRST_SINGULAR:
            return self.persons[:1] or self.sides
        if word in FIRST_PLURAL:
            return self.sides or self.persons
        if word in HUMAN:
            return self._antecedent(mention, doc, lambda draft: draft.cls in {"Person", "Post"}, plural=False)
        if word in THING:
            return self._antecedent(mention, doc, lambda draft: draft.cls not in {"Person", "Post", "Population", "Place"}, plural=False)
        if word in PLURAL:
            return self._antecedent(mention, doc, lambda draft: self.ontology.top(draft.cls) in {"Actor", "Post"}, plural=True)
        return ()

    def _antecedent(self, mention: Mention, doc: Doc, suits: Suits, *, plural: bool) -> tuple[int, ...]:
        token: Token = doc[mention.head]
        if token.dep_ == "nmod:poss":
            owner = self._owner_nearby(token, mention, suits, plural=plural)
            if owner:
                return owner
        expletive = token.dep_ == "expl" or (token.lower_ == "it" and token.head.pos_ in {"ADJ"})
        if expletive:
            return ()
        best: tuple[float, tuple[int, ...]] | None = None
        for place, salient in enumerate(reversed(self.salient[-30:])):
            distance = self.sentence - salient.sentence
            if distance > LOOK_BACK:
                break
            refs = tuple(ref for ref in salient.refs if suits(self.drafts[ref]))
            if not refs or (len(refs) > 1 and not plural):
                if not refs:
                    continue
                refs = refs[:1]
            score = 2.0 * salient.is_subject - 1.2 * distance - 0.1 * place
            if plural:
                several = len(refs) > 1 or self.drafts[refs[0]].cls in SEVERAL
                score += 1.5 if several else -1.5
            if best is None or score > best[0]:
                best = (score, refs)
        return best[1] if best else ()

    def _owner_nearby(self, token: Token, mention: Mention, suits: Suits, *, plural: bool) -> tuple[int, ...]:
        """Whom a possessive means by grammar: the owner of the noun coordinated before, or who acts in its clause."""
        if token.head.dep_ == "conj":  # "X's violations and its aggression"
            for child in token.head.head.children:
                if child.dep_ == "nmod:poss" and (refs := self._refs_at(child)):
                    return refs
        verb = token.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
        for subject in self.syntax.subjects(verb) if verb.pos_ == "VERB" else ():
            if subject.i >= token.i or subject.lower_ in FIRST_PLURAL | FIRST_SINGULAR:
                continue
            refs = [ref for member in conjuncts(subject) for ref in self._refs_at(member)]
            fitting = tuple(ref for ref in refs if suits(self.drafts[ref]))
            if fitting and (plural or len(fitting) == 1):
                several = len(fitting) > 1 or self.drafts[fitting[0]].cls in SEVERAL
                return fitting if several or not plural else ()
        return ()

    def _refs_at(self, token: Token) -> tuple[int, ...]:
        mention = self.index.headed_by(token.i) if self.index is not None else None
        return self.refs.get(mention, ()) if mention is not None else ()

    def _with_coordination(self, token: Token, index: MentionIndex, refs: tuple[int, ...]) -> tuple[int, ...]:
        """The entities coordinated with a mention before it: "X and Y" counts as one when Y has been read."""
        if token.dep_ != "conj":
            return refs
        first = token.head
        while first.dep_ == "conj":
            first = first.head
        members: list[int] = []
        for member in [first, *(t for t in first.subtree if t.dep_ == "conj")]:
            mention = index.headed_by(member.i)
            if mention is not None:
                members.extend(ref for ref in self.refs.get(mention, ()) if ref not in members)
        members.extend(ref for ref in refs if ref not in members)
        return tuple(members)

    # -- drafts

    def _add(self, draft: Draft) -> int:
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def _name(self, at: int, name: str) -> None:
        if name and name not in self.drafts[at].names:
            self.drafts[at].names.append(name)
        self.by_name.setdefault(_key(name), at)

    def _head_words(self, doc: Doc, mention: Mention) -> set[str]:
        heads = names_of(self.lexicon, doc, mention.start, mention.end)
        first = next((h for h in heads if h[0] <= mention.head < h[1]), heads[0] if heads else None)
        return {first[2], first[2].split()[-1]} if first else {lemma_of(doc[mention.head])}


def _kin(cls: str) -> frozenset[str]:
    """Classes that a bare noun of class `cls` can stand for: "the Organization" may be a body, "the Council" a league."""
    return ORGANIZED if cls in ORGANIZED else frozenset({cls})


def _is_subject(token: Token) -> bool:
    while token.dep_ == "conj":
        token = token.head
    return bool(token.dep_.startswith("nsubj"))


def _key(name: str) -> str:
    return " ".join(word.key for word in split_words([name]) if word.key not in {"the"})
