"""Ready questions: each has an answer checked by hand, and nothing that is typed changes what is asked."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.naming import Names, NamingError
from dragoman.ontology import ontology_folder
from dragoman.query import load_store, run_query, to_store
from dragoman.questions import QuestionError, ask, fill, find_terms, load_questions, parse_question
from question_record import RECORD
from small_record import quads_of, write_output

QUESTIONS = load_questions()
STORE = to_store(quads_of(RECORD))
EXAMPLE = Path(__file__).parents[1] / "graphs" / "un-oic" / "graph"
OWN = """# title: Who signs
# parameter: who (entity State) required — who
SELECT ?label { VALUES ?who { UNDEF } ?who dgm:signs/skos:prefLabel ?label } ORDER BY ?label
"""
ANSWERS = [
    (
        "about",
        {"entity": "sudmark", "since": "2024"},
        "date who does what how quote document",
        [
            (
                "2024-02-10",
                "Norland",
                "cooperates with",
                "Südmark",
                "asserted",
                "Norland and Sudmark cooperate on trade",
                "Second report",
            ),
            (
                "2024-02-10",
                "Südmark",
                "aids",
                "Valians",
                "asserted",
                "Sudmark sent relief to the Valians",
                "Second report",
            ),
            (
                "2024-02-10",
                "Südmark",
                "sanctions",
                "Red Column",
                "asserted",
                "Sudmark imposed an embargo on the Red Column",
                "Second report",
            ),
            ("2024-02-10", "Südmark", "supports", "Norland", "asserted", "Sudmark backs Norland", "Second report"),
            (
                "2024-09",
                "Südmark",
                "organizes",
                "Hill Conference",
                "planned",
                "Sudmark will host the Hill Conference",
                "three.txt",
            ),
        ],
    ),
    (
        "balance",
        {},
        "who whom support criticism balance",
        [
            ("Norland", "Red Column", "0", "1", "-1"),
            ("Red Column", "Vale City", "0", "1", "-1"),
            ("Südmark", "Red Column", "0", "1", "-1"),
            ("Norland", "Südmark", "1", "0", "1"),
            ("Südmark", "Norland", "1", "0", "1"),
            ("Südmark", "Valians", "1", "0", "1"),
        ],
    ),
    (
        "between",
        {"first": "norland", "second": "red column"},
        "who does what how date quote document",
        [
            (
                "Norland",
                "criticizes",
                "Red Column",
                "asserted",
                "2024-02-09",
                "Norland condemned the Red Column",
                "Second report",
            ),
            (
                "Norland",
                "criticizes",
                "Red Column",
                "negated",
                "2024-06",
                "Norland did not condemn the Red Column",
                "three.txt",
            ),
        ],
    ),
    (
        "calls",
        {"actor": "RU"},
        "date who does what how quote document",
        [
            (
                "2023-05-01",
                "River Union",
                "proposes",
                "Lake Summit",
                "asserted",
                "The River Union proposed the Lake Summit",
                "First report",
            ),
            (
                "2024-06",
                "River Union",
                "calls on",
                "Norland",
                "asserted",
                "The River Union called on Norland to hold its fire",
                "three.txt",
            ),
            (
                "2024-06",
                "River Union",
                "proposes",
                "Hill Conference",
                "asserted",
                "The River Union proposed the Hill Conference",
                "three.txt",
            ),
        ],
    ),
    (
        "calls-and-deeds",
        {"actor": "RU"},
        "calledFor call doer did date quote document",
        [
            (
                "Lake Summit",
                "The River Union proposed the Lake Summit",
                "Norland",
                "participates in",
                "2024-01-15",
                "Norland and the River Union attended the Lake Summit",
                "Second report",
            ),
            (
                "Lake Summit",
                "The River Union proposed the Lake Summit",
                "River Union",
                "participates in",
                "2024-01-15",
                "Norland and the River Union attended the Lake Summit",
                "Second report",
            ),
        ],
    ),
    (
        "chain",
        {"first": "Ana Ruiz", "second": "RU"},
        "steps step1 step2 step3 quote1 quote2 quote3",
        [
            (
                "3",
                "Ana Ruiz holds post Secretary of the River Union",
                "Bo Tan holds post Secretary of the River Union",
                "Bo Tan represents River Union",
                "Ana Ruiz is Secretary of the River Union [one.txt]",
                "Bo Tan is Secretary of the River Union [two.txt]",
                "Bo Tan speaks for the River Union [two.txt]",
            ),
        ],
    ),
    (
        "chronology",
        {"conflict": "war in vale"},
        "date who does what how quote document",
        [
            (
                "2023-04",
                "Norland",
                "signs",
                "Vale Accord",
                "asserted",
                "Norland signed the Vale Accord",
                "First report",
            ),
            (
                "2023-05-01",
                "Norland",
                "party to",
                "war in Vale",
                "asserted",
                "Norland and the Red Column fight the war in Vale",
                "First report",
            ),
            (
                "2023-05-01",
                "Red Column",
                "party to",
                "war in Vale",
                "asserted",
                "Norland and the Red Column fight the war in Vale",
                "First report",
            ),
            (
                "2023-05-01",
                "Red Column",
                "violates",
                "Vale Accord",
                "asserted",
                "The Red Column violated the Vale Accord",
                "First report",
            ),
            (
                "2023-05-01",
                "River Union",
                "mediates",
                "war in Vale",
                "asserted",
                "The River Union mediates in the war in Vale",
                "First report",
            ),
            (
                "2023-05-01",
                "Vale Accord",
                "addresses",
                "war in Vale",
                "asserted",
                "The Vale Accord addresses the war in Vale",
                "First report",
            ),
            (
                "2023-05-01",
                "Valians",
                "affected by",
                "war in Vale",
                "asserted",
                "The war in Vale displaced the Valians",
                "First report",
            ),
            (
                "2024-06",
                "Vale Accord",
                "based on",
                "Lake Charter",
                "asserted",
                "The Vale Accord rests on the Lake Charter",
                "three.txt",
            ),
        ],
    ),
    (
        "claims",
        {"property": "criticizes", "modality": "negated"},
        "who does what how date quote document",
        [
            (
                "Norland",
                "criticizes",
                "Red Column",
                "negated",
                "2024-06",
                "Norland did not condemn the Red Column",
                "three.txt",
            ),
        ],
    ),
    (
        "conflict-instruments",
        {"conflict": "war"},
        "date who kind how quote document",
        [
            (
                "2023-05-01",
                "Vale Accord",
                "agreement",
                "asserted",
                "The Vale Accord addresses the war in Vale",
                "First report",
            ),
        ],
    ),
    (
        "conflict-parties",
        {"conflict": "war in Vale"},
        "who how date quote document",
        [
            ("Norland", "asserted", "2023-05-01", "Norland and the Red Column fight the war in Vale", "First report"),
            (
                "Red Column",
                "asserted",
                "2023-05-01",
                "Norland and the Red Column fight the war in Vale",
                "First report",
            ),
        ],
    ),
    (
        "conflicts",
        {},
        "conflict kind claims documents",
        [
            ("war in Vale", "armed conflict", "5", "1"),
            ("water dispute in Vale", "dispute", "0", "1"),
        ],
    ),
    (
        "corroborated",
        {},
        "documents who does what how date quote document",
        [
            (
                "2",
                "Norland",
                "cooperates with",
                "Südmark",
                "asserted",
                "2023-05-01",
                "Norland and Sudmark cooperate",
                "First report",
            ),
            (
                "2",
                "Norland",
                "cooperates with",
                "Südmark",
                "asserted",
                "2024-02-10",
                "Norland and Sudmark cooperate on trade",
                "Second report",
            ),
        ],
    ),
    (
        "disputed",
        {},
        "who does what how date quote document against_who against_how against_date against_quote against_document",
        [
            (
                "Norland",
                "criticizes",
                "Red Column",
                "negated",
                "2024-06",
                "Norland did not condemn the Red Column",
                "three.txt",
                "Norland",
                "asserted",
                "2024-02-09",
                "Norland condemned the Red Column",
                "Second report",
            ),
        ],
    ),
    (
        "documents",
        {},
        "date document author claims entities",
        [
            ("2023-05-01", "First report", "Press desk", "11", "17"),
            ("2024-02-10", "Second report", "", "11", "1"),
            ("2024-06", "three.txt", "", "5", "1"),
        ],
    ),
    (
        "entities",
        {"class": "agreement"},
        "entity label kind documents",
        [
            ("https://w3id.org/dragoman/id/lake-charter", "Lake Charter", "agreement", "1"),
            ("https://w3id.org/dragoman/id/vale-accord", "Vale Accord", "agreement", "1"),
        ],
    ),
    (
        "instrument-origins",
        {"instrument": "Lake Summit"},
        "who does what how date quote document",
        [
            (
                "River Union",
                "proposes",
                "Lake Summit",
                "asserted",
                "2023-05-01",
                "The River Union proposed the Lake Summit",
                "First report",
            ),
        ],
    ),
    (
        "instrument-positions",
        {"instrument": "Vale Accord"},
        "does who how date quote document",
        [
            ("signs", "Norland", "asserted", "2023-04", "Norland signed the Vale Accord", "First report"),
            (
                "violates",
                "Red Column",
                "asserted",
                "2023-05-01",
                "The Red Column violated the Vale Accord",
                "First report",
            ),
        ],
    ),
    (
        "instruments-of",
        {"actor": "Norland"},
        "date does what how quote document",
        [
            ("2023-04", "signs", "Vale Accord", "asserted", "Norland signed the Vale Accord", "First report"),
            (
                "2024-01-15",
                "participates in",
                "Lake Summit",
                "asserted",
                "Norland and the River Union attended the Lake Summit",
                "Second report",
            ),
        ],
    ),
    (
        "meetings",
        {"first": "norland", "second": "RU"},
        "occasion who does what how date quote document",
        [
            (
                "Lake Summit",
                "Norland",
                "participates in",
                "Lake Summit",
                "asserted",
                "2024-01-15",
                "Norland and the River Union attended the Lake Summit",
                "Second report",
            ),
            (
                "Lake Summit",
                "River Union",
                "participates in",
                "Lake Summit",
                "asserted",
                "2024-01-15",
                "Norland and the River Union attended the Lake Summit",
                "Second report",
            ),
        ],
    ),
    (
        "members",
        {"organization": "RU"},
        "who does how date quote document",
        [
            ("Südmark", "member of", "asserted", "2023-05-01", "Sudmark belongs to the River Union", "First report"),
        ],
    ),
    (
        "memberships",
        {"actor": "Sudmark"},
        "what does how date quote document",
        [
            (
                "River Union",
                "member of",
                "asserted",
                "2023-05-01",
                "Sudmark belongs to the River Union",
                "First report",
            ),
        ],
    ),
    (
        "most-connected",
        {"class": "State"},
        "label kind degree betweenness pagerank",
        [
            ("Norland", "state", "6", "0.5", ""),
        ],
    ),
    (
        "new-since",
        {"since": "2024-06"},
        "who does what how date quote document",
        [
            (
                "Norland",
                "criticizes",
                "Red Column",
                "negated",
                "2024-06",
                "Norland did not condemn the Red Column",
                "three.txt",
            ),
            (
                "River Union",
                "calls on",
                "Norland",
                "asserted",
                "2024-06",
                "The River Union called on Norland to hold its fire",
                "three.txt",
            ),
            (
                "River Union",
                "proposes",
                "Hill Conference",
                "asserted",
                "2024-06",
                "The River Union proposed the Hill Conference",
                "three.txt",
            ),
            (
                "Vale Accord",
                "based on",
                "Lake Charter",
                "asserted",
                "2024-06",
                "The Vale Accord rests on the Lake Charter",
                "three.txt",
            ),
            (
                "Südmark",
                "organizes",
                "Hill Conference",
                "planned",
                "2024-09",
                "Sudmark will host the Hill Conference",
                "three.txt",
            ),
        ],
    ),
    (
        "only-in",
        {"source": "three.txt"},
        "who does what how date quote",
        [
            ("Norland", "criticizes", "Red Column", "negated", "2024-06", "Norland did not condemn the Red Column"),
            (
                "River Union",
                "calls on",
                "Norland",
                "asserted",
                "2024-06",
                "The River Union called on Norland to hold its fire",
            ),
            (
                "River Union",
                "proposes",
                "Hill Conference",
                "asserted",
                "2024-06",
                "The River Union proposed the Hill Conference",
            ),
            ("Südmark", "organizes", "Hill Conference", "planned", "2024-09", "Sudmark will host the Hill Conference"),
            (
                "Vale Accord",
                "based on",
                "Lake Charter",
                "asserted",
                "2024-06",
                "The Vale Accord rests on the Lake Charter",
            ),
        ],
    ),
    (
        "partners",
        {"actor": "Sudmark"},
        "partner does how date quote document",
        [
            ("Norland", "cooperates with", "asserted", "2023-05-01", "Norland and Sudmark cooperate", "First report"),
            (
                "Norland",
                "cooperates with",
                "asserted",
                "2024-02-10",
                "Norland and Sudmark cooperate on trade",
                "Second report",
            ),
        ],
    ),
    (
        "plans",
        {},
        "date who does what quote document",
        [
            (
                "2024-09",
                "Südmark",
                "organizes",
                "Hill Conference",
                "Sudmark will host the Hill Conference",
                "three.txt",
            ),
        ],
    ),
    (
        "posts",
        {},
        "what who how date quote document",
        [
            (
                "Secretary of the River Union",
                "Bo Tan",
                "asserted",
                "2024-02-10",
                "Bo Tan is Secretary of the River Union",
                "Second report",
            ),
        ],
    ),
    (
        "representatives",
        {},
        "who does what how date quote document",
        [
            (
                "Bo Tan",
                "represents",
                "River Union",
                "asserted",
                "2024-02-10",
                "Bo Tan speaks for the River Union",
                "Second report",
            ),
        ],
    ),
    (
        "said-by",
        {"speaker": "Tan"},
        "who does what how date quote document",
        [
            (
                "Red Column",
                "participates in",
                "truce",
                "requested",
                "2024-02-10",
                "Bo Tan said that the Red Column should join a truce",
                "Second report",
            ),
        ],
    ),
    (
        "said-of-parties",
        {"conflict": "war", "since": "2024-02-10"},
        "party who does what how date quote document",
        [
            (
                "Norland",
                "Norland",
                "cooperates with",
                "Südmark",
                "asserted",
                "2024-02-10",
                "Norland and Sudmark cooperate on trade",
                "Second report",
            ),
            (
                "Norland",
                "Südmark",
                "supports",
                "Norland",
                "asserted",
                "2024-02-10",
                "Sudmark backs Norland",
                "Second report",
            ),
            (
                "Norland",
                "Norland",
                "criticizes",
                "Red Column",
                "negated",
                "2024-06",
                "Norland did not condemn the Red Column",
                "three.txt",
            ),
            (
                "Norland",
                "River Union",
                "calls on",
                "Norland",
                "asserted",
                "2024-06",
                "The River Union called on Norland to hold its fire",
                "three.txt",
            ),
            (
                "Red Column",
                "Red Column",
                "attacks",
                "Vale City",
                "asserted",
                "2024-02-10",
                "The Red Column attacked Vale City",
                "Second report",
            ),
            (
                "Red Column",
                "Red Column",
                "participates in",
                "truce",
                "requested",
                "2024-02-10",
                "Bo Tan said that the Red Column should join a truce",
                "Second report",
            ),
            (
                "Red Column",
                "Südmark",
                "sanctions",
                "Red Column",
                "asserted",
                "2024-02-10",
                "Sudmark imposed an embargo on the Red Column",
                "Second report",
            ),
            (
                "Red Column",
                "Norland",
                "criticizes",
                "Red Column",
                "negated",
                "2024-06",
                "Norland did not condemn the Red Column",
                "three.txt",
            ),
        ],
    ),
    (
        "search",
        {"text": "EMBARGO"},
        "who does what how date quote document",
        [
            (
                "Südmark",
                "sanctions",
                "Red Column",
                "asserted",
                "2024-02-10",
                "Sudmark imposed an embargo on the Red Column",
                "Second report",
            ),
        ],
    ),
    (
        "speakers",
        {},
        "who kind claims documents",
        [
            ("Bo Tan", "person", "1", "1"),
        ],
    ),
    (
        "stated-by-both",
        {"first": "First report", "second": "two.txt"},
        "who does what how firstQuote secondQuote",
        [
            (
                "Norland",
                "cooperates with",
                "Südmark",
                "asserted",
                "Norland and Sudmark cooperate",
                "Norland and Sudmark cooperate on trade",
            ),
        ],
    ),
    (
        "statements-on",
        {"organization": "RU", "theme": "Truce"},
        "date who does what how quote document",
        [
            (
                "2024-02-10",
                "Red Column",
                "participates in",
                "truce",
                "requested",
                "Bo Tan said that the Red Column should join a truce",
                "Second report",
            ),
        ],
    ),
    (
        "unanswered-calls",
        {},
        "who does what how date quote document",
        [
            (
                "Red Column",
                "participates in",
                "truce",
                "requested",
                "2024-02-10",
                "Bo Tan said that the Red Column should join a truce",
                "Second report",
            ),
            (
                "River Union",
                "proposes",
                "Hill Conference",
                "asserted",
                "2024-06",
                "The River Union proposed the Hill Conference",
                "three.txt",
            ),
        ],
    ),
    (
        "violations",
        {},
        "who does what how date quote document",
        [
            (
                "Red Column",
                "violates",
                "Vale Accord",
                "asserted",
                "2023-05-01",
                "The Red Column violated the Vale Accord",
                "First report",
            ),
        ],
    ),
    (
        "who-aids-whom",
        {},
        "who does what how date quote document",
        [
            (
                "Südmark",
                "aids",
                "Valians",
                "asserted",
                "2024-02-10",
                "Sudmark sent relief to the Valians",
                "Second report",
            ),
        ],
    ),
    (
        "who-attacks-whom",
        {},
        "who does what how date quote document",
        [
            (
                "Red Column",
                "attacks",
                "Vale City",
                "asserted",
                "2024-02-10",
                "The Red Column attacked Vale City",
                "Second report",
            ),
        ],
    ),
    (
        "who-calls-on-whom",
        {},
        "who does what how date quote document",
        [
            (
                "River Union",
                "calls on",
                "Norland",
                "asserted",
                "2024-06",
                "The River Union called on Norland to hold its fire",
                "three.txt",
            ),
        ],
    ),
    (
        "who-criticizes-whom",
        {},
        "who does what how date quote document",
        [
            (
                "Norland",
                "criticizes",
                "Red Column",
                "asserted",
                "2024-02-09",
                "Norland condemned the Red Column",
                "Second report",
            ),
            (
                "Norland",
                "criticizes",
                "Red Column",
                "negated",
                "2024-06",
                "Norland did not condemn the Red Column",
                "three.txt",
            ),
        ],
    ),
    (
        "who-deals-with",
        {"conflict": "war"},
        "who does what how date quote document",
        [
            (
                "River Union",
                "mediates",
                "war in Vale",
                "asserted",
                "2023-05-01",
                "The River Union mediates in the war in Vale",
                "First report",
            ),
            (
                "Vale Accord",
                "addresses",
                "war in Vale",
                "asserted",
                "2023-05-01",
                "The Vale Accord addresses the war in Vale",
                "First report",
            ),
        ],
    ),
    (
        "who-is-affected",
        {},
        "who does what how date quote document",
        [
            (
                "Valians",
                "affected by",
                "war in Vale",
                "asserted",
                "2023-05-01",
                "The war in Vale displaced the Valians",
                "First report",
            ),
        ],
    ),
    (
        "who-mediates",
        {"conflict": "war"},
        "who what how date quote document",
        [
            (
                "River Union",
                "war in Vale",
                "asserted",
                "2023-05-01",
                "The River Union mediates in the war in Vale",
                "First report",
            ),
        ],
    ),
    (
        "who-sanctions-whom",
        {},
        "who does what how date quote document",
        [
            (
                "Südmark",
                "sanctions",
                "Red Column",
                "asserted",
                "2024-02-10",
                "Sudmark imposed an embargo on the Red Column",
                "Second report",
            ),
        ],
    ),
    (
        "who-supports-whom",
        {"actor": "Sudmark"},
        "who does what how date quote document",
        [
            (
                "Südmark",
                "aids",
                "Valians",
                "asserted",
                "2024-02-10",
                "Sudmark sent relief to the Valians",
                "Second report",
            ),
            ("Südmark", "supports", "Norland", "asserted", "2024-02-10", "Sudmark backs Norland", "Second report"),
        ],
    ),
]
"""Question, what is typed for its parameters, columns, and the rows that a reader of the record finds."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows_of(name: str, **values: str) -> list[tuple[str, ...]]:
    return [
        tuple("" if term is None else term.value for term in row) for row in ask(STORE, QUESTIONS[name], values).rows
    ]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return write_output(tmp_path_factory.mktemp("graph") / "out", RECORD)


@pytest.mark.parametrize(("name", "values", "columns", "rows"), ANSWERS, ids=[line[0] for line in ANSWERS])
def test_question_has_the_answer_that_a_reader_finds(name, values, columns, rows):
    result = ask(STORE, QUESTIONS[name], values)
    assert " ".join(result.variables) == columns
    assert rows_of(name, **values) == rows


def test_news_may_be_of_older_days():
    told = ask(STORE, QUESTIONS["new-since"], {"since": "2024-02", "entity": "Lake Summit"}).records()
    assert {(row["who"], row["date"], row["document"]) for row in told} == {
        ("Norland", "2024-01-15", "Second report"),
        ("River Union", "2024-01-15", "Second report"),
    }


def test_each_question_is_asked_here_and_there_are_enough():
    assert {line[0] for line in ANSWERS} == set(QUESTIONS)
    assert len(QUESTIONS) >= 30


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_question_tells_what_it_is_and_runs_as_it_stands(question):
    assert question.title
    assert question.description.endswith(".")
    assert question.example.split()[0] == question.id
    assert all(parameter.description for parameter in question.parameters)
    assert "ORDER BY" in question.query
    prologue = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", question.query))
    used = set(re.findall(r"(?<![\w:<])([a-z]+):[A-Za-z]", re.sub(r'#.*|"[^"]*"', "", question.query)))
    assert used == set(prologue)
    assert run_query(STORE, question.query).kind == "select"


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_question_runs_on_the_example(question):
    store = example_store()
    names = Names(store)
    values = {
        parameter.name: {"date": "2025", "text": "peace", "modality": "asserted", "property": "supports"}.get(
            parameter.kind
        )
        or (names.complete("", parameter.kind, parameter.classes) or ["nothing"])[0]
        for parameter in question.parameters
    }
    if "nothing" not in values.values():
        assert ask(store, question, values).kind == "select"


def example_store(found=[]):  # noqa: B006 - loaded once
    return found[0] if found else found.append(load_store(EXAMPLE)) or found[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("norland", "norland"),
        ("https://w3id.org/dragoman/id/norland", "norland"),
        ("kingdom of NORLAND", "norland"),
        ("the River Union", "river-union"),
        ("RU", "river-union"),
        ("Sudmark", "sudmark"),
        ("Ana", "ana-ruiz"),
        ("Tan", "bo-tan"),
        ("vale war", "war-in-vale"),
    ],
)
def test_entity_is_found_by_any_name_in_any_spelling(typed, meant):
    assert Names(STORE).find(typed, "entity").value == f"https://w3id.org/dragoman/id/{meant}"


@pytest.mark.parametrize("classes", [(), ("Actor",), ("Conflict", "Instrument")], ids=str)
def test_a_label_or_id_is_found_without_a_look_at_all_names_and_means_the_same(classes, monkeypatch):
    whole = Names(example_store())
    things = whole._entities
    monkeypatch.setattr(Names, "_entities", property(lambda _: pytest.fail("all names were read")))
    for thing in things:
        if not classes or set(classes) & set(thing.classes):
            for typed in (thing.iri, thing.id):
                assert Names(example_store()).find(typed, "entity", classes).value == thing.iri
            if sum(other.label == thing.label for other in things) == 1:
                assert Names(example_store()).find(thing.label, "entity", classes).value == thing.iri
    for typed in ("no such name", "a b/c>", "Actor", "https://w3id.org/dragoman/ontology#State"):
        assert Names(example_store())._find_exact(typed, classes) == []


def test_class_of_a_parameter_tells_a_conflict_from_a_place_of_its_name():
    assert Names(STORE).find("vale war", "entity", ("Conflict",)).value.endswith("war-in-vale")
    with pytest.raises(
        NamingError, match=r"no entity of class Conflict 'Norland' in this graph; there is Norland \(State"
    ):
        Names(STORE).find("Norland", "entity", ("Conflict",))


def test_several_that_are_meant_are_listed_with_class_and_id():
    with pytest.raises(QuestionError) as caught:
        ask(STORE, QUESTIONS["chronology"], {"conflict": "Vale"})
    assert str(caught.value) == (
        "conflict: 'Vale' may mean war in Vale (ArmedConflict, war-in-vale), water dispute in Vale (Dispute, "
        "water-dispute): which of these do you mean? Give the id"
    )


def test_near_names_are_suggested():
    with pytest.raises(
        QuestionError, match=r"no entity 'Norlund' in this graph; did you mean Norland \(State, norland\)"
    ):
        ask(STORE, QUESTIONS["about"], {"entity": "Norlund"})
    with pytest.raises(QuestionError, match=r"no class 'Staat' .* did you mean state \(State\)"):
        ask(STORE, QUESTIONS["entities"], {"class": "Staat"})
    with pytest.raises(QuestionError, match=r"no class 'Country' in this graph; one of: \w+, .*State"):
        ask(STORE, QUESTIONS["entities"], {"class": "Country"})
    with pytest.raises(QuestionError, match=r"no modality 'aserted', .* did you mean asserted\?"):
        ask(STORE, QUESTIONS["claims"], {"modality": "aserted"})
    with pytest.raises(QuestionError, match="since: '2024-13' is no date; write YYYY"):
        ask(STORE, QUESTIONS["claims"], {"since": "2024-13"})


def test_parameters_that_are_missing_or_unknown_are_told():
    with pytest.raises(QuestionError, match="about needs entity: a person, state"):
        ask(STORE, QUESTIONS["about"])
    with pytest.raises(QuestionError, match=r"about has no parameter entty; did you mean entity\?"):
        ask(STORE, QUESTIONS["about"], {"entty": "Norland"})


ATTACKS = [
    'x" } } SELECT * { ?s ?p ?o } #',
    "x' } UNION { ?s ?p ?o",
    'line\nbreak\r\n" . ?s ?p ?o . #',
    "# comment",
    "}",
    "\\",
    'ends in \\"',
    "\\u0022 } ?s ?p ?o { #",
    "<https://example.org/> } #",
    "VALUES ?text { UNDEF }",
    "?s ?p ?o",
    "\x00\x1f\x7f\u2028\ud800",
]


@pytest.mark.parametrize("typed", ATTACKS)
def test_what_is_typed_as_text_stays_a_text(typed):
    assert rows_of("search", text=typed) == []
    filled = fill(QUESTIONS["search"], find_terms(STORE, QUESTIONS["search"], {"text": typed}))
    assert len(run_query(STORE, filled).rows) == 0
    assert filled.count("\n") == fill(QUESTIONS["search"], find_terms(STORE, QUESTIONS["search"], {"text": "a"})).count(
        "\n"
    )


@pytest.mark.parametrize("typed", ATTACKS)
@pytest.mark.parametrize("kind", ["entity", "class", "property", "document", "date", "modality"])
def test_what_is_typed_as_a_name_must_be_one(typed, kind):
    with pytest.raises(NamingError):
        Names(STORE).find(typed, kind)


def test_place_of_a_parameter_in_a_text_or_comment_is_none():
    text = (
        '# parameter: x (text) required — x\nSELECT ("VALUES ?x { UNDEF }" AS ?y) '
        "{ VALUES ?x { UNDEF } } # VALUES ?x { UNDEF }"
    )
    question = parse_question(text, "q")
    filled = fill(question, find_terms(STORE, question, {"x": 'a"b'}))
    assert filled.count("UNDEF") == 2
    assert '{ VALUES ?x { "a\\"b" } }' in filled
    with pytest.raises(QuestionError, match="parameter x has no place"):
        parse_question('# parameter: x (text) required — x\nSELECT ("VALUES ?x { UNDEF }" AS ?y) {}', "q")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("# parameter: x", "cannot be read; write NAME"),
        ("# parameter: x (thing) required — x", "no kind 'thing'; one of: entity, class"),
        ("# parameter: format (text) required — x", "an option of every question"),
    ],
)
def test_header_that_cannot_be_read_is_told(header, message):
    with pytest.raises(QuestionError, match=message):
        parse_question(f"{header}\nSELECT * {{ VALUES ?x {{ UNDEF }} }}", "q")


def test_questions_of_ones_own_stand_beside_ours(out, tmp_path):
    (tmp_path / "who-signs.rq").write_text(OWN, encoding="utf-8")
    assert run("ask", out, "--questions", tmp_path, "who-signs", "--who", "Norland", "--format", "csv").stdout.split(
        "\n"
    ) == [
        "label",
        "Vale Accord",
        "",
    ]
    assert "who-signs" in run("ask", out, "--questions", tmp_path).stdout
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe")
    refused = run("ask", out, "--questions", tmp_path)
    assert refused.exit_code == 2
    assert "bad.rq: is no file of UTF-8 text" in refused.stderr


def test_list_names_each_question_with_its_parameters(out):
    told = run("ask", out).stdout
    assert all(name in told for name in QUESTIONS)
    assert "--conflict ENTITY [--since DATE]" in told


def test_help_of_a_question_tells_its_parameters(out):
    told = run("ask", out, "who-mediates", "--help").stdout
    assert "--conflict ENTITY" in told
    assert told.split("\n\n")[-1].strip() == "Example: dragoman ask OUT who-mediates --conflict Sudan"


def test_table_gives_each_quote_in_full_below_its_row(out):
    lines = run("ask", out, "who-mediates", "--conflict", "vale war").stdout.splitlines()
    assert lines[0].split() == ["who", "what", "how", "date", "document"]
    assert lines[2].startswith("River Union  war in Vale  asserted  2023-05-01  First report")
    assert lines[3:] == ["    “The River Union mediates in the war in Vale”", "(1 row)"]


def test_answer_comes_in_the_other_forms(out):
    asked = ("ask", out, "who-mediates", "--format")
    (row,) = csv.DictReader(io.StringIO(run(*asked, "csv").stdout))
    assert row["quote"] == "The River Union mediates in the war in Vale"
    assert json.loads(run(*asked, "json").stdout)["results"]["bindings"][0]["who"]["value"] == "River Union"
    assert run(*asked, "markdown").stdout.splitlines()[2].startswith("| River Union | war in Vale | asserted |")


def test_terminal_gets_the_first_rows_of_many_and_a_file_all(out, tmp_path):
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    (tmp_path / "numbers.rq").write_text(
        "SELECT ?n { VALUES ?n { " + " ".join(f'"n{number:03}"' for number in range(205)) + " } } ORDER BY STR(?n)",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "dragoman", "ask", str(out), "--questions", str(tmp_path), "numbers"]

    def on_a_terminal(*options: str) -> tuple[list[str], str]:
        ours, theirs = pty.openpty()
        with subprocess.Popen([*command, *options], stdout=theirs, stderr=subprocess.PIPE, text=True) as process:
            os.close(theirs)
            shown = b""
            with contextlib.suppress(OSError):  # with which Linux ends what a closed terminal says
                while part := os.read(ours, 4096):
                    shown += part
            os.close(ours)
            return shown.decode().split(), process.stderr.read()

    shown, told = on_a_terminal()
    assert "n199" in shown
    assert "n200" not in shown
    assert told == "dragoman: these are the first 200 of 205 rows; --all shows all, as a file gets them\n"
    for rows, told in (on_a_terminal("--all"), on_a_terminal("--format", "csv")):
        assert "n204" in rows
        assert told == ""
    written = subprocess.run(command, capture_output=True, text=True, check=True)
    assert written.stdout.endswith("n204\n(205 rows)\n")
    assert written.stderr == ""


def test_query_that_is_printed_gives_the_same_answer(out):
    asked = ("who-criticizes-whom", "--actor", "Norland")
    query = run("ask", out, *asked, "--sparql").stdout
    assert "VALUES ?actor { <https://w3id.org/dragoman/id/norland> }" in query
    assert run("query", out, query, "--format", "csv").stdout == run("ask", out, *asked, "--format", "csv").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["who-mediate"], "no question 'who-mediate'; did you mean who-mediates"),
        (["about"], "Missing option '--entity'"),
        (["about", "--entty", "Norland"], "No such option"),
        (["about", "--entity", "Vale"], "which of these do you mean?"),
        (["about", "--entity", "Norland", "--format", "xml"], "Invalid value for '--format'"),
    ],
)
def test_fault_in_the_call_is_one_line_and_exit_code_two(out, arguments, message):
    result = run("ask", out, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_graph_that_is_not_there_or_damaged_is_told(tmp_path):
    assert run("ask", tmp_path / "none", "documents").exit_code == 2
    (tmp_path / "graph.nq").write_text("nonsense")
    assert run("ask", tmp_path, "documents").exit_code == 1


def test_completion_offers_questions_and_names(out):
    from click.shell_completion import ShellComplete

    complete = ShellComplete(main, {}, "dragoman", "_DRAGOMAN_COMPLETE")
    offered = [item.value for item in complete.get_completions(["ask", str(out)], "who-m")]
    assert offered == ["who-mediates"]
    arguments = ["ask", str(out), "who-mediates", "--conflict"]
    assert [item.value for item in complete.get_completions(arguments, "war")] == ["war in Vale"]


def test_questions_lie_where_the_package_takes_them_along():
    assert len(list((ontology_folder() / "questions").glob("*.rq"))) == len(QUESTIONS)
