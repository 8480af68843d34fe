"""A build and the files it was read from to a verdict on each quote: still there, moved, or gone.

A quote is looked for by its words and those before and after it, as Web Annotation's text quote selectors are
(https://www.w3.org/TR/annotation-model/#text-quote-selector); line breaks and blanks may have changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dragoman.checks import Fault, check_sources
from dragoman.reading.documents import DEFAULTS, Options, ReadingError, find_files, read_document
from dragoman.record import Record
from dragoman.records import Evidence, Span
from dragoman.vocabulary import clean

__all__ = ["Status", "Verdict", "Verification", "find_quote", "judge_quotes", "read_sources", "verify"]


class Status(StrEnum):
    """What has become of a quote."""

    SAME = "same"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """A quote, what has become of it and, where it was found, where it stands now."""

    evidence: Evidence
    status: Status
    now: Span | None = None

    @property
    def place(self) -> str:
        """Where the graph says that the quote stands."""
        return f"{self.evidence.document}:{self.evidence.span.start}-{self.evidence.span.end}"


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict on each quote, by document and place, and the documents whose files are missing or have changed."""

    verdicts: tuple[Verdict, ...]
    changed: tuple[Fault, ...]

    def count(self, status: Status) -> int:
        """How many quotes have this status."""
        return sum(verdict.status is status for verdict in self.verdicts)


def verify(record: Record, folder: Path, options: Options = DEFAULTS) -> Verification:
    """What has become of each quote of `record` in the documents below `folder`.

    :param options: how files are read, as they were for the build.
    :raises ReadingError: if `folder` is not there.
    """
    return Verification(
        tuple(judge_quotes(record, read_sources(folder, options))), tuple(check_sources(record, folder, options))
    )


def judge_quotes(record: Record, texts: Mapping[str, str]) -> list[Verdict]:
    """A verdict on each quote, by document and place.

    :param texts: the text of each document by name, as it reads now; a document without one has lost its quotes.
    """
    verdicts = []
    for evidence in sorted({piece for claim in record.claims for piece in claim.evidence}):
        now = find_quote(clean(texts.get(evidence.document, "")), evidence)
        same = now == evidence.span
        verdicts.append(Verdict(evidence, Status.SAME if same else Status.MOVED if now else Status.GONE, now))
    return verdicts


def find_quote(text: str, evidence: Evidence) -> Span | None:
    """Where the words of `evidence` stand in `text`: at their place, or else where the words around them agree best.

    Of places that agree alike, the one nearest to the old place is taken.

    >>> quote = Evidence("a.txt", Span(0, 3), "war", "", " in Vale")
    >>> find_quote("A war of words. The war in  Vale.", quote)
    Span(start=20, end=23)
    """
    exact, start = clean(evidence.exact), evidence.span.start
    if text[start : evidence.span.end] == exact:
        return evidence.span
    found = [match.span() for match in re.finditer(re.escape(exact), text)]
    if not found:
        words = [re.escape(word) for word in exact.split()]
        found = [match.span() for match in re.finditer(r"\s+".join(words), text)] if words else []
    ranked = sorted(found, key=lambda place: (-_agreement(text, place, evidence), abs(place[0] - start)))
    return Span(*ranked[0]) if ranked else None


def read_sources(folder: Path, options: Options = DEFAULTS) -> dict[str, str]:
    """The text of each document below `folder` by name; files that cannot be read are left out.

    :raises ReadingError: if `folder` is not there.
    """
    try:
        files = find_files([folder]).files
    except ReadingError:
        if not folder.is_dir():
            raise
        return {}  # a folder without documents, where every quote is gone
    return {document.name: document.text for file in files for document in read_document(file, options).documents}


def _agreement(text: str, place: tuple[int, int], evidence: Evidence) -> int:
    """Characters that agree with the words around the quote, blanks set aside."""
    before, after = (
        _without_blanks(words) for words in (text[max(0, place[0] - 200) : place[0]], text[place[1] :][:200])
    )
    prefix, suffix = _without_blanks(clean(evidence.prefix)), _without_blanks(clean(evidence.suffix))
    return _common(before[::-1], prefix[::-1]) + _common(after, suffix)


def _common(left: str, right: str) -> int:
    """How many characters the two begin with alike."""
    return next(
        (at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), min(len(left), len(right))
    )


def _without_blanks(text: str) -> str:
    return "".join(text.split())
