"""When the things of a document were held or made: told once, it dates each claim that says who held or made them.

"The talks held in Rome on 5 May" date "Kenya hosted the talks" elsewhere; "resolution 12 of 5 May" dates what the
resolution demands. A thing that is told of two dates has none. A document that opens with who met, and when, tells
after that what they said there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from dragoman.extraction.claims import Candidate
from dragoman.extraction.dating import Dating, clause_of
from dragoman.extraction.drafts import Linking
from dragoman.extraction.mentions import Kind, Mention, MentionIndex
from dragoman.extraction.reference import Filler
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import Lexicon
from dragoman.records import Modality

__all__ = ["OPENING", "Occasions"]

MADE = frozenset({"Agreement", "Ceasefire", "Plan", "Resolution", "Sanctions", "Statement"})
"""Classes of what is made on a day."""
MAKING = frozenset({"adopts", "signs"})
"""What one does to such a thing on the day on which it is made."""
HOLDING = frozenset({"chairs", "locatedIn", "organizes", "participatesIn"})
"""What is so while a meeting is held."""
BINDING = frozenset({"Agreement", "Ceasefire"})
BETWEEN = frozenset({"partyTo-between", "partyTo-pair", "signs-between"})
"""Frames of those between whom such a thing is made: they are its parties from that day."""
PLACE_OF_MAKING = "locatedIn-hold"
"""The frame of where a thing is signed or issued."""
SAYING = frozenset({"callsOn", "criticizes", "endorses", "opposes", "supports"})
"""What a text does on the day on which it is made."""
TEXTS = frozenset({"Resolution", "Statement"})
DONE_THERE = frozenset({"addresses", "adopts", "establishes", "proposes", *SAYING})
"""What a meeting does on the day on which it is held."""
MOST_TOLD = 12
"""Dates of things of one name beyond which they are many things."""
OPENING = 800
"""Characters of a document within which it tells of the encounter that it is about."""
FIRST_DAYS = 3
"""Days of a month of which the news may be of the month before."""
DEEDS = frozenset({"adopts", "aids", "appoints", "attacks", "establishes", "sanctions", "signs"})
"""What is done on a day, and is news on the next."""
HEADLINE_TAGS = frozenset({"VBP", "VBZ"})
PERFECT_TAGS = frozenset({"VBD", "VBN"})
SPOKEN = frozenset({"addresses", "engagesWith", "signs", *SAYING})
"""What those who meet do in meeting."""


class Occasions:
    """The dates of the things of one document, itself of `date`."""

    def __init__(self, linking: Linking, lexicon: Lexicon, date: str) -> None:
        self._linking, self._lexicon, self._date = linking, lexicon, date
        self._told: dict[int, set[tuple[frozenset[str], str]]] = defaultdict(set)  # by which words, and when
        self._clauses: dict[tuple[int, int], str] = {}  # of verbs whose thing has a date
        self._news: dict[int, frozenset[str]] = {}  # tags of the verbs of what is new, by the passage
        self._month = ""  # of that
        self._encounters: dict[str, set[int]] = defaultdict(set)  # who met on a day, as the opening tells

    def note_news(self, headlines: Sequence[Doc], lead: Sequence[Doc], told: str) -> None:
        """Note what a report of a day is headed by, and what it begins with: what they tell as new is of that month."""
        if int(told[8:]) > FIRST_DAYS:
            self._month = told[:7]
            self._news = {id(doc): HEADLINE_TAGS for doc in headlines} | {id(doc): PERFECT_TAGS for doc in lead}

    def _is_news(self, candidate: Candidate, doc: Doc) -> bool:
        """Whether a headline, in the present tense, or the first sentence below, in the perfect, tells of a deed."""
        token = None if candidate.reason.token is None else doc[candidate.reason.token]
        if token is None or candidate.predicate not in DEEDS or token.tag_ not in self._news.get(id(doc), ()):
            return False
        perfect = any(self._lexicon.is_in("perfectAuxiliary", child.lower_) for child in token.lefts)
        first = token.dep_ == "ROOT" and not token.sent.start
        return first and perfect == (token.tag_ in PERFECT_TAGS) and candidate.speaker is None

    def note(self, index: MentionIndex, doc: Doc, dating: Dating) -> None:
        """Note the dates that one passage tells of things."""
        for mention in index.mentions:
            refs = self._linking.refs.get(mention, ())
            if mention.kind is Kind.PRONOUN or len(refs) != 1 or not self._is_dated(refs[0]):
                continue
            words = self._words(mention, doc)
            dates = set(dating.dates_of(mention))
            if not dates and self._follows(mention, refs[0], doc):
                dates = {dating.date_before(mention)} - {""}
            self._told[refs[0]].update((words, date) for date in dates)

    def _follows(self, mention: Mention, thing: int, doc: Doc) -> bool:
        """Whether a meeting is taken for known when first named: "X saw Y on 5 May. The meeting was brief."""
        draft = self._linking.entities[thing]
        first = min(draft.mentions, key=lambda m: (m.passage, m.start))
        noun = mention.kind is Kind.DESCRIPTION and self._is_definite(doc[mention.head])
        return draft.cls == "Meeting" and noun and first == mention

    def _is_definite(self, noun: Token) -> bool:
        return any(child.dep_ == "det" and self._lexicon.is_in("definite", child.lower_) for child in noun.lefts)

    def note_claims(self, candidates: Iterable[Candidate], doc: Doc, *, opening: int) -> None:
        """Note the dates of claims that say who made or held a thing or, in the first `opening` characters, who met."""
        for candidate in candidates:
            token = candidate.reason.token
            joins = token is not None and self._lexicon.is_in("joining", doc[token].lemma_.lower())
            if not candidate.date or joins or candidate.modality is Modality.NEGATED:
                continue
            for end in self._things(candidate, own=True):
                if end.mention is not None:
                    self._told[end.entity].add((self._words(end.mention, doc), candidate.date))
            meets = candidate.predicate == "engagesWith" and candidate.modality is Modality.ASSERTED
            if (
                meets
                and doc[candidate.start].idx < opening
                and not self._is_own(candidate)
                and self._is_told(candidate, doc)
            ):
                self._encounters[candidate.date] |= {candidate.subject, candidate.object}

    def dated(self, candidate: Candidate, doc: Doc) -> Candidate:
        """A claim with the date of the thing that it says to have been made or held, or of the encounter in which it
        was spoken, if it has none of its own.
        """
        if candidate.date or candidate.modality is not Modality.ASSERTED:
            return candidate
        exactly = candidate.rule in BETWEEN  # by its parties it may be another of its kind
        frame, token = candidate.reason.frame, candidate.reason.token
        things = (*self._things(candidate), *self._doers(candidate, doc))
        dates = {self._date_of(end, doc, exactly=exactly) for end in things}
        if token is not None and self._lexicon.is_in("joining", doc[token].lemma_.lower()):
            return candidate  # "ratified the treaty of 1968"
        past = token is not None and doc[token].tag_ == "VBD"
        dates = {date for date in dates if date and not (past and self._is_later(date))}
        if frame is not None and token is not None:
            clause = (id(doc), clause_of(doc[token]).i)
            if len(dates) == 1:
                self._clauses.setdefault(clause, *dates)
            elif frame.part == "adverb":  # "issued jointly by X and Y"
                dates = {self._clauses[clause]} if clause in self._clauses else dates
        if not dates:
            dates = {date for date, met in self._encounters.items() if self._is_spoken_by(candidate, met, doc)}
        if not dates and self._is_news(candidate, doc):
            dates = {self._month}
        return replace(candidate, date=dates.pop()) if len(dates) == 1 else candidate

    def _is_later(self, date: str) -> bool:
        """Whether a date is after that of the document: what "was hosted" is another thing than what "will be"."""
        return bool(self._date) and date[: len(self._date)] > self._date[: len(date)]

    def _is_own(self, candidate: Candidate) -> bool:
        """Whether an author tells it of himself: "I just spoke with X" opens a speech, not the account of a call."""
        mention = candidate.reason.subject.mention
        own = candidate.subject in {*self._linking.persons, *self._linking.sides}
        return own and (mention is None or mention.kind is Kind.PRONOUN)

    def _is_spoken_by(self, candidate: Candidate, met: Set[int], doc: Doc) -> bool:
        """Whether a claim tells what one of those who met said or did there."""
        if len(self._encounters) > 1 or candidate.speaker is not None or candidate.predicate not in SPOKEN:
            return False
        return candidate.subject in met and self._is_told(candidate, doc)

    def _is_told(self, candidate: Candidate, doc: Doc) -> bool:
        """Whether the verb of a main clause, or the noun that it carries, states a claim in the past tense."""
        if candidate.reason.token is None:
            return False
        token = doc[candidate.reason.token]
        verb = clause_of(token)
        noun = token.head if token.dep_ == "amod" else token  # "noted the valuable work of X"
        carriers = ("lightVerb",) if noun == token else ("lightVerb", "sayingVerb")
        lemma = verb.lemma_.lower()
        carried = noun.head == verb and noun.dep_ == "obj" and any(self._lexicon.is_in(w, lemma) for w in carriers)
        own = any(child.dep_ in {"aux", "mark"} for child in verb.children)
        return (token == verb or carried) and verb.tag_ == "VBD" and verb.dep_ in {"ROOT", "conj"} and not own

    def _date_of(self, end: Filler, doc: Doc, *, exactly: bool) -> str:
        """The date of a thing, the most exact that is told; "" where two differ, or where other words name it.

        Where not `exactly` the same words are asked for, "the conference" is the "peace conference".
        """
        if end.mention is None or len(self._told.get(end.entity, ())) > MOST_TOLD:
            return ""
        words = self._words(end.mention, doc)
        told: list[str] = []
        for others, day in self._told.get(end.entity, ()):
            alike = words == others or not words or not others
            if alike or (not exactly and (words < others or others < words)):
                told.append(day)
        told.sort(key=len)
        return told[-1] if told and all(told[-1].startswith(iso) for iso in told) else ""

    def _doers(self, candidate: Candidate, doc: Doc) -> Iterator[Filler]:
        """The meeting that a claim says to have done something: "the talks led to a ceasefire"."""
        frame = candidate.reason.frame
        if frame is None or frame.part != "verb" or candidate.reason.token is None:
            return
        verb = clause_of(doc[candidate.reason.token])
        while verb.dep_ in {"advcl", "xcomp"} and verb.tag_ in {"VB", "VBG"}:
            verb = clause_of(verb.head)
        told = verb.tag_ == "VBD" and verb.dep_ in {"ROOT", "conj"} and candidate.predicate in DONE_THERE
        if told and self._linking.entities[candidate.subject].cls == "Meeting":
            yield candidate.reason.subject

    def _words(self, mention: Mention, doc: Doc) -> frozenset[str]:
        """The words that tell a thing from others of its kind, their order set aside: "the second round of talks".

        What but points back to one, "the deal", has none.
        """
        head = doc[mention.head]
        alone = not any(child.dep_ in {"acl:relcl", "amod", "compound", "nmod", "nummod"} for child in head.children)
        if mention.bare and alone and head.tag_ == "NN" and self._is_definite(head):
            return frozenset()
        owned = (c for c in head.lefts if c.dep_ in {"amod", "compound", "nummod"})
        tokens = (*doc[mention.start : mention.end], *owned)
        return frozenset(token.lemma_.lower() for token in tokens if token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"})

    def _is_dated(self, thing: int) -> bool:
        return self._linking.entities[thing].cls in MADE | {"Meeting"}

    def _things(self, candidate: Candidate, *, own: bool = False) -> Iterator[Filler]:
        """The ends of a claim that it says were made or held; `own` leaves out what but follows from their date."""
        subject, object_ = (self._linking.entities[end].cls for end in (candidate.subject, candidate.object))
        if candidate.predicate == "locatedIn":
            if subject == "Meeting" or (not own and subject in MADE and candidate.rule == PLACE_OF_MAKING):
                yield candidate.reason.subject
        elif candidate.predicate in HOLDING:
            if object_ == "Meeting":
                yield candidate.reason.object
        elif candidate.predicate in MAKING:
            if object_ in MADE:
                yield candidate.reason.object
        elif not own and candidate.predicate in SAYING and subject in TEXTS:
            yield candidate.reason.subject
        elif not own and candidate.predicate == "partyTo" and candidate.rule in BETWEEN and object_ in BINDING:
            yield candidate.reason.object
