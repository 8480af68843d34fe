"""Documents that repeat one another to the number of independent sources of each claim.

A document is no source of its own for a claim that another states where the words of the two show it:

=========  =============================================================================================================
copy       half of the runs of words of the shorter one stand in the other
quotation  one, within a week of the other, has :data:`~dragoman.wordruns.RUN` or more words of it in quotation marks;
           or, for a claim alone, so many of the words that state it in one stand in the other
report     one tells, within a week of the other, what that one's author said: it attributes a claim to the author, or
           both state one that is the author's and done by saying (``same:said`` in ``ontology/identity.ttl``)
=========  =============================================================================================================

Copies are found by winnowing (S. Schleimer, D. Wilkerson, A. Aiken, 2003, https://doi.org/10.1145/872757.872770): of
each five neighbouring runs one is kept, the same wherever they stand. A document is held against the first of those
that share a run with it, never against all: time and memory grow with the number of words. Runs made mostly of
capitalised words are names, and tell nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date as calendar_date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dragoman.gazetteer import fold
from dragoman.ontology import Ontology
from dragoman.records import Claim, Document, Entity
from dragoman.spelling import load_spelling
from dragoman.wordruns import NONE, Runs, number_runs, winnow

__all__ = ["Repeat", "with_repeats"]

FIRST = 40
"""Words by which two texts are compared before all of them are."""
COPIED = 0.5
"""The share of the shorter document's runs that make it a copy."""
LATEST, EARLIEST = 7, -1
"""Days from a speech to a report on it; a text may be dated by the day after it was first reported."""
DAY = len("2024-01-01")
MOST_BITS = 22
"""First bits of a run by which it is looked for first."""
VOICES = ("Person", "State")
"""Classes of authors that are told by name; where a document has none of these, whoever else its author line names."""

Places = npt.NDArray[np.int64]
_WORD = re.compile(r"\w+")
_MARKS = '“"«'
_QUOTED = re.compile('“([^“”]{1,2000})”|"([^"\n]{1,2000})"|«([^«»]{1,2000})»')
_REST = np.uint64(64 - MOST_BITS)


class Repeat(NamedTuple):
    """Two documents, the first by date first, that are one source of some or all they state; `why`: see above."""

    first: str
    second: str
    why: str


class Counted(NamedTuple):
    """The claims, each with how many of its documents repeat another; the pairs of documents, sorted."""

    claims: list[Claim]
    repeats: tuple[Repeat, ...]


def with_repeats(
    claims: Sequence[Claim], entities: Iterable[Entity], documents: Iterable[Document], ontology: Ontology
) -> Counted:
    """The claims in their order, each knowing how many of the documents that state it repeat another of them."""
    documents = sorted(documents, key=lambda document: (document.date or "9", document.name))
    desk = _Desk(documents, _Authors(entities, ontology), claims)
    repeats = (desk.count_repeats(claim) if len(claim.documents) > 1 else 0 for claim in claims)
    counted = [
        claim if claim.repeats == count else replace(claim, repeats=count)
        for claim, count in zip(claims, repeats, strict=True)
    ]
    return Counted(counted, tuple(sorted(Repeat(*pair, why) for pair, why in desk.repeats.items())))


class _Desk:
    """What is known of the documents while claims are counted; pairs of documents are noted as they show."""

    def __init__(self, documents: Sequence[Document], authors: _Authors, claims: Sequence[Claim]) -> None:
        self.order = {document.name: place for place, document in enumerate(documents)}
        self.days = {document.name: _to_day(document.date) for document in documents}
        self.authors = {document.name: authors.find(document.author) for document in documents}
        self.speeches: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for name, found in self.authors.items():
            day = self.days[name]
            for author in found:
                if day is not None:
                    self.speeches[author].append((day, name))
        for several in self.speeches.values():
            several.sort()
        shared = [claim for claim in claims if len(claim.documents) > 1]
        stating = {name for claim in shared for name in claim.documents}
        texts = _Texts([document for document in documents if document.name in stating], shared)
        self.holders, self.stated = texts.holders, texts.stated
        self.repeats: dict[tuple[str, str], str] = {}
        self.copied: dict[str, str] = {}
        for first, second in texts.find_copies():
            self.copied.setdefault(second, first)
            self._note(first, second, "copy")
        self.told_by: dict[str, dict[str, None]] = defaultdict(dict)
        for name in texts.quoted:
            self._tie(((name, source) for source in self._quoted_by(name, texts)), "quotation")
        said = load_spelling().said
        for claim in claims:
            if claim.speaker or claim.predicate in said:
                self._tie(self._reports(claim, said), "report")

    def count_repeats(self, claim: Claim) -> int:
        """How many of the several documents of `claim` repeat another of them."""
        documents = sorted(claim.documents, key=self.order.__getitem__)
        origins, stating = _Origins(self.copied), frozenset(documents)
        for repeating, source in self._same_words(claim, stating):
            if origins.attach(repeating, source):
                self._note(repeating, source, "quotation")
        for name in documents:
            speech = self._nearest_speech(claim.speaker, name)  # of which all may be reports
            told_by = sorted(stating.intersection(self.told_by.get(name, ())), key=self.order.__getitem__)
            for source in (*told_by, *filter(None, (speech,))):
                origins.attach(name, source)
        return len(documents) - len({origins.find(name) for name in documents})

    def _note(self, left: str, right: str, why: str) -> None:
        first, second = sorted((left, right), key=self.order.__getitem__)
        self.repeats[first, second] = min(why, self.repeats.get((first, second), why))

    def _tie(self, pairs: Iterable[tuple[str, str]], why: str) -> None:
        for repeating, source in pairs:
            self.told_by[repeating][source] = None
            self._note(repeating, source, why)

    def _quoted_by(self, name: str, texts: _Texts) -> Iterator[str]:
        """The documents near in time that a document has words of in quotation marks; each run of words of one."""
        for run in texts.quoted[name]:
            others = [other for other in self.holders.get(run, ()) if other != name and self._is_near(name, other)]
            if others:
                yield min(others, key=lambda other: (run in texts.quoted[other], self.order[other]))

    def _is_near(self, report: str, speech: str) -> bool:
        later, earlier = self.days[report], self.days[speech]
        return later is not None and earlier is not None and EARLIEST <= later - earlier <= LATEST

    def _same_words(self, claim: Claim, stating: Set[str]) -> Iterator[tuple[str, str]]:
        """Documents that state a claim in words that another has, with the first that has them."""
        first_of: dict[int, str] = {}
        for piece in sorted(claim.evidence, key=lambda piece: (self.order[piece.document], piece)):
            for run in self.stated[piece.exact]:
                if run in self.holders and run not in first_of:
                    first_of[run] = min(self.holders[run] & stating, key=self.order.__getitem__)
                if run in first_of:
                    yield piece.document, first_of[run]

    def _reports(self, claim: Claim, said: Set[str]) -> Iterator[tuple[str, str]]:
        """Documents that tell by `claim` what the author of another said, with that other."""
        by_saying = claim.predicate in said and claim.subject in self.speeches and len(claim.documents) > 1
        if claim.speaker in self.speeches or by_saying:
            for name in claim.documents:
                speech = self._nearest_speech(claim.speaker or claim.subject, name)
                if speech is not None and (claim.speaker or speech in claim.documents):
                    yield name, speech

    def _nearest_speech(self, author: str, report: str) -> str | None:
        """The document of `author` nearest in time to `report`, which is not the author's, if it is near enough."""
        day, speeches = self.days[report], self.speeches.get(author)
        if day is None or not speeches or author in self.authors[report]:
            return None
        at = bisect_left(speeches, (day - EARLIEST + 1, "")) - 1
        return speeches[at][1] if at >= 0 and self._is_near(report, speeches[at][1]) else None


class _Origins:
    """What each document repeats, told by one other; a document that repeats none is its own origin."""

    def __init__(self, copied: Mapping[str, str]) -> None:
        self.copied = copied
        self.sources: dict[str, str] = {}

    def find(self, document: str) -> str:
        """Where what `document` states comes from in the end."""
        while (source := self.copied.get(document) or self.sources.get(document)) is not None:
            document = source
        return document

    def attach(self, document: str, source: str) -> bool:
        """Let what `document` states come from `source`, unless it has a source, or is that of `source`."""
        if document in self.copied or document in self.sources or self.find(source) == document:
            return False
        self.sources[document] = source
        return True


class _Authors:
    """Whom the author line of a document names."""

    def __init__(self, entities: Iterable[Entity], ontology: Ontology) -> None:
        self.entities, self.ontology = entities, ontology

    @cached_property
    def bearers(self) -> Mapping[tuple[str, ...], Set[tuple[str, str]]]:
        """Classes and ids of the actors that bear a name, by its words."""
        bearers: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
        for entity in self.entities:
            if self.ontology.top(entity.cls) == "Actor":
                for name in (entity.label, *entity.names):
                    words = _fold_words(name)
                    if words and name[0].isupper() and (len(words) > 1 or entity.cls != "Person"):
                        bearers[words].add((entity.cls, entity.id))
        return bearers

    @cached_property
    def longest(self) -> int:
        """Words of the longest of these names."""
        return max(map(len, self.bearers), default=0)

    def find(self, line: str) -> frozenset[str]:
        """The ids of the persons and states that `line` names; of whoever else, if it names none of these."""
        words = _fold_words(line)
        named: list[tuple[str, str]] = []
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + self.longest), at, -1)
            end = next((end for end in ends if words[at:end] in self.bearers), None)
            if end is not None:
                named += self.bearers[words[at:end]]
            at = end or at + 1
        voices = frozenset(id_ for cls, id_ in named if cls in VOICES)
        return voices or frozenset(id_ for _, id_ in named)


class _Texts:
    """Runs of words of several documents: which stand in quotation marks, and who has those, or those of claims."""

    def __init__(self, documents: Sequence[Document], claims: Iterable[Claim]) -> None:
        self.documents = documents
        self.runs = list(number_runs(document.text for document in documents))
        quotes = [(document.name, words) for document in documents for words in _find_quoted(document.text)]
        exacts = list(dict.fromkeys(piece.exact for claim in claims for piece in claim.evidence))
        quoted = list(number_runs(words for _, words in quotes))
        stated = list(number_runs(exacts))
        self.quoted: dict[str, dict[int, None]] = {document.name: {} for document in documents}
        for (name, _), runs in zip(quotes, quoted, strict=True):
            self.quoted[name].update(dict.fromkeys(runs.tolist()))
        self.stated = {exact: runs.tolist() for exact, runs in zip(exacts, stated, strict=True)}
        self.holders = self._find_holders(np.unique(np.concatenate([np.array([NONE]), *quoted, *stated])))

    def _find_holders(self, wanted: Runs) -> dict[int, frozenset[str]]:
        """The documents that have each of `wanted`, where several have it; :data:`NONE` comes last in it."""
        maybe = np.zeros(1 << MOST_BITS, dtype=bool)  # by the first bits of what is wanted: most runs are not
        maybe[wanted[:-1] >> _REST] = True
        holders: dict[int, list[str]] = defaultdict(list)
        for document, runs in zip(self.documents, self.runs, strict=True):
            some = runs[maybe[runs >> _REST]]
            found = some[(some != NONE) & (wanted[np.searchsorted(wanted, some)] == some)]
            for run in dict.fromkeys(found.tolist()):
                holders[run].append(document.name)
        return {run: frozenset(names) for run, names in holders.items() if len(names) > 1}

    def find_copies(self) -> list[tuple[str, str]]:
        """Pairs of documents of which one is a copy of the other, or of much of it, the first by order first."""
        kept = [winnow(runs) for runs in self.runs]
        sizes = np.array([len(runs) for runs in kept], dtype=np.int64)
        runs, owners = _find_shared(kept, sizes)
        starts = np.flatnonzero(np.append(True, runs[1:] != runs[:-1])[: len(runs)])
        firsts = np.repeat(np.minimum.reduceat(owners, starts), np.diff(starts, append=len(runs)))
        later = owners != firsts
        held, counts = np.unique(firsts[later] * len(kept) + owners[later], return_counts=True)
        first, second = held // len(kept), held % len(kept)
        copied = counts >= COPIED * np.minimum(sizes[first], sizes[second])
        pairs = set(zip(first[copied].tolist(), second[copied].tolist(), strict=True))
        for same in self._alike():  # texts of fewer words than a run, too
            pairs.update(pairwise(same))
        names = [document.name for document in self.documents]
        return [(names[first], names[second]) for first, second in sorted(pairs)]

    def _alike(self) -> Iterable[list[int]]:
        """The places of documents of the same words in the same order."""
        begun: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, document in enumerate(self.documents):
            begun[tuple(document.text.split(None, FIRST)[:FIRST])].append(at)
        alike: dict[str, list[int]] = defaultdict(list)
        for at in (at for several in begun.values() if len(several) > 1 for at in several):
            alike[" ".join(self.documents[at].text.split())].append(at)
        return alike.values()


def _find_shared(kept: Sequence[Runs], sizes: Places) -> tuple[Runs, Places]:
    """The runs that stand in several of `kept`, sorted, as often as they do, and the place in `kept` of each."""
    runs = np.concatenate([np.empty(0, dtype=np.uint64), *kept])
    order = np.argsort(runs)
    runs = runs[order]
    same = np.concatenate([[False], runs[1:] == runs[:-1], [False]])
    shared = (same[1:] | same[:-1])[: len(runs)]
    return runs[shared], np.searchsorted(np.cumsum(sizes), order[shared], side="right")


def _find_quoted(text: str) -> Iterator[str]:
    if any(mark in text for mark in _MARKS):  # which is far quicker to tell than where
        yield from (found[found.lastindex or 0] for found in _QUOTED.finditer(text))


def _fold_words(text: str) -> tuple[str, ...]:
    return tuple(map(fold, _WORD.findall(text)))


def _to_day(date: str) -> int | None:
    return calendar_date.fromisoformat(date).toordinal() if len(date) == DAY else None
