"""Whether a text is English, or which of its passages are not, told offline by py3langid.

The words by which English is known at once are data, in ``ontology/languages.ttl``.

Source: https://github.com/adbar/py3langid, after Lui & Baldwin 2012, https://aclanthology.org/P12-3005/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from dragoman.ontology import SKOS, ontology_folder, read_turtle

__all__ = ["Foreign", "describe_foreign", "find_foreign", "find_other_language", "has_english"]

LEAST_LETTERS = 30
"""A window with fewer letters is taken as English: too little to tell."""
MARGIN = 120.0
"""By how much the log-probability of another language must beat that of English.

English passages of 60 to 230 characters stay below 20, mere lists of foreign names below 110; a sentence in another
language comes to 180 or more.
"""
NO_LANGUAGE = "zxx"
"""What py3langid calls tables of numbers."""
WINDOW = 4000
"""Characters of each of the windows (start, middle, end) that are looked at."""
STRETCH = 400
"""Characters of lines below one another, from which on they are looked at by themselves."""
LEAST_IN_STRETCH = 60
"""A stretch with fewer letters is taken to be of the language around it."""
COMMON_SHARE = 0.1
"""Of the words of English prose a fifth or more are those of ``ontology/languages.ttl``; of other languages, few."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Characters `start` to `end` of a text that are in another language, told by its ISO 639-1 code."""

    start: int
    end: int
    language: str


def find_other_language(text: str) -> str:
    """ISO 639-1 code of the language of `text` where it is surely not English, else "".

    A text with English in one of three windows counts as English. English prose is known by its commonest words, so
    that the languages need not be weighed against one another, nor what tells them be loaded.
    """
    middle = max(0, (len(text) - WINDOW) // 2)
    starts = (0, middle, max(0, len(text) - WINDOW)) if len(text) > WINDOW else (0,)
    found = ""
    for start in starts:
        window = text[start : start + WINDOW]
        if sum(map(str.isalpha, window)) < LEAST_LETTERS:
            continue
        if _is_common(window):
            return ""
        scores = dict(_rank(window.lower() if window.isupper() else window))
        best = max(scores.keys() - {NO_LANGUAGE}, key=lambda code: (scores[code], code))
        if best == "en" or scores[best] - scores["en"] < MARGIN:
            return ""
        found = found or best
    return found


def find_foreign(text: str) -> list[Foreign]:
    """The stretches of a text that are surely not English, in order; those that touch and are alike are one."""
    found: list[Foreign] = []
    for start, end in _iter_stretches(text):
        stretch = text[start:end]
        if _is_common(stretch) or sum(map(str.isalpha, stretch)) < LEAST_IN_STRETCH:
            continue
        if language := find_other_language(stretch):
            last = found[-1] if found else None
            if last and last.language == language and not text[last.end : start].strip():
                found[-1] = Foreign(last.start, end, language)
            else:
                found.append(Foreign(start, end, language))
    return found


def has_english(text: str) -> bool:
    """Whether a stretch of a text is English beyond doubt."""
    return any(
        _is_common(text[start:end]) and sum(map(str.isalpha, text[start:end])) >= LEAST_IN_STRETCH
        for start, end in _iter_stretches(text)
    )


def describe_foreign(foreign: Sequence[Foreign]) -> str:
    """A line that tells what was left out.

    >>> describe_foreign([Foreign(10, 110, "fr")])
    "not English, left out: 1 passage of 100 characters in 'fr', from character 10"
    """
    sizes: Counter[str] = Counter()
    for passage in foreign:
        sizes[passage.language] += passage.end - passage.start
    counts = Counter(passage.language for passage in foreign)
    first = {passage.language: passage.start for passage in reversed(foreign)}
    parts = (
        f"{counts[code]} {'passage' if counts[code] == 1 else 'passages'} of {sizes[code]} characters in {code!r},"
        f" from character {first[code]}"
        for code in sorted(sizes)
    )
    return f"not English, left out: {'; '.join(parts)}"


def _iter_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of lines that stand together: up to a blank line, or to a length that tells their language."""
    start, at = -1, 0
    for line in text.splitlines(keepends=True):
        blank = not line.strip()
        if start < 0 and not blank:
            start = at
        elif start >= 0 and (blank or at - start >= STRETCH):
            yield start, at
            start = -1 if blank else at
        at += len(line)
    if start >= 0:
        yield start, at


def _is_common(stretch: str) -> bool:
    words = stretch.lower().split()
    return sum(map(_common_words().__contains__, words)) >= max(1.0, COMMON_SHARE * len(words))


@cache
def _common_words() -> frozenset[str]:
    rows = read_turtle([ontology_folder() / "languages.ttl"]).query(
        f'SELECT ?word {{ ?language <{SKOS}notation> "en" ; <{SKOS}hiddenLabel> ?word }}'
    )
    return frozenset(row["word"].value for row in rows)  # type: ignore[union-attr]


def _rank(text: str) -> list[tuple[str, float]]:
    """Log-probability of each language."""
    from py3langid import langid  # with NumPy, which most of those who import this module never need

    return cast("list[tuple[str, float]]", langid.rank(text))  # type: ignore[no-untyped-call]
