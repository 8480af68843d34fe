"""What a phrase means: the entities of its mention, of those coordinated with it, or of the nouns it looks through.

"The efforts of the Government of X" mean X's; "cities along the front, namely X and Y" mean X and Y; "my delegation"
means the side that the author speaks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

from dragoman.extraction.drafts import Linking
from dragoman.extraction.mentions import Kind, Mention, MentionIndex
from dragoman.extraction.possession import is_authors
from dragoman.extraction.speakers import Quotation, find_speaker, find_thanker
from dragoman.extraction.syntax import OBLIQUES, Syntax, conjuncts, is_passive, leaders_of, preposition_of
from dragoman.language.tokens import Doc, Token
from dragoman.ontology import Ontology

__all__ = ["Filler", "Reference", "Scope", "Way"]

THROUGH_NOUNS = 3
"""Nouns that a phrase may be looked through: "the efforts of the Government of X"."""
SPEAKING = frozenset({"Agreement", "Mission", "Resolution", "Statement"})
"""Classes of what says something without being an actor."""
ANNOUNCED = 28
"""Words after a noun within which a colon, and in their first half "namely", may name what it announces."""
DASHES = frozenset({"—", "–", "--"})
NOMINAL = frozenset({"NOUN", "PRON", "NUM", "DET", "ADJ", "PROPN"})


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach an entity: how sure it is that one so reached is meant, and in words, what the entity does."""

    sureness: float
    said: str


LISTED = Way(0.95, "is listed after the one that fills the place")
LOOKED = Way(0.9, "stands beside the noun that fills the place")
IMPLIED = Way(0.9, "is pointed at by no word: it speaks, or the line before names it")
OWNED = Way(0.9, "owns or does what fills the place")
NAMED_AFTER = Way(0.85, "is named after the noun that announces it")
PRONOUN = Way(0.85, "is meant by a pronoun")
BARE = Way(0.9, "is meant by a noun that nothing fixes")


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity that a phrase means, the tokens that point at it, and the ways by which it was reached.

    `mention` is what means it; there is none where no word does.
    """

    entity: int
    start: int
    end: int
    ways: tuple[Way, ...] = ()
    mention: Mention | None = None

    @property
    def sureness(self) -> float:
        """How sure it is that the entity is meant, 0 to 1."""
        return prod((way.sureness for way in self.ways), start=1.0)

    def widened(self, noun: Token, way: Way) -> Filler:
        """The same reached through `noun`."""
        start, end = min(self.start, noun.i), max(self.end, noun.i + 1)
        return replace(self, start=start, end=end, ways=(*self.ways, way))


class Scope(NamedTuple):
    """What is being asked for: the token whose place is filled, whether deeds stand for their doers, and whether only
    those that are named themselves, or by those who act for them, will do.
    """

    trigger: int = -1
    through: bool = False
    direct: bool = False


NO_SCOPE = Scope()
NAMED = Scope(direct=True)
ACTING_FOR = ("officeHolder", "issuerNoun", "groupNoun", "metonym", "makingNoun")
"""Words for those who act for what they belong to, "the leaders of X", and for its making, "the signing of X"."""


class Reference:
    """The look-ups for one passage."""

    def __init__(
        self,
        doc: Doc,
        index: MentionIndex,
        linking: Linking,
        *,
        syntax: Syntax,
        ontology: Ontology,
        quotations: list[Quotation],
        holders: Mapping[Mention, Mention],
        lead: Sequence[int] = (),
    ) -> None:
        self.doc, self.index, self.linking = doc, index, linking
        self.lexicon, self.ontology, self.syntax = syntax.lexicon, ontology, syntax
        self._quotations, self._holders, self._lead = quotations, holders, lead
        self._announcing = syntax.lexicon.words["announcing"] | {":"} | DASHES
        self._meant: dict[tuple[Token, Scope, int], tuple[Filler, ...]] = {}
        self._named: dict[Token, Mention | None] = {}

    def cls(self, entity: int) -> str:
        """The class of an entity."""
        return self.linking.entities[entity].cls

    def of_phrase(self, phrase: Token, scope: Scope = NO_SCOPE, depth: int = 0) -> tuple[Filler, ...]:
        """The entities that a phrase and those coordinated with it mean, each once."""
        key = (phrase, scope, depth)
        meant = self._meant.get(key)
        if meant is None:
            meant = self._meant[key] = self._find_meant(phrase, scope, depth)
        return meant

    def _find_meant(self, phrase: Token, scope: Scope, depth: int) -> tuple[Filler, ...]:
        plain = scope._replace(through=False) if scope.through else scope
        fillers: list[Filler] = []
        for member in conjuncts(phrase):
            fillers += self._of_token(member, scope, depth)
            fillers += (f for token in self.included(member) for f in self._of_token(token, plain, depth))
            fillers += (f for mention in self._coordinated_before(member) for f in self.of_mention(mention))
        first = self.denoting(phrase, scope)
        if first is not None:
            fillers += [f for mention in self._listed_after(first, phrase) for f in self.of_mention(mention, LISTED)]
        first_of: dict[int, Filler] = {}
        for filler in fillers:
            first_of.setdefault(filler.entity, filler)
        return tuple(first_of.values())

    def _listed_after(self, first: Mention, phrase: Token) -> list[Mention]:
        """The members of an enumeration after its first, but for those who act: "under X's auspices, Y and Z met"."""
        listed = self.index.listed_after(first)
        acts = bool(listed) and self.doc[listed[0].head].dep_.startswith("nsubj")
        return [] if acts and not phrase.dep_.startswith("nsubj") else listed

    def of_mention(self, mention: Mention, *ways: Way) -> Iterator[Filler]:
        """The entities that a mention means; of a post beside its holder's name, the holder."""
        refs = self.linking.refs.get(self._holders.get(mention, mention), ())
        if mention.kind is Kind.PRONOUN:
            said_by = self.speakers(self.doc[mention.head]) if self.lexicon.is_first_person(mention.name) else ()
            if not self.lexicon.is_first_person(mention.name):
                ways = (*ways, PRONOUN)
            elif not refs or (said_by and self.is_quoted(self.doc[mention.head])):
                refs = said_by
        elif mention.bare:
            ways = (*ways, BARE)
        for ref in refs:
            yield Filler(ref, mention.start, mention.end, ways, mention)

    def denoting(self, token: Token, scope: Scope = NO_SCOPE) -> Mention | None:
        """The longest mention that a token stands for: it heads it, or hangs on a word outside it.

        The name of the trigger itself ("the war against X") is not what its own phrases mean.
        """
        for mention in self.index.at(token.i):
            if mention.covers(scope.trigger) and mention.head != token.i:
                continue
            if mention.head == token.i or token.head == token or not mention.covers(token.head.i):
                return mention
        return None

    def named_by(self, noun: Token) -> Mention | None:
        """The mention that a noun heads, whatever the parse made of its name."""
        if noun not in self._named:
            self._named[noun] = self._find_name(noun)
        return self._named[noun]

    def _find_name(self, noun: Token) -> Mention | None:
        own = self.index.headed_by(noun.i)
        if own is not None:
            return own
        around = [m for m in self.index.at(noun.i) if m.kind is not Kind.PRONOUN]
        for mention in around:
            shorter = any(m.end < mention.end for m in around if m is not mention)
            if not shorter and not any(t.pos_ == "ADP" for t in self.doc[mention.start : noun.i]):
                return mention
        return None

    def words_behind(self, head: Token) -> list[Token]:
        """Words of a long name that a phrase behind it may hang on: "signed the Treaty on the Future of X in Y"."""
        name = self.index.headed_by(head.i)
        if name is None or name.kind not in {Kind.KNOWN, Kind.NAME} or name.end < head.i + 3:
            return []
        phrases = (child for word in self.doc[head.i + 1 : name.end] for child in word.rights if child.i >= name.end)
        return [child.head for child in phrases if child.dep_ in OBLIQUES]

    def author(self, token: Token) -> Iterator[Filler]:
        """The side that the author speaks for, pointed at by no word."""
        for side in self.linking.sides or self.linking.persons:
            yield Filler(side, token.i, token.i, (IMPLIED,))

    def sayers(self, token: Token) -> Iterator[Filler]:
        """Who says the words at `token`: their speaker by report or quotation, else the author's side."""
        speakers = self.speakers(token)
        for speaker in speakers:
            yield Filler(speaker, token.i, token.i, (IMPLIED,))
        if not speakers:
            yield from self.author(token)

    def leader(self, token: Token) -> Iterator[Filler]:
        """The subject that the line before a list gives to its items: "The Council: 1. Calls upon X ..."."""
        for entity in self._lead:
            yield Filler(entity, token.i, token.i, (IMPLIED,))

    def speakers(self, token: Token) -> tuple[int, ...]:
        """Who says what the words at `token` state, by reported speech or quotation."""
        return self._voices(find_speaker(token, self._quotations, self.lexicon, self.syntax))

    def thankers(self, token: Token) -> tuple[int, ...]:
        """Who is grateful for what the words at `token` state."""
        return self._voices(find_thanker(token, self.lexicon, self.syntax))

    def _voices(self, phrases: Sequence[Token]) -> tuple[int, ...]:
        """Those who can say something, of those whom phrases mean."""
        refs: list[int] = []
        for phrase in phrases:
            if not self.lexicon.is_first_person(phrase.lower_):
                refs.extend(filler.entity for filler in self.of_phrase(phrase, NAMED) if self._can_speak(filler.entity))
        return tuple(dict.fromkeys(refs))

    def _can_speak(self, entity: int) -> bool:
        """Whether an entity is an actor, a post, a mission or a text."""
        cls = self.cls(entity)
        return cls in SPEAKING or self.ontology.top(cls) in {"Actor", "Post"}

    def is_quoted(self, token: Token) -> bool:
        """Whether a word stands in quotation marks, and the text says whose words they are."""
        return any(q.start <= token.i < q.end and q.speakers for q in self._quotations)

    def _coordinated_before(self, noun: Token) -> Iterator[Mention]:
        """A name that the parse takes for a modifier of what is coordinated with it: "X's military and militias"."""
        for child in noun.children if noun.pos_ != "PRON" else ():
            if child.i < noun.i and child.dep_ in {"amod", "compound"} and child.i in self.index:
                mention = self.index.headed_by(child.i)
                named = mention is not None and mention.kind is Kind.KNOWN and mention.sense == "name"
                named = named and mention is not None and mention.cls != "Place"  # "the X and Y processes"
                if mention is not None and named and self.doc[mention.end].lower_ == "and" and mention.end < noun.i:
                    yield mention

    def included(self, noun: Token) -> Iterator[Token]:
        """Those of whom a group is said to consist among others: "the neighbours, including X and Y"."""
        for child in noun.children if noun.pos_ != "PRON" else ():
            told = any(self.lexicon.is_in("announcing", word) for word in preposition_of(child))
            told = told or any(self.lexicon.is_in("singlingOut", c.lower_) for c in child.lefts)  # "in particular X"
            via = preposition_of(child) & self.lexicon.words["viaPreposition"]  # "including through X"
            yield from conjuncts(child) if child.dep_ in OBLIQUES and told and not via else ()

    # -- one token

    def _of_token(self, token: Token, scope: Scope, depth: int) -> Iterator[Filler]:
        mention = self.denoting(token, scope)
        fillers = list(self.of_mention(mention)) if mention is not None else []
        if fillers:
            yield from fillers
            if mention is not None and mention.kind is Kind.DESCRIPTION and self._is_dash(mention.end):
                yield from self._strung_from(mention.end + 1)  # "our Baltic Allies — X, Y and Z"
            if scope.through and self._stands_for_doers(mention, fillers[0]):
                owners = self._owners(token, scope, depth)
                yield from (owner for owner in owners if self.cls(owner.entity) != "Place")  # "the Geneva process"
            return
        antecedent = self.syntax.antecedent(token)
        if antecedent != token:
            if depth < THROUGH_NOUNS:
                yield from self.of_phrase(antecedent, scope, depth + 1)
        elif self._is_author_side(token):
            yield from self.author(token)
        elif depth < THROUGH_NOUNS and token.pos_ in NOMINAL:
            yield from self._through(token, scope, depth)

    def _stands_for_doers(self, mention: Mention | None, meant: Filler) -> bool:
        """Whether what is said of a thing is said of its doer: "condemned X's aggression", "praised X's plan"."""
        top = self.ontology.top(self.cls(meant.entity))
        described = mention is not None and mention.kind is Kind.DESCRIPTION
        return top == "Conflict" or (top == "Instrument" and described)

    def _through(self, noun: Token, scope: Scope, depth: int) -> Iterator[Filler]:
        """What a noun that names nothing stands for."""
        if scope.direct and not any(self.lexicon.is_in(words, noun.lemma_.lower()) for words in ACTING_FOR):
            return
        appositions = [child for child in noun.children if child.dep_ == "appos"]
        if (named := self._named_as(noun)) is not None:
            yield from self.of_mention(named, LOOKED)
            return
        if scope.through:
            yield from self._aims(noun, scope, depth)
        if self.lexicon.is_in("dutyNoun", noun.lemma_.lower()):  # "its obligations under X"
            appositions += [c for c in noun.children if c.dep_ in OBLIQUES and "under" in preposition_of(c)]
        kin = self.lexicon.is_in("kinNoun", noun.lemma_.lower())
        transparent = any(self.lexicon.is_in("transparent", form) for form in (noun.lemma_.lower(), noun.lower_))
        if noun.pos_ == "NOUN" and not kin and not transparent:
            if scope.through:
                yield from self._owners(noun, scope, depth)
            for phrase in appositions:
                yield from self.of_phrase(phrase, scope, depth + 1)
            return
        head = self.lexicon.heads.get(noun.lemma_.lower())
        prepositions = self.lexicon.words["lookedThrough"]
        if head is not None and head.cls == "Place":
            prepositions |= {"in"}
        if self.lexicon.is_in("ending", noun.lemma_.lower()):
            prepositions |= {"to"}  # "an end to the war"
        if self.lexicon.is_in("sentNoun", noun.lemma_.lower()):
            prepositions |= {"from"}  # "a delegation from X"
        if kin:
            prepositions |= self.lexicon.words["kinPreposition"]  # "our brothers and sisters in X"
        behind = [c for c in noun.children if c.dep_ in OBLIQUES and preposition_of(c) & prepositions]
        behind = behind or [c for c in self._laid_down(noun) if self._is_document(c, scope)]
        behind = behind or self._shared(noun) or self._makers(noun)
        beside = [c for c in noun.children if c.dep_ in {"amod", "compound", "flat"} and c.i in self.index]
        shared = kin or self.lexicon.is_in("authorOrganization", noun.lemma_.lower())  # "our Organization"
        owners = [] if shared else [c for c in noun.children if c.dep_ == "nmod:poss"]
        for leader in () if shared else leaders_of(noun):
            for filler in self.of_phrase(leader, scope, depth + 1):
                yield filler.widened(noun, OWNED)
        if self.lexicon.is_in("belonging", noun.lemma_.lower()):
            beside, owners = [], []  # neither "an X member" nor "our friends" are X or we
            behind = [] if noun.tag_ == "NN" else behind  # nor is "a member of X"
        members = list(self.included(noun))
        if appositions and self.lexicon.is_in("honorific", noun.lower_):
            owners = []  # "His Excellency Mr. X"
        if any(self._class_at(phrase) == "Person" for phrase in appositions):
            behind, beside, owners = [], [], []  # "X's leader, Anna Berg"
        if any(self.denoting(member, scope) is not None for member in members):  # "UN bodies, such as X"
            beside = [c for c in beside if self._class_at(c) != "InternationalOrganization"]
        for phrases in (behind, None, owners + appositions + beside):
            if phrases is None:
                found = [] if members else self._named_after(noun)  # the members come beside it
            else:
                meant = (filler for phrase in phrases for filler in self.of_phrase(phrase, scope, depth + 1))
                found = [filler.widened(noun, LOOKED) for filler in meant]
            if found:
                yield from found
                return

    def _class_at(self, token: Token, scope: Scope = NO_SCOPE) -> str:
        mention = self.denoting(token, scope)
        return "" if mention is None else mention.cls

    def _shared(self, noun: Token) -> list[Token]:
        """X of "the Government and people of X", whose parse hangs it on the last of the nouns."""
        beside = (c for c in noun.children if c.dep_ == "conj" and noun.i + 1 < c.i < noun.i + 4)
        last = next((c for c in beside if self.doc[noun.i + 1].dep_ == "cc"), None)
        return [] if last is None else [c for c in last.children if c.dep_ == "nmod" and "of" in preposition_of(c)]

    def _makers(self, noun: Token) -> list[Token]:
        """X of "efforts made by X", where X is not what happens: "the threat posed by the war"."""
        makers = ((maker, self.denoting(maker)) for maker in self.syntax.makers(noun))
        return [maker for maker, m in makers if m is None or self.ontology.top(m.cls) != "Conflict"]

    def _named_as(self, noun: Token) -> Mention | None:
        """X of "the X guerrilla group", "fighters of X"."""
        if not self.lexicon.is_in("fighterNoun", noun.lemma_.lower()):
            return None
        beside = [c for c in noun.children if c.dep_ in {"compound", "amod", "nmod:desc", "nmod:poss"}]
        if noun.tag_ == "NNS":
            beside += [c for c in noun.children if c.dep_ == "nmod" and "of" in preposition_of(c)]
        named = (m for c in beside for m in self.index.at(c.i))
        return next((m for m in named if m.cls == "ArmedGroup" and m.kind is not Kind.DESCRIPTION), None)

    def _laid_down(self, noun: Token) -> Iterator[Token]:
        """Where something is laid down: "principles enshrined in X"."""
        laid = self.lexicon.words["laidDown"]
        for clause in (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"):
            yield from (c for c in clause.children if c.dep_ in OBLIQUES and preposition_of(c) & laid)

    def _is_document(self, phrase: Token, scope: Scope) -> bool:
        cls = self._class_at(phrase, scope)
        return bool(cls) and self.ontology.top(cls) == "Instrument"

    def _aims(self, noun: Token, scope: Scope, depth: int) -> Iterator[Filler]:
        """What efforts are meant to bring about: "efforts to reach a ceasefire"; not what they are to end."""
        if not self.lexicon.is_in("effortNoun", noun.lemma_.lower()):
            return
        for verb in (c for c in noun.children if c.dep_ == "acl" and self.lexicon.is_in("achieving", c.lemma_)):
            for phrase in self.syntax.objects(verb):
                for filler in self.of_phrase(phrase, scope, depth + 1):
                    if self.ontology.top(self.cls(filler.entity)) == "Instrument":
                        yield filler.widened(noun, LOOKED)

    def _owners(self, noun: Token, scope: Scope, depth: int) -> Iterator[Filler]:
        """Whose deed or quality a noun is: possessive, adjective or "by"; "of" may name the victim."""
        after = [c for c in noun.children if c.dep_ in OBLIQUES]
        phrases = [c for c in noun.children if c.dep_ in {"nmod:poss", "amod", "compound"} and c.i in self.index]
        phrases += [c for c in after if "by" in preposition_of(c)]
        if not phrases and noun.dep_ == "obj" and not is_passive(noun.head):  # "support talks by X", hung on the verb
            beside = (c for c in noun.head.children if c.dep_ in OBLIQUES and c.i > noun.i)
            phrases = [c for c in beside if "by" in preposition_of(c)]
        if not phrases and self.lexicon.is_in("deedNoun", noun.lemma_.lower()):
            phrases = [c for c in after if "of" in preposition_of(c)]
        phrases = phrases or self._makers(noun)
        for phrase in phrases:
            for filler in self.of_phrase(phrase, scope, depth + 1):
                yield filler.widened(noun, OWNED)

    def _named_after(self, noun: Token) -> list[Filler]:
        """The names that a noun announces: "cities along the front, namely X, Y and Z", "all who helped: X and Y"."""
        if noun.sent.words.isdisjoint(self._announcing):
            return []
        for token in self.doc[noun.i + 1 : min(noun.i + ANNOUNCED, noun.sent.end - 1)]:
            near = token.i - noun.i < ANNOUNCED // 2 and not self.lexicon.is_in(
                "viaPreposition", self.doc[token.i + 1].lower_
            )
            announced = (near and self.lexicon.is_in("announcing", token.lower_)) or token.text == ":"
            if (announced or (token.i == noun.i + 1 and self._is_dash(token.i))) and (
                found := self._strung_from(token.i + 1)
            ):
                return found
        return []

    def _is_dash(self, at: int) -> bool:
        return at + 1 < len(self.doc) and self.doc[at].text in DASHES

    def _strung_from(self, start: int) -> list[Filler]:
        """The entities of the names that begin within some words after `start`."""
        after = range(start, min(start + 4, self.doc[start].sent.end))
        starting = (m for at in after for m in self.index.at(at) if m.start == at)
        first = next((m for m in starting if m.kind is not Kind.PRONOUN), None)
        return [] if first is None else [f for m in self._announced(first) for f in self.of_mention(m, NAMED_AFTER)]

    def _announced(self, first: Mention) -> list[Mention]:
        """A name, and those of its class that are strung to it."""
        listed = self.index.list_of(first)
        if len(listed) > 1:
            return listed
        after = self.index.inside(first.start, self.doc[first.head].sent.end)
        flat = [mention for mention in after if not mention.nested]
        if first.cls == "Post" and len(flat) > 1 and flat[1].cls == "Person" and flat[1].start == first.end:
            titled = {m.end: m for m in flat if m.cls == "Post"}  # "two leaders: President X and Prime Minister Y"
            persons = (m for m in flat[2:] if m.cls == "Person")
            return [flat[1], *(m for m in persons if self._is_strung(m) or self._is_strung(titled.get(m.start)))]
        return [first, *(m for m in flat[1:] if m.cls == first.cls and self._is_strung(m))]

    def _is_strung(self, mention: Mention | None) -> bool:
        return mention is not None and self.doc[mention.head].dep_ in {"conj", "appos"}

    def _is_author_side(self, noun: Token) -> bool:
        """Whether a noun is what the author speaks for: "my Government", but not "our sisterly nation of X"."""
        ours = any(c.dep_ == "nmod:poss" and self.lexicon.is_first_person(c.lower_) for c in noun.children)
        named = any(c.dep_ == "nmod" and self._class_at(c) == "State" for c in noun.rights)
        return ours and not named and is_authors(noun.lemma_.lower(), map(self.cls, self.linking.sides), self.lexicon)
