"""Queries that are long or deep, which would end the process where the stack ends, are answered or refused."""

import subprocess
import sys

import pytest

from dragoman.query import DEEPEST, LONGEST, QueryError, run_query, to_store

NESTED = {
    "brackets": ("SELECT * { BIND(", "(", "1", ")", " AS ?x) }"),
    "groups": ("SELECT * ", "{", "", "}", ""),
    "functions": ("SELECT * { BIND(", "STR(", "1", ")", " AS ?x) }"),
    "exists": ("ASK { ", "FILTER EXISTS { ?s ?p ?o ", "", "}", " }"),
    "queries": ("SELECT * { ", "{ SELECT * { ", "", "} }", " }"),
    "lists": ("SELECT * { ?s ?p ", "(", "1", ")", " }"),
    "nodes": ("SELECT * { ?s ?p ", "[<a:b> ", "1", "]", " }"),
    "paths": ("SELECT * { ?s ", "(", "<a:b>", ")*", " ?o }"),
    "signs": ("SELECT * { FILTER(", "! ", "true", "", ") }"),
    "triples": ("SELECT * { ", "<< ", "?s ?p ?o", " >> ?p ?o", " }"),
    "escapes": ("SELECT * { BIND(", "\\u0028", "1", "\\u0029", " AS ?x) }"),
    "after an apostrophe": ("SELECT * { <a:it's> <a:b> ?y BIND(", "(", "1", ")", " AS ?x) }"),
    "within a comparison": ("SELECT * { FILTER(1<", "(", "1", ")", "&&2>1) }"),
}
CHAINED = {
    "sums": ("SELECT * { BIND(1", "+1", " AS ?x) }"),
    "or": ("SELECT * { FILTER(true", "||true", ") }"),
    "unions": ("SELECT * { {}", " UNION {}", " }"),
    "filters": ("ASK { ", "FILTER(true)", " }"),
    "minus": ("ASK { ", "MINUS{}", " }"),
}
ANSWER = """
import sys
from dragoman.query import QueryError, Limits, run_query, to_store
try:
    run_query(to_store([]), sys.stdin.read(), limits=Limits(seconds=10))
except QueryError as error:
    print("refused", error)
"""


def answer(query: str) -> subprocess.CompletedProcess[str]:
    """A query in a process of its own, which it may end."""
    command = [sys.executable, "-c", ANSWER]
    return subprocess.run(command, input=query, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize("kind", NESTED)
def test_nothing_is_nested_so_deep_that_it_ends_the_process(kind):
    head, opening, inside, closing, tail = NESTED[kind]
    for depth in (DEEPEST + 1, 10_000):
        query = f"{head}{opening * depth}{inside}{closing * depth}{tail}"
        with pytest.raises(QueryError, match=r"brackets within brackets|characters"):
            run_query(to_store([]), query)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CHAINED)
def test_the_longest_chain_that_is_let_through_does_not_end_the_process(kind):
    head, part, tail = CHAINED[kind]
    done = answer(f"{head}{part * ((LONGEST - 100) // len(part))}{tail}")
    assert done.returncode == 0, f"ended by signal {-done.returncode}: {done.stderr[-300:]}"


def test_a_query_that_is_too_long_is_refused_in_words():
    with pytest.raises(QueryError, match=f"it may have {LONGEST:,}"):
        run_query(to_store([]), "ASK {}" + " " * LONGEST)


def test_what_people_write_is_not_deep():
    values = " ".join(f"<http://e.org/a_({number})>" for number in range(2000))
    text = "(" * 500
    query = f"SELECT ?x {{ VALUES ?x {{ {values} }} FILTER(STR(?x) != '{text}') # {text}\n }}"
    assert len(run_query(to_store([]), query).rows) == 2000
