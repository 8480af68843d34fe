"""Which mentions of a document mean the same thing: names, shortened names, descriptions, pronouns, "we" and "I".

Mentions are taken in text order. A name joins an entity that bears it, an acronym the name it abbreviates, a surname
the person who bears it, a bare description ("the Agreement") the last thing that it can describe, a pronoun what the
text is then about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import islice

from dragoman.extraction.antecedents import MOST_COMPARED, Antecedents
from dragoman.extraction.author import Author, Voice
from dragoman.extraction.descriptions import NEEDS_NAME
from dragoman.extraction.drafts import Draft, DraftTable, Linking, Turn, name_key
from dragoman.extraction.issuers import find_enumerated_issuers, find_served, find_stated_issuers
from dragoman.extraction.mentions import Kind, Mention, MentionIndex, lemma_of
from dragoman.extraction.persons import Offices, Persons, find_holder, find_owner_after, find_possessor
from dragoman.extraction.possession import is_authors, possessors
from dragoman.extraction.stance import is_judged
from dragoman.extraction.syntax import preposition_of
from dragoman.extraction.wars import Wars, WarTold, find_scene, tell_war
from dragoman.gazetteer import Gazetteer, fold, split_words
from dragoman.language.tokens import Doc
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology

__all__ = ["link"]

MERGED_BY_CLASS = frozenset({"ArmedConflict", "Crisis"})  # "war in X" and "X conflict" are one
MILITARY = "military"  # stands for every noun of a state's forces: its troops, army and soldiers are taken for one
NOT_TOLD = WarTold(frozenset())
NEVER_SHORTENED = frozenset({"Post", "Population", "State"})


def link(
    passages: Sequence[tuple[Doc, MentionIndex]],
    author: Author,
    *,
    title: str,
    date: str,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    ontology: Ontology,
    turns: Set[int] = frozenset(),
) -> Linking:
    """Join the mentions of one document into entities.

    :param passages: the parse and the mentions of each passage, in text order.
    :param date: the document's date, or ""; who is meant by a surname alone may depend on it.
    :param title: the document's title; what it names can be meant from the first line on ("the Council").
    :param turns: the passages of a transcript that tell who speaks from there on.
    """
    linker = _Linker(DraftTable(lexicon, ontology), gazetteer, passages, date)
    linker.read_author(author, passages)
    linker.read_title(title)
    for number, (doc, index) in enumerate(passages):
        linker.read_passage(doc, index)
        if number in turns:
            linker.begin_turn(number)
    return linker.finish()


class _Linker:
    def __init__(
        self, table: DraftTable, gazetteer: Gazetteer, passages: Sequence[tuple[Doc, MentionIndex]], date: str
    ) -> None:
        self.table, self.lexicon, self.ontology, self.gazetteer = table, table.lexicon, table.ontology, gazetteer
        self.refs: dict[Mention, tuple[int, ...]] = {}
        self.antecedents = Antecedents(table, self.refs, self._refs_of_inner)
        self.people, self.offices = Persons(table, passages, gazetteer, date), Offices(table)
        self.scenes: dict[Mention, Mention] = {}
        self.sides: tuple[int, ...] = ()
        self.persons: tuple[int, ...] = ()
        self._foreseen: set[int] = set()
        self.wars = Wars(table)
        self.turns: dict[int, Turn] = {}
        self._own = Turn()
        self._doc: Doc
        self._index: MentionIndex

    def read_author(self, author: Author, passages: Sequence[tuple[Doc, MentionIndex]]) -> None:
        """Who "I" and "we" are: by the text, else by the metadata."""
        self.persons = tuple(self._of_voice(voice) for voice in author.persons)
        stated = find_stated_issuers(passages)
        if author.persons and author.sides:  # "we, the Members of X" are not whom a minister speaks for
            served = {fold(side.name) for side in author.sides}
            stated = stated if any(m.thing and fold(m.thing.label) in served for m in stated) else []
        issuers = stated or (find_enumerated_issuers(passages) if author.is_publisher else [])
        if not issuers and not author.sides:
            issuers = find_served(passages, {fold(voice.name) for voice in author.persons})
        self.sides = tuple(self._of_issuer(mention) for mention in issuers) or tuple(
            self._of_voice(voice) for voice in author.sides
        )
        if len(self.sides) > 1:
            self.antecedents.foretell(self.sides)
        self._own = Turn(self.sides, self.persons)

    def _of_issuer(self, mention: Mention) -> int:
        return self._of_voice(Voice(mention.name, mention.cls, mention.thing))

    def read_title(self, title: str) -> None:
        words = title.replace("-", " ").split()
        for match in self.gazetteer.find(split_words(words)):
            if match.sense == "name" and match.thing.id and match.thing.cls != "Person":
                said = " ".join(words[match.start : match.end]).rstrip(",.;:")
                shared = fold(said) in self.gazetteer.shared
                self._foreseen.add(self.table.of_title(match.thing, said, shared=shared))

    def read_passage(self, doc: Doc, index: MentionIndex) -> None:
        self._doc, self._index = doc, index
        self.antecedents.read(doc, index)
        by_sentence: dict[int, list[Mention]] = {}
        for mention in index.mentions:
            by_sentence.setdefault(doc[mention.head].sent.start, []).append(mention)
        for sentence in doc.sents:
            self.antecedents.next_sentence()
            for mention in by_sentence.get(sentence.start, ()):
                self._read_mention(mention)
            self.antecedents.end_sentence(sentence)

    def begin_turn(self, number: int) -> None:
        """Let "we" and "I" be who is named in a passage, and whom he speaks for, from there on."""
        named = [ref for mention in self._index.mentions for ref in self.refs.get(mention, ())]
        speaker, turn = self.table.speaker_among(named), Turn()
        if speaker is not None:
            served = self.table.served_among(named) or (*self._home_of(speaker),) or self.offices.served_by(speaker)
            turn = self._own if self._own.persons == (speaker,) else Turn(served, (speaker,))
        self.sides, self.persons = self.turns[number] = turn

    def finish(self) -> Linking:
        self._replace_stand_ins()
        self.offices.share_bare_names()
        for at in (*self._own.sides, *self._own.persons):
            self.table[at].speaks = True
        return Linking(tuple(self.table.drafts), self.refs, *self._own, self.scenes, self.turns)

    def _replace_stand_ins(self) -> None:
        """Let "the two leaders" mean the two who are named together later, else nobody; and wars their known selves."""
        meant = self.antecedents.groups.named_later()
        meant |= {at: (known,) for at, known in self.wars.renamed.items()}
        for mention, refs in list(self.refs.items()):
            if not meant.keys().isdisjoint(refs):
                self.refs[mention] = tuple(dict.fromkeys(new for ref in refs for new in meant.get(ref, (ref,))))
                if not self.refs[mention]:
                    del self.refs[mention]
        for at in meant:
            self.table[at].mentions.clear()

    # -- one mention

    def _read_mention(self, mention: Mention) -> None:
        refs = self._refs(mention)
        if not refs:
            return
        self.refs[mention] = refs
        for ref in refs:
            self.table[ref].mentions.append(mention)
            if not mention.nested:
                self.table[ref].last = mention
        if mention.sense != "adjective":
            self.antecedents.note(mention, refs)

    def _refs(self, mention: Mention) -> tuple[int, ...]:
        if mention.kind is Kind.PRONOUN:
            return self.antecedents.of_pronoun(mention, self.sides, self.persons)
        if mention.kind is Kind.KNOWN and mention.thing is not None:
            state = self._state_of_capital(mention)
            return (self._of_known(mention) if state is None else state,)
        if mention.kind is Kind.DESCRIPTION:
            return self._of_description(mention)
        if mention.cls == "Acronym":
            return _one(self._of_acronym(mention))
        if mention.cls == "Surname" or (mention.cls == "Place" and self.people.is_surname(mention.name)):
            return _one(self.people.of_surname(mention))
        if mention.cls == "Person":
            return (self.people.of_person(mention),)
        if mention.cls == "Post":
            holder = self._holder_meant(mention)
            return (self._of_post(mention) if holder is None else holder,)
        if (
            mention.cls == "GovernmentBody"
            and mention.end - mention.start == 2
            and (meant := self._state_meant(mention))
        ):
            return meant  # "the Iranian Regime"
        return (self._of_name(mention),)

    def _refs_of_inner(self, inner: Mention) -> tuple[int, ...]:
        """What a mention inside another means; found before its own turn comes."""
        if inner.kind is Kind.PRONOUN:
            return ()
        if inner not in self.refs and (refs := self._refs(inner)):
            self.refs[inner] = refs
        return self.refs.get(inner, ())

    def _inner_mentions(self, mention: Mention) -> list[Mention]:
        span = (mention.start, mention.end)
        return [inner for inner in self._index.inside(*span) if (inner.start, inner.end) != span]

    def _of_known(self, mention: Mention) -> int:
        assert mention.thing is not None
        at = self.table.of_thing(mention.thing, mention)
        if mention.thing.cls in MERGED_BY_CLASS:
            told = self._tell_war(mention)
            self.wars.place(mention.cls, set(told.sides), at)
            if told.sides and mention.thing.cls == "ArmedConflict":
                self.wars.name(told, at)
        if mention.thing.cls == "GovernmentBody":
            self._note_military(mention, mention.thing.belongs_to, at)
        if mention.thing.cls == "Post" and (person := find_holder(mention, self._index)) is not None:
            for holder in self._refs_of_inner(person)[:1]:
                self.offices.note_holder(mention, self._doc, holder)
        if mention.thing.cls == "Person":
            self.people.note(at, mention.thing.label)
            self.people.note(at, mention.name)
        return at

    def _note_military(self, mention: Mention, state: str, at: int) -> None:
        """Let "its forces" and "X's troops" mean the known armed forces of X."""
        words = {token.lower_ for token in self._doc[mention.start : mention.end]}
        owner = self.table.id_of(state)
        if owner is not None and words & self.lexicon.words["militaryNoun"]:
            key = ("GovernmentBody", (owner,), (), frozenset({MILITARY}))
            before = self.table.by_key.setdefault(key, at)
            if before != at and self.table[before].thing is None:
                self.wars.rename(before, at)
                self.table.by_key[key] = at

    def _state_of_capital(self, mention: Mention) -> int | None:
        """The state, where a capital acts: "Kyiv said", "between Kyiv and Moscow"."""
        state = self.gazetteer.capitals.get(fold(mention.name))
        if state is None or mention.nested:
            return None
        token = self._doc[mention.head]
        while token.dep_ == "conj":
            token = token.head
        acts = token.dep_ in {"nsubj", "nmod:poss", "obl:agent"} or (
            token.dep_ in {"nmod", "obl"} and preposition_of(token) & self.lexicon.words["partnerPreposition"]
        )
        return self.table.of_thing(self.gazetteer.things[state]) if acts or is_judged(token, self.lexicon) else None

    def _of_voice(self, voice: Voice) -> int:
        at = self.table.add(Draft(voice.cls, [voice.name])) if voice.thing is None else self.table.of_thing(voice.thing)
        self.table.name(at, voice.name)
        if voice.cls == "Person":
            self.people.note(at, voice.name)
        return at

    def _of_acronym(self, mention: Mention) -> int | None:
        if mention.alias_of > 0:
            before = [m for m in self._index.at(mention.alias_of - 1) if m.end == mention.alias_of and m in self.refs]
            if before:
                at = self.refs[before[0]][0]
                self.table.name(at, mention.name)
                return at
        return self.table.by_name.get(name_key(mention.name))

    def _of_post(self, mention: Mention) -> int:
        inside = self._inner_mentions(mention)
        owners = [ref for inner in inside for ref in self._refs_of_inner(inner)]
        owner_at = find_possessor(mention, self._doc, self.lexicon)
        owners.extend(ref for m in self._index.at(owner_at)[:1] for ref in self.refs.get(m, ()))
        person = find_holder(mention, self._index)
        holder = next(iter(self._refs_of_inner(person)), None) if person is not None else None
        home: list[int] = []
        if not owners and person is not None:
            owner = find_owner_after(person, self._doc, self._index)
            owners = list(self._refs_of_inner(owner)) if owner is not None else []
            home = self._home_of(holder) if self.offices.is_of_state(mention, self._doc) else []
        return self.offices.of_post(mention, self._doc, inside, owners, holder, home)

    def _holder_meant(self, mention: Mention) -> int | None:
        """The person whom "the President" means after "President Berg"."""
        bare = mention.start > 0 and self._doc[mention.start - 1].lower_ == "the" and not self._inner_mentions(mention)
        if not bare or find_holder(mention, self._index) is not None:
            return None
        after = self._doc[mention.end].lower_ if mention.end < len(self._doc) else ""
        if after == "," or self.lexicon.is_in("officePreposition", after):
            return None
        return self.offices.holder_of(mention, self._doc)

    def _home_of(self, person: int | None) -> list[int]:
        """What a known person speaks for."""
        thing = self.table[person].thing if person is not None else None
        home = self.gazetteer.things.get(thing.belongs_to) if thing is not None else None
        return [] if home is None else [self.table.of_thing(home)]

    def _of_name(self, mention: Mention) -> int:
        if mention.sense == "people" and mention.thing is not None:
            return self.table.of_people(mention.thing, mention.name)
        at = self.table.by_name.get(name_key(mention.name))
        if at is None:
            at = self._shortened(mention)
        told = self._sides_named(mention) if at is None else NOT_TOLD
        if told.sides:
            at = self.wars.same(told)
        if at is None:
            at = self.table.add(Draft(mention.cls, [mention.name], named=True))
        self.wars.note(told, at)
        self.table.name(at, mention.name)
        self.table.add_heads(at, self.table.head_words(self._doc, mention))
        self.table[at].named = True
        return at

    def _sides_named(self, mention: Mention) -> WarTold:
        """Those whom the name of a war names: "Russian Aggression"."""
        heads = self.table.head_words(self._doc, mention)
        is_war = mention.cls == "ArmedConflict" and not heads.isdisjoint(self.lexicon.words["aggressionNoun"])
        return self._tell_war(mention) if is_war else NOT_TOLD

    def _tell_war(self, mention: Mention, owners: Iterable[int] = ()) -> WarTold:
        inner = [(m, self._refs_of_inner(m)) for m in self._inner_mentions(mention)]
        return tell_war(inner, owners, self._doc, self.lexicon)

    def _shortened(self, mention: Mention) -> int | None:
        """An entity whose longer name this one shortens: "the Ministerial Meeting"."""
        if mention.cls == "State":
            return self.table.state_called(mention.name, self.sides)
        if mention.cls in NEVER_SHORTENED or not mention.start:
            return None
        before = self._doc[mention.start - 1].lower_
        if self._doc[mention.start].lower_ != "the" and not self.lexicon.is_in("pointing", before):
            return None
        words = set(name_key(mention.name).split())
        for at in islice(self.table.headed_by(self.table.head_words(self._doc, mention)), MOST_COMPARED):
            draft = self.table[at]
            if draft.cls == mention.cls and any(words <= set(name_key(name).split()) for name in draft.names):
                return at
        return None

    # -- descriptions

    def _of_description(self, mention: Mention) -> tuple[int, ...]:
        if self._is_author_side(mention):
            return self.sides or self.persons
        if state := self._state_meant(mention):
            return state
        heads = self.table.head_words(self._doc, mention)
        owned = mention.cls == "GovernmentBody" or bool(heads & self.lexicon.words["aggressionNoun"])
        if mention.cls == "Population" and heads & self.lexicon.words["peopleNoun"]:
            owned = mention.start > 0 and self._doc[mention.start - 1].tag_ in {"POS", "PRP$"}
        owners = possessors(mention, self._doc, self._index, self.refs, self.lexicon) if owned else ()
        if mention.bare and not owners:
            found = self.antecedents.of_description(mention, heads, self.sides, self._foreseen)
            opening = {token.lower_ for token in self._doc[max(0, mention.start - 1) : mention.start + 1]}
            found = found or self._in_scene(mention, heads)
            found = found or self.antecedents.groups.stand_in(mention.name, opening, heads)
            if found or not self._stands_alone(mention, heads):
                return found
        inner = tuple(
            sorted({*owners, *(ref for m in self._inner_mentions(mention) for ref in self._refs_of_inner(m))})
        )
        if mention.cls == "Population" and self.lexicon.words["peopleNoun"] & heads and len(inner) == 1:
            thing = self.table[inner[0]].thing
            if thing is not None and thing.cls == "State":
                return (self.table.of_people(thing, mention.name),)
        return (self._fixed(mention, heads, inner),)

    def _fixed(self, mention: Mention, heads: set[str], inner: tuple[int, ...]) -> int:
        """The entity of a description by what it names inside, else by its words."""
        digits = tuple(word for word in mention.name.split() if any(c.isdigit() for c in word))
        loosely = mention.cls in MERGED_BY_CLASS
        if heads & self.lexicon.words["militaryNoun"]:
            heads = heads | {MILITARY}
        kinds = {MILITARY} if MILITARY in heads else heads
        key = (mention.cls, inner) if loosely else (mention.cls, inner, digits, frozenset(kinds))
        at = self.table.by_key.get(key) if inner else None
        if at is None and inner and heads & self.lexicon.words["aggressionNoun"]:
            at = self.wars.same(self._tell_war(mention, inner))
        if at is None:
            at = self.table.by_name.get(name_key(mention.name))
            if at is not None and self.ontology.top(self.table[at].cls) != self.ontology.top(mention.cls):
                at = None
        if at is None and mention.cls == "Resolution" and digits:
            at = self.table.first_called(mention.other_names)
        if at is None:
            at = self.table.add(Draft(mention.cls, [mention.name], named=not mention.bare))
        if inner:
            self.table.by_key.setdefault(key, at)
            if heads & self.lexicon.words["aggressionNoun"]:
                self.wars.note(self._tell_war(mention, inner), at)
        for name in (mention.name, *mention.other_names):
            self.table.name(at, name)
        self.table.add_heads(at, heads)
        return at

    def _stands_alone(self, mention: Mention, heads: set[str]) -> bool:
        """Whether a bare description that takes nothing up names something all the same ("the peace process")."""
        if mention.cls == "Dispute" or (mention.cls in NEEDS_NAME and not mention.by_itself):
            return False  # "the problem"
        before = self._doc[mention.start - 1]
        if mention.cls in MERGED_BY_CLASS and before.pos_ not in {"DET", "PRON"}:
            return False
        token = self._doc[mention.head]
        if mention.cls in MERGED_BY_CLASS and token.tag_ == "NNS" and token.lower_ not in self.lexicon.heads:
            return False  # "the conflicts" in general
        if self.lexicon.is_in("indefinite", before.lower_) and heads & self.lexicon.words["anyConflict"]:
            return False  # "to prevent a crisis"
        return not heads <= self.lexicon.words["groupNoun"]

    def _is_author_side(self, mention: Mention) -> bool:
        """ "My country", "our delegation"."""
        before = self._doc[mention.start - 1].lower_ if mention.start else ""
        if not self.lexicon.is_first_person(before) or mention.end - mention.start > 2:
            return False
        classes = (self.table[side].cls for side in self.sides)
        return is_authors(self._doc[mention.end - 1].lemma_.lower(), classes, self.lexicon)

    def _state_meant(self, mention: Mention) -> tuple[int, ...]:
        """ "The Iranian authorities" mean the state, "an American State" none, "the Iranian capital" Tehran."""
        before = self._doc[mention.start - 1].lower_ if mention.start else ""
        any_state = mention.cls == "State" and self.lexicon.is_in("indefinite", before)
        if any_state or mention.cls not in {"GovernmentBody", "Place", "State"}:
            return ()
        tokens = self._doc[mention.start : mention.end]
        words = {lemma_of(token) for token in tokens} | {token.lower_ for token in tokens}
        if mention.cls == "Place":
            return self._seat_meant(mention) if words & self.lexicon.words["seatNoun"] else ()
        if not words & self.lexicon.words["metonym"] or words & self.lexicon.words["rivalGovernment"]:
            return ()
        for inner in self._inner_mentions(mention):
            if inner.thing is not None and inner.thing.cls in {"State", "InternationalOrganization"}:
                return self._refs_of_inner(inner)
            if (state := self.gazetteer.capitals.get(fold(inner.name))) is not None:  # "the Pretoria regime"
                return (self.table.of_thing(self.gazetteer.things[state]),)
        return ()

    def _seat_meant(self, mention: Mention) -> tuple[int, ...]:
        owners = possessors(mention, self._doc, self._index, self.refs, self.lexicon)
        states = [*(m.thing for m in self._inner_mentions(mention)), *(self.table[at].thing for at in owners)]
        seats = (self.gazetteer.seats.get(state.id) for state in states if state is not None)
        return _one(next((self.table.of_thing(seat) for seat in seats if seat is not None), None))

    def _in_scene(self, mention: Mention, heads: set[str]) -> tuple[int, ...]:
        """A conflict that a sentence sets in a place before it speaks of it: "In X, after years of fighting, ..."."""
        scene = find_scene(mention, self._doc, self._index, self.lexicon) if mention.cls in MERGED_BY_CLASS else None
        if scene is None:
            return ()
        key = (mention.cls, self._refs_of_inner(scene))
        if key not in self.table.by_key:
            self.table.by_key[key] = self.table.add(Draft(mention.cls, [f"{mention.name} in {scene.name}"], named=True))
            self.table.add_heads(self.table.by_key[key], heads)
        self.scenes[mention] = scene
        return (self.table.by_key[key],)


def _one(at: int | None) -> tuple[int, ...]:
    return () if at is None else (at,)
