"""What is served of a build: an address for each IRI, the SPARQL protocol, and pages in which text stays text."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from dragoman import keptstore
from dragoman.server.messages import Answer, Request
from dragoman.server.negotiation import TRIPLES, choose
from dragoman.server.resources import cut_at
from dragoman.server.site import ROUTES, load_site
from dragoman.server.views import DocumentView, Quote
from dragoman.vocabulary import BASE, Iris
from question_record import CLAIMS, RECORD
from small_record import TRAP_NAME, quads_of, trap_record, write_output

PARSERS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
LABELS = "SELECT ?label { ?x a dgm:State ; skos:prefLabel ?label } ORDER BY ?label"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = write_output(tmp_path_factory.mktemp("served"), RECORD)
    (folder / "graph.html").write_text("<title>drawing</title>", encoding="utf-8")
    return load_site(folder, rows=50)


@pytest.fixture(scope="module")
def trapped(tmp_path_factory):
    return load_site(write_output(tmp_path_factory.mktemp("trapped"), trap_record()), rows=1000)


@pytest.mark.parametrize("path", ["/", "/entities", "/questions/entities", "/dragoman/id/norland", "/sparql"])
def test_a_site_from_disk_answers_as_one_from_memory(path, tmp_path, monkeypatch):
    monkeypatch.setattr(keptstore, "SETTLED", 0)
    folder = write_output(tmp_path, RECORD)
    memory, disk = (load_site(folder, rows=50, on_disk=on_disk) for on_disk in (False, True))
    assert (folder / "graph.store").is_dir()
    for accept in (PAGE, "text/turtle", "application/sparql-results+json"):
        values = {"query": LABELS} if path == "/sparql" else {}
        assert ask(memory, path, accept, **values) == ask(disk, path, accept, **values)


def ask(site, path: str, accept: str = PAGE, **values: str) -> Answer:
    return site.respond(Request(path, tuple(values.items()), accept))


def iris_of(record) -> list[str]:
    terms = (term for quad in quads_of(record) for term in (quad.subject, quad.predicate, quad.object, quad.graph_name))
    return sorted({term.value for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)})


@pytest.mark.parametrize("accept", [PAGE, *PARSERS])
@pytest.mark.parametrize("name", ["site", "trapped"])
def test_every_iri_of_a_graph_opens_at_its_own_path_in_every_form(name, accept, request):
    site = request.getfixturevalue(name)
    for iri in iris_of(RECORD if name == "site" else trap_record()):
        answer = ask(site, iri.removeprefix("https://w3id.org"), accept)
        if accept == PAGE and answer.status == 303:
            place, _, anchor = dict(answer.headers)["location"].partition("#")
            assert f'id="{anchor}"' in ask(site, place).body.decode()
            continue
        assert (answer.status, answer.media.partition(";")[0]) == (200, choose(accept, list(TRIPLES.values()))), iri
        if accept in PARSERS:
            triples = list(ox.parse(answer.body, format=PARSERS[accept], base_iri="http://e.org/"))
            assert triples, iri


def test_a_claim_comes_with_its_quotes_for_programs(site):
    claim = CLAIMS[0]
    answer = ask(site, f"/dragoman/id/claim/{claim.id}", "text/turtle")
    found = {
        quad.object.value for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE) if hasattr(quad.object, "value")
    }
    assert {piece.exact for piece in claim.evidence} <= found


def test_an_entity_s_page_shows_its_names_claims_quotes_and_documents(site):
    page = ask(site, "/dragoman/id/norland").body.decode()
    for words in (
        "<h1><bdi>Norland</bdi></h1>",
        "Kingdom of Norland",
        "war in Vale",
        "Second report",
        "disputed",
        "degree",
    ):
        assert words in page
    assert "<mark>Norland condemned the Red Column</mark>" in page


def test_a_document_s_page_holds_its_whole_text_with_quotes_marked(site):
    page = ask(site, "/dragoman/id/document/two.txt").body.decode()
    text = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL)[1]
    assert html.unescape(re.sub(r"<[^>]*>", "", text)) == RECORD.documents[2].text
    assert '<mark class="depth1">Sudmark backs Norland</mark>' in text


def test_text_is_cut_where_quotes_begin_and_end():
    document = DocumentView("", "d", "d", "http://e.org/d")
    quotes = [
        Quote(document, 2, 8, "", "", "", "e/a"),
        Quote(document, 4, 6, "", "", "", "e/b"),
        Quote(document, 9, 99, "", "", "", "e/c"),
    ]
    pieces = cut_at("0123456789", quotes)
    assert [piece.text for piece in pieces] == ["01", "23", "45", "67", "89"]
    assert [[quote.iri for quote in piece.covers] for piece in pieces] == [[], ["e/a"], ["e/a", "e/b"], ["e/a"], []]
    assert [len(piece.begins) for piece in pieces] == [0, 1, 1, 0, 0]


@pytest.mark.parametrize("path", sorted(ROUTES))
def test_hostile_words_never_become_markup(trapped, path):
    page = ask(trapped, path, iri=f"{BASE}-a.", query="SELECT * { ?s ?p ?o }", format="html").body.decode()
    assert "<script" not in page
    assert "<b>;" not in page


def test_the_page_of_a_hostile_document_holds_its_words_as_text(trapped):
    page = ask(trapped, Iris().document(TRAP_NAME).value.removeprefix("https://w3id.org")).body.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_query_answers_in_the_form_that_is_wanted(site):
    wanted = ["Norland", "Südmark"]
    answer = ask(site, "/sparql", "application/sparql-results+json", query=LABELS)
    assert [row["label"]["value"] for row in json.loads(answer.body)["results"]["bindings"]] == wanted
    answer = ask(site, "/sparql", "application/sparql-results+xml", query=LABELS)
    parsed = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.XML)
    assert [row["label"].value for row in parsed] == wanted
    assert ask(site, "/sparql", "text/csv", query=LABELS).body.decode() == "label\r\nNorland\r\nSüdmark\r\n"
    assert "Südmark" in ask(site, "/sparql", query=LABELS).body.decode()
    assert ask(site, "/sparql", "image/png", query=LABELS).status == 406


def test_truth_and_triples_answer_too(site):
    answer = ask(site, "/sparql", "application/sparql-results+xml", query="ASK { id:norland a dgm:State }")
    assert ElementTree.fromstring(answer.body).findtext("{*}boolean") == "true"
    answer = ask(site, "/sparql", "*/*", query="CONSTRUCT { ?x a dgm:State } WHERE { ?x a dgm:State }")
    assert answer.media.startswith("text/turtle")
    assert len(list(ox.parse(answer.body, format=ox.RdfFormat.TURTLE))) == 2


def test_the_protocol_names_the_graphs_to_ask(site):
    count = "SELECT (COUNT(*) AS ?n) { ?x a dgm:State }"
    names, document = f"{BASE}graph/names", f"{BASE}document/one.txt"
    given = {
        graph: ask(site, "/sparql", "text/csv", query=count, **{"default-graph-uri": graph})
        for graph in (names, document)
    }
    assert [answer.body.decode().split() for answer in given.values()] == [["n", "2"], ["n", "0"]]


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("SELECT ?x {", 400, "the query or line ends too early"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 400, "INSERT is refused"),
        ("LOAD <http://e.org/>", 400, "LOAD is refused"),
        ("SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }", 400, "SERVICE is refused"),
        ("SELECT * { ?s ?p ?o }", 413, "more than 50 rows"),
        ("", 400, "the query or line ends too early"),
    ],
)
def test_a_query_that_is_refused_says_why(site, query, status, message):
    answer = ask(site, "/sparql", "text/csv", query=query)
    assert (answer.status, message in answer.body.decode()) == (status, True)
    assert ask(site, "/sparql", query=query).status == status


def test_an_endpoint_without_a_query_tells_what_it_can(site):
    described = ask(site, "/sparql", "text/turtle")
    assert "SPARQL11Query" in described.body.decode()
    list(ox.parse(described.body, format=ox.RdfFormat.TURTLE, base_iri="http://e.org/"))
    assert '<form class="query"' in ask(site, "/sparql").body.decode()


def test_questions_are_asked_by_a_form(site):
    assert "Who mediates where" in ask(site, "/questions").body.decode()
    page = ask(site, "/questions/who-mediates", conflict="war in vale", ask="yes").body.decode()
    assert "The River Union mediates in the war in Vale" in page
    wrong = ask(site, "/questions/who-mediates", conflict="wer in vale", ask="yes")
    assert (wrong.status, "did you mean war in Vale" in wrong.body.decode()) == (400, True)
    assert ask(site, "/questions/none").status == 404


def test_an_address_with_all_that_a_question_needs_is_answered_even_by_nothing(site):
    assert "The River Union mediates" in ask(site, "/questions/about", entity="River Union").body.decode()
    assert "0 rows" in ask(site, "/questions/search", text="zebra").body.decode()
    assert 'aria-label="Answer"' not in ask(site, "/questions/about", since="2024").body.decode()


def test_entities_are_found_by_the_words_of_a_name(site):
    assert dict(ask(site, "/entities", name="kingdom nor").headers)["location"] == "/dragoman/id/norland"
    assert "Lake Summit" in (page := ask(site, "/entities", name="lake").body.decode())
    assert "Lake Charter" in page
    assert "None has this name" in ask(site, "/entities", name="<b>").body.decode()


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/dragoman/id/nobody", "/../graph.nq", "/dragoman/id/document/%2E%2E/%2E%2E/graph.nq", "/graph.nq",
     "/dragoman/id/document/../../graph.nq", "//etc/passwd", "/questions/..%2f..%2fgraph", "/templates/base.html"],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_served(site, path):
    assert ask(site, path, "*/*").status == 404
    assert ask(site, path).status == 404


def test_iris_of_other_places_open_by_their_name(site):
    assert ask(site, "/resource", "text/turtle", iri=f"{BASE}norland").status == 200
    assert ask(site, "/resource", iri="no iri").status == 400
    assert ask(site, "/dragoman/ontology").body.decode().count("<dt id=") > 10


def test_a_page_links_to_what_it_names(site):
    page = ask(site, "/dragoman/id/norland").body.decode()
    for link in set(re.findall(r'href="(/[^"#]*)', page)):
        path, _, query = html.unescape(link).partition("?")
        values = dict(part.split("=") for part in query.split("&")) if query else {}
        answer = ask(site, path, **values)
        assert answer.status in {200, 303} or path in {"/graph.html", "/measures.csv", "/report.txt"}, link


def test_the_drawing_keeps_its_own_policy_and_a_missing_file_is_told(site):
    answer = ask(site, "/graph.html")
    assert (answer.status, dict(answer.headers)["content-security-policy"]) == (200, "frame-ancestors 'none'")
    assert ask(site, "/report.txt").status == 404


def test_a_base_without_a_path_of_its_own_is_served_by_name(tmp_path):
    from dataclasses import replace

    site = load_site(write_output(tmp_path, replace(RECORD, base="https://example.org/data#")), rows=10)
    assert f'href="/resource?iri={quote("https://example.org/data#norland")}"' in ask(site, "/entities").body.decode()
    assert ask(site, "/resource", iri="https://example.org/data#norland").status == 200


def test_a_new_build_is_noticed(tmp_path):
    folder = write_output(tmp_path / "out")
    site = load_site(folder, rows=10)
    assert site.context.is_current()
    write_output(folder, RECORD)
    assert not site.context.is_current()
