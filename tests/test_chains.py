"""The search for chains finds what the SPARQL of its question does."""

from __future__ import annotations

from itertools import product

import pyoxigraph as ox
import pytest

from dragoman.chains import find_chains
from dragoman.query import run_query, to_store
from dragoman.questions import QuestionError, fill, load_questions, parse_question
from dragoman.vocabulary import BASE
from question_record import RECORD
from small_record import RECORD as SMALL
from small_record import quads_of

CHAIN = load_questions()["chain"]


@pytest.mark.parametrize("record", [RECORD, SMALL], ids=["questions", "small"])
def test_a_search_finds_the_rows_of_the_query(record):
    store, found = to_store(quads_of(record)), 0
    for first, second in product((entity.id for entity in record.entities), repeat=2):
        terms = {"first": ox.NamedNode(BASE + first), "second": ox.NamedNode(BASE + second)}
        searched, asked = find_chains(store, terms), run_query(store, fill(CHAIN, terms))
        assert (searched.variables, searched.rows) == (asked.variables, asked.rows), (first, second)
        found += len(asked.rows)
    assert found >= 8


def test_a_question_names_a_search_that_there_is():
    assert CHAIN.search == "chain"
    with pytest.raises(QuestionError, match="no search 'walk'; one of: chain"):
        parse_question("# title: x\n# search: walk\nSELECT ?x {}", "x")
