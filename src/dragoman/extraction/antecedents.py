"""What takes up a thing that was named before: pronouns, "the two sides", the owner in "its forces"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import islice

from dragoman.extraction.distinctions import (
    find_kinds,
    has_kind,
    has_sides,
    is_called_so,
    is_told_after,
    names_telling,
    nouns_telling,
)
from dragoman.extraction.drafts import DraftTable, Suits, kin
from dragoman.extraction.groups import ACTING, HUMAN, Groups
from dragoman.extraction.mentions import CONFLICTS, Kind, Mention, MentionIndex
from dragoman.extraction.possession import is_authors
from dragoman.extraction.pronouns import acts, has_no_subject, is_asked, is_of_things, means_nothing
from dragoman.extraction.salience import SEVERAL, SINGLE, Salience
from dragoman.extraction.syntax import Syntax, conjuncts, preposition_of
from dragoman.language.tokens import Doc, Stretch, Token

__all__ = ["MOST_COMPARED", "Antecedents"]

MEETING = "engagesWith"
"""The property whose verbs bring two together: "they" are both."""
COUNTED = frozenset({"Plan", "Resolution", "Agreement", "Statement"})
"""Classes of things of which several are not the last one: "the initiatives"."""
TOLD_APART = COUNTED | CONFLICTS | {"Process", "Meeting", "Programme"}
"""Classes of things of which another is told by "a"."""
TAKEN_UP = COUNTED - {"Resolution", "Statement"} | {"Ceasefire", "Meeting", "Mission", "Process"}
"""Classes of things that "the accord" and the like may take up, whatever they are called."""
OF_A_KIND = TAKEN_UP - {"Ceasefire"} | {"Programme"}
"""Classes of what an adjective tells apart: "the electoral process" is no peace process."""
CONCLUDED = frozenset({"Agreement", "Ceasefire", "Plan", "Statement"})
"""Classes of things that where and with whom they were signed tells apart."""
MOST_COMPARED = 100
"""Entities with the head noun of a name that it is compared with, the last first."""
NEAR = 4
"""Words after a name within which "and its envoy" is joined to it."""
UNNAMED = frozenset({"nsubj", "nsubj:pass", "obj"})
"""Relations of those without a name whom "they" may mean: "the farmers met; they"."""
NEXT = 1
"""Passages before its own in which a conflict is looked for that is called by another name, where there are several."""
MOST_COORDINATED = 40
"""Members of a coordination that are remembered together."""


class Antecedents:
    """What was mentioned so far in a document that is read in order, and what a pronoun or a group noun takes up.

    :param refs: the entities of each mention read so far; filled by the caller.
    :param look_ahead: the entities of a name before its turn comes.
    """

    def __init__(
        self,
        table: DraftTable,
        refs: Mapping[Mention, tuple[int, ...]],
        look_ahead: Callable[[Mention], tuple[int, ...]],
    ) -> None:
        self.table, self.lexicon, self.refs, self._look_ahead = table, table.lexicon, refs, look_ahead
        self._syntax, self._salience = Syntax(self.lexicon), Salience(table)
        self.groups = Groups(table, self._salience)
        self._ours: set[int] = set()
        self._sentence = 0
        self._things = -1  # the last sentence of which several things without a name are the subject
        self._coordinated: dict[int, list[Token]] = {}  # the passage's, by their first member
        self._doc: Doc
        self._index: MentionIndex

    def read(self, doc: Doc, index: MentionIndex) -> None:
        """Go on to another passage."""
        self._doc, self._index, self._coordinated = doc, index, {}
        self._salience.read(doc)

    def next_sentence(self) -> None:
        """Go on to another sentence of the passage."""
        self._sentence += 1

    def end_sentence(self, sentence: Stretch) -> None:
        """Remember together those who met in a sentence: "X spoke with Y. They ..."."""
        for verb in sentence:
            if verb.tag_ == "NNS" and verb.i not in self._index and verb.dep_ in UNNAMED:
                if acts(verb, self.lexicon, self.table.ontology):
                    self._salience.note(self._sentence, (), is_subject=verb.dep_.startswith("nsubj"))
                elif verb.dep_.startswith("nsubj"):
                    self._things = self._sentence
            frames = self.lexicon.frames_of("verb", verb.lemma_) if verb.pos_ == "VERB" else ()
            if not frames or not any(frame.predicate == MEETING and "each" in frame.object for frame in frames):
                continue
            others = [c for c in verb.children if c.dep_ == "obj" or (c.dep_ == "obl" and "with" in preposition_of(c))]
            met = [self._refs_at(token) for token in (*self._syntax.subjects(verb)[:1], *others[:1])]
            alone = len(met) == 2 and all(len(refs) == 1 for refs in met) and met[0] != met[1]
            if alone and all(self.table[refs[0]].cls in HUMAN | {"State"} for refs in met):
                self._note((*met[0], *met[1]), is_subject=True)

    def note(self, mention: Mention, refs: tuple[int, ...]) -> None:
        """Remember what a mention means, together with what is coordinated with it before.

        Of what stands inside a longer name, only two that it joins are remembered: "the ceasefire between X and Y".
        """
        if self.lexicon.is_first_person(mention.name):
            return
        token = self._doc[mention.head]
        if mention.start and self.lexicon.is_first_person(self._doc[mention.start - 1].lower_):
            self._ours.update(refs)
        group = self._with_coordination(token, refs)
        is_pair = self._is_pair(token, group)
        if not mention.nested or is_pair:
            bearer = _first(self._bearer(token))
            is_subject = _is_subject(bearer)
            is_asked = is_subject and not bearer.dep_.startswith("nsubj")
            self._note(group, is_subject=is_subject, is_pair=is_pair, is_asked=is_asked)

    def _is_pair(self, token: Token, group: tuple[int, ...]) -> bool:
        """Whether two inside a longer name are named as two: "between X and Y", "the leaders of X and Y"."""
        if len(group) != 2 or token.dep_ != "conj":
            return False
        prepositions = preposition_of(token.head)
        states = all(self.table[ref].cls == "State" for ref in group)
        return "between" in prepositions or (states and "of" in prepositions)

    def foretell(self, group: tuple[int, ...]) -> None:
        """Remember those of whom the document is known to speak before its first word."""
        self._note(group, is_subject=True)

    def _note(self, refs: tuple[int, ...], *, is_subject: bool, is_pair: bool = False, is_asked: bool = False) -> None:
        self._salience.note(self._sentence, refs, is_subject=is_subject, is_pair=is_pair, is_asked=is_asked)
        self.groups.note(refs)

    def last_of(self, classes: Iterable[str]) -> list[int]:
        """Entities of these classes, the last mentioned first."""
        return self._salience.last_of(classes)

    def of_description(
        self, mention: Mention, heads: set[str], sides: tuple[int, ...], foreseen: Set[int]
    ) -> tuple[int, ...]:
        """What a bare description takes up: a group just named, the issuers, the last thing with one of the head nouns.

        :param sides: who "we" are, who come first: "the Council" in what it adopted itself.
        :param foreseen: what may be meant before it is named.
        """
        words = {token.lower_ for token in self._doc[max(0, mention.start - 2) : mention.end]}
        token = self._doc[mention.head]
        before = self._doc[mention.start : mention.head]
        if not has_kind(before, self.lexicon) and (
            group := self.groups.meant(
                self._sentence, words, heads, sides, told=any("of" in preposition_of(c) for c in token.rights)
            )
        ):
            return group
        told_of_many = mention.cls != "Dispute" and self.lexicon.is_in("anyConflict", token.lower_)  # "hostilities"
        if mention.cls in CONFLICTS and token.tag_ == "NNS" and not told_of_many:
            return ()  # "the conflicts" are not the last one
        if has_sides(mention, self._doc, self._index) or is_told_after(mention, self._doc, self.lexicon):
            return ()  # "the talks were held between X and Y", "the initiative taken by X"
        plural = token.lower_ if mention.cls in COUNTED and token.tag_ in {"NNS", "NNPS"} else ""
        telling = {"compound", "amod"} if mention.cls == "Coalition" else {"compound"}  # "the nuclear States"
        marks = {t.lower_ for t in before if t.dep_ in telling and t.lower_ not in " ".join(heads)}
        if mention.cls in OF_A_KIND:
            marks |= {t.lower_ for t in before if t.tag_ == "JJ" and not self.lexicon.is_in("ongoing", t.lower_)}
        article = self._doc[mention.start - 1].lower_ if mention.start else ""
        ours = mention.cls in COUNTED and self.lexicon.is_first_person(article)
        if mention.cls in TOLD_APART and self.lexicon.is_in("indefinite", article) and token.dep_ != "appos":
            return ()  # "an agreement" is another than the last
        kinds = find_kinds(mention, self._doc, self.lexicon)
        told = names_telling(mention, self._doc, self._index) if mention.cls in CONCLUDED else set()
        told |= nouns_telling(token, self._index, self.lexicon)
        marks |= told | kinds
        if mention.cls == "Coalition":  # "the international community" is no Community
            heads = {head for head in heads if " " in head} or heads
        several: Iterable[int] = islice(self.table.headed_by(heads), MOST_COMPARED)
        if mention.cls == "Dispute":  # "the question" is that of which the text speaks, whatever it is called
            several = self._salience.just_named(mention) or several
        several = [at for at in several if not self._salience.is_far(mention, at)]
        ranks = {at: (at in sides, self._salience.last_place(at)) for at in several}
        if mention.cls == "InternationalOrganization" and not token.is_lower and not self.lexicon.is_in("far", article):
            ranks = {at: (own, (len(self.table[at].mentions), 0)) for at, (own, _) in ranks.items()}  # not the last one
        for at in sorted(ranks, key=ranks.__getitem__, reverse=True):
            draft = self.table[at]
            if (draft.mentions or at in foreseen or at in sides) and draft.cls in kin(mention.cls):
                names = {word for name in draft.names for word in name.lower().replace("-", " ").split()}
                if (plural and plural not in names) or not marks <= names:
                    continue  # "the initiatives" are not the Initiative, nor is the "development plan" any plan
                if ours and at not in self._ours:
                    continue  # "our proposal" is not what another proposed
                if mention.cls == "Coalition" and marks and not is_called_so(draft, marks, token.lower_):
                    continue  # "the developed countries" are not the least developed ones
                return (at,)
        if plural or told or ours:
            return ()  # "the agreement signed in Geneva" is no Lomé Convention
        taken_up = mention.cls in TAKEN_UP and not heads.isdisjoint(self.lexicon.words["anyInstrument"])
        taken_up = taken_up and not any(t.dep_ == "amod" for t in before)  # "the democratic process" is no talks
        classes: Set[str] = {mention.cls} if taken_up else frozenset()
        if mention.cls in CONFLICTS and heads & self.lexicon.words["anyConflict"] and not kinds:
            classes = CONFLICTS  # but "the economic crisis" is no war
        last = self.last_of(classes)
        if last and self._is_behind(mention, last):
            return ()
        return tuple(last[:1])

    def _is_behind(self, mention: Mention, last: Sequence[int]) -> bool:
        """Whether the last thing is too far back: "the issue" is what the paragraph is about, "this crisis" is near."""
        between = mention.passage - self._salience.last_place(last[0])[0]
        if mention.cls == "Dispute":
            return between > 0
        return mention.cls in CONFLICTS and len(last) > 1 and between > NEXT

    def of_pronoun(self, mention: Mention, sides: tuple[int, ...], persons: tuple[int, ...]) -> tuple[int, ...]:
        """The entities that a pronoun means; `sides` are who "we" are, `persons` who "I" is."""
        word, words = mention.name, self.lexicon.words
        if word in words["firstSingular"]:
            return persons[:1] or sides
        if word in words["firstPlural"]:
            return sides or persons
        if word in words["humanPronoun"]:
            return self._antecedent(mention, lambda draft: draft.cls in HUMAN, plural=False)
        if said := self._who_says(mention):
            return said
        if sides and word not in words["humanPronoun"] and has_no_subject(self._doc[mention.head].sent):
            return sides  # "Recalling its resolutions", "Reaffirms its support": an item of a resolution
        token = self._doc[mention.head]
        if sides and token.dep_ == "nmod:poss" and any(self._is_of(sides, doer) for doer in self._doers(token)):
            return sides  # "my delegation reaffirms its support"
        if word == "it" and means_nothing(token, self.lexicon):
            return ()
        if word in words["thingPronoun"] and is_asked(token, self.lexicon):
            asking = {id(self.table[ref]) for s in self._syntax.subjects(token.head) for ref in self._refs_at(s)}
            return self._antecedent(mention, lambda d: d.cls in ACTING - HUMAN and id(d) not in asking, plural=False)
        if word in words["thingPronoun"]:
            people = {"Person", "Post", "Population", "Place"}
            if token.dep_ == "nmod:poss" and self.lexicon.is_in("stanceNoun", token.head.lemma_):  # "its support"
                top = self.table.ontology.top
                return self._antecedent(mention, lambda d: d.cls not in people and top(d.cls) == "Actor", plural=False)
            return self._antecedent(mention, lambda draft: draft.cls not in people, plural=False)
        if word in words["pluralPronoun"] and is_of_things(token, self.lexicon):
            before = (noun for noun in token.sent if noun.i < token.i and noun.tag_ == "NNS" and noun.dep_ in UNNAMED)
            if self._sentence - self._things < 2 or any(noun.i not in self._index for noun in before):
                return ()  # "such acts must end: they violate the Charter"
        if word in words["pluralPronoun"]:
            return self._antecedent(mention, lambda d: self.table.ontology.top(d.cls) in {"Actor", "Post"}, plural=True)
        return ()

    def _who_says(self, mention: Mention) -> tuple[int, ...]:
        """Who says of itself what a clause tells: "X said it would do Y"."""
        token = self._doc[mention.head]
        clause = token.head
        if not token.dep_.startswith("nsubj") or clause.dep_ != "ccomp" or clause.i < clause.head.i:
            return ()
        if not self.lexicon.is_in("saying", clause.head.lemma_) or is_of_things(token, self.lexicon):
            return ()
        several = mention.name in self.lexicon.words["pluralPronoun"]
        sayers = [ref for s in self._syntax.subjects(clause.head) for ref in self._refs_at(s) or self._refs_beside(s)]
        classes = ACTING if several else ACTING - HUMAN
        fitting = all(self.table[ref].cls in classes for ref in sayers)
        return tuple(dict.fromkeys(sayers)) if sayers and fitting and several == (len(set(sayers)) > 1) else ()

    def _refs_beside(self, noun: Token) -> tuple[int, ...]:
        """What stands in apposition to a noun: "my country, X"."""
        beside = (child for child in noun.children if child.dep_ == "appos")
        return next((refs for child in beside if (refs := self._refs_at(child))), ())

    def _antecedent(self, mention: Mention, suits: Suits, *, plural: bool) -> tuple[int, ...]:
        token: Token = self._doc[mention.head]
        if token.dep_ == "nmod:poss" and self.lexicon.is_in("governing", token.head.lemma_.lower()):
            return self._salience.antecedent(self._sentence, lambda draft: draft.cls == "State", plural=plural)
        if token.dep_ == "nmod:poss" and (owner := self._owner_nearby(token, suits, plural=plural)):
            return owner
        if token.dep_ == "nmod:poss" and self._has_unnamed_doers(token, "NNS" if plural else "NN"):
            return ()  # "our partners will follow with their own sanctions"
        says = token.dep_ == "nsubj" and self.lexicon.is_in("sayingVerb", token.head.lemma_)
        return self._salience.antecedent(self._sentence, suits, plural=plural, says=says)

    def _has_unnamed_doers(self, token: Token, tag: str) -> bool:
        """Whether those who act in the clause of a possessive have no name, and are one or several as it is."""
        doers = (
            doer
            for doer in self._doers(token)
            if doer.tag_ == tag and doer.pos_ == "NOUN" and acts(doer, self.lexicon, self.table.ontology)
        )
        return any(not self._is_of_before(doer) for doer in doers)

    def _doers(self, token: Token) -> list[Token]:
        """Who acts in the clause of a possessive, before it."""
        verb = token.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
        subjects = self._syntax.subjects(verb) if verb.pos_ == "VERB" else []
        return [subject for subject in subjects if subject.i < token.i or self._opens(token)]

    def _opens(self, token: Token) -> bool:
        """Whether nothing is named in its sentence before a possessive: "In its report, the Council ..."."""
        return all(i not in self._index for i in range(token.sent.start, token.i))

    def _is_of(self, sides: tuple[int, ...], noun: Token) -> bool:
        """Whether a noun means those for whom the document speaks: "my delegation"."""
        ours = any(child.dep_ == "nmod:poss" and self.lexicon.is_first_person(child.lower_) for child in noun.children)
        return ours and is_authors(noun.lemma_.lower(), (self.table[side].cls for side in sides), self.lexicon)

    def _is_of_before(self, noun: Token) -> bool:
        """Whether several that act can be those named before: "both Governments", "the Ministers"."""
        words = self.lexicon.words
        taken_up = noun.lower_ in words["issuerNoun"] | words["officeHolder"]
        counted = any(child.lower_ in words["pairWord"] for child in noun.children)
        return taken_up or counted or bool(self._refs_at(noun) or self._refs_behind(noun))

    def _owner_nearby(self, token: Token, suits: Suits, *, plural: bool) -> tuple[int, ...]:
        """Whom a possessive means by grammar: the owner of the noun coordinated before, or who acts in its clause."""
        noun = token.head.head if token.head.dep_ == "nmod:desc" else token.head
        if noun.dep_ == "conj":  # "X's violations and its aggression", "its attacks on X and its aggression"
            again = (c for c in noun.head.head.lefts if c.lower_ == token.lower_)
            for child in (*noun.head.children, *again):
                owner = self._index.headed_by(child.i) if child.dep_ in {"nmod:poss", "amod"} else None
                refs = () if owner is None or (owner.nested and child.dep_ == "amod") else self.refs.get(owner, ())
                if refs and self._are_as_many(refs, plural):
                    return refs  # also "the Malian resistance and its courage", not "the African Union and its staff"
            beside = [ref for ref in self._refs_at(noun.head) if self.table[ref].cls in ACTING - HUMAN]
            if beside and token.i - noun.head.i < NEAR and plural == (len(beside) > 1):
                return tuple(beside)  # "the Union and its envoy"
        if "for" in preposition_of(token.head):  # "thanks X for its support"
            for child in reversed([*token.head.head.children]):
                if child.dep_ == "obj" and child.i < token.i and not self.lexicon.is_first_person(child.lower_):
                    thanked = [ref for member in conjuncts(child) for ref in self._refs_at(member)]
                    thanked = [ref for ref in thanked if suits(self.table[ref])] or self._meant_by(child)
                    if thanked and all(suits(self.table[ref]) for ref in thanked) and plural == (len(thanked) > 1):
                        return tuple(thanked)
        verb = token.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
        for subject in self._syntax.subjects(verb) if verb.pos_ == "VERB" else ():
            if self.lexicon.is_first_person(subject.lower_) or (subject.i >= token.i and not self._opens(token)):
                continue
            while plural and subject.dep_ == "conj":
                subject = subject.head  # "X and Y, which signed it in their capitals"
            members = conjuncts(subject)
            meant = [ref for m in members for ref in self._refs_at(m) or self._refs_behind(m) or self._named_at(m)]
            fitting = tuple(ref for ref in meant if suits(self.table[ref]))
            if fitting and (plural or len(fitting) == 1):
                several = len(fitting) > 1 or self.table[fitting[0]].cls in SEVERAL or subject.tag_ == "NNS"
                return fitting if several or not plural else ()  # "urges the Malian authorities to end their war"
        return ()

    def _are_as_many(self, refs: tuple[int, ...], plural: bool) -> bool:
        """Whether "their" can mean entities, or "its" can."""
        return (len(refs) > 1 or self.table[refs[0]].cls not in SINGLE) if plural else len(refs) == 1

    def _meant_by(self, noun: Token) -> list[int]:
        """Whom sanctions and the like are meant for: "imposed sanctions on X for its deeds"."""
        targets = (c for c in noun.children if c.dep_ == "nmod" and preposition_of(c) & self.lexicon.words["targeting"])
        return [ref for target in targets for member in conjuncts(target) for ref in self._refs_at(member)]

    def _refs_at(self, token: Token) -> tuple[int, ...]:
        mention = self._index.headed_by(token.i)
        return self.refs.get(mention, ()) if mention is not None else ()

    def _named_at(self, token: Token) -> tuple[int, ...]:
        """What a name means that comes after the pronoun that takes it up."""
        mention = self._index.headed_by(token.i)
        named = mention is not None and mention.kind in {Kind.KNOWN, Kind.NAME}
        return self._look_ahead(mention) if mention is not None and named else ()

    def _with_coordination(self, token: Token, refs: tuple[int, ...]) -> tuple[int, ...]:
        """The entities coordinated with a mention before it: "X and Y" counts as one when Y has been read."""
        bearer = self._bearer(token)
        if bearer.dep_ != "conj":
            return refs
        first = bearer.head
        while first.dep_ == "conj":
            first = first.head
        if first.i not in self._coordinated:
            self._coordinated[first.i] = conjuncts(first)
        before = [member for member in self._coordinated[first.i] if member.i < bearer.i][-MOST_COORDINATED:]
        members = [ref for member in before for ref in self._refs_at(member) or self._refs_behind(member)]
        return tuple(dict.fromkeys([*members, *refs]))

    def _bearer(self, token: Token) -> Token:
        """The noun that bears a name in its clause: "Government" of "the Government of X"."""
        while token.dep_ == "nmod" and self.lexicon.is_in("transparent", token.head.lemma_.lower()):
            token = token.head
        return token

    def _refs_behind(self, noun: Token) -> tuple[int, ...]:
        if not self.lexicon.is_in("transparent", noun.lemma_.lower()):
            return ()
        behind = (child for child in noun.children if child.dep_ in {"nmod", "amod", "nmod:poss"})
        return next((refs for child in behind if (refs := self._refs_at(child))), ())


def _first(token: Token) -> Token:
    """The first of those with which a noun is coordinated."""
    while token.dep_ == "conj":
        token = token.head
    return token


def _is_subject(token: Token) -> bool:
    """Whether a noun is a subject, or whom a verb asks to do what follows: "urges X to end its war"."""
    if token.dep_ in {"obj", "iobj", "obl"}:
        return any(c.dep_ in {"xcomp", "advcl"} and c.tag_ == "VB" and c.i > token.i for c in token.head.rights)
    return bool(token.dep_.startswith("nsubj"))
