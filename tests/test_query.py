"""SPARQL over a built graph: what it finds, what it refuses, and how it says what is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import threading
from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import Graph

from dragoman.answers import FORMATS, format_result
from dragoman.query import Limits, QueryError, QueryLimitError, load_store, run_query, to_store
from dragoman.record import RecordError
from dragoman.vocabulary import PREFIXES
from small_record import RECORD, quads_of, trap_record, write_output


@pytest.fixture(scope="module")
def store():
    return to_store(quads_of(RECORD))


def values(result):
    return [tuple(None if term is None else term.value.rsplit("/", 1)[-1] for term in row) for row in result.rows]


def test_query_of_a_folder_needs_no_prefixes(tmp_path):
    result = run_query(write_output(tmp_path), "SELECT ?who { ?who dgm:cooperatesWith id:sudmark }")
    assert (result.kind, result.variables, values(result)) == ("select", ("who",), [("norland",)])


@pytest.mark.parametrize("prefix", [*PREFIXES, "id", "claim", "document", "evidence", "graph"])
def test_each_usual_prefix_is_there(prefix, store):
    assert run_query(store, f"ASK {{ BIND({prefix}:x AS ?x) }}").truth


def test_a_prefix_of_the_query_wins(store):
    assert run_query(store, "PREFIX id: <http://example.org/> ASK { id:norland ?p ?o }").truth is False


def test_the_default_graph_is_the_union_and_a_document_is_a_graph(store):
    query = "SELECT ?n { GRAPH ?d { ?c a dgm:Claim ; dgm:modality dgm:possible } ?d dcterms:identifier ?n }"
    assert values(run_query(store, query)) == [("second.txt",)]
    one = "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/dragoman/id/document/third.txt> { ?c a dgm:Claim }"
    assert values(run_query(store, one)) == [("1",)]
    assert values(run_query(store, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a dgm:Claim }")) == [("5",)]
    assert values(run_query(store, "SELECT (COUNT(*) AS ?n) { ?c a dgm:Claim }")) == [("5",)]


def test_rows_are_sorted_unless_the_query_orders_them(store):
    rows = values(run_query(store, "SELECT ?x { ?x a dgm:State }"))
    assert rows == [("norland",), ("sudmark",)]
    assert values(run_query(store, "SELECT ?x { ?x a dgm:State } ORDER BY DESC(?x)")) == rows[::-1]


@pytest.mark.parametrize("end", ["", " # the end", "\n"])
@pytest.mark.parametrize(
    ("keys", "names"),
    [("STR(?l)", "l"), ("STR(?c) STR( $l )", "cl"), ("str(?l)str(?c)", "lc"), ("STR(?x) STR(?l)", "xl")],
)
def test_rows_sorted_by_texts_are_in_the_order_of_oxigraph(store, keys, names, end):
    query = """SELECT ?x ?l ?c {
      VALUES (?l ?c) { ("b" 10) ("B"@en 9) ("" UNDEF) (UNDEF "9") ("é" <http://example.org/>)
        ("z"@en 9.0) ("\U0001f600" 1) }
      BIND(IF(BOUND(?c), ?c, BNODE("none")) AS ?x) }"""
    keyed = f"{query} ORDER BY {keys}{end}"
    found = run_query(store, keyed)
    theirs = store.query(f"{keyed}\nLIMIT 100")
    places = ["xlc".index(name) for name in names]
    shown = [[str(row[place]) for place in places if place] for row in found.rows]
    assert shown == [[str(row[place]) for place in places if place] for row in theirs]
    assert len(shown) == 7


def test_rows_may_be_sorted_by_a_text_that_is_not_shown(store):
    query = """SELECT ?x { ?x a dgm:State ; skos:prefLabel ?label BIND(IF(?label = "Norland"@en, 2, 1) AS ?n) }
      ORDER BY STR(?n)"""
    assert values(run_query(store, query)) == [("sudmark",), ("norland",)]


def test_the_base_of_the_data_is_found(tmp_path):
    folder = write_output(tmp_path, replace(RECORD, base="https://example.org/kg#"))
    assert run_query(folder, "ASK { id:norland a dgm:State }").truth


SERVICES = [
    "SELECT * { SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { service silent <URL> { ?a ?b ?c } }",
    "SELECT * { SERVICE<URL>{} }",
    "SELECT * { SERVICE # > \n # x {\n SILENT <URL> # y\n { ?a ?b ?c } }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<URL>{} }",
    "SELECT * { ?s ?p 5SERVICE <URL> {} }",
    "SELECT * { ?s ?p trueSERVICE <URL> {} }",
    "SELECT * { SERVICESILENT<URL>{} }",
    "SELECT * { LATERAL { SERVICE <URL> {} } }",
    "SELECT * { S\\u0045RVICE <URL> {} }",
    "SELECT * { VALUES ?g { <URL> } SERVICE ?g { ?a ?b ?c } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?a ?b ?c } }",
    "PREFIX x: <URL> SELECT * { SERVICE x:a#b\n { ?a ?b ?c } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?a ?b ?c } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?a ?b ?c } } } }",
    'SELECT * { BIND("#" AS ?x) SERVICE <URL> { ?a ?b ?c } }',
    "SELECT * { BIND(<http://e.org/#> AS ?x) SERVICE <URL> { ?a ?b ?c } }",
]


@pytest.mark.parametrize("query", SERVICES)
def test_service_is_refused_before_anything_is_fetched(query, store):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        calls = []

        def accept() -> None:
            try:
                calls.append(server.accept())
            except TimeoutError:
                return

        listener = threading.Thread(target=accept)
        listener.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(
            QueryError, match=r"line \d+, column \d+: SERVICE is refused: queries run on this graph alone"
        ):
            run_query(store, query.replace("URL", url))
        listener.join()
    assert calls == []


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?x skos:prefLabel ?l FILTER(CONTAINS(?l, "Foreign Service")) }',
        "SELECT ?service ?x { ?service dgm:partOf ?x }",
        "SELECT ?service { GRAPH ?service { ?s ?p ?o } }",
        "SELECT * { ?x dgm:partOf id:foreign-service . { ?x a dgm:Actor } }",
    ],
)
def test_the_word_service_is_no_service(query, store):
    assert run_query(store, query).kind == "select"


@pytest.mark.parametrize("word", ["INSERT DATA", "DELETE WHERE", "LOAD <http://e.org/>", "CLEAR ALL", "drop all"])
def test_updates_are_refused(word, store):
    before = len(store)
    with pytest.raises(QueryError, match="is refused: the graph is only read; use SELECT, ASK, CONSTRUCT, DESCRIBE"):
        run_query(store, f"PREFIX x: <http://e.org/>\n{word} {{ x:a x:b x:c }}")
    assert len(store) == before


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {\n  ?s ?p }", "line 2, column 10: the query or line ends too early"),
        ("SELECT * {\n  ?s ?p }\n", "line 3, column 1: the query or line ends too early"),
        ("SELEC * { ?s ?p ?o }", "a query begins with SELECT, ASK, CONSTRUCT, DESCRIBE; did you mean SELECT?"),
        ("", "line 1, column 1: the query or line ends too early; a query begins with SELECT"),
        ("SELECT * { x:y ?p ?o }", "prefix x: is not declared"),
        ("SELECT * { ?s skso:prefLabel ?o }", "prefix skso: is not declared, did you mean skos:?"),
        ("SELECT * { ?x a dgm:State", "1 '{' and 0 '}' do not match"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z }", "The SELECT contains a variable that is unbound"),
        ("SELECT ?x { ?x a dgm:State } LIMIT x", "this cannot be read on from 'x'"),
    ],
)
def test_a_syntax_error_says_where_and_why(query, message, store):
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        run_query(store, query)
    assert caught.value.line
    assert caught.value.column
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("query", "warning"),
    [
        ("SELECT * { ?x dgm:cooperateWith ?y }", "no property dgm:cooperateWith; did you mean dgm:cooperatesWith?"),
        ("ASK { ?x a dgm:Sate }", "no class dgm:Sate; did you mean dgm:State?"),
        ("SELECT (COUNT(*) AS ?n) { ?x dgm:atacks ?y }", "no property dgm:atacks; did you mean dgm:attacks?"),
        ("SELECT * { id:norlnd ?p ?o }", "no entity id:norlnd; did you mean id:norland?"),
        ("SELECT * { ?x dgm:qqqqqqqq ?y }", "no property dgm:qqqqqqqq in this graph"),
        (
            "SELECT * { ?x <https://w3id.org/dragoman/ontology#sign> ?y }",
            "no property dgm:sign; did you mean dgm:signs?",
        ),
        (
            "SELECT * { ?x skos:prefLabel 'Norland' ; dgm:signs ?y }",
            'no name is "Norland", as names have a language: write "Norland"@en',
        ),
        (
            'ASK { ?x skos:prefLabel ?n FILTER(?n = "Norland") }',
            'no name is "Norland", as names have a language: write "Norland"@en',
        ),
    ],
)
def test_a_name_that_is_not_there_is_told_when_nothing_is_found(query, warning, store):
    assert run_query(store, query).warnings == (warning,)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?x a dgm:State }",
        "SELECT * { ?x dgm:signs ?y }",
        "SELECT * { ?x dgm:signs ?y } # dgm:nothing",
        "PREFIX dgm: <http://example.org/> SELECT * { ?x dgm:nothing ?y }",
        "SELECT * { ?x a dgm:Claim ; dgm:modality dgm:planned }",
        "SELECT * { ?x skos:prefLabel 'Norland'@en ; dgm:sanctions ?y }",
        "SELECT * { ?x dgm:sanctions ?y ; skos:prefLabel ?n FILTER(STR(?n) = 'Norland' || CONTAINS(?n, 'Norland')) }",
        "SELECT * { ?x dcterms:identifier 'nothing.txt' } # 'Norland'",
    ],
)
def test_names_that_are_there_raise_no_warning(query, store):
    assert run_query(store, query).warnings == ()


def test_a_missing_or_damaged_dataset_is_an_error_with_a_way_out(tmp_path):
    with pytest.raises(RecordError, match="no such folder"):
        load_store(tmp_path / "none")
    with pytest.raises(RecordError, match=r"graph\.nq: no such file; build the graph first"):
        load_store(tmp_path)
    (tmp_path / "graph.nq").write_text("<http://e.org/a> <", encoding="utf-8")
    with pytest.raises(RecordError, match=r"graph\.nq:1: damaged: .*; build the graph again"):
        load_store(tmp_path)


LABELS = "SELECT ?x ?l ?c { ?x a dgm:State ; skos:prefLabel ?l OPTIONAL { ?x dgm:iso3 ?c } }"


def test_table_is_aligned_with_short_names(store):
    assert format_result(run_query(store, LABELS)) == (
        "x           l        c\n──────────  ───────  ───\nid:norland  Norland  NRL\nid:sudmark  Sudmark\n(2 rows)\n"
    )


def test_table_says_how_many_rows_it_leaves_out(store):
    text = format_result(run_query(store, LABELS), limit=1)
    assert "id:sudmark" not in text
    assert text.endswith("(2 rows, 1 of them not shown)\n")
    assert format_result(run_query(store, "SELECT * { ?x dgm:signs ?y }")).endswith("(0 rows)\n")


def test_csv_and_tsv_are_as_the_standard_has_them(store):
    result = run_query(store, LABELS)
    rows = list(csv.reader(io.StringIO(format_result(result, "csv"), newline="")))
    assert rows == [
        ["x", "l", "c"],
        ["https://w3id.org/dragoman/id/norland", "Norland", "NRL"],
        ["https://w3id.org/dragoman/id/sudmark", "Sudmark", ""],
    ]
    assert format_result(result, "csv").count("\r\n") == 3
    assert format_result(result, "tsv").splitlines()[:2] == [
        "?x\t?l\t?c",
        '<https://w3id.org/dragoman/id/norland>\t"Norland"@en\t"NRL"',
    ]


def test_json_is_as_the_standard_has_it(store):
    answer = json.loads(format_result(run_query(store, LABELS), "json"))
    assert answer["head"] == {"vars": ["x", "l", "c"]}
    assert answer["results"]["bindings"][1] == {
        "x": {"type": "uri", "value": "https://w3id.org/dragoman/id/sudmark"},
        "l": {"type": "literal", "value": "Sudmark", "xml:lang": "en"},
    }
    assert json.loads(format_result(run_query(store, "ASK {}"), "json")) == {"head": {}, "boolean": True}


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_other_readers_take_the_answer(form, store):
    result = run_query(store, "SELECT * { ?s ?p ?o }")
    formats = {
        "tsv": ox.QueryResultsFormat.TSV,
        "json": ox.QueryResultsFormat.JSON,
    }
    text = format_result(result, form)
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(text, newline="")))) == len(result.rows) + 1
    else:
        parsed = ox.parse_query_results(text, format=formats[form])
        assert isinstance(parsed, ox.QuerySolutions)
        assert [tuple(row[name] for name in result.variables) for row in parsed] == list(result.rows)


def test_constructed_triples_come_as_turtle_and_as_a_table(store):
    result = run_query(store, "CONSTRUCT { ?y dgm:cooperatesWith ?x } WHERE { ?x dgm:cooperatesWith ?y }")
    assert len(Graph().parse(data=format_result(result, "turtle"), format="turtle")) == len(result.rows) == 2
    assert "id:norland  dgm:cooperatesWith  id:sudmark" in format_result(result, "table")
    with pytest.raises(ValueError, match="Turtle holds triples, and a query of the kind SELECT gives none"):
        format_result(run_query(store, LABELS), "turtle")


def test_a_hostile_label_does_not_reach_the_terminal():
    store = to_store(quads_of(trap_record()))
    result = run_query(store, 'SELECT ("\\u001B[31mred\\u202Eder" AS ?x) ?o { ?s skos:prefLabel ?o }')
    text = format_result(result)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert len(text.splitlines()) == len(result.rows) + 3
    for form in FORMATS.keys() - {"turtle"}:
        format_result(result, form).encode()


def test_an_unknown_format_lists_those_there_are(store):
    with pytest.raises(ValueError, match="no format 'xml'; one of: csv, json, markdown, table, tsv, turtle"):
        format_result(run_query(store, "ASK {}"), "xml")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?x { ?x ?y ?z } ODER BY ?x", "there is no ODER, did you mean ORDER"),
        ("SELECT ?x { ?x ?y ?z FILTR(?x) }", "there is no FILTR, did you mean FILTER"),
        ("SELECT ?x { ?x ?y ?z } LIMT 3", "there is no LIMT, did you mean LIMIT"),
    ],
)
def test_a_mistyped_word_is_named_with_the_nearest(store, query, told):
    with pytest.raises(QueryError, match=rf"^line 1, column \d+: .*{told}"):
        run_query(store, query)


def test_a_query_ends_at_its_limits(store):
    with pytest.raises(QueryLimitError, match="more than 3 rows; ask for fewer with LIMIT"):
        run_query(store, "SELECT * { ?s ?p ?o }", limits=Limits(rows=3))
    with pytest.raises(QueryLimitError, match="more than 3 rows"):
        run_query(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", limits=Limits(rows=3, seconds=60))
    assert len(run_query(store, "SELECT * { ?s ?p ?o } LIMIT 3", limits=Limits(rows=3, seconds=60)).rows) == 3
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a ?h FILTER(?a != ?f) }"  # it goes on to its end
    with pytest.raises(QueryLimitError, match=r"ran for 0\.2 seconds without an end"):
        run_query(store, long, limits=Limits(seconds=0.2))


def test_service_is_tried_where_it_is_allowed(store):
    query = "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="SERVICE is refused"):
        run_query(store, query)
    assert run_query(store, query, limits=Limits(service=True)).kind == "select"
