"""The reader: a document in, its entities and claims with their evidence out, by grammar and lexicon.

Other readers (learned, or a language model) can stand beside it: a reader is anything with :class:`Reader`'s method.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from spacy.language import Language

from dragoman.extraction.author import find_author
from dragoman.extraction.claims import Candidate, ClaimReader
from dragoman.extraction.coreference import link
from dragoman.extraction.descriptions import find_descriptions
from dragoman.extraction.drafts import Draft, Linking
from dragoman.extraction.mentions import Kind, Mention, MentionIndex, find_known, find_pronouns, mark_nested
from dragoman.extraction.namelinks import find_holders, find_name_claims
from dragoman.extraction.names import find_names
from dragoman.extraction.occasions import OPENING, Occasions
from dragoman.extraction.reference import Reference
from dragoman.extraction.remembering import RememberingSyntax
from dragoman.extraction.silence import Silence
from dragoman.extraction.speakers import find_quotations
from dragoman.extraction.times import TimeExpression, TimeFinder, is_dateline, last_before
from dragoman.gazetteer import Gazetteer
from dragoman.language.items import parse_all
from dragoman.language.mending import mend
from dragoman.language.tokens import Doc
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.reading.layout import find_passages
from dragoman.reading.passages import Passage, PassageKind
from dragoman.records import Document, LocalClaim, LocalEntity, Reading, Span
from dragoman.uncollected import collected_after

__all__ = ["GrammarReader", "Interpretation", "Reader"]


HEADLINES = 3
"""Passages within which a report gives its date, after what it is headed by."""
ANNIVERSARY = 31
"""Days after the anniversary of a day, within which a text may mean that."""
TELLING = frozenset(
    {
        "Agreement",
        "ArmedConflict",
        "ArmedGroup",
        "Ceasefire",
        "Crisis",
        "Dispute",
        "Mission",
        "Population",
        "Resolution",
    }
)
"""Classes of which a description that names a party or place leaves but one: "the crisis in X"."""


class Reader(Protocol):
    """Whatever turns a document into claims."""

    def read(self, document: Document) -> Reading:
        """Entities and claims of `document`; each claim's span lies within its text."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A document's reading with all that it rests on: its parsed passages and, for each claim, why it was read."""

    reading: Reading
    candidates: tuple[Candidate, ...]  # one for each claim of the reading, in the same order
    passages: tuple[Passage, ...]
    docs: tuple[Doc, ...]  # the parse of each passage


class GrammarReader:
    """Reads with the dependency parser and the lexicon."""

    def __init__(self, nlp: Language, *, ontology: Ontology, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.nlp, self.ontology, self.lexicon, self.gazetteer = nlp, ontology, lexicon, gazetteer
        conflicts = (thing for thing in gazetteer.things.values() if ontology.top(thing.cls) == "Conflict")
        self.times = TimeFinder(lexicon)
        self.days = self.times.find_known_days(thing.all_names for thing in conflicts)

    def read(self, document: Document) -> Reading:
        """Entities and claims of `document`."""
        with collected_after():  # each word of a parse is tied to its neighbours in cycles
            return self.interpret(document).reading

    def interpret(self, document: Document) -> Interpretation:
        """The same, with the parse and with why each claim was read."""
        passages = find_passages(document)
        texts = ((passage.text, passage.lead is not None) for passage in passages)
        docs = [mend(doc) for doc in parse_all(self.nlp, texts)]
        turns = {number for number, passage in enumerate(passages) if passage.kind is PassageKind.TURN}
        mentioned = (self._mentions(doc, number, is_turn=number in turns) for number, doc in enumerate(docs))
        indexed = [(doc, MentionIndex(doc, found, self.lexicon)) for doc, found in zip(docs, mentioned, strict=True)]
        author = find_author(document, self.gazetteer, self.lexicon)
        linking = link(
            indexed,
            author,
            title=document.title,
            date=document.date,
            lexicon=self.lexicon,
            gazetteer=self.gazetteer,
            ontology=self.ontology,
            turns=turns,
        )
        spoken = linking
        read: list[tuple[Candidate, Span, Doc]] = []
        silence, occasions = Silence(self.lexicon), Occasions(linking, self.lexicon, document.date)
        days = self._days_known(document.date) | self.times.find_days(document.text)
        before: TimeExpression | None = None
        for at, ((doc, index), passage) in enumerate(zip(indexed, passages, strict=True)):
            lead = () if passage.lead is None else self._leaders(*indexed[passage.lead], spoken)
            times = self.times.find(passage.text, document.date, days, before)
            before = last_before(times, len(passage.text) + 1)
            if at in linking.turns:
                spoken = linking.in_turn(linking.turns[at])
                continue
            if 0 < at < HEADLINES and is_dateline(times, passage.text, document.date):
                occasions.note_news(docs[:at], docs[at + 1 : at + 2], document.date)
            for candidate, span in self._claims(doc, index, spoken, passage, times, lead, silence, occasions):
                read.append((candidate, span, doc))
        best = _best([(occasions.dated(candidate, doc), span) for candidate, span, doc in read])
        reading = replace(_to_reading(document, linking, best, passages, docs), coverage=silence.to_coverage())
        return Interpretation(reading, tuple(candidate for candidate, _ in best), tuple(passages), tuple(docs))

    def _days_known(self, told: str) -> dict[str, str]:
        """The years of days that are known without one, but for days just before that of the document."""
        if len(told) < len("2025-07-24"):
            return self.days
        own = date.fromisoformat(told)
        return {
            day: year for day, year in self.days.items() if not 0 <= (own - _of_year(own.year, day)).days < ANNIVERSARY
        }

    def _mentions(self, doc: Doc, number: int, *, is_turn: bool = False) -> list[Mention]:
        known = find_known(doc, self.gazetteer, self.lexicon, number)
        names = find_names(doc, known, self.lexicon, self.gazetteer, number)
        named = mark_nested(_without_inner_twins([*_uncovered_twins(known, names), *names]))
        descriptions = find_descriptions(doc, named, self.lexicon, number)
        found = mark_nested([*named, *descriptions, *find_pronouns(doc, number)])
        if is_turn and any(mention.cls == "Person" for mention in found):
            return [mention for mention in found if mention.cls != "Post"]  # "SECRETARY BERG" names no further post
        return found

    def _leaders(self, doc: Doc, index: MentionIndex, linking: Linking) -> tuple[int, ...]:
        """Who acts in the items that a line leads in: its subject, else what it names first.

        Of a line that begins with its verb, "Have agreed as follows:", it is those who issue the text.
        """
        named = [m for m in index.mentions if not m.nested and m in linking.refs and m.kind is not Kind.PRONOUN]
        acting = [m for m in named if self.ontology.top(linking.entities[linking.refs[m][0]].cls) == "Actor"]
        subjects = [m for m in named if doc[m.head].dep_.startswith("nsubj")] or acting[:1] or named[:1]
        if subjects:
            return linking.refs[subjects[0]]
        root = doc[0].sent.root
        return linking.sides if root.pos_ == "VERB" and root.left_edge.pos_ in {"VERB", "AUX"} else ()

    def _claims(
        self,
        doc: Doc,
        index: MentionIndex,
        linking: Linking,
        passage: Passage,
        times: Sequence[TimeExpression],
        lead: Sequence[int],
        silence: Silence,
        occasions: Occasions,
    ) -> Iterator[tuple[Candidate, Span]]:
        syntax = RememberingSyntax(self.lexicon)
        reference = Reference(
            doc,
            index,
            linking,
            syntax=syntax,
            ontology=self.ontology,
            quotations=find_quotations(doc, self.lexicon, syntax),
            holders=find_holders(doc, index, linking, self.lexicon),
            lead=lead,
        )
        reader = ClaimReader(reference, times)
        candidates = [
            *(() if linking.is_nobodys else reader.read()),
            *(
                replace(named, speaker=next(iter(reader.speakers(doc[named.start], named.subject)), None))
                if named.predicate == "holdsPost"
                else named
                for named in find_name_claims(doc, index, linking, ontology=self.ontology, lexicon=self.lexicon)
            ),
        ]
        occasions.note(index, doc, reader.dating)
        occasions.note_claims(candidates, doc, opening=OPENING - passage.span(0, 1).start)
        silence.note(doc, index, linking, passage, stated=bool(candidates), refused=reader.refused)
        for candidate in candidates:
            yield candidate, _span(doc, passage, candidate.start, candidate.end)


def _of_year(year: int, day: str) -> date:
    month, number = map(int, day.split("-"))
    return date(year, month, min(number, monthrange(year, month)[1]))


def _uncovered_twins(known: Sequence[Mention], names: Sequence[Mention]) -> list[Mention]:
    """Known mentions but for those that a new name covers exactly or cuts."""
    spans = {(name.start, name.end) for name in names}
    at: dict[int, list[Mention]] = {}
    for name in names:
        for token in range(name.start, name.end):
            at.setdefault(token, []).append(name)
    posts = {name.head for name in names if name.cls == "Post"}
    return [
        mention
        for mention in known
        if (mention.start, mention.end) not in spans
        and not (mention.cls == "Post" and mention.head in posts)
        and all(
            n.start <= mention.start and mention.end <= n.end
            for token in range(mention.start, mention.end)
            for n in at.get(token, ())
        )
    ]


def _without_inner_twins(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions but for those within a longer one with the same head and class: "AU Mission" of "UN-AU Mission"."""
    headed: dict[tuple[int, str], list[Mention]] = {}
    for m in mentions:
        headed.setdefault((m.head, m.cls), []).append(m)
    return [
        m
        for m in mentions
        if not any(o is not m and o.start <= m.start and m.end <= o.end for o in headed[m.head, m.cls])
    ]


def _best(claims: Sequence[tuple[Candidate, Span]]) -> list[tuple[Candidate, Span]]:
    """One claim for each subject, property, object and modality: the dated, the surest, the first; in text order."""
    best: dict[tuple[object, ...], tuple[Candidate, Span]] = {}
    for candidate, span in claims:
        key = (candidate.subject, candidate.predicate, candidate.object, candidate.modality, candidate.speaker)
        held = best.get(key)
        if held is None or (bool(candidate.date), candidate.confidence) > (bool(held[0].date), held[0].confidence):
            best[key] = (candidate, span)
    return sorted(best.values(), key=lambda pair: (pair[1], pair[0].predicate, pair[0].subject, pair[0].object))


def _to_reading(
    document: Document,
    linking: Linking,
    claims: Sequence[tuple[Candidate, Span]],
    passages: Sequence[Passage],
    docs: Sequence[Doc],
) -> Reading:
    in_claims = {end for c, _ in claims for end in (c.subject, c.object, c.speaker) if end is not None}
    kept = [at for at, draft in enumerate(linking.entities) if draft.mentions and (at in in_claims or _is_named(draft))]
    kept += sorted(in_claims.difference(kept))
    place = {at: number for number, at in enumerate(kept)}
    entities = tuple(_to_entity(linking.entities[at], passages, docs) for at in kept)
    local = tuple(
        LocalClaim(
            subject=place[c.subject],
            predicate=c.predicate,
            object=place[c.object],
            modality=c.modality,
            span=span,
            rule=c.rule,
            confidence=c.confidence,
            date=c.date,
            speaker=None if c.speaker is None else place[c.speaker],
        )
        for c, span in claims
    )
    return Reading(document, entities, local)


def _is_named(draft: Draft) -> bool:
    """Whether a document names a thing, even where it claims nothing of it."""
    return draft.speaks or (draft.named and any(_names_by_itself(m, draft) for m in draft.mentions))


def _names_by_itself(mention: Mention, draft: Draft) -> bool:
    """Whether a mention names a thing beyond doubt: a name of its own, or a description that leaves but one."""
    if mention.kind is Kind.DESCRIPTION:
        return (mention.cls in TELLING or draft.thing is not None) and not mention.bare and not mention.nested
    return mention.kind is not Kind.PRONOUN and not mention.nested


def _to_entity(draft: Draft, passages: Sequence[Passage], docs: Sequence[Doc]) -> LocalEntity:
    spans = sorted({_span(docs[m.passage], passages[m.passage], m.start, m.end) for m in draft.mentions})
    return LocalEntity(draft.cls, tuple(draft.names), draft.thing.id if draft.thing else "", tuple(spans))


def _span(doc: Doc, passage: Passage, start: int, end: int) -> Span:
    last = doc[end - 1]
    return passage.span(doc[start].idx, last.idx + len(last))
