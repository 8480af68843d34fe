"""What a build read, found, left out and why: as text for people, and as JSON for programs and the next build.

Nothing here depends on a clock or a machine, so that two builds of the same documents report alike.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.coverage import CorpusCoverage
from dragoman.coverage.words import describe_coverage
from dragoman.ontology import Ontology
from dragoman.output import MADE_BY
from dragoman.readings import Reuse
from dragoman.records import Claim, Document, Entity, Modality, Skipped

__all__ = [
    "SHOWN",
    "Report",
    "format_report",
    "format_report_json",
    "format_reuse",
    "parse_report",
    "plain",
    "to_report",
]

SHOWN = 20
"""Lines of a list that a text report shows, unless it is the one that is kept in full."""


@dataclass(frozen=True, slots=True)
class Report:
    """Counts and reasons; `entities` by top class, `claims` by modality, in the order of the ontology."""

    documents: tuple[str, ...]
    characters: int
    entities: Mapping[str, int]
    claims: Mapping[str, int]
    properties: Mapping[str, int]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()
    coverage: CorpusCoverage = field(default_factory=CorpusCoverage)


def to_report(
    documents: Sequence[Document],
    entities: Iterable[Entity],
    claims: Sequence[Claim],
    ontology: Ontology,
    *,
    skipped: Iterable[Skipped] = (),
    notes: Iterable[Skipped] = (),
    coverage: CorpusCoverage | None = None,
) -> Report:
    """The report of a build that found these."""
    tops = Counter(ontology.top(entity.cls) for entity in entities)
    modalities = Counter(claim.modality for claim in claims)
    properties = Counter(claim.predicate for claim in claims)
    return Report(
        documents=tuple(sorted(document.name for document in documents)),
        characters=sum(len(document.text) for document in documents),
        entities={name: tops[name] for name in ontology.classes if tops[name]},
        claims={modality.value: modalities[modality] for modality in Modality if modalities[modality]},
        properties={name: properties[name] for name in ontology.properties if properties[name]},
        skipped=tuple(skipped),
        notes=tuple(notes),
        coverage=coverage or CorpusCoverage(),
    )


def format_report(report: Report, *, shown: int | None = None) -> str:
    """The report as lines of text, lists cut after `shown` lines, without signs that steer a terminal."""
    lines = [
        f"Read     {_count(len(report.documents), 'document')}, {report.characters:,} characters",
        f"Found    {_count(sum(report.entities.values()), 'entity', 'entities')}{_parts(report.entities)}",
        f"         {_count(sum(report.claims.values()), 'claim')}{_parts(report.claims)}",
    ]
    lines += [f"{'' if at else 'Silent':<8} {line}" for at, line in enumerate(describe_coverage(report.coverage))]
    for title, found in (("Skipped", report.skipped), ("Notes", report.notes)):
        kept = found if shown is None else found[:shown]
        lines += [f"{title if not at else '':<8} {line.name}: {line.reason}" for at, line in enumerate(kept)]
        if len(kept) < len(found):
            lines.append(f"         and {len(found) - len(kept)} more, in report.txt")
    return "".join(f"{plain(line)}\n" for line in lines)


def format_report_json(report: Report, files: Iterable[str]) -> str:
    """The report as JSON, with the names of the `files` that the build wrote."""
    found: dict[str, Any] = {
        MADE_BY: __version__,
        "documents": report.documents,
        "characters": report.characters,
        "entities": report.entities,
        "claims": report.claims,
        "properties": report.properties,
        "skipped": [{"name": line.name, "reason": line.reason} for line in report.skipped],
        "notes": [{"name": line.name, "reason": line.reason} for line in report.notes],
        "coverage": msgspec.to_builtins(report.coverage),
        "files": sorted(files),
    }
    return json.dumps(found, indent=1) + "\n"


def format_reuse(reuse: Reuse) -> str:
    """What a build kept of an earlier one, for the terminal: reports hang on what was given alone.

    >>> format_reuse(Reuse(read=1, kept=1200))
    '1,200 readings of the last build; 1 document was read anew'
    """
    anew = "1 document was" if reuse.read == 1 else f"{reuse.read:,} documents were"
    return f"{_count(reuse.kept, 'reading')} of the last build; {anew} read anew"


def parse_report(text: str) -> Report:
    """The report that :func:`format_report_json` wrote.

    :raises ValueError: if it is no such report.
    """
    found = json.loads(text)
    try:
        return Report(
            documents=tuple(found["documents"]),
            characters=found["characters"],
            entities=found["entities"],
            claims=found["claims"],
            properties=found["properties"],
            skipped=tuple(Skipped(**line) for line in found["skipped"]),
            notes=tuple(Skipped(**line) for line in found["notes"]),
            coverage=msgspec.convert(found.get("coverage", {}), CorpusCoverage),
        )
    except (KeyError, TypeError, msgspec.ValidationError) as cause:
        raise ValueError(f"no report of a build: {cause}") from cause


def plain(text: str) -> str:
    """`text` with what could steer a terminal, or run over lines, made blank.

    >>> plain("a\\x1b[31m red\\nname")
    'a [31m red name'
    """
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in text)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _parts(counts: Mapping[str, int]) -> str:
    named = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    return f": {named}" if named else ""
