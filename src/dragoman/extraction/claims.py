"""Claims: what a sentence states between two entities, read by the frames of the lexicon.

A frame fires at its word; its places are looked up in the parse or inside a name (:mod:`dragoman.extraction.places`),
what stands there is taken for the entities it means (:mod:`dragoman.extraction.reference`), and the ontology decides
whether the property may join them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from dragoman.extraction.aims import find_aim
from dragoman.extraction.dating import STANCES, Dating
from dragoman.extraction.mentions import Kind, Mention
from dragoman.extraction.modality import find_modality
from dragoman.extraction.needs import has_needs, is_or_has
from dragoman.extraction.places import Places
from dragoman.extraction.reference import Filler, Reference
from dragoman.extraction.syntax import preposition_of
from dragoman.extraction.times import TimeExpression
from dragoman.gazetteer import fold
from dragoman.language.tokens import Token
from dragoman.lexicon import Frame
from dragoman.records import Modality

__all__ = ["Candidate", "ClaimReader", "Reason"]

PARTS = {
    "VERB": ("verb",),
    "AUX": ("verb", "modal"),
    "NOUN": ("noun",),
    "PROPN": ("noun",),
    "ADJ": ("adjective",),
    "ADV": ("adverb",),
    "ADP": ("adverb",),
}
"""The kinds of frame that a word of a part of speech can bear."""
HYPHENS = frozenset("-–")
ADOPTS = "adopts"
"""The property of what a decision makes."""
WITHIN = frozenset({"poss", "pair"})
"""Places inside a name."""
REAL = frozenset({Modality.ASSERTED, Modality.PLANNED})
"""Modalities of what an author takes for a fact."""
NAMED_SO = frozenset({"basedOn", "concerns", "memberOf", "partOf", "represents"})
"""What a name tells of itself, whoever uses it."""
ENUMERATED = 16
"""Words before "including" in which that stands of which members are told."""
MOST_PAIRS = 1000
"""Pairs of entities that one word can state something of: 30 states of 30; beyond, it is a list and no sentence."""
SAID = STANCES | {"proposes"}
"""Properties of what is done by saying it."""
MOST_SPEAKERS = 30
"""Those who say something together that are told one by one."""
REMEMBERED = 1 << 15
"""Lemmas whose spelling is remembered."""
GAP = 5
"""Words that may stand between a preposition and the name that it joins."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a claim was read: what stands at its ends; where a frame read it, that frame and the token it fired at."""

    subject: Filler
    object: Filler
    frame: Frame | None = None
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim as read: entities by number, the tokens that state it, and why it was read."""

    subject: int
    predicate: str
    object: int
    modality: Modality
    start: int
    end: int
    rule: str
    confidence: float
    reason: Reason
    date: str = ""
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a frame read between tokens `start` and `end`, and the ontology does not admit: the classes of the ends."""

    frame: Frame
    subject: str
    object: str
    start: int
    end: int


class ClaimReader:
    """Reads the claims of one passage; `refused` is what it read besides, and the ontology does not admit."""

    def __init__(self, reference: Reference, times: Sequence[TimeExpression]) -> None:
        self.reference, self.places = reference, Places(reference)
        self.doc, self.index, self.linking = reference.doc, reference.index, reference.linking
        self.lexicon, self.ontology = reference.lexicon, reference.ontology
        self.dating = Dating(self.doc, self.index, times, lexicon=self.lexicon, cls=reference.cls)
        self.refused: list[Refusal] = []

    def read(self) -> Iterator[Candidate]:
        """Claims of all frames, in text order; then those of prepositions between names."""
        telling = self._telling()
        for token in chain.from_iterable(sentence for sentence in self.doc.sents if sentence.start in telling):
            if token.pos_ not in PARTS and self.doc[token.i - 1].text not in HYPHENS:
                continue
            for frames in self._frames_of(token):
                yield from self._fire(frames, token)
        for right in self.index.mentions:
            if right.kind is not Kind.PRONOUN and right in self.linking.refs:
                yield from self._links_to(right)

    def _frames_of(self, token: Token) -> list[Sequence[Frame]]:
        """The frames that fire at a word, those of each kind together."""
        found: list[Sequence[Frame]] = []
        if token.pos_ == "VERB" and self._is_in_name(token):
            return found
        for spelled, lemma in _keys_of(token.lemma_, token.pos_, token.pos_ == "NOUN" and _acts_as_verb(token)):
            frames = self.lexicon.frames.get(spelled) or self.lexicon.frames.get(lemma)  # no "praize"
            if frames and self._is_in_name(token):
                # a word of "Norway-Chad Cooperation Agreement" joins what stands in the name alone
                frames = tuple(frame for frame in frames if WITHIN & {*frame.object})
            if frames:
                found.append(frames)
        if token.tag_ == "VBN" and token.pos_ == "VERB":
            found.append(self.lexicon.frames_of("adjective", token.lower_))
        if token.i > 1 and self.doc[token.i - 1].text in HYPHENS:
            found.append(self.lexicon.frames_of("suffix", token.lower_))
        return found

    def _telling(self) -> set[int]:
        """Where the sentences start that can state something: they name another than the one that "we" or "I" is."""
        own = {*self.linking.sides, *self.linking.persons} if len(self.linking.sides) < 2 else set()
        named: dict[int, set[int]] = {}
        for mention in self.index.mentions:
            if refs := self.linking.refs.get(mention):
                named.setdefault(self.doc[mention.head].sent.start, set()).update(refs)
        return {start for start, found in named.items() if len(found) > 1 or not own.issuperset(found)}

    def _is_in_name(self, token: Token) -> bool:
        """Whether a word is but one of a name: "Conference on Supporting X", "Assistance Mission to X"."""
        if not token.text[0].isupper() or token.i not in self.index:
            return False
        outer = self.index.at(token.i)[0]
        if outer.kind not in {Kind.KNOWN, Kind.NAME} or outer.start == token.i:
            return False
        return token.pos_ == "VERB" or (token.dep_ == "compound" and outer.covers(token.head.i))

    # -- frames

    def _fire(self, frames: Sequence[Frame], token: Token) -> Iterator[Candidate]:
        """The claims that a word states: of each pair of entities, what the first frame that fits says."""
        if not frames:
            return
        done: set[tuple[int, int]] = set()
        refused: dict[tuple[int, int], Refusal] = {}
        for frame in frames:
            if frame.needs and not has_needs(frame, token):
                continue
            if frame.unless and any(is_or_has(child, frame.unless) for child in token.children):
                continue
            if frame.real and find_modality(token, self.lexicon) not in REAL:
                continue
            fresh: set[tuple[int, int]] = set()
            subjects, objects = self._ends(frame, token)
            if len(subjects) * len(objects) > MOST_PAIRS:
                continue
            for subject in subjects:
                for object_ in objects:
                    pair = self._pair(frame, subject, object_)
                    if pair in done or pair in fresh:
                        continue
                    if self._admits(frame, subject, object_):
                        fresh.add(pair)
                        yield from self._candidates(frame, token, subject, object_)
                    elif pair not in refused and (refusal := self._refuse(frame, token, subject, object_)):
                        refused[pair] = refusal
            done |= fresh
        self.refused += [refusal for pair, refusal in refused.items() if pair not in done]

    def _ends(self, frame: Frame, token: Token) -> tuple[list[Filler], list[Filler]]:
        subject_place, subjects = self.places.fill(frame.subject, token, frame, through=False)
        if not subjects and frame.part == "verb":  # "X's launches violate Y"
            subject_place, subjects = self.places.deeds_doers(token)
        if not subjects and frame.through_subject:
            subject_place, subjects = self.places.fill(frame.subject, token, frame, through=True)
        if subjects and not self._can_act(frame, subjects):  # what a war does, its aggressor does
            place, owners = self.places.fill(frame.subject, token, frame, through=True)
            subject_place, subjects = (place, owners) if self._can_act(frame, owners) else (subject_place, subjects)
        if not subjects:
            return [], []
        object_place, objects = self.places.fill(frame.object, token, frame, through=frame.through)
        if object_place == "each":
            return subjects, objects
        if subject_place == object_place:
            return (subjects, objects) if self.ontology.properties[frame.predicate].symmetric else ([], [])
        own = {filler.entity for filler in subjects}
        speakers = {*self.linking.sides, *self.linking.persons}
        if subject_place == "author" and own <= speakers:  # "I must add": who speaks asks nothing of himself
            own |= speakers
        if own <= speakers:  # neither does "I urge X to support us" say that I do, nor is "they" us in "we thank them"
            objects = [f for f in objects if not (f.entity in speakers and _is_pronoun(f))]
        if len(subjects) > 1 == len(objects) and subject_place != "author":  # "we thank X", said by X, Y and Z
            return subjects, objects
        return subjects, [filler for filler in objects if filler.entity not in own]

    def _can_act(self, frame: Frame, subjects: Sequence[Filler]) -> bool:
        classes = {self.reference.cls(filler.entity) for filler in subjects}
        return any(self.ontology.admits_end(frame.predicate, cls, subject=True) for cls in classes)

    def _pair(self, frame: Frame, subject: Filler, object_: Filler) -> tuple[int, int]:
        """The two ends, in one order for a symmetric property."""
        pair = (subject.entity, object_.entity)
        return (min(pair), max(pair)) if self.ontology.properties[frame.predicate].symmetric else pair

    def _admits(self, frame: Frame, subject: Filler, object_: Filler) -> bool:
        left, right = self.reference.cls(subject.entity), self.reference.cls(object_.entity)
        if subject.entity == object_.entity:
            return False
        if frame.subject_classes and not any(self.ontology.is_a(left, cls) for cls in frame.subject_classes):
            return False
        if frame.object_classes and not any(self.ontology.is_a(right, cls) for cls in frame.object_classes):
            return False
        return self.ontology.admits(frame.predicate, left, right)

    def _refuse(self, frame: Frame, token: Token, subject: Filler, object_: Filler) -> Refusal | None:
        """What is refused for its domain or range alone, not for what the frame itself asks for."""
        left, right = self.reference.cls(subject.entity), self.reference.cls(object_.entity)
        if subject.entity == object_.entity or self.ontology.admits(frame.predicate, left, right):
            return None
        return Refusal(frame, left, right, *_reach(token, subject, object_))

    def _candidates(self, frame: Frame, token: Token, subject: Filler, object_: Filler) -> Iterator[Candidate]:
        """The claim of two ends, once for each who says it."""
        speakers = self._speakers(frame, token, subject.entity)[:MOST_SPEAKERS]
        candidate = self._candidate(frame, token, subject, object_)
        yield from (replace(candidate, speaker=speaker) for speaker in speakers) if speakers else (candidate,)

    def _candidate(self, frame: Frame, token: Token, subject: Filler, object_: Filler) -> Candidate:
        start, end = _reach(token, subject, object_)
        climbs = not self._is_of_body(frame, token, subject)
        fixed = Modality.ASSERTED if frame.real else frame.modality
        aim = find_aim(token, self.reference.syntax) if "seeker" in frame.subject else None
        at, made = aim[0] if aim else token, frame.predicate == ADOPTS
        said = frame.predicate in SAID
        modality = fixed or find_modality(at, self.lexicon, climbs=climbs, made=made, said=said)
        return Candidate(
            subject=subject.entity,
            predicate=frame.predicate,
            object=object_.entity,
            modality=modality,
            start=start,
            end=end,
            rule=frame.name,
            confidence=round(frame.confidence * subject.sureness * object_.sureness, 3),
            reason=Reason(subject, object_, frame, token.i),
            date=self.dating.date_of(frame, token, (subject, object_), modality),
        )

    def _is_of_body(self, frame: Frame, token: Token, subject: Filler) -> bool:
        """Whether a frame tells what the name of an actor or post says, or what a thing is about, whatever is done."""
        top = self.ontology.top(self.reference.cls(subject.entity))
        if frame.part == "noun" and "self" in frame.object and "poss" in frame.subject:
            return True  # "wishes to thank X for his report": that it is his does not depend on the thanks
        itself = "self" in frame.subject and subject.start <= token.i < subject.end
        return frame.part == "noun" and itself and (top in {"Actor", "Post"} or frame.predicate == "concerns")

    # -- links: prepositions between two names

    def _links_to(self, right: Mention) -> Iterator[Candidate]:
        for left, preposition in self._linked(right):
            if left.kind is Kind.KNOWN and left.covers(right.start) and self.ontology.is_a(left.cls, "Actor"):
                continue  # "Islamic State in Iraq" is a name, not a place to be
            words = {self._words_between(preposition, right)}
            between = self.doc[preposition.i + 1 : right.start]
            if not any(self.lexicon.is_in("prepositionNoun", word.lower_) for word in between):  # "on behalf of X"
                words |= preposition_of(self.doc[right.head]) | {preposition.lower_}
            for word in sorted(words):
                for frame in self.lexicon.frames_of("link", word):
                    yield from self._link_claims(frame, preposition, left, right)

    def _linked(self, right: Mention) -> Iterator[tuple[Mention, Token]]:
        """Mentions on the left that a preposition joins to this one, with the preposition."""
        if any(_holds_as_part(mention, right) for mention in self.index.at(right.start)):
            return  # "Sudan" of "South Sudan"
        at = right.start - 1
        skipped = {"DET", "ADJ", "NUM", "NOUN"}
        while at >= 0 and right.start - at < GAP and self.doc[at].pos_ in skipped and self._is_around(at, right):
            at -= 1
        if at < 1:
            return
        word = self.doc[at]
        told = word.tag_ == "VBG" and self.doc[at - 1].text == "," and self.lexicon.frames_of("link", word.lower_)
        if told and not self.lexicon.is_in("enumerating", word.lower_):
            yield from ((m, word) for m in self.index.at(at - 2)[:1] if m.end == at - 1)  # "resolution 5, concerning X"
            return
        if word.pos_ in {"ADP", "SCONJ"} or word.lower_ == "to":
            around = [m for m in self.index.at(right.start) if m is not right and m.start < at]
            outer = [m for m in around if m.kind is not Kind.PRONOUN]
            before = [m for m in self.index.at(at - 1) if m.end == at and m.kind is not Kind.PRONOUN]
            beside = [m for m in before if m.sense != "adjective"]
            if outer and not self._hangs_inside(right, outer[-1]):
                yield outer[-1], word
            elif beside and not outer:
                yield beside[0], word
            if outer or beside:
                return
        if self.lexicon.is_in("enumerating", word.lower_):
            yield from self._enumerated(word)
            return
        opens = self._opens_preposition(at)
        before = [m for m in self.index.at(opens - 1) if m.end == opens and m.kind is not Kind.PRONOUN]
        if opens > 0 and before:
            yield before[0], self.doc[opens]
            return
        head = self.doc[right.head]
        while head.dep_ == "conj":
            head = head.head
        case = next((child for child in head.children if child.dep_ == "case"), None)
        if head.dep_ == "nmod" and case is not None:
            mention = self.reference.named_by(head.head)
            if mention is not None and mention is not right:
                yield mention, case

    def _hangs_inside(self, right: Mention, outer: Mention) -> bool:
        """Whether a name tells of another noun within a longer one: "X" of "talks with separatists in X"."""
        head = self.doc[right.head]
        while head.dep_ == "conj":
            head = head.head
        noun = head.head
        return (
            head.dep_ == "nmod"
            and noun.pos_ == "NOUN"
            and noun.tag_ == "NNS"
            and outer.start < noun.i < right.start
            and noun.i != outer.head
        )

    def _opens_preposition(self, last: int) -> int:
        """Where a preposition of several words begins that ends with the token `last`, "on the basis of"; 0 if none."""
        if last < 3 or not self.lexicon.is_in("prepositionNoun", self.doc[last - 1].lower_):
            return 0
        first = last - 2 - (self.doc[last - 2].pos_ == "DET")
        return first if self.doc[first].pos_ == "ADP" else 0

    def _words_between(self, preposition: Token, right: Mention) -> str:
        """A preposition as the lexicon has it: "on_the_basis_of"; an article after it is none of its words."""
        words = [token.lower_ for token in self.doc[preposition.i : right.start]]
        while words and self.lexicon.is_in("article", words[-1]):
            words.pop()
        return "_".join(words)

    def _is_around(self, at: int, right: Mention) -> bool:
        """Whether no name stands at a word before `right` but those that hold both."""
        return all(mention.covers(right.start) for mention in self.index.at(at))

    def _enumerated(self, word: Token) -> Iterator[tuple[Mention, Token]]:
        """What "including" enumerates: "a mission led by X and including Y"."""
        classes = {cls for frame in self.lexicon.frames_of("link", word.lower_) for cls in frame.object_classes}
        for mention in reversed(self.index.inside(max(word.sent.start, word.i - ENUMERATED), word.i)):
            refs = self.linking.refs.get(mention, ()) if mention.kind is not Kind.PRONOUN else ()
            if refs and any(self.ontology.is_a(self.reference.cls(refs[0]), cls) for cls in classes):
                yield mention, word
                return

    def _link_claims(self, frame: Frame, token: Token, left: Mention, right: Mention) -> Iterator[Candidate]:
        subjects, objects = [left], [right]
        if frame.subject == ("right",):
            subjects, objects = self.index.list_of(right), [left]
        for subject in (f for mention in subjects for f in self.reference.of_mention(mention)):
            for object_ in (f for mention in objects for f in self.reference.of_mention(mention)):
                if self._admits(frame, subject, object_):
                    yield from self._candidates(frame, token, subject, object_)

    # -- who

    def _speakers(self, frame: Frame, token: Token, subject: int) -> tuple[int, ...]:
        """Who say what a frame states at `token`, by a report, a quotation or thanks; none of what names tell."""
        itself = frame.part == "link" or "self" in (*frame.subject, *frame.object)
        if itself and frame.predicate in NAMED_SO:
            return ()
        return self.speakers(token, subject, thanks=not itself) or self.linking.voices

    def speakers(self, token: Token, subject: int, *, thanks: bool = False) -> tuple[int, ...]:
        """Who say the words at `token`, if it is not the author; of what one says of oneself, only in quotation."""
        refs = self.reference.speakers(token) or (self.reference.thankers(token) if thanks else ())
        own = {*self.linking.sides, *self.linking.persons}
        if len(self.linking.sides) > 1 and not own.issubset(refs):
            own = set()  # "X affirms that Y attacks it" in a statement of X and Z is said by X alone
        of_oneself = subject in refs and not self.reference.is_quoted(token)
        return () if of_oneself else tuple(ref for ref in refs if ref not in own)


def _reach(token: Token, subject: Filler, object_: Filler) -> tuple[int, int]:
    """The first token, and the one after the last, that state a claim, within the sentence."""
    sentence = token.sent
    starts = [filler.start for filler in (subject, object_) if filler.end > filler.start]
    start = max(sentence.start, min([token.i, *starts]))
    end = min(sentence.end, max(token.i + 1, subject.end, object_.end))
    return (start, end) if start < end else (token.i, token.i + 1)


def _is_pronoun(filler: Filler) -> bool:
    """Whether a pronoun points at an entity."""
    return filler.mention is not None and filler.mention.kind is Kind.PRONOUN


def _holds_as_part(outer: Mention, inner: Mention) -> bool:
    """Whether a name is but a part of the words of a longer one, not a complement in it."""
    if outer is inner or outer.kind not in {Kind.KNOWN, Kind.NAME}:
        return False
    if outer.start == inner.start and inner.end < outer.end:
        return True  # "Sudan" of "Sudan Committee"
    return outer.kind is Kind.KNOWN and outer.end == inner.end and outer.cls in {"State", "Place"}


@lru_cache(maxsize=REMEMBERED)
def _keys_of(lemma: str, pos: str, acts: bool) -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    """The frames that a word can bear, by part and lemma: spelled as the lexicon does, and as it stands.

    :param acts: whether the word, whatever its part of speech, has the complements of a verb.
    """
    spelled = spell(lemma, pos)
    return tuple(((part, spelled), (part, lemma.lower())) for part in (("verb",) if acts else PARTS.get(pos, ())))


def spell(lemma: str, pos: str) -> str:
    """A lemma as the lexicon spells it: -ize, and "organize" for the verb "co-organise"."""
    folded = fold(lemma.lower())
    return folded[3:] if pos == "VERB" and folded.startswith("co-") and len(folded) > 6 else folded


def _acts_as_verb(noun: Token) -> bool:
    """Whether a word that the tagger takes for a noun has the subject and object of a verb: "we support X"."""
    if not noun.children:
        return False
    relations = {child.dep_ for child in noun.children}
    return "nsubj" in relations and "cop" not in relations and bool(relations & {"obj", "advmod", "aux"})
