"""What each pattern of a query finds alone."""

import pytest

from dragoman.patterns import count_patterns
from dragoman.query import Limits, QueryError, QueryLimitError, to_store
from question_record import RECORD
from small_record import quads_of

STORE = to_store(quads_of(RECORD))


def told(query: str) -> list[tuple[str, int]]:
    return [(pattern.value, int(count.value)) for pattern, count in count_patterns(STORE, query).rows]


def test_each_pattern_is_counted_alone_and_the_rarest_comes_first():
    assert told("SELECT * { ?x a dgm:State ; skos:prefLabel ?label ; dgm:memberOf id:nowhere }") == [
        ("?x dgm:memberOf id:nowhere", 0),
        ("?x rdf:type dgm:State", 2),
        ("?x skos:prefLabel ?label", 17),
    ]


def test_paths_graphs_and_what_stands_inside_a_filter_are_counted_too():
    query = """SELECT ?x { ?c rdf:subject/skos:prefLabel 'Norland'@en . GRAPH ?g { ?x a dgm:Meeting }
        FILTER NOT EXISTS { ?y dgm:iso3 ?code }
        OPTIONAL { { SELECT ?c { ?c dgm:contradicts ?d } } UNION { ?c a dgm:Post } } }"""
    assert dict(told(query)) == {
        "?y dgm:iso3 ?code": 0,
        "?c dgm:contradicts ?d": 1,
        "?c rdf:type dgm:Post": 1,
        "GRAPH ?g { ?x rdf:type dgm:Meeting }": 2,
        '?c rdf:subject/skos:prefLabel "Norland"@en': 6,
    }


def test_a_query_that_cannot_run_is_not_explained():
    with pytest.raises(QueryError, match=r"line 1, column \d+: .* did you mean dgm:\?"):
        count_patterns(STORE, "SELECT * { ?x a dgmm:State }")
    with pytest.raises(QueryError, match="SERVICE is refused"):
        count_patterns(STORE, "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }")


def test_a_count_that_takes_too_long_is_ended():
    with pytest.raises(QueryLimitError, match="ran for 1e-06 seconds"):
        count_patterns(STORE, "SELECT * { ?a (<a:b>|!<a:b>)* ?b }", limits=Limits(seconds=1e-6))
