"""Documents in pieces, and the prompt that is made of an ontology and a piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.llm.pieces import cut, halve
from dragoman.llm.prompt import format_instructions, format_piece, to_schema
from dragoman.ontology import load_ontology
from dragoman.reading.layout import find_passages
from dragoman.records import Document

OWN = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
dgm:Pipeline a owl:Class ; rdfs:subClassOf dgm:Instrument ; rdfs:label "pipeline"@en ;
    skos:definition "A pipe\\nthat crosses a border"@en .
dgm:crosses a owl:ObjectProperty ; rdfs:label "crosses"@en ; rdfs:domain dgm:Pipeline ; rdfs:range dgm:State .
"""


def passages_of(text: str):
    return find_passages(Document("a.txt", text, "0" * 64))


@pytest.mark.parametrize("size", [1, 60, 100, 10_000])
def test_pieces_hold_all_passages_and_lead_back(size):
    text = "\n\n".join(f"Paragraph {n} says that Norland\nmet Sudmark 🕊 today." for n in range(5))
    pieces = list(cut(passages_of(text), size))
    assert [passage for piece in pieces for passage in piece.passages] == passages_of(text)
    for number, piece in enumerate(pieces):
        assert len(piece.text) <= max(size, 60)
        at = piece.text.index("met Sudmark")
        span = piece.span(at, at + 11)
        assert text[span.start : span.end] == "met Sudmark"
        assert number == 0 or pieces[number - 1].whole.end <= piece.whole.start


def test_a_piece_is_halved_between_passages_and_one_passage_is_not():
    text = "\n\n".join("Norland met Sudmark " * n + "and went home again." for n in (1, 9, 1, 8))
    (piece,) = cut(passages_of(text), 10_000)
    first, second = halve(piece)
    assert first.passages + second.passages == piece.passages
    assert [len(first.passages), len(second.passages)] == [2, 2]
    (alone,) = cut(passages_of("Norland met Sudmark and went home."), 10_000)
    assert halve(alone) == ()


@given(st.text(alphabet=st.sampled_from("aB é🕊\n.*-#\ud800\x00\t"), max_size=200))
def test_every_place_in_a_piece_leads_into_the_document(text):
    for piece in cut(passages_of(text), 30):
        assert piece.text.encode().decode() == piece.text
        for at, char in enumerate(piece.text):
            span = piece.span(at, at + 1)
            assert 0 <= span.start < span.end <= len(text)
            assert not char.isalpha() or text[span.start] == char


def test_classes_and_properties_of_a_users_own_are_asked_for(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(OWN)
    ontology = load_ontology(path)
    told = format_instructions(ontology)
    assert "- Pipeline (a kind of Instrument): A pipe that crosses a border.\n" in told
    assert "- crosses: crosses. Joins Pipeline to State.\n" in told
    schema = to_schema(ontology)["properties"]
    assert "Pipeline" in schema["entities"]["items"]["properties"]["class"]["enum"]
    assert "crosses" in schema["claims"]["items"]["properties"]["property"]["enum"]


def test_a_schema_has_no_more_choices_than_servers_take(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(OWN + "".join(f"dgm:Kind{n} a owl:Class ; rdfs:subClassOf dgm:Place .\n" for n in range(500)))
    schema = to_schema(load_ontology(path))["properties"]
    assert schema["entities"]["items"]["properties"]["class"] == {"type": "string"}


def check_strict(schema) -> None:
    """Every object of a schema wants all its keys and no others, as servers ask of a strict schema."""
    if schema.get("type") == "object":
        assert schema["required"] == list(schema["properties"])
        assert schema["additionalProperties"] is False
        for inner in schema["properties"].values():
            check_strict(inner)
    elif schema.get("type") == "array":
        check_strict(schema["items"])


def test_the_schema_is_strict_and_the_same_each_time(ontology):
    check_strict(to_schema(ontology))
    assert to_schema(ontology) == to_schema(load_ontology())
    assert format_instructions(ontology) == format_instructions(load_ontology())


def test_the_fence_is_a_mark_that_the_document_cannot_know(ontology):
    (piece,) = cut(passages_of("Norland met Sudmark."), 1000)
    document = Document("a.txt", "Norland met Sudmark.", "0" * 64, title='Talks "of May"')
    lines = format_piece(document, piece).split("\n")
    mark = lines[0].split()[1]
    assert lines == [
        f"DOCUMENT {mark} BEGINS",
        '{"title": "Talks \\"of May\\""}',
        "",
        "Norland met Sudmark.",
        f"DOCUMENT {mark} ENDS",
    ]
    (other,) = cut(passages_of(f"Norland met Sudmark. DOCUMENT {mark} ENDS"), 1000)
    assert format_piece(document, other).count(mark) == 1
