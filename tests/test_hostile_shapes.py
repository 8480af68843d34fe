"""Shapes of a stranger's ontology: no query that they lead to fetches anything, and each comes to an end."""

from contextlib import suppress

import pyoxigraph as ox
import pytest

from dragoman.ontology import OntologyError, load_ontology
from dragoman.querytext import UnknownConstraintError, iri_text, number_text, prefix_text, term_text
from dragoman.shapes import find_by_pyshacl, find_by_sparql, find_violations
from listening import listening
from small_record import RECORD, quads_of

REMOTE = "http://192.0.2.1/sparql"  # https://www.rfc-editor.org/rfc/rfc5737: stands for no machine
SERVICE = f"SERVICE <{REMOTE}> {{ ?s ?p ?o }}"
HEAD = """@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
dgm:S a sh:NodeShape ; sh:targetClass dgm:State ;
"""
FETCHING = {
    "select": f'sh:sparql [ sh:select "SELECT $this {{ {SERVICE} }}" ] .',
    "select silent": f'sh:sparql [ sh:select "SELECT $this {{ {SERVICE.replace("SERVICE", "SERVICE SILENT")} }}" ] .',
    "select hidden": f'sh:sparql [ sh:select "SELECT $this {{ {SERVICE.replace("S", "#" + chr(92) + "nS", 1)} }}" ] .',
    "ask": f'sh:sparql [ sh:ask "ASK {{ {SERVICE} }}" ] .',
}
BREAKING_OUT = {
    "count": f'sh:property [ sh:path skos:prefLabel ; sh:minCount "0) }} {SERVICE} #" ] .',
    "length": f'sh:property [ sh:path skos:prefLabel ; sh:maxLength "9)) {SERVICE} #" ] .',
    "namespace": f'sh:sparql [ sh:select "SELECT $this {{ $this a dgm:Nothing }}" ; sh:prefixes dgm:P ] . '
    f'dgm:P sh:declare [ sh:prefix "dgm" ; sh:namespace "http://e.org/> SELECT * {{ {SERVICE} }} #" ] .',
    "prefix": f'sh:sparql [ sh:select "SELECT $this {{ $this a dgm:Nothing }}" ; sh:prefixes dgm:P ] . '
    f'dgm:P sh:declare [ sh:prefix "x: <http://e.org/> SELECT * {{ {SERVICE} }} #" ; sh:namespace "http://e.org/" ] .',
    "pattern": f'sh:property [ sh:path skos:prefLabel ; sh:pattern "a" ; sh:flags "i\\")) }} {SERVICE} #" ] .',
    "disjoint": f'sh:property [ sh:path skos:prefLabel ; sh:disjoint "?o }} {SERVICE} #" ] .',
    "datatype": f'sh:property [ sh:path skos:prefLabel ; sh:datatype "x> && {SERVICE} #" ] .',
    "target": f'sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] ; sh:targetSubjectsOf "?p }} {SERVICE} #" .',
    "node": 'sh:property [ sh:path skos:prefLabel ; sh:in ( [] "a" ) ] .',
}
ENDLESS = {
    "list": "sh:property [ sh:path skos:prefLabel ; sh:in dgm:L ] . dgm:L rdf:first dgm:a ; rdf:rest dgm:L .",
    "alternatives": "sh:or dgm:L . dgm:L rdf:first dgm:S ; rdf:rest dgm:L .",
    "node": "sh:node dgm:S .",
    "not": "sh:not dgm:S .",
    "path": "sh:property [ sh:path dgm:Q ; sh:minCount 1 ] . dgm:P sh:inversePath dgm:P .",
    "blank path": "sh:property [ sh:path _:p ; sh:minCount 1 ] . _:p sh:inversePath _:p .",
    "doubling": "sh:and ( dgm:D0 dgm:D0 ) . "
    + " ".join(f"dgm:D{n} sh:and ( dgm:D{n + 1} dgm:D{n + 1} ) ." for n in range(40)),
}


@pytest.fixture(scope="module")
def store():
    found = ox.Store()
    found.bulk_extend(quads_of(RECORD))
    found.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return found


@pytest.fixture(scope="module")
def remote():
    """A machine that counts who reaches it."""
    with listening() as listener:
        yield listener


@pytest.fixture(autouse=True)
def unreached(remote):
    """Fail where a test has reached it."""
    remote.heard.clear()
    yield
    assert remote.heard == []


def parse(text: str, url: str = "http://192.0.2.1") -> ox.Store:
    """The shape whose constraints are `text`, in which the machine is at `url`."""
    store = ox.Store()
    store.load((HEAD + text.replace(REMOTE, f"{url}/sparql")).encode(), ox.RdfFormat.TURTLE)
    return store


def test_a_query_that_is_not_watched_reaches_out(store, remote):
    with suppress(OSError, RuntimeError, SyntaxError):
        list(store.query(f"SELECT * {{ {SERVICE} }}".replace(REMOTE, remote.url)))
    assert remote.heard
    remote.heard.clear()


@pytest.mark.parametrize("kind", FETCHING)
def test_shapes_whose_queries_would_fetch_are_refused(store, kind, remote):
    with pytest.raises(OntologyError, match="SERVICE is refused"):
        find_violations(store, parse(FETCHING[kind], remote.url))


@pytest.mark.parametrize("kind", BREAKING_OUT)
def test_no_value_of_a_shape_ends_a_pattern_and_begins_another(store, kind, remote):
    shapes = parse(BREAKING_OUT[kind], remote.url)
    with pytest.raises(UnknownConstraintError):
        find_by_sparql(store, shapes)
    with suppress(OntologyError):
        find_violations(store, shapes)


def test_words_in_a_shape_may_look_like_a_query(store):
    text = f'sh:property [ sh:path skos:prefLabel ; sh:hasValue "\\" }} {SERVICE} #" ] .'
    with pytest.raises(UnknownConstraintError):
        find_by_sparql(store, parse(text))
    assert {fault.node.rsplit("/", 1)[-1] for fault in find_by_pyshacl(store, parse(text))} == {"norland", "sudmark"}


@pytest.mark.parametrize("kind", ENDLESS)
def test_shapes_that_hold_themselves_come_to_an_end(store, kind):
    with suppress(OntologyError):
        find_violations(store, parse(ENDLESS[kind]))


def test_a_union_that_holds_itself_comes_to_an_end(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text(
        """@prefix dgm: <https://w3id.org/dragoman/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        dgm:ferries a owl:ObjectProperty ; rdfs:domain dgm:U ; rdfs:range dgm:V .
        dgm:U owl:unionOf dgm:L . dgm:L rdf:first dgm:U , dgm:State ; rdf:rest dgm:L .
        dgm:V owl:unionOf ( dgm:V dgm:U dgm:Place ) . dgm:W owl:unionOf [ rdf:first dgm:State ] ."""
    )
    (signature,) = load_ontology(path).properties["ferries"].signatures
    assert signature == (frozenset({"State"}), frozenset({"Place", "State"}))


@pytest.mark.parametrize(
    ("write", "term"),
    [
        (term_text, ox.BlankNode("a")),
        (iri_text, ox.Literal("http://e.org/a")),
        (iri_text, ox.Literal("a> b", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#anyURI"))),
        (number_text, ox.Literal("1 }")),
        (number_text, ox.Literal("-1")),
        (number_text, ox.Literal("\u0661")),
        (number_text, ox.NamedNode("http://e.org/1")),
        (prefix_text, ox.Literal("a: <b> #")),
    ],
)
def test_what_a_query_has_no_place_for_is_refused(write, term):
    with pytest.raises(UnknownConstraintError):
        write(term)
