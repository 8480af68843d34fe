"""What a build left silent, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dragoman.coverage.totals import CorpusCoverage, Total

__all__ = ["NAMING", "SIGNS", "count_words", "describe_coverage", "sum_frames"]

NAMING = {"2": "two things or more", "1": "one thing", "0": "nothing"}
"""What silent paragraphs name, by their kind."""
SIGNS = {
    "in capitals": "All in capitals, so that no name is told from a word",
    "no verb": "No verb at its head",
    "no end": "No mark at its end, so that it may be cut off",
    "few words": "More signs and numbers than words",
    "long": "More than 60 words",
}
"""Signs of a poor parse (:func:`dragoman.extraction.silence.find_sign`) in full."""
FIRST = 4
"""Kinds of gaps that a line names."""


def describe_coverage(coverage: CorpusCoverage) -> list[str]:
    """What was left silent, in a line for each kind of gap of which there is one."""
    count = coverage.count
    told = []
    if silent := count("silent"):
        told.append(
            f"{silent:,} of {count_words(count('passages'), 'paragraph')} state nothing that was read; "
            f"of these, {count('several'):,} name two things or more"
        )
    if poor := count("poor"):
        signs = _first((total.of[0], total.count) for total in coverage.poor)
        told.append(f"{poor:,} of {count_words(count('sentences'), 'sentence')} are likely misread: {signs}")
    if names := count("names"):
        found = _first((total.of[0], total.count) for total in coverage.names)
        told.append(f"{count_words(names, 'capitalised name')} without a class: {found}")
    if refused := count("refused"):
        frames = _first(sum_frames(coverage.refused).items())
        told.append(f"{count_words(refused, 'pair')} of things refused by domain or range: {frames}")
    classes, properties = len(coverage.unseen_classes), len(coverage.unseen_properties)
    if classes or properties:
        terms = f"{count_words(classes, 'class', 'classes')} and {count_words(properties, 'property', 'properties')}"
        told.append(f"{terms} of the ontology never seen")
    return told


def sum_frames(refused: Iterable[Total]) -> dict[str, int]:
    """How often each frame was refused, those refused most often first."""
    counts: Counter[str] = Counter()
    for total in refused:
        counts[total.of[0]] += total.count
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def count_words(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count_words(1, "class"), count_words(2000, "class", "classes")
    ('1 class', '2,000 classes')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _first(counts: Iterable[tuple[str, int]]) -> str:
    found = [f"{name} ({number:,})" for name, number in counts]
    return ", ".join(found[:FIRST]) + (", …" if len(found) > FIRST else "")
