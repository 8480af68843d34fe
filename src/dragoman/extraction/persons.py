"""Persons and the posts that they hold, within one document.

A surname means the person who bears it; a post is told from another of its name by what it serves or who holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dragoman.extraction.drafts import Draft, DraftTable, name_key, passage_mentions
from dragoman.extraction.issuers import ISSUERS
from dragoman.extraction.mentions import Kind, Mention, MentionIndex, names_of
from dragoman.gazetteer import Gazetteer, KnownThing, fold
from dragoman.language.tokens import Doc
from dragoman.lexicon import Lexicon

__all__ = ["Offices", "Persons"]

PERSONAL = frozenset({"Person", "Surname"})
"""Classes of mentions of persons; a Surname is a lone capitalised word that may be one."""

TELLING = frozenset({"JJ", "VBG", "VBN", "RB"})
"""Tags of what may stand between an owner and a post: "X's newly elected acting President"."""


class Persons:
    """Who is meant by a person's name."""

    def __init__(
        self, table: DraftTable, passages: Sequence[tuple[Doc, MentionIndex]], gazetteer: Gazetteer, date: str
    ) -> None:
        self.table, self.gazetteer = table, gazetteer
        self._year = int(date[:4]) if date else 0
        self._surnames: dict[str, int] = {}
        self._full_names: dict[str, str] = {}
        self._known: dict[str, KnownThing] = {}
        for mention in passage_mentions(passages):  # a surname in a headline finds its bearer further down
            if mention.cls == "Person" and mention.kind is not Kind.PRONOUN and " " in mention.name:
                self._full_names.setdefault(self._surname(mention.name), mention.name)
                if mention.thing is not None:
                    self._known.setdefault(self._surname(mention.name), mention.thing)

    def note(self, at: int, name: str) -> None:
        """Let the last word of `name` mean the person `at`."""
        self._surnames.setdefault(self._surname(name), at)

    def _surname(self, name: str) -> str:
        """The last word of a person's name, folded, without a particle: "burhan" of "Abdel Fattah al-Burhan"."""
        last = fold(name.split()[-1])
        particle, hyphen, rest = last.partition("-")
        return rest if hyphen and self.table.lexicon.is_in("joinedParticle", particle) else last

    def is_surname(self, name: str) -> bool:
        """Whether someone whom the document names in full bears that surname."""
        return " " not in name and self._surname(name) in self._full_names

    def of_surname(self, mention: Mention) -> int | None:
        """The person who bears a lone capitalised word as surname, or what else bears it as name."""
        key = self._surname(mention.name)
        if key in self._known:
            return self.table.of_thing(self._known[key])
        if key in self._surnames:
            return self._surnames[key]
        if key in self._full_names:
            return self._new(self._full_names[key], mention.name)
        at = self.table.by_name.get(name_key(mention.name))
        if at is None and (holder := self._holder_then(key)) is not None:
            at = self.table.of_thing(holder)
            self.table.name(at, mention.name)
        return at

    def _holder_then(self, surname: str) -> KnownThing | None:
        """Who alone of that surname held an office when the document was made."""
        particles = self.table.lexicon.words["joinedParticle"]
        forms = (surname, *(f"{particle}-{surname}" for particle in particles))
        return self.gazetteer.holder_then(forms, self._year)

    def of_person(self, mention: Mention) -> int:
        """The person of that name: the one named before with that surname, if first names or initials agree."""
        words = [*(fold(word) for word in mention.name.split()[:-1]), self._surname(mention.name)]
        if len(words) == 1 and words[0] in self._known:
            at: int | None = self.table.of_thing(self._known[words[0]])
        else:
            at = self._surnames.get(words[-1], self.table.by_name.get(name_key(mention.name)))
            if at is not None and not self._agrees(at, words):
                at = None
        if at is None:
            full = self._full_names.get(words[-1], mention.name) if len(words) == 1 else mention.name
            return self._new(full, mention.name)
        self.table[at].named = True
        self.table.name(at, mention.name)
        return at

    def _agrees(self, at: int, words: Sequence[str]) -> bool:
        if self.table[at].cls != "Person":
            return False
        known = self.table[at].names[0].split()
        return len(words) == 1 or len(known) == 1 or fold(known[0])[0] == words[0][0]

    def _new(self, full: str, name: str) -> int:
        at = self.table.add(Draft("Person", [full], named=True))
        self.table.name(at, full)
        self.table.name(at, name)
        self.note(at, full)
        return at


class _Held(NamedTuple):
    """A post that a person holds, as it was named."""

    office: str
    served: tuple[int, ...]
    post: int


class Offices:
    """Which post is meant by the name of an office."""

    def __init__(self, table: DraftTable) -> None:
        self.table = table
        self._posts: dict[str, dict[int, str]] = {}
        self._holders: dict[str, int] = {}
        self._held: dict[int, dict[_Held, None]] = {}  # each once, in the order in which they were named

    def of_post(
        self,
        mention: Mention,
        doc: Doc,
        inner: Sequence[Mention],
        owners: Sequence[int],
        holder: int | None,
        home: Sequence[int] = (),
    ) -> int:
        """The post that serves `owners` or that `holder` holds, else the last one of that office.

        :param inner: the mentions inside its name.
        :param home: what a holder who is known speaks for, whom a post serves that is named for the first time.
        """
        office = self.office_of(mention, doc)
        if holder is not None:
            self.note_holder(mention, doc, holder)
        served = tuple(sorted(set(owners)))
        at = self._held_before(holder, office, served) if holder is not None else None
        if at is None and not served:
            served = tuple(home)
        charge = self._charge(mention, doc, inner, office)
        key = ("post", office, charge, served or holder)
        if at is None:
            at = self.table.by_key.get(key)
        if at is None and not served and holder is None and not charge:
            at = next((n for n in self.table.headed_by({office}) if self.table[n].cls == "Post"), None)
        if at is None:
            at = self.table.add(Draft("Post", [mention.name], named=True))
            words = {token.lower_ for token in doc[mention.start : mention.end]}
            plain = words.isdisjoint(self.table.lexicon.words["portfolioPreposition"])
            of_state = len(served) == 1 and self.table.ontology.is_a(self.table[served[0]].cls, "State")
            if plain and of_state and not charge:
                self.table[at].names[:] = [self.table.title_of(office, served[0], capital=mention.name[0].isupper())]
        if holder is not None:
            self._held.setdefault(holder, {})[_Held(office, served, at)] = None
        self.table.by_key.setdefault(key, at)
        self._posts.setdefault(office, {}).setdefault(at, mention.name)
        names = self.table[at].names
        if mention.name not in names and (not served or len(mention.name.split()) > len(office.split())):
            names.append(mention.name)
            if not served and names[0] == chief_word(office, self.table.lexicon).capitalize():
                names.reverse()  # "Secretary of State" tells more
        self.table.add_heads(at, {office, office.split()[-1]})
        self.table[at].named = True
        return at

    def _charge(self, mention: Mention, doc: Doc, inner: Sequence[Mention], office: str) -> tuple[str, ...]:
        """What a post is for, by the nouns of its name: "defence" of "the Minister of Defence of X"."""
        named = {token for other in inner for token in range(other.start, other.end)}
        words = set(office.replace("-", " ").split())
        nouns = (t.lower_ for t in doc[mention.start : mention.end] if t.i not in named and t.pos_ in {"NOUN", "PROPN"})
        return tuple(noun for noun in nouns if words.isdisjoint(noun.split("-")))

    def _held_before(self, holder: int, office: str, served: tuple[int, ...]) -> int | None:
        """The post of `holder` that a shorter or longer title means: "Secretary Berg", "Secretary of State Berg"."""
        for held in self._held.get(holder, ()):
            short, long = sorted((held.office, office), key=len)
            one_serves = not (held.served and served) or held.served == served
            if one_serves and (short == long or short == chief_word(long, self.table.lexicon)):
                return held.post
        return None

    def note_holder(self, mention: Mention, doc: Doc, holder: int) -> None:
        """Remember who is named with an office: "the Minister" after "Foreign Minister Berg" is Berg."""
        office = self.office_of(mention, doc)
        self._holders |= dict.fromkeys((office, chief_word(office, self.table.lexicon)), holder)

    def served_by(self, person: int) -> tuple[int, ...]:
        """Whom the last post serves that a person was named with."""
        return next((held.served for held in reversed(self._held.get(person, {}))), ())

    def holder_of(self, mention: Mention, doc: Doc) -> int | None:
        """The person last named with the office that a bare mention repeats."""
        return self._holders.get(self.office_of(mention, doc))

    def office_of(self, mention: Mention, doc: Doc) -> str:
        """The office that a post's name ends in: "foreign minister"."""
        lexicon = self.table.lexicon
        phrases = [p for _start, _end, p in names_of(lexicon, doc, mention.start, mention.end)]
        return next((p for p in reversed(phrases) if lexicon.heads[p].cls == "Post"), mention.name)

    def is_of_state(self, mention: Mention, doc: Doc) -> bool:
        """Whether an office is one that states have: "President", "Foreign Minister"."""
        lexicon = self.table.lexicon
        return lexicon.is_in("stateOffice", chief_word(self.office_of(mention, doc), lexicon))

    def share_bare_names(self) -> None:
        """Let a post that is the only one of its office in the document bear its bare name as well ("President")."""
        for posts in self._posts.values():
            if len(posts) == 1:
                for at, name in posts.items():
                    self.table.name(at, name)


def chief_word(office: str, lexicon: Lexicon) -> str:
    """The noun that heads the name of an office: "secretary" of "secretary of state"."""
    words = office.split()
    end = next((at for at, word in enumerate(words) if lexicon.is_in("officePreposition", word)), len(words))
    return words[max(end - 1, 0)]


def find_holder(post: Mention, index: MentionIndex) -> Mention | None:
    """The person whose name follows a post directly: "President Berg"."""
    return next((m for m in index.at(post.end) if m.start == post.end and m.cls in PERSONAL), None)


def find_possessor(post: Mention, doc: Doc, lexicon: Lexicon) -> int:
    """The token of X in "X's president" or "X's new president", or of "its" in "its president"; -1 without one.

    "Our Secretary-General" and "our outgoing President" are those of the organization in which a state speaks.
    """
    start = post.start
    while start and doc[start - 1].tag_ in TELLING and doc[start - 1].head.i >= start:
        if doc[start - 1].text[0].isupper():
            return -1  # "His Excellency President Berg"
        start -= 1
    before = doc[start - 1].tag_ if start else ""
    if before == "PRP$":
        ours = lexicon.is_first_person(doc[start - 1].lower_)
        told = any(lexicon.is_in("sessional", token.lower_) for token in doc[start : post.start])
        return -1 if ours and (told or lexicon.is_in("organizationOffice", post.name.lower())) else start - 1
    return start - 2 if before == "POS" else -1


def find_owner_after(person: Mention, doc: Doc, index: MentionIndex) -> Mention | None:
    """X of "President Berg of X"."""
    if person.end + 1 >= len(doc) or doc[person.end].lower_ != "of":
        return None
    at = person.end + 1 + (doc[person.end + 1].lower_ == "the")
    return next((m for m in index.at(at) if m.start == at and m.cls in ISSUERS and m.thing is not None), None)
