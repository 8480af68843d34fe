"""README tells how good the graphs are, by a fresh measurement on the reference documents beside the checkout.

Run as a script, ``python tests/test_scores.py`` builds their graph and writes its scores between the marks in README.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from shutil import copy

import pytest

import dragoman
from dragoman.analysis import read_measured
from dragoman.evaluation import Comparison, compare, compare_all
from dragoman.ontology import Ontology, load_ontology
from dragoman.references import read_references
from dragoman.scorecard import Table, to_tables
from reference_record import REFERENCE, record
from small_record import FIRST

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SHARED = ROOT.parent / "shared"
MARKED = re.compile(r"(?<=<!-- scores -->\n).*?(?=<!-- /scores -->)", re.DOTALL)
TWO = "a Security Council statement and a news report on it"
TOTALS = ("claims", "entities", "pairs")
DETAILS = ("class", "modality", "date", "speaker", "quotes word for word")
BANDS = ((0.8, "F1 of 0.8 and more"), (0.6, "0.6 to 0.8"), (0.4, "0.4 to 0.6"), (0.0, "below 0.4"))
"""Lower bounds of F1, and how the columns of properties are called."""
LEGEND = "By property, P / R / F1 and, in brackets, how often people read it:"
DOUBTFUL = 0.5
"""Confidence below which claims are told together."""

Tables = Mapping[str, Table]


# -- measuring


def measure(shared: Path, scratch: Path) -> tuple[list[Comparison], list[Comparison], Ontology]:
    """What the graph of all reference documents has right and wrong: in the two seeds, and in all."""
    seeds, corpus, out = shared / "seeds", scratch / "corpus", scratch / "out"
    corpus.mkdir()
    for path in (*(shared / "corpus").glob("*.txt"), shared / "corpus" / "metadata.csv"):
        copy(path, corpus)
    dragoman.build([seeds, corpus], out, page=False)
    found, ontology = read_measured(out)
    compared, absent = compare_all(read_references([shared / "gold" / "dev"], ontology), found, ontology)
    assert absent == []
    ours = {path.name for path in seeds.glob("*.txt")}
    return [one for one in compared if one.reference.document in ours], compared, ontology


def format_scores(two: list[Comparison], every: list[Comparison], ontology: Ontology) -> str:
    """The scores as Markdown, in few lines, as README may have but so many."""
    tables = tables_of(every, ontology)
    return "\n".join(
        [
            *_format_summary({TWO: tables_of(two, ontology), f"all {len(every)}": tables}),
            "",
            f"{_format_calibration(tables['calibration'])} {LEGEND}",
            "",
            *_format_properties(tables["properties"], ontology),
            "",
        ]
    )


def tables_of(comparisons: list[Comparison], ontology: Ontology) -> Tables:
    return {table.name: table for table in to_tables(comparisons, ontology)}


def _format_summary(measured: Mapping[str, Tables]) -> Iterable[str]:
    heads = ["documents", *(f"{name} P / R / F1" for name in TOTALS), *DETAILS]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for name, tables in measured.items():
        totals, details = (dict(_keyed(tables[table])) for table in ("summary", "details"))
        yield _row(
            [
                name,
                *(" / ".join(map(_number, totals[total][:3])) for total in TOTALS),
                *(f"{_number(details[detail][0])} of {details[detail][1]}" for detail in DETAILS),
            ]
        )


def _format_calibration(table: Table) -> str:
    """How many claims are right of those that say so much of themselves, the surest first."""
    told: dict[str, tuple[int, int]] = {}
    for band, (claims, right, *_) in _keyed(table):
        low, high = band.split("-")
        name = (
            f"below {DOUBTFUL}" if float(low) < DOUBTFUL else f"{low} and more" if high == "1.0" else f"{low} to {high}"
        )
        before = told.get(name, (0, 0))
        told[name] = (before[0] + claims, before[1] + right)
    shares = (f"{name} {right / claims:.0%} of {claims}" for name, (claims, right) in told.items())
    return f"Claims that are right, by their confidence: {', '.join(shares)}."


def _format_properties(table: Table, ontology: Ontology) -> Iterable[str]:
    """Properties in columns by F1, the best first; those that nobody stated come last."""
    rows = dict(_keyed(table))
    columns: dict[str, list[tuple[float, int, str]]] = {name: [] for _, name in BANDS}
    for at, name in enumerate(ontology.properties):
        *scores, _, count = rows.get(name, (None, None, None, 0, 0))
        f1 = scores[2] or 0.0
        column = next(column for bound, column in BANDS if f1 >= bound)
        columns[column].append((-f1, at, f"`{name}` {' / '.join(map(_number, scores))} ({count})"))
    yield _row(columns)
    yield _row(["---"] * len(columns))
    yield _row("<br>".join(text for *_, text in sorted(column)) for column in columns.values())


def _keyed(table: Table) -> Iterable[tuple[str, tuple]]:
    return ((row[0], row[1:]) for row in table.rows)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


# -- README


def with_scores(readme: str, scores: str) -> str:
    """README with other scores between its marks."""
    assert len(MARKED.findall(readme)) == 1, "README has no <!-- scores --> and <!-- /scores -->, each on its own line"
    return MARKED.sub(lambda _: scores, readme)


@pytest.mark.slow
def test_scores_are_those_of_a_fresh_measurement(shared, tmp_path):
    for folder in ("seeds", "corpus", "gold/dev"):
        if not (shared / folder).is_dir():
            pytest.skip(f"no {folder} among the reference documents")
    text = README.read_text(encoding="utf-8")
    assert with_scores(text, format_scores(*measure(shared, tmp_path))) == text, "run: python tests/test_scores.py"


# -- the tables, on a graph made by hand


@pytest.fixture(scope="module")
def lines() -> list[str]:
    ontology = load_ontology()
    one = [compare(REFERENCE, record(), FIRST, ontology)]
    return format_scores(one, [*one, *one], ontology).splitlines()


def cells(line: str) -> list[str]:
    return line.strip("| ").split(" | ")


def test_readme_has_the_tables_between_its_marks(lines):
    (marked,) = MARKED.findall(README.read_text(encoding="utf-8"))
    heads = (0, 1, 7, 8)
    assert [marked.splitlines()[at] for at in heads] == [lines[at] for at in heads]


def test_totals_and_details_stand_in_one_row_for_each_folder(lines):
    heads, _, two, every = map(cells, lines[:4])
    assert dict(zip(heads, two, strict=True)) == {
        "documents": TWO,
        "claims P / R / F1": "0.50 / 0.50 / 0.50",
        "entities P / R / F1": "0.83 / 0.83 / 0.83",
        "pairs P / R / F1": "0.80 / 0.80 / 0.80",
        "class": "0.80 of 5",
        "modality": "0.75 of 4",
        "date": "1.00 of 1",
        "speaker": "0.00 of 1",
        "quotes word for word": "1.00 of 2",
    }
    assert (every[0], every[4]) == ("all 2", "0.80 of 10")


def test_calibration_tells_bands_from_the_surest_on(lines):
    assert lines[5] == (
        "Claims that are right, by their confidence: 0.9 and more 100% of 2, 0.8 to 0.9 100% of 4, "
        f"0.7 to 0.8 100% of 2, 0.6 to 0.7 0% of 2, below 0.5 0% of 4. {LEGEND}"
    )


def test_each_property_stands_once_in_the_column_of_its_f1(lines):
    heads, _, columns = map(cells, lines[7:10])
    assert heads == [name for _, name in BANDS]
    assert columns[0] == "`cooperatesWith` 1.00 / 1.00 / 1.00 (2)<br>`criticizes` 1.00 / 1.00 / 1.00 (2)"
    assert "`supports` 0.50 / 0.00 / 0.00 (2)" in columns[3]
    assert "`callsOn` – / 1.00 / – (2)" in columns[3]
    assert "`aids` – / – / – (0)" in columns[3]
    named = re.findall(r"`(\w+)`", lines[9])
    assert sorted(named) == sorted(load_ontology().properties)


def test_only_what_stands_between_the_marks_is_replaced():
    text = "a\n<!-- scores -->\nold | 1\nold\n<!-- /scores -->\nb"
    assert with_scores(text, "new \\1\n") == "a\n<!-- scores -->\nnew \\1\n<!-- /scores -->\nb"
    with pytest.raises(AssertionError, match="README has no <!-- scores -->"):
        with_scores("a\nb", "new\n")


if __name__ == "__main__":
    if not SHARED.is_dir():
        sys.exit(f"{SHARED}: no such folder; the reference documents belong there")
    with tempfile.TemporaryDirectory() as scratch:
        scores = format_scores(*measure(SHARED, Path(scratch)))
    README.write_text(with_scores(README.read_text(encoding="utf-8"), scores), encoding="utf-8", newline="\n")
