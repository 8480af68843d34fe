"""The places of a frame: where in the parse, or inside a name, the two ends of a claim stand.

``ontology/lexicon.ttl`` says which places there are; a place that is not in :data:`PLACES` is a preposition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dragoman.extraction import stance
from dragoman.extraction.aims import find_aim
from dragoman.extraction.mentions import Kind, Mention
from dragoman.extraction.prepositions import REACH, Prepositions
from dragoman.extraction.reference import Filler, Reference, Scope
from dragoman.extraction.relatives import Relatives
from dragoman.extraction.syntax import OBLIQUES, is_passive, preposition_of
from dragoman.language.tokens import Token
from dragoman.lexicon import Frame

__all__ = ["Places"]

MOST_PAIRED = 5
"""Members of a coordination that are taken pair by pair; of more, nothing is said of each two."""
HYPHENS = frozenset("-–")
REDUCED = frozenset({"acl", "amod", "acl:relcl", "advcl"})
"""Relations of participles that have no clause of their own."""


class Places:
    """Fills the places of frames in one passage."""

    def __init__(self, reference: Reference) -> None:
        self.reference, self.doc, self.index = reference, reference.doc, reference.index
        self.syntax, self.ontology, self.linking = reference.syntax, reference.ontology, reference.linking
        self.lexicon = reference.lexicon
        self.relatives, self.prepositions = Relatives(reference), Prepositions(reference)

    def fill(self, names: Sequence[str], token: Token, frame: Frame, *, through: bool) -> tuple[str, list[Filler]]:
        """The first of the places `names` that holds an entity, and the entities there.

        :param through: whether deeds there stand for their doers.
        """
        scope = Scope(token.i, through, frame.direct)
        for name in names:
            look_up = PLACES.get(name)
            fillers = (
                list(look_up(self, token, frame, scope)) if look_up else self.prepositions.fill(token, name, scope)
            )
            if fillers:
                return name, fillers
        return "", []

    def _mean(self, phrases: Iterable[Token], scope: Scope) -> Iterator[Filler]:
        for phrase in phrases:
            yield from self.reference.of_phrase(phrase, scope)

    # -- subjects and objects

    def _subject(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        if frame.part == "adjective":
            ill = token.dep_ == "amod" and self.lexicon.is_in("illNoun", token.head.lemma_.lower())
            if not ill or frame.predicate != "supports":  # "an important threat of X" is no praise of X
                yield from self._adjective_subject(token, scope)
            return
        if frame.part in {"adverb", "modal"}:
            word, token = token, token.head
            if frame.part == "modal" and stance.asks_nothing(word, self.lexicon):
                return
        asking = self.lexicon.words["askedPreposition"]
        asked = any(preposition_of(c) & asking for c in token.head.children if c.dep_ in OBLIQUES)
        asks = asked and self.lexicon.is_in("requestNoun", token.head.lemma_)  # "an appeal to X to do it"
        purpose = token.dep_ in {"acl", "xcomp", "advcl"} and token.tag_ == "VB" and not asks
        if purpose and token.head.pos_ in {"NOUN", "PROPN"}:
            for filler in self.reference.of_phrase(token.head, scope):  # "a conference to end the war"
                if self.ontology.top(self.reference.cls(filler.entity)) in {"Instrument", "Post"}:
                    yield filler
        subjects = self.syntax.subjects(token)
        if not subjects:
            yield from self._lead(token)
            return
        if frame.part == "modal" and stance.is_said_to_be(token, subjects[0], self.lexicon):
            return
        fillers = list(self._mean(subjects, scope))
        yield from self.relatives.meant(token, subjects[0], fillers, frame, subject=True)

    def deeds_doers(self, verb: Token) -> tuple[str, list[Filler]]:
        """Whose deed does what a verb says, where the deed itself is nothing named: "X's launches violate Y"."""
        nouns = self.lexicon.words["deedNoun"] | self.lexicon.words["harmNoun"]
        deeds = [subject for subject in self.syntax.subjects(verb) if subject.lemma_.lower() in nouns]
        return "subj", list(self._mean(deeds, Scope(verb.i, through=True)))

    def _lead(self, token: Token) -> Iterator[Filler]:
        """The subject of an item that begins with its verb, from the line that leads it in."""
        top = token
        while top.head.pos_ == "VERB" and (
            top.dep_ in {"conj", "xcomp"} or (top.dep_ == "advcl" and top.tag_ == top.head.tag_ == "VBG")
        ):
            top = top.head  # "Commending X, condemning Y"
        if top.dep_ == "ROOT" and top.tag_ in {"VBZ", "VBD", "VBG", "VB", "VBP"}:
            yield from self.reference.leader(token)

    def _adjective_subject(self, token: Token, scope: Scope) -> Iterator[Filler]:
        own = [self.syntax.antecedent(child) for child in token.children if child.dep_ in {"nsubj", "nsubj:pass"}]
        own = own or ([token.head] if token.dep_ in {"amod", "acl"} else [])
        subjects = own or self.syntax.grammatical_subjects(token)
        alone = not subjects and token.dep_ == "ROOT"  # "Grateful to X," of a resolution
        yield from self.reference.leader(token) if alone else self._mean(subjects, scope)

    def _object(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        if frame.part == "suffix":
            yield from self._modified_by_suffix(token, scope)
            return
        for phrase in self.syntax.objects(token):
            if stance.is_own(token, phrase, frame.predicate, self.lexicon):
                continue
            outer = self._just_before(phrase, token)
            meant = self.reference.of_phrase(phrase, scope) if outer is None else self.reference.of_mention(outer)
            yield from self.relatives.meant(token, phrase, list(meant), frame, subject=False)

    def _site(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """Where an object stands that is a place without a name: "bombed a hospital in X"."""
        for phrase in self.syntax.objects(token):
            if self.lexicon.is_in("siteNoun", phrase.lemma_.lower()) and not self.reference.of_phrase(phrase, scope):
                around = (c for c in (*phrase.rights, *token.rights) if c.dep_ in OBLIQUES)
                near = (c for c in around if preposition_of(c) & self.lexicon.words["sitePreposition"])
                yield from self._mean(near, scope)

    def _just_before(self, phrase: Token, participle: Token) -> Mention | None:
        """The longest name that ends where a passive participle begins: "the Conference on X, held in Y"."""
        if phrase.i > participle.i or participle.dep_ not in {"acl", "advcl"} or participle.tag_ != "VBN":
            return None
        begins = min((t.i for t in participle.lefts if t.dep_ in {"mark", "aux:pass"}), default=participle.i)
        named = (m for m in self.index.at(phrase.i) if m.kind is not Kind.PRONOUN)
        nearest = next((m for m in named if 0 <= begins - m.end <= 2), None)
        if nearest is None or (nearest.cls in {"Resolution", "Statement"} and participle.lemma_ == "hold"):
            return None  # "the communiqué of the meeting held in X"
        purpose = self.doc[nearest.head].head  # "the Conference to support X, chaired by Y": not X is chaired
        bearer = self.reference.named_by(purpose.head) if purpose.dep_ == "acl" and purpose.tag_ == "VB" else None
        return nearest if bearer is None else bearer

    def _indirect(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        yield from self._mean((child for child in token.children if child.dep_ == "iobj"), scope)

    def _clause_subject(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        clauses = [c for c in token.children if c.dep_ in {"ccomp", "xcomp", "csubj", "acl"} and c.i > token.i]
        clauses = [c for c in clauses if c.dep_ != "acl" or any(m.lower_ == "that" for m in c.lefts)]  # "time that X"
        yield from self._mean((p for c in clauses for p in c.children if p.dep_.startswith("nsubj")), scope)

    def _clause_deed(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """What is brought about in the clause that follows: "glad that X adopted Y"."""
        clauses = [c for c in token.rights if c.dep_ in {"ccomp", "advcl"} and not stance.is_denied(c, self.lexicon)]
        yield from self._mean((p for c in clauses for p in self.syntax.objects(c)), scope)

    def _clause_wrongdoer(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """Who does what is regretted: "regret that X vetoed it"."""
        for clause in (c for c in token.rights if c.dep_ == "ccomp" and not is_passive(c)):
            if self.lexicon.is_in("wrongVerb", clause.lemma_.lower()):
                yield from self._mean((c for c in clause.lefts if c.dep_ == "nsubj"), scope)

    def _clause_object(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        own = {"NOUN": {"xcomp", "acl"}, "ADJ": {"xcomp", "csubj"}}.get(token.pos_, {"xcomp"})
        for clause in (c for c in token.children if c.dep_ in own and (c.dep_ != "csubj" or c.tag_ == "VB")):
            if frame.predicate != "opposes" or not stance.is_denied(
                clause, self.lexicon
            ):  # "ask X not to lift sanctions"
                yield from self._mean([clause, *self.syntax.objects(clause)], scope)

    def _each(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        at = token.head if frame.part == "adverb" else token
        if any(m.end - m.start > 1 and m.kind is not Kind.DESCRIPTION for m in self.index.at(token.i)):
            return  # "the Alliance of X and Y" is a name
        met = (c for c in token.children if c.dep_ == "obj" or "with" in preposition_of(c))
        if frame.part == "verb" and any(one.lemma_.lower() not in frame.needs for one in met):
            return  # "X and Y met Z", not "X and Y exchanged fire"
        phrases = self.syntax.subjects(at) if at.pos_ in {"VERB", "AUX"} else self.syntax.noun_agents(token)
        fillers = list(self._mean(phrases, scope))
        if 1 < len({filler.entity for filler in fillers}) <= MOST_PAIRED:
            yield from fillers

    def _company(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """X of "together with X": the phrase that the word opens."""
        yield from self._mean(self._accompanying(token), scope)

    def _accompanying(self, word: Token) -> list[Token]:
        after = (*word.children, *(c for c in word.head.children if c.left_edge.i == word.i + 1))
        phrases = [c for c in after if c.dep_ in OBLIQUES and "with" in preposition_of(c)]
        return phrases or [head for head in (word.head,) if head.dep_ in OBLIQUES and "with" in preposition_of(head)]

    def _accompanied(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """Who does, together with another, what the sentence says."""
        company = self._accompanying(token)
        verb = token.head.head if token.head in company else token.head
        subjects = self.syntax.subjects(verb) if verb.pos_ in {"VERB", "AUX"} else [verb]
        yield from self._mean((subject for subject in subjects if subject not in company), scope)

    # -- around nouns

    def _agent(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        owners = list(self._possessor(token, frame, scope))
        if owners:
            yield from owners
        elif frame.part == "adjective":
            yield from self._adjective_subject(token, scope)
        else:
            agents = self.syntax.noun_agents(token)
            fillers = list(self._mean(agents, scope))
            carrier = self.syntax.carrier(token)
            if not fillers and carrier is not None and all(agent.tag_ == "PRP$" for agent in agents):
                fillers = list(self._mean(self.syntax.subjects(carrier), scope))  # "expresses its gratitude"
            yield from fillers

    def _seeker(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        aim = find_aim(token, self.syntax)
        yield from self._mean(aim[1] if aim else (), scope)

    def _possessor(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        own = self.reference.named_by(token)
        begins = token.i if own is None else own.start
        if own is not None:
            inside = [m for m in self.index.inside(own.start, token.i) if m.kind is not Kind.PRONOUN]
            for inner in inside:
                led = self.doc[inner.end].text in HYPHENS and self.doc[inner.end + 1].tag_ == "VBN"  # "X-led talks"
                within = any(o is not inner and o.start <= inner.start and inner.end <= o.end for o in inside)
                if not led and not within:
                    yield from self.reference.of_mention(inner)
        before = [child for child in token.children if child.i < begins]
        joint = self.doc[begins - 1] if own is not None and begins else token
        if joint.dep_ == "cc" and joint.is_alpha:  # "X and Y forces" are those of Y, and others
            before = [child for child in before if child.i + 2 != begins]
        owners = [c for c in before if c.dep_ == "nmod:poss"]
        owners += [c for c in before if c.dep_ in {"amod", "compound", "nmod:desc"} and c.i in self.index]
        if not owners and token.dep_ == "conj" and not any(c.dep_ == "det" for c in before):
            owners = [c for c in token.head.children if c.dep_ == "nmod:poss"]  # "X's annexation of Y and further wars"
        yield from self._mean(owners, scope)

    def _pair(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """Two names or more before a noun: "the Israeli-Lebanon conflict"."""
        fillers = list(self._possessor(token, frame, scope))
        if len({filler.entity for filler in fillers}) > 1:
            yield from fillers

    def _copula(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        if any(child.dep_ == "cop" for child in token.children):
            subjects = [self.syntax.antecedent(child) for child in token.children if child.dep_ == "nsubj"]
            yield from self._mean(subjects or self.syntax.grammatical_subjects(token), scope)
        elif token.dep_ in {"xcomp", "obl", "conj"}:
            yield from self._mean(self.syntax.grammatical_subjects(token), scope)
        elif token.dep_ == "nmod" and stance.is_voice(token):
            yield from self._copula(token.head, frame, scope)

    def _apposition(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        first = token.head if token.dep_ == "conj" else token
        beside = [first.head] if first.dep_ == "appos" else []
        if any(child.dep_ == "det:predet" for child in first.lefts):
            beside = []  # "X, Y, all the members of Z and others": others than X and Y
        if token is not first and token.text[0].isupper():  # "the Envoy for X and Head of Y, Anna Berg"
            heads = [self.doc[m.head] for m in self.index.at(first.i) if m.cls == "Post"] or [first]
            beside += [c for c in heads[0].rights if c.dep_ == "appos" and c.i > token.i]
        yield from self._mean([*beside, *(c for c in token.children if c.dep_ in {"appos", "flat"})], scope)

    def _as(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """ "X as host of Y": the noun that "as" joins this one to, or the object or subject of its verb."""
        if "as" not in preposition_of(token):
            return
        head = token.head
        if head.pos_ == "VERB":
            objects = self.syntax.objects(head) if token.i > head.i else []
            duties = [o for o in objects if self.lexicon.is_in("dutyNoun", o.lemma_.lower())]
            owners = [agent for duty in duties for agent in self.syntax.noun_agents(duty)]  # "fulfil X's duties as"
            yield from self._mean(owners or objects or self.syntax.subjects(head), scope)
        elif head.pos_ in {"NOUN", "PROPN", "PRON"}:
            mention = self.reference.denoting(head, scope)
            if mention is None and self.lexicon.is_in("dutyNoun", head.lemma_.lower()):
                yield from self._mean(self.syntax.noun_agents(head), scope)  # "its duties as a member of X"
                return
            if mention is None or token.tag_ != "NNS":
                yield from self.reference.of_phrase(head, scope)
                return
            for member in self.index.list_of(mention):  # "X, Y and Z as members of W"
                yield from self.reference.of_mention(member)

    def _posts(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """The posts of "as Ambassador to X and Special Envoy for Y", the second hung on what the first is to."""
        for phrase in self.prepositions.after(token, "as"):
            for word in phrase.subtree:
                post = self.index.headed_by(word.i) if word == phrase or word.dep_ == "conj" else None
                if post is not None and post.cls == "Post":
                    yield from self.reference.of_mention(post)

    def _self(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """What the noun itself names; of "X-led", X."""
        own = self.reference.named_by(token)
        if frame.part == "suffix":
            own = next(iter(self.index.at(token.i - 2)[-1:]), None)
        if own is not None:
            yield from self.reference.of_mention(own)
            for further in self.index.numbered_after(own):
                yield from self.reference.of_mention(further)

    def _modified_by_suffix(self, token: Token, scope: Scope) -> Iterator[Filler]:
        """The thing that "X-led" stands before."""
        for at in range(token.i + 1, min(token.i + REACH, token.sent.end)):
            named = next((m for m in self.index.at(at) if m.kind is not Kind.PRONOUN), None)
            if named is not None:
                yield from self.reference.of_mention(named)
                yield from self._mean(self.reference.included(self.doc[named.head]), scope)
                return
            if self.doc[at].pos_ in {"VERB", "AUX", "ADP"}:
                return

    def _governed(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """Who does what a noun accompanies: "with the support of X, Y built Z" ; of a passive, what is done."""
        verb = token.head
        if token.dep_ == "obl" and verb.pos_ == "VERB":
            yield from self._mean(self.syntax.objects(verb) if is_passive(verb) else self.syntax.subjects(verb), scope)
        elif token.dep_ == "nmod":  # hung on the subject that it stands beside
            yield from self._mean([verb], scope)

    def _done(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """What is done under somebody: "under the auspices of X, Y signed Z"."""
        yield from self._mean(self.syntax.objects(token.head) if token.head.pos_ == "VERB" else (), scope)

    def _author(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """Who says it: who notes or condemns what is so called, the speaker of reported words, else the author."""
        verb = token.head.head if token.dep_ == "amod" and token.head.dep_ == "obj" else token
        said = (self.lexicon.is_in(words, verb.lemma_) for words in ("saying", "sayingVerb"))
        judges = self.syntax.subjects(verb) if verb is not token and any(said) else []
        fillers = list(self._mean(judges, scope))
        yield from fillers or self.reference.sayers(token)

    def _voice(self, token: Token, frame: Frame, scope: Scope) -> Iterator[Filler]:
        """The author, of a passive without an agent: "X is to be commended"; not "X is often praised"."""
        if stance.is_mere_report(token, self.lexicon):
            return
        first = token
        while first.dep_ == "conj":
            first = first.head
        if is_passive(token) and first.dep_ not in REDUCED:
            recommending = stance.find_recommending(first, self.lexicon)
            voices = self._mean(self.syntax.subjects(recommending), scope) if recommending is not None else ()
            yield from [*voices] or self.reference.author(token)


PLACES: Mapping[str, Callable[[Places, Token, Frame, Scope], Iterator[Filler]]] = {
    "subj": Places._subject,
    "obj": Places._object,
    "iobj": Places._indirect,
    "clause": Places._clause_subject,
    "site": Places._site,
    "deed": Places._clause_deed,
    "wrongdoer": Places._clause_wrongdoer,
    "inf": Places._clause_object,
    "each": Places._each,
    "company": Places._company,
    "accompanied": Places._accompanied,
    "agent": Places._agent,
    "seeker": Places._seeker,
    "poss": Places._possessor,
    "pair": Places._pair,
    "copula": Places._copula,
    "apposition": Places._apposition,
    "as": Places._as,
    "posts": Places._posts,
    "self": Places._self,
    "governed": Places._governed,
    "done": Places._done,
    "author": Places._author,
    "voice": Places._voice,
}
"""Grammatical positions that a frame may name; any other word is a preposition."""
