"""Claims: what a sentence states between two entities, read by the frames of the lexicon.

A frame fires at its word; its places are looked up in the parse (:mod:`dragoman.extraction.syntax`) or inside a name
("UN Security Council resolution"), what stands there is taken for the entities it means, and the ontology decides
whether the property may join them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.extraction.drafts import Linking
from dragoman.extraction.mentions import Kind, Mention, MentionIndex, lemma_of
from dragoman.extraction.modality import find_modality
from dragoman.extraction.speakers import Quotation, find_speaker
from dragoman.extraction.syntax import OBLIQUES, Syntax, conjuncts, is_passive, preposition_of
from dragoman.extraction.times import TimeExpression
from dragoman.gazetteer import fold
from dragoman.lexicon import Frame, Lexicon
from dragoman.ontology import Ontology
from dragoman.records import Modality

__all__ = ["Candidate", "ClaimReader"]

PARTS = {"VERB": ("verb",), "AUX": ("verb", "modal"), "NOUN": ("noun",), "PROPN": ("noun",), "ADJ": ("adjective",), "ADV": ("adverb",)}
THROUGH_NOUNS = 3
"""Nouns that a place may be looked through: "the efforts of the Government of X"."""
MOST_PAIRED = 5
"""Members of a coordination that are taken pair by pair; of more, nothing is said of each two."""
REACH = 7
"""Words after a name within which a preposition's name must begin, where the parse gives nothing."""


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity at a place of a frame, the tokens that point at it, and how sure that is."""

    entity: int
    start: int
    end: int
    sureness: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim as read: entities by number, the tokens that state it."""

    subject: int
    predicate: str
    object: int
    modality: Modality
    start: int
    end: int
    rule: str
    confidence: float
    date: str = ""
    speaker: int | None = None


class ClaimReader:
    """Reads the claims of one passage."""

    def __init__(
        self,
        doc: Doc,
        index: MentionIndex,
        linking: Linking,
        *,
        lexicon: Lexicon,
        ontology: Ontology,
        times: Sequence[TimeExpression],
        quotations: list[Quotation],
        holders: Mapping[Mention, Mention],
    ) -> None:
        self.doc, self.index, self.linking = doc, index, linking
        self.lexicon, self.ontology, self.times, self.quotations = lexicon, ontology, times, quotations
        self.holders = holders
        self.syntax = Syntax(lexicon)
        self._through = False
        self._trigger = -1
        self.refs: Mapping[Mention, tuple[int, ...]] = linking.refs

    def read(self) -> Iterator[Candidate]:
        """Claims of all frames, in text order."""
        for token in self.doc:
            lemma = spelled(token)
            for part in ("verb",) if _acts_as_verb(token) else PARTS.get(token.pos_, ()):
                frames = self.lexicon.frames_of(part, lemma)
                if frames:
                    yield from self._fire(frames, token)
            if token.pos_ == "VERB" and token.tag_ == "VBN":
                yield from self._fire(self.lexicon.frames_of("adjective", token.lower_), token)
            if token.i and self.doc[token.i - 1].text in "-–":
                yield from self._fire(self.lexicon.frames_of("suffix", token.lower_), token)
        yield from self._links()

    # -- frames

    def _fire(self, frames: Sequence[Frame], token: Token) -> Iterator[Candidate]:
        done: set[tuple[int, int]] = set()
        for frame in frames:
            if frame.needs and not self._has_needs(frame, token):
                continue
            subjects, objects = self._ends(frame, token)
            fresh = set()
            for subject in subjects:
                for object_ in objects:
                    pair = self._pair(frame, subject, object_)
                    if subject.entity == object_.entity or pair in done or pair in fresh or not self._admits(frame, subject.entity, object_.entity):
                        continue
                    fresh.add(pair)
                    yield self._candidate(frame, token, subject, object_)
            done |= fresh

    def _pair(self, frame: Frame, subject: Filler, object_: Filler) -> tuple[int, int]:
        """The two ends, in one order for a symmetric property."""
        pair = (subject.entity, object_.entity)
        return (min(pair), max(pair)) if self.ontology.properties[frame.predicate].symmetric else pair

    def _ends(self, frame: Frame, token: Token) -> tuple[list[Filler], list[Filler]]:
        subject_place, subjects = self._fill_first(frame.subject, token, frame)
        object_place, objects = self._fill_first(frame.object, token, frame) if subjects else ("", [])
        if subject_place == object_place or object_place == "each":
            return (subjects, objects) if self.ontology.properties[frame.predicate].symmetric else ([], [])
        own = {filler.entity for filler in subjects}
        return subjects, [filler for filler in objects if filler.entity not in own]

    def _admits(self, frame: Frame, subject: int, object_: int) -> bool:
        left, right = self.linking.entities[subject].cls, self.linking.entities[object_].cls
        if frame.subject_classes and not any(self.ontology.is_a(left, cls) for cls in frame.subject_classes):
            return False
        if frame.object_classes and not any(self.ontology.is_a(right, cls) for cls in frame.object_classes):
            return False
        return self.ontology.admits(frame.predicate, left, right)

    def _has_needs(self, frame: Frame, token: Token) -> bool:
        if "inf" in frame.needs:
            complements = [*token.children, *(g for c in token.children if c.dep_ == "obj" for g in c.children)]
            return any(
                c.dep_ in {"xcomp", "ccomp"} or (c.dep_ in {"advcl", "acl"} and c.tag_ == "VB") for c in complements
            )
        return any(child.lower_ in frame.needs for child in token.children)

    def _candidate(self, frame: Frame, token: Token, subject: Filler, object_: Filler) -> Candidate:
        start = min(token.i, *(f.start for f in (subject, object_) if f.end > f.start))
        end = max(token.i + 1, subject.end, object_.end)
        sentence = token.sent
        start, end = max(start, sentence.start), min(end, sentence.end)
        if start >= end:
            start, end = token.i, token.i + 1
        speaker = self._speaker(token, (subject.entity,))
        return Candidate(
            subject=subject.entity,
            predicate=frame.predicate,
            object=object_.entity,
            modality=frame.modality or find_modality(token, self.lexicon),
            start=start,
            end=end,
            rule=frame.name,
            confidence=round(frame.confidence * subject.sureness * object_.sureness, 3),
            date=self._date(token, start, end),
            speaker=speaker,
        )

    # -- places

    def _fill_first(self, places: Sequence[str], token: Token, frame: Frame) -> tuple[str, list[Filler]]:
        for place in places:
            fillers = self._fill(place, token, frame)
            if fillers:
                return place, fillers
        return "", []

    def _fill(self, place: str, token: Token, frame: Frame) -> list[Filler]:
        self._through = frame.through and place not in frame.subject
        self._trigger = token.i
        look_up = PLACES.get(place)
        if look_up is not None:
            return list(look_up(self, token, frame))
        return self._prepositional(token, place, frame)

    def _subject(self, token: Token, frame: Frame) -> Iterator[Filler]:
        if frame.part == "adjective":
            yield from self._adjective_subject(token)
            return
        if frame.part in {"adverb", "modal"}:
            token = token.head
        if token.dep_ in {"acl", "xcomp", "advcl"} and token.tag_ == "VB":  # "a conference to end the war"
            for instrument in self._means(token.head) if token.head.pos_ in {"NOUN", "PROPN"} else ():
                if self.ontology.top(self.linking.entities[instrument.entity].cls) in {"Instrument", "Post"}:
                    yield instrument
        for phrase in self.syntax.subjects(token):
            yield from self._means(phrase)

    def _adjective_subject(self, token: Token) -> Iterator[Filler]:
        own = [child for child in token.children if child.dep_ in {"nsubj", "nsubj:pass"}]
        if own:
            for phrase in own:
                yield from self._means(self.syntax.antecedent(phrase))
        elif token.dep_ in {"amod", "acl"}:
            yield from self._means(token.head)
        else:
            for phrase in self.syntax.grammatical_subjects(token):
                yield from self._means(phrase)

    def _object(self, token: Token, frame: Frame) -> Iterator[Filler]:
        if frame.part == "suffix":
            yield from self._modified_by_suffix(token)
            return
        for phrase in self.syntax.objects(token):
            outer = self._just_before(phrase, token)
            if outer is not None:
                yield from self._of_mention(outer)
            else:
                yield from self._means(phrase)

    def _just_before(self, phrase: Token, participle: Token) -> Mention | None:
        """The longest name that ends where a passive participle begins: "the Conference on X, held in Y"."""
        if phrase.i > participle.i or participle.dep_ not in {"acl", "advcl"} or participle.tag_ != "VBN":
            return None
        for mention in self.index.at(phrase.i):
            if 0 <= participle.i - mention.end <= 2 and mention.kind is not Kind.PRONOUN:
                return mention
        return None

    def _indirect(self, token: Token, frame: Frame) -> Iterator[Filler]:
        for child in token.children:
            if child.dep_ == "iobj":
                yield from self._means(child)

    def _clause_subject(self, token: Token, frame: Frame) -> Iterator[Filler]:
        for child in token.children:
            if child.dep_ in {"ccomp", "xcomp", "csubj"} and child.i > token.i:
                for phrase in child.children:
                    if phrase.dep_.startswith("nsubj"):
                        yield from self._means(phrase)

    def _clause_object(self, token: Token, frame: Frame) -> Iterator[Filler]:
        for child in token.children:
            if child.dep_ == "xcomp":
                yield from self._means(child)
                for phrase in self.syntax.objects(child):
                    yield from self._means(phrase)

    def _each(self, token: Token, frame: Frame) -> Iterator[Filler]:
        at = token.head if frame.part == "adverb" else token
        phrases = self.syntax.subjects(at) if at.pos_ in {"VERB", "AUX"} else self.syntax.noun_agents(token)
        fillers = [filler for phrase in phrases for filler in self._means(phrase)]
        if 1 < len({filler.entity for filler in fillers}) <= MOST_PAIRED:
            yield from fillers

    def _agent(self, token: Token, frame: Frame) -> Iterator[Filler]:
        found = list(self._possessor(token, frame))
        if found:
            yield from found
            return
        if frame.part == "adjective":
            yield from self._adjective_subject(token)
            return
        for phrase in self.syntax.noun_agents(token):
            yield from self._means(phrase)

    def _possessor(self, token: Token, frame: Frame) -> Iterator[Filler]:
        own = self._self_mention(token)
        if own is not None:
            for inner in self.index.inside(own.start, token.i):
                if inner.kind is not Kind.PRONOUN and not self._within_other(inner, own):
                    yield from self._of_mention(inner)
            outside = own.start
        else:
            outside = token.i
        for child in token.children:
            if child.dep_ in {"nmod:poss", "amod", "compound", "nmod:desc"} and child.i < outside:
                if child.dep_ == "nmod:poss" or self.index.at(child.i):
                    yield from self._means(child)

    def _pair_before(self, token: Token, frame: Frame) -> Iterator[Filler]:
        """Two names or more that stand before a noun: "the Israeli-Lebanon conflict"."""
        fillers = list(self._possessor(token, frame))
        if len({filler.entity for filler in fillers}) > 1:
            yield from fillers

    def _within_other(self, inner: Mention, own: Mention) -> bool:
        return any(other is not own and other is not inner and own.covers(other.start) and other.start <= inner.start and inner.end <= other.end and other.kind is not Kind.PRONOUN for other in self.index.at(inner.start))

    def _copula(self, token: Token, frame: Frame) -> Iterator[Filler]:
        if any(child.dep_ == "cop" for child in token.children):
            for child in token.children:
                if child.dep_ == "nsubj":
                    yield from self._means(self.syntax.antecedent(child))
        elif token.dep_ in {"xcomp", "obl", "conj"}:
            for phrase in self.syntax.grammatical_subjects(token):
                yield from self._means(phrase)

    def _apposition(self, token: Token, frame: Frame) -> Iterator[Filler]:
        if token.dep_ == "appos":
            yield from self._means(token.head)
        for child in token.children:
            if child.dep_ in {"appos", "flat"}:
                yield from self._means(child)

    def _as(self, token: Token, frame: Frame) -> Iterator[Filler]:
        """"X as host of Y": the noun that "as" joins this one to, or the object or subject of its verb."""
        if "as" not in preposition_of(token):
            return
        head = token.head
        if head.pos_ in {"NOUN", "PROPN", "PRON"}:
            mention = self._denoting(head)
            if mention is not None and token.tag_ == "NNS":
                for member in self.index.list_of(mention):
                    yield from self._of_mention(member)
            else:
                yield from self._means(head)
        elif head.pos_ == "VERB":
            for phrase in self.syntax.objects(head) or self.syntax.subjects(head):
                yield from self._means(phrase)

    def _self(self, token: Token, frame: Frame) -> Iterator[Filler]:
        if frame.part == "suffix":
            before = token.i - 2
            for mention in self.index.at(before)[-1:]:
                yield from self._of_mention(mention)
            return
        own = self._self_mention(token)
        if own is not None:
            yield from self._of_mention(own)

    def _author(self, token: Token, _frame: Frame | None = None) -> Iterator[Filler]:
        for side in self.linking.sides or self.linking.persons:
            yield Filler(side, token.i, token.i, 0.9)

    def _voice(self, token: Token, frame: Frame) -> Iterator[Filler]:
        """The author, of a passive without an agent: "X is to be commended"."""
        if is_passive(token) and token.dep_ not in {"acl", "amod", "acl:relcl", "advcl"}:
            yield from self._author(token)

    def _modified_by_suffix(self, token: Token) -> Iterator[Filler]:
        """The thing that "X-led" stands before."""
        for at in range(token.i + 1, min(token.i + REACH, token.sent.end)):
            mentions = [m for m in self.index.at(at) if m.kind is not Kind.PRONOUN]
            if mentions:
                yield from self._of_mention(mentions[0])
                return
            if self.doc[at].pos_ in {"VERB", "AUX", "ADP"}:
                return

    def _prepositional(self, token: Token, word: str, frame: Frame) -> list[Filler]:
        phrases = self._phrases_after(token, word)
        fillers = [filler for phrase in phrases for filler in self._means(phrase)]
        if fillers or token.pos_ not in {"NOUN", "PROPN"}:
            return fillers
        own = self._self_mention(token)
        return self._inside_or_after(own, token, word)

    def _phrases_after(self, token: Token, word: str) -> list[Token]:
        phrases = [c for c in token.children if c.dep_ in OBLIQUES and word in preposition_of(c)]
        if token.pos_ in {"VERB", "AUX"}:
            if not phrases:  # "provide assistance to X", its phrase hung on the noun
                for child in token.children:
                    if child.dep_ in {"obj", "nsubj:pass", "xcomp"}:
                        phrases.extend(c for c in child.children if c.dep_ in OBLIQUES and c.i > token.i and word in preposition_of(c))
            if not phrases and token.dep_ == "conj":
                return phrases
            return phrases
        carrier = self.syntax.carrier(token)
        if carrier is not None and not phrases:
            phrases = [c for c in carrier.children if c.dep_ in OBLIQUES and c.i > token.i and word in preposition_of(c)]
        if not phrases and token.dep_ == "conj" and token.head.pos_ == "NOUN":
            return [c for c in token.head.children if c.dep_ in OBLIQUES and word in preposition_of(c)]
        if not phrases:  # "support and solidarity with X": the phrase hangs on the last of the nouns
            for child in token.children:
                if child.dep_ == "conj" and child.pos_ == "NOUN":
                    phrases.extend(c for c in child.children if c.dep_ in OBLIQUES and word in preposition_of(c))
        return phrases

    def _inside_or_after(self, own: Mention | None, token: Token, word: str) -> list[Filler]:
        """A name that follows the preposition inside the noun's own name, or right after it."""
        at = token.i + 1
        limit = own.end if own is not None else at + 1
        while at < min(limit + 1, token.sent.end) and self.doc[at].lower_ != word:
            at += 1
        if at >= token.sent.end or self.doc[at].lower_ != word:
            return []
        for here in range(at + 1, min(at + REACH, token.sent.end)):
            mentions = [m for m in self.index.at(here) if m is not own and m.kind is not Kind.PRONOUN and m.start == here]
            if mentions:
                return [filler for member in self._coordinated_names(mentions[0]) for filler in self._of_mention(member, 0.9)]
            if self.doc[here].pos_ in {"VERB", "AUX", "PRON", "PUNCT"}:
                return []
        return []

    def _coordinated_names(self, mention: Mention) -> list[Mention]:
        members = [mention]
        for token in conjuncts(self.doc[mention.head]):
            other = self.index.headed_by(token.i)
            if other is not None and other not in members:
                members.append(other)
        return members

    def _self_mention(self, token: Token) -> Mention | None:
        """The mention that a noun heads."""
        own = self.index.headed_by(token.i)
        if own is not None:
            return own
        for mention in self.index.at(token.i):
            inner = [m for m in self.index.at(token.i) if m is not mention and m.end < mention.end]
            if mention.kind is not Kind.PRONOUN and not any(m.covers(token.i) for m in inner):
                before = self.doc[mention.start : token.i]
                if not any(t.pos_ == "ADP" for t in before):
                    return mention
        return None

    # -- what a phrase means

    def _means(self, phrase: Token, depth: int = 0) -> Iterator[Filler]:
        """The entities that a phrase and those coordinated with it mean."""
        seen: set[int] = set()
        for token in conjuncts(phrase):
            for filler in self._means_one(token, depth):
                if filler.entity not in seen:
                    seen.add(filler.entity)
                    yield filler
        first = self._denoting(phrase)
        for mention in self.index.listed_after(first) if first is not None else ():
            for filler in self._of_mention(mention, 0.95):
                if filler.entity not in seen:
                    seen.add(filler.entity)
                    yield filler

    def _means_one(self, token: Token, depth: int) -> Iterator[Filler]:
        mention = self._denoting(token)
        if mention is not None:
            fillers = list(self._of_mention(mention))
            if fillers:
                yield from fillers
                if self._through and self.ontology.top(self.linking.entities[fillers[0].entity].cls) == "Conflict":
                    yield from self._owners(token, depth)
                return
        if token.lower_ in {"who", "which", "that"} and depth < THROUGH_NOUNS:
            other = self.syntax.antecedent(token)
            if other != token:
                yield from self._means(other, depth + 1)
            return
        if self._is_author_side(token):
            yield from self._author(token)
            return
        if depth >= THROUGH_NOUNS or token.pos_ not in {"NOUN", "PRON", "NUM", "DET", "ADJ", "PROPN"}:
            return
        if token.pos_ == "NOUN" and not self.lexicon.is_in("transparent", token.lemma_.lower()):
            if self._through:
                yield from self._owners(token, depth)
            for child in token.children:
                if child.dep_ == "appos":
                    yield from self._means(child, depth + 1)
            return
        found = False
        for child in token.children:
            if child.dep_ in OBLIQUES and preposition_of(child) & {"of", "by", "including", "between"}:
                for filler in self._means(child, depth + 1):
                    found = True
                    yield Filler(filler.entity, min(filler.start, token.i), max(filler.end, token.i + 1), filler.sureness * 0.9)
        if found:
            return
        named = self._named_after(token)
        if named:
            yield from named
            return
        for child in token.children:
            if child.dep_ in {"nmod:poss", "appos", "amod", "compound", "flat"} and (child.dep_ in {"nmod:poss", "appos"} or self.index.at(child.i)):
                for filler in self._means(child, depth + 1):
                    yield Filler(filler.entity, min(filler.start, token.i), max(filler.end, token.i + 1), filler.sureness * 0.9)

    def _named_after(self, noun: Token) -> list[Filler]:
        """The names that a noun announces: "cities along the front, namely X, Y and Z"."""
        for token in self.doc[noun.i + 1 : min(noun.i + 2 * REACH, noun.sent.end - 1)]:
            if token.lower_ in {"namely", "including", "like"} or (token.text == ":" and noun.i + 1 == token.i):
                first = next((m for m in self.index.at(token.i + 1) if m.start == token.i + 1), None)
                if first is not None:
                    return [f for m in self.index.list_of(first) for f in self._of_mention(m, 0.85)]
        return []

    def _is_first_person(self, word: str) -> bool:
        return self.lexicon.is_in("firstSingular", word) or self.lexicon.is_in("firstPlural", word)

    def _is_author_side(self, noun: Token) -> bool:
        """Whether a noun is what the author speaks for: "my Government", "our delegation"."""
        return self.lexicon.is_in("authorSide", noun.lemma_.lower()) and any(
            child.dep_ == "nmod:poss" and self._is_first_person(child.lower_) for child in noun.children
        )

    def _owners(self, noun: Token, depth: int) -> Iterator[Filler]:
        """Whose deed or quality a noun is: possessive, adjective or "by"; "of" where there is none of these."""
        phrases = [c for c in noun.children if c.dep_ in {"nmod:poss", "amod", "compound"} and self.index.at(c.i)]
        phrases += [c for c in noun.children if c.dep_ in OBLIQUES and "by" in preposition_of(c)]
        if not phrases and noun.dep_ == "obj" and not is_passive(noun.head):  # "support talks by X", hung on the verb
            phrases = [c for c in noun.head.children if c.dep_ in OBLIQUES and c.i > noun.i and "by" in preposition_of(c)]
        if not phrases:
            phrases = [c for c in noun.children if c.dep_ in OBLIQUES and "of" in preposition_of(c)]
        for phrase in phrases:
            for filler in self._means(phrase, depth + 1):
                yield Filler(filler.entity, min(filler.start, noun.i), max(filler.end, noun.i + 1), filler.sureness * 0.85)

    def _denoting(self, token: Token) -> Mention | None:
        """The longest mention that a token stands for: it heads it, or hangs on a word outside it."""
        for mention in self.index.at(token.i):
            if mention.covers(self._trigger) and mention.head != token.i:
                continue  # the word's own name: "war" in "the war against X"
            if mention.head == token.i or token.head == token or not mention.covers(token.head.i):
                return mention
        return None

    def _of_mention(self, mention: Mention, sureness: float = 1.0) -> Iterator[Filler]:
        refs = self.refs.get(self.holders.get(mention, mention), ())
        if mention.kind is Kind.PRONOUN:
            sureness *= 1.0 if self._is_first_person(mention.name) else 0.8
            if not refs and self._is_first_person(mention.name):
                refs = self._speakers(self.doc[mention.head])
        elif mention.bare:
            sureness *= 0.85
        for ref in refs:
            yield Filler(ref, mention.start, mention.end, sureness)

    # -- links: prepositions between two names

    def _links(self) -> Iterator[Candidate]:
        for right in self.index.mentions:
            if right.kind is Kind.PRONOUN or right not in self.refs:
                continue
            for left, token in self._linked(right):
                for word in preposition_of(self.doc[right.head]) | {token.lower_}:
                    for frame in self.lexicon.frames_of("link", word):
                        yield from self._link_claims(frame, token, left, right)

    def _linked(self, right: Mention) -> Iterator[tuple[Mention, Token]]:
        """Mentions on the left that a preposition joins to this one, with the preposition."""
        at = right.start - 1
        while at >= 0 and right.start - at < 5 and self.doc[at].pos_ in {"DET", "ADJ", "NUM", "NOUN"} and not self.index.at(at):
            at -= 1
        if at < 1:
            return
        preposition = self.doc[at]
        head = self.doc[right.head]
        outer = [m for m in self.index.at(right.start) if m is not right and m.start < at and m.kind is not Kind.PRONOUN]
        if preposition.pos_ in {"ADP", "SCONJ"} or preposition.lower_ in {"to"}:
            for mention in outer[-1:]:
                yield mention, preposition
            if outer:
                return
            before = [m for m in self.index.at(at - 1) if m.end == at and m.kind is not Kind.PRONOUN and m.sense != "adjective"]
            if before:
                yield before[0], preposition
                return
        if preposition.lower_ in {"including", "comprising"}:  # "a mission led by X and including Y"
            classes = {cls for f in self.lexicon.frames_of("link", preposition.lower_) for cls in f.object_classes}
            for mention in reversed([m for m in self.index.mentions if preposition.sent.start <= m.start and m.end <= at]):
                refs = self.refs.get(mention, ())
                if refs and any(self.ontology.is_a(self.linking.entities[refs[0]].cls, cls) for cls in classes):
                    yield mention, preposition
                    return
        if head.dep_ == "conj":
            first = head
            while first.dep_ == "conj":
                first = first.head
            head = first
        cases = [child for child in head.children if child.dep_ == "case"]
        if head.dep_ == "nmod" and cases:
            mention = self._self_mention(head.head)
            if mention is not None and mention is not right:
                yield mention, cases[0]

    def _link_claims(self, frame: Frame, token: Token, left: Mention, right: Mention) -> Iterator[Candidate]:
        if frame.subject == ("right",):
            left, right = right, left
        listed = [f for m in self.index.list_of(left) for f in self._of_mention(m)] if frame.subject == ("right",) else None
        for subject in listed or self._of_mention(left):
            for object_ in self._of_mention(right):
                if subject.entity != object_.entity and self._admits(frame, subject.entity, object_.entity):
                    yield self._candidate(frame, token, subject, object_)

    # -- who and when

    def _speaker(self, token: Token, own: Sequence[int]) -> int | None:
        for ref in self._speakers(token):
            if ref not in self.linking.sides and ref not in self.linking.persons and ref not in own:
                return ref
        return None

    def _speakers(self, token: Token) -> tuple[int, ...]:
        refs: list[int] = []
        for phrase in find_speaker(token, self.quotations, self.lexicon, self.syntax):
            mention = self.index.headed_by(phrase.i)
            if mention is not None and not self._is_first_person(mention.name):
                refs.extend(self.refs.get(mention, ()))
        return tuple(refs)

    def _date(self, token: Token, start: int, end: int) -> str:
        """The date in the words of the claim, else the one nearest to its word within the clause."""
        if not self.times:
            return ""
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        clause = self._clause(token)
        best: tuple[int, str] | None = None
        for time in self.times:
            inside = first <= time.start < last
            span = self.doc.char_span(time.start, time.end, alignment_mode="expand")
            if span is None or not token.sent.start <= span.start < token.sent.end:
                continue
            where = self._clause(span.root)
            attached = where == clause or self._clause_above(where) == clause or self._clause_above(clause) == where
            if inside or attached:
                distance = abs(span.start - token.i) + (0 if inside else REACH) + (0 if where == clause else REACH)
                if best is None or distance < best[0]:
                    best = (distance, time.iso)
        return best[1] if best else ""

    def _clause_above(self, verb: Token) -> Token | None:
        """The verb of the clause that a clause depends on."""
        return self._clause(verb.head) if verb.head != verb else None

    def _clause(self, token: Token) -> Token:
        while token.head != token and token.pos_ not in {"VERB", "AUX"}:
            token = token.head
        return token


def _acts_as_verb(token: Token) -> bool:
    """Whether a word that the tagger takes for a noun has the subject and object of a verb: "we support X"."""
    relations = {child.dep_ for child in token.children}
    return token.pos_ == "NOUN" and "nsubj" in relations and "cop" not in relations and bool(relations & {"obj", "advmod", "aux"})


def spelled(token: Token) -> str:
    """The lemma as the lexicon spells it: -ize, and "organize" for "co-organise"."""
    lemma = fold(lemma_of(token))
    return lemma[3:] if lemma.startswith("co-") and len(lemma) > 6 and token.pos_ == "VERB" else lemma


PLACES = {
    "subj": ClaimReader._subject,
    "obj": ClaimReader._object,
    "iobj": ClaimReader._indirect,
    "clause": ClaimReader._clause_subject,
    "inf": ClaimReader._clause_object,
    "each": ClaimReader._each,
    "agent": ClaimReader._agent,
    "poss": ClaimReader._possessor,
    "pair": ClaimReader._pair_before,
    "copula": ClaimReader._copula,
    "apposition": ClaimReader._apposition,
    "as": ClaimReader._as,
    "self": ClaimReader._self,
    "author": ClaimReader._author,
    "voice": ClaimReader._voice,
}
"""Grammatical positions that a frame may name; any other word is a preposition."""
