"""What a build left silent to ``coverage.html``: one file for reading and for print, without a script or a request.

It has the looks of the findings' report. What documents say stands in it as text; a Content-Security-Policy
(https://www.w3.org/TR/CSP3/) admits the page's own style by its hash and nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from dragoman import __version__
from dragoman.coverage.totals import CorpusCoverage, Total
from dragoman.coverage.words import NAMING, SIGNS, count_words, sum_frames
from dragoman.ontology import Ontology
from dragoman.records import Skipped
from dragoman.serialization import replace_file
from dragoman.vocabulary import clean

__all__ = ["PAGE", "format_page", "write_page"]

PAGE = "coverage.html"
"""The file of the page in an output folder."""
DOCUMENTS, NAMES, PAIRS = 500, 120, 12
"""Documents, names, and pairs of classes of a frame, that are shown; those with most gaps."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame that was refused: how often, and between which classes."""

    name: str
    predicate: str
    count: int
    pairs: tuple[Total, ...]


def write_page(coverage: CorpusCoverage, skipped: Sequence[Skipped], ontology: Ontology, path: Path) -> None:
    """Write :func:`format_page` to `path`."""
    replace_file(path, format_page(coverage, skipped, ontology).encode("utf-8", "replace"))


def format_page(coverage: CorpusCoverage, skipped: Sequence[Skipped], ontology: Ontology) -> str:
    """The whole page as text, the same for the same coverage."""
    style = _read("dragoman.findings", "findings.css") + _read("dragoman.coverage", "coverage.css")
    environment = Environment(
        loader=DictLoader({"page": _read("dragoman.coverage", "coverage.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = lambda words: clean(str(words))
    rows = sorted(coverage.documents, key=lambda row: (-row.several, -row.silent, row.document))
    return environment.get_template("page").render(
        coverage=coverage,
        ontology=ontology,
        version=__version__,
        style=Markup(style),
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        title=f"What was not read in {count_words(len(coverage.documents), 'document')}",
        tiles=_count(coverage, skipped),
        skipped=skipped,
        rows=rows[:DOCUMENTS],
        hidden_rows=len(rows) - len(rows[:DOCUMENTS]),
        naming=NAMING,
        signs=SIGNS,
        names=coverage.names[:NAMES],
        hidden_names=len(coverage.names) - len(coverage.names[:NAMES]) + coverage.more_names,
        frames=_by_frame(coverage.refused),
        most_pairs=PAIRS,
    )


def _count(coverage: CorpusCoverage, skipped: Sequence[Skipped]) -> list[tuple[str, str]]:
    count = coverage.count
    paragraphs = f"of {count_words(count('passages'), 'paragraph')} state nothing"
    unseen = len(coverage.unseen_classes) + len(coverage.unseen_properties)
    return [
        (f"{len(coverage.documents):,}", f"documents read, {len(skipped):,} skipped"),
        (_share(count("silent"), count("passages")), f"{paragraphs}; {count('several'):,} name two things or more"),
        (_share(count("poor"), count("sentences")), f"of {count_words(count('sentences'), 'sentence')} likely misread"),
        (
            f"{count('names'):,}",
            "capitalised name without a class" if count("names") == 1 else "capitalised names without a class",
        ),
        (
            f"{count('refused'):,}",
            "pair refused by domain or range" if count("refused") == 1 else "pairs refused by domain or range",
        ),
        (f"{unseen:,}", "terms of the ontology never seen"),
    ]


def _share(some: int, every: int) -> str:
    return f"{some / every if every else 0:.0%}"


def _by_frame(refused: Sequence[Total]) -> list[_Frame]:
    pairs: dict[str, list[Total]] = defaultdict(list)
    for total in refused:
        pairs[total.of[0]].append(total)
    return [
        _Frame(name, pairs[name][0].of[1], count, tuple(pairs[name])) for name, count in sum_frames(refused).items()
    ]


def _read(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
