"""Who says something of whom over time: what is counted, when, and where it stands in the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dragoman.findings import Findings, to_findings
from dragoman.findings.exchanges import Exchanges, find_exchanges
from dragoman.findings.grids import WIDTH, draw_exchanges, lay_out
from dragoman.findings.page import format_page
from dragoman.networks import Selection
from dragoman.ontology import load_ontology
from dragoman.record import Record
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

ONTOLOGY = load_ontology()
STATES = ("norland", "sudmark", "ostia", "westmark")
Row = tuple[str, str, str, tuple[str, ...]]


def record(rows: Iterable[Row], *, repeats: int = 0, date: str = "", more: tuple[Entity, ...] = ()) -> Record:
    """Claims of subject, predicate, object and the dates of the documents that state each, one document for a date."""
    claims, documents = [], {}
    for subject, predicate, object_, dates in rows:
        for day in dates:
            documents[f"{day}.txt"] = Document(f"{day}.txt", "Norland said so.", "0" * 64, date=day)
        evidence = tuple(Evidence(f"{day}.txt", Span(0, 7), "Norland", "", " said so.") for day in dates)
        claims.append(
            Claim(subject, predicate, object_, Modality.ASSERTED, evidence, "rule", 0.9, date, repeats=repeats)
        )
    entities = (*(Entity(name, "State", name.title()) for name in STATES), *more)
    return Record(tuple(documents.values()), entities, tuple(claims))


def found(
    rows: Iterable[Row], *properties: str, per: str = "decade", **details: object
) -> tuple[Findings, Exchanges | None]:
    selection = Selection(properties=properties)
    findings = to_findings(record(rows, **details), ONTOLOGY, selection=selection, per=per, draws=2)
    return findings, find_exchanges(findings)


ROWS: list[Row] = [
    ("norland", "criticizes", "sudmark", ("1974-10-01", "1975", "1983", "2001-09")),
    ("norland", "criticizes", "ostia", ("2003",)),
    ("sudmark", "criticizes", "norland", ("1978", "1979")),
    ("westmark", "attacks", "ostia", ("1985",)),
    ("ostia", "supports", "westmark", ("1985",)),
]


def test_documents_count_in_the_period_of_their_own_date():
    exchanges = found(ROWS, "criticizes")[1]
    assert exchanges.periods == ("1970s", "1980s", "1990s", "2000s")
    assert exchanges.counts == {
        ("norland", "ostia"): (0, 0, 0, 1),
        ("norland", "sudmark"): (2, 1, 0, 1),
        ("sudmark", "norland"): (2, 0, 0, 0),
    }
    assert exchanges.said == {"norland": (2, 1, 0, 2), "sudmark": (2, 0, 0, 0)}
    assert exchanges.total == (4, 1, 0, 2)
    assert (exchanges.highest, exchanges.fullest) == (2, ("norland", "sudmark"))


def test_rows_are_the_busiest_first_and_columns_the_earliest_first():
    exchanges = found(ROWS, "criticizes")[1]
    assert exchanges.rows == ("norland", "sudmark")
    assert exchanges.columns == ("norland", "sudmark", "ostia")


def test_who_says_it_most_of_a_column_has_a_row_and_none_is_empty():
    rows = [
        ("norland", "criticizes", "sudmark", ("1974", "1983", "1984", "2001")),
        ("ostia", "criticizes", "norland", ("1999",)),
    ]
    rows += [("westmark", "criticizes", "sudmark", ("1975", "1985", "1986"))]
    findings = found(rows, "criticizes")[0]
    exchanges = find_exchanges(findings, most=2)
    assert exchanges.columns == ("sudmark", "norland")
    assert exchanges.rows == ("norland", "ostia")
    assert set(exchanges.counts) == {("norland", "sudmark"), ("ostia", "norland")}
    assert exchanges.heard["sudmark"] == (2, 4, 0, 1)


def test_without_a_property_it_is_who_stands_against_whom():
    exchanges = found(ROWS)[1]
    assert exchanges.verb == "criticizes or attacks"
    assert ("ostia", "westmark") not in exchanges.counts
    assert exchanges.counts["westmark", "ostia"] == (0, 1, 0, 0)


def test_the_date_that_a_claim_tells_is_its_period_once_for_each_document():
    rows = [
        ("norland", "criticizes", "sudmark", ("1974", "2001")),
        ("norland", "criticizes", "ostia", ("1974", "2001")),
    ]
    assert found(rows, "criticizes", date="1956-11")[1] is None  # one period
    told = record(rows[:1], date="1956-11")
    both = replace(told, claims=(*told.claims, *record(rows[1:]).claims))
    findings = to_findings(both, ONTOLOGY, selection=Selection(properties=("criticizes",)), per="decade", draws=2)
    exchanges = find_exchanges(findings)
    assert exchanges.periods == ("1950s", "1960s", "1970s", "1980s", "1990s", "2000s")
    assert exchanges.counts["norland", "sudmark"] == (2, 0, 0, 0, 0, 0)


def test_documents_that_repeat_another_are_left_out_those_that_follow_soonest():
    dates = ("1974-10-01", "1974-10-03", "1983")
    exchanges = found([("norland", "criticizes", "sudmark", dates)], "criticizes", repeats=1)[1]
    assert exchanges.counts["norland", "sudmark"] == (1, 1)


def test_a_symmetric_property_counts_each_way_and_nobody_about_itself():
    rows = [
        ("norland", "cooperatesWith", "sudmark", ("1974", "1983")),
        ("ostia", "cooperatesWith", "ostia", ("1974",)),
    ]
    exchanges = found(rows, "cooperatesWith")[1]
    assert exchanges.counts == {("norland", "sudmark"): (1, 1), ("sudmark", "norland"): (1, 1)}


def test_what_is_no_actor_has_no_column():
    theme = Entity("piracy", "ThematicIssue", "piracy")
    rows = [*ROWS, ("norland", "criticizes", "piracy", ("1974", "1983"))]
    assert "piracy" not in found(rows, "criticizes", more=(theme,))[1].columns


def test_of_more_periods_than_can_be_seen_longer_ones_are_taken():
    assert found(ROWS, "criticizes", per="month")[1].per == "decade"
    assert found(ROWS[1:3], "criticizes", per="year")[1].per == "decade"
    close = [("norland", "criticizes", "sudmark", ("1999", "2001"))]
    assert found(close, "criticizes", per="year")[1].periods == ("1999", "2000", "2001")


def test_next_to_empty_periods_at_the_ends_are_left_out_and_counted():
    days = tuple(f"19{80 + year}-{month:02}" for year in range(20) for month in range(1, 13))
    exchanges = found([("norland", "criticizes", "sudmark", ("1912", *days, "2023"))], "criticizes")[1]
    assert exchanges.periods == ("1980s", "1990s")
    assert exchanges.outside == 2


@pytest.mark.parametrize("rows", [[], ROWS[1:2], ROWS[4:]])
def test_within_one_period_or_of_nobody_there_is_none(rows):
    findings, exchanges = found(rows, "criticizes")
    assert exchanges is None
    assert "Who criticizes whom" not in format_page(findings)


def test_bars_are_to_one_scale_and_stand_on_the_foot_of_their_square():
    grid = lay_out(*found(ROWS, "criticizes"), headed=True)
    full = next(bars for bars in grid.bars if bars.told == "Norland → Sudmark: 1970s 2, 1980s 1, 2000s 1; 4 in all")
    one = next(bars for bars in grid.bars if bars.told == "Norland → Ostia: 2000s 1; 1 in all")
    assert one.boxes[0][3] == pytest.approx(full.boxes[0][3] / 2, abs=2)
    for bars in grid.bars:
        for x, y, width, height in bars.boxes:
            assert bars.x < x
            assert x + width < bars.x + bars.width
            assert y >= bars.y
            assert y + height == pytest.approx(bars.y + bars.height - 1)
    assert one.boxes[0][0] - one.x > one.width / 2  # of the last period


def test_squares_do_not_lie_on_one_another_and_words_stay_inside():
    grid = lay_out(*found(ROWS), headed=True)
    for at, bars in enumerate(grid.bars):
        for other in grid.bars[at + 1 :]:
            beside = bars.x + bars.width <= other.x or other.x + other.width <= bars.x
            assert beside or bars.y + bars.height <= other.y or other.y + other.height <= bars.y
    assert all(0 <= said.x <= WIDTH and 0 < said.y < grid.height for said in grid.words)


def test_the_report_shows_it_with_its_numbers_and_what_it_shows():
    findings, exchanges = found(ROWS, "criticizes")
    drawing = draw_exchanges(findings, exchanges)
    titles = [title.text for title in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}title")]
    assert "Sudmark → Norland: 1970s 2; 2 in all" in titles
    assert "all actors → Ostia: 2000s 1; 1 in all" in titles
    page = format_page(findings)
    assert "<h3>Who criticizes whom, by decade</h3>" in page
    assert str(drawing) in page


def test_names_are_text_in_the_drawing():
    hostile = Entity("x", "State", "<script>alert(1)</script> & Co")
    rows = [("norland", "criticizes", "x", ("1974", "1983"))]
    drawing = draw_exchanges(*found(rows, "criticizes", more=(hostile,)))
    assert "<script" not in drawing
    ElementTree.fromstring(drawing)
