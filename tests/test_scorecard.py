"""Comparisons as tables, and tables as text."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dragoman.commands import evaluate as command
from dragoman.evaluation import compare
from dragoman.ontology import load_ontology
from dragoman.records import Modality
from dragoman.references import Reference
from dragoman.scorecard import FORMATS, TABLES, Table, format_tables, to_tables
from reference_record import CLAIMS, REFERENCE, claim, record, wanted
from small_record import FIRST

ONTOLOGY = load_ontology()


def tables_of(claims=CLAIMS, reference=REFERENCE, **options):
    found = to_tables([compare(reference, record(claims), FIRST, ONTOLOGY)], ONTOLOGY, **options)
    return {table.name: table for table in found}


@pytest.fixture(scope="module")
def tables():
    return tables_of()


def test_tables_and_forms_are_those_that_the_command_offers():
    assert command.NAMES == TABLES == tuple(tables_of())
    assert tuple(FORMATS) == command.FORMS


def test_each_row_has_a_cell_for_each_column(tables):
    assert [name for name, table in tables.items() for row in table.rows if len(row) != len(table.columns)] == []
    assert all(table.title for table in tables.values())


def test_summary_counts_claims_entities_and_pairs(tables):
    assert tables["summary"].rows == (
        ("claims", 0.5, 0.5, 0.5, 6, 6),  # three right, three wrong, three missed
        ("entities", pytest.approx(5 / 6), pytest.approx(5 / 6), pytest.approx(5 / 6), 6, 6),
        ("pairs", 0.8, 0.8, pytest.approx(0.8), 5, 5),
    )


def test_details_are_of_what_was_found(tables):
    assert tables["details"].rows == (
        ("kind", 1.0, 5),
        ("class", 0.8, 5),  # the ceasefire is an agreement in the graph
        ("modality", 0.75, 4),  # cooperation is planned in the graph; what is optional counts
        ("date", 1.0, 1),
        ("speaker", 0.0, 1),
        ("quotes word for word", 1.0, 2),
    )


def test_a_class_below_that_of_the_reference_is_right():
    reference = Reference(
        FIRST.name, tuple(_with_class(e, "Actor") if e.id == "n" else e for e in REFERENCE.entities), ()
    )
    assert {row[0]: row[1] for row in tables_of((), reference)["details"].rows}["class"] == 0.8


def _with_class(entity, cls):
    return type(entity)(entity.id, cls, entity.names, entity.optional)


def test_properties_are_counted_where_graph_and_reference_have_them(tables):
    rows = {row[0]: row[1:] for row in tables["properties"].rows}
    assert rows["criticizes"] == (1.0, 1.0, 1.0, 1, 1)
    assert rows["callsOn"] == (None, 1.0, None, 0, 1)  # found as "supports", which is right too
    assert rows["supports"] == (0.5, 0.0, 0.0, 2, 1)
    assert rows["memberOf"] == (None, 0.0, None, 0, 1)
    assert rows["addresses"] == (0.0, None, None, 1, 0)
    assert "locatedIn" not in rows  # optional
    order = list(ONTOLOGY.properties)
    assert [row[0] for row in tables["properties"].rows] == sorted(rows, key=order.index)


def test_classes_are_counted_by_those_that_each_side_gives(tables):
    rows = {row[0]: row[1:] for row in tables["classes"].rows}
    assert rows["State"] == (1.0, 1.0, 1.0, 2, 2, 1.0)
    assert rows["Ceasefire"] == (None, 1.0, None, 0, 1, 0.0)
    assert rows["Agreement"] == (1.0, None, None, 1, 0, None)
    assert rows["InternationalOrganization"] == (None, 0.0, None, 0, 1, None)
    assert rows["Person"] == (0.0, None, None, 1, 0, None)  # the optional one is not missed


def test_modalities_are_counted_by_those_that_each_side_gives(tables):
    rows = {row[0]: row[1:] for row in tables["modalities"].rows}
    assert rows["asserted"] == (pytest.approx(0.4), pytest.approx(0.6), pytest.approx(0.48), 5, 5, 0.75)
    assert rows["planned"] == (1.0, None, None, 1, 0, None)
    assert rows["negated"] == (None, 0.0, None, 0, 1, None)
    assert list(rows) == [modality.value for modality in Modality if modality.value in rows]


def test_calibration_has_a_band_for_each_tenth_the_surest_first(tables):
    assert tables["calibration"].rows == (
        ("0.9-1.0", 1, 1, 1.0, 0.95),
        ("0.8-0.9", 2, 2, 1.0, 0.85),
        ("0.7-0.8", 1, 1, 1.0, 0.72),
        ("0.6-0.7", 1, 0, 0.0, 0.66),
        ("0.4-0.5", 1, 0, 0.0, 0.4),
        ("0.3-0.4", 1, 0, 0.0, 0.3),
    )


@pytest.mark.parametrize(
    ("confidence", "band"), [(1.0, "0.9-1.0"), (0.7, "0.7-0.8"), (0.6, "0.6-0.7"), (0.0, "0.0-0.1")]
)
def test_a_band_begins_with_its_lower_bound(confidence, band):
    stated = claim("norland", "criticizes", "red-column", confidence=confidence)
    assert [row[0] for row in tables_of((stated,))["calibration"].rows] == [band]


def test_what_is_missed_is_told_by_reason_the_most_frequent_first(tables):
    assert tables["missed"].rows == (
        ("denied in one of them", 1),
        ("object not paired", 1),
        ("the other way round", 1),
    )
    assert tables["missed-claims"].rows[1] == (
        "object not paired",
        FIRST.name,
        "Norland memberOf World Council",
        "Norland and Sudmark cooperate",
    )
    assert tables["missed-claims"].rows[0][2] == "the Red Column attacks Vale (negated)"


def test_what_is_wrong_is_told_by_rule_with_the_surest_first(tables):
    assert tables["wrong"].rows == (
        ("addresses-bad", 1, 0, "subject not paired"),
        ("attacks-rule", 1, 0, "denied in one of them"),
        ("supports-rule", 1, 1, "the other way round"),
    )
    many = tuple(
        claim("extra", "addresses", end, rule="bad", confidence=sure)
        for end, sure in (("vale", 0.5), ("norland", 0.7), ("sudmark", 0.6))
    )
    shown = tables_of(many, limit=2)
    assert shown["wrong"].rows == (("bad", 3, 0, "subject not paired"),)
    assert [row[1] for row in shown["wrong-claims"].rows] == [0.7, 0.6]
    assert shown["wrong-claims"].rows[0][2:] == (
        "subject not paired",
        FIRST.name,
        "Nobody Known addresses Norland",
        "Norland",
    )


def test_limit_nought_shows_no_errors_but_counts_the_missed():
    shown = tables_of(limit=0)
    assert (shown["missed-claims"].rows, shown["wrong"].rows, shown["wrong-claims"].rows) == ((), (), ())
    assert len(shown["missed"].rows) == 3


def test_a_graph_without_claims_and_an_empty_reference_have_no_shares():
    empty = tables_of((), Reference(FIRST.name, (), ()))
    assert empty["summary"].rows[0] == ("claims", None, None, None, 0, 0)
    assert empty["details"].rows[-1] == ("quotes word for word", None, 0)
    assert empty["calibration"].rows == ()


def test_precision_and_recall_of_nought_have_f1_of_nought():
    wrong = (claim("norland", "aids", "sudmark"),)
    reference = Reference(FIRST.name, REFERENCE.entities, (wanted("n", "criticizes", "r"),))
    assert tables_of(wrong, reference)["summary"].rows[0] == ("claims", 0.0, 0.0, 0.0, 1, 1)


# -- text

ONE = Table("one", "The first", ("what", "share", "quote"), (("a|b", 0.5, "many words"), ("c", None, "=x")))
TWO = Table("two", "The second", ("what", "n"), (("d", 1234),))


def test_tables_for_people_have_titles_and_three_decimals():
    assert format_tables([ONE, TWO]) == (
        "The first\n\n"
        "what  share\n────  ─────\n"
        "a|b   0.500\n    “many words”\n"
        "c     -\n    “=x”\n"
        "\n"
        "The second\n\n"
        "what  n\n────  ────\nd     1234\n"
    )


def test_markdown_has_headings_where_there_are_several():
    one = format_tables([TWO], "markdown")
    assert one.startswith("| what | n |\n")
    both = format_tables([ONE, TWO], "markdown")
    assert both.startswith("### The first\n\n| what | share | quote |\n")
    assert "### The second\n\n" + one in both
    assert r"a\|b" in both


def test_csv_has_a_line_for_each_cell():
    rows = list(csv.DictReader(io.StringIO(format_tables([ONE, TWO], "csv"))))
    assert len(rows) == 8
    assert rows[1] == {"table": "one", "row": "1", "column": "share", "value": "0.5"}
    assert rows[4] == {"table": "one", "row": "2", "column": "share", "value": ""}


def test_json_has_rows_by_table_and_null_for_what_there_is_not(tables):
    found = json.loads(format_tables([ONE, TWO], "json"))
    assert found["one"][1] == {"what": "c", "share": None, "quote": "=x"}
    assert found["two"] == [{"what": "d", "n": 1234}]
    whole = json.loads(format_tables(tables.values(), "json"))
    assert list(whole) == list(TABLES)
    assert whole["summary"][1]["recall"] == 0.833333


def test_an_unknown_form_is_an_error():
    with pytest.raises(ValueError, match="no format 'xml'; one of: table, markdown, csv, json"):
        format_tables([ONE], "xml")
