"""An ontology of the user's own: what is taken of it is counted, what cannot be used is told, and the example works."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dragoman.additions import describe_additions
from dragoman.cli import main
from dragoman.gazetteer import load_gazetteer
from dragoman.lexicon import load_lexicon
from dragoman.ontology import OntologyError, load_ontology
from dragoman.record import read_quads, read_record

PREFIXES = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> . @prefix e: <http://e.org/> .
@prefix id: <https://w3id.org/dragoman/id/> . @prefix lex: <https://w3id.org/dragoman/lexicon#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.fixture
def described(tmp_path):
    """A function from Turtle to the lines that are told of it."""

    def describe(text):
        path = tmp_path / "own.ttl"
        path.write_text(PREFIXES + text, encoding="utf-8")
        ontology = load_ontology(path)
        lines = describe_additions([path], ontology, load_lexicon(ontology, path), load_gazetteer(ontology, path))
        assert {line.name for line in lines} <= {"own.ttl"}
        return [line.reason for line in lines]

    return describe


CLASS = "dgm:Canal a owl:Class ; rdfs:subClassOf dgm:Place ."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CLASS, "added 1 class"),
        (f"{CLASS} dgm:Lock a owl:Class ; rdfs:subClassOf dgm:Canal .", "added 2 classes"),
        ("dgm:tolls a owl:ObjectProperty ; rdfs:domain dgm:State ; rdfs:range dgm:Place .", "added 1 property"),
        ('lex:own-dredge lex:states dgm:aids ; lex:verb "dredge" .', "added 1 frame"),
        (
            'lex:is-own lex:names dgm:Place ; lex:head "wharf" . lex:is-more lex:names dgm:Place ; lex:head "quay" .',
            "added 2 nouns",
        ),
        ('lex:fortnight lex:daysLong 14 ; lex:spelt "fortnight" .', "added 1 word"),
        ('id:old-wharf a dgm:Place ; skos:prefLabel "Old Wharf"@en .', "added 1 name"),
        ('id:united-nations skos:altLabel "Uno Mondo"@en .', "added 1 name"),
        ("e:S a sh:NodeShape ; sh:targetClass dgm:Place .", "added 1 shape"),
        (f"e:own a owl:Ontology . {CLASS} dgm:State rdfs:label 'Staat'@de .", "added 1 class"),
    ],
)
def test_what_is_taken_is_counted(described, text, told):
    assert described(text) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "e:Canal a owl:Class .",
            "<http://e.org/Canal> is no class that can be used: its IRI must begin with https://",
        ),
        ("dgm:Odd a owl:Class .", "is no class that can be used: it lies below no class of ours"),
        ("dgm:odd a owl:ObjectProperty .", "is no property that can be used: its domain or range is no class of ours"),
        ("lex:odd lex:states dgm:aids .", "is no frame that can be used: it has no verb, noun or other word"),
        ('lex:odd lex:spelt "odd" .', "is spelt but counts nothing: it needs one of lex:month, lex:weekday"),
        ("lex:odd lex:names dgm:Place .", "names a class by no lex:head"),
        ('e:wharf a dgm:Place ; skos:prefLabel "Wharf" .', "is no name that can be used: it needs a class, and an IRI"),
        ('e:wharf rdfs:label "Wharf" .', "<http://e.org/wharf> says nothing that is used"),
    ],
)
def test_what_cannot_be_used_is_told(described, text, told):
    first, second = described(f"{CLASS} {text}")
    assert first == "added 1 class"
    assert told in second
    with pytest.raises(
        OntologyError, match=r"own\.ttl: yields no class, property, frame, noun, name or shape that can"
    ):
        described(text)


@pytest.mark.slow
def test_the_example_extends_the_ontology_without_code(root, tmp_path):
    example = root / "graphs" / "sanctions"
    ontology = str(example / "sanctions.ttl")
    told = CliRunner().invoke(
        main, ["build", str(example / "documents"), "--ontology", ontology, "-o", str(tmp_path / "out"), "--no-page"]
    )
    assert (told.exit_code, told.stderr) == (0, "")
    assert "sanctions.ttl: added 1 class, 2 properties, 3 frames, 1 noun, 1 name, 1 shape" in told.stdout
    record = read_record(tmp_path / "out")
    stated = {(claim.subject, claim.predicate, claim.object, claim.modality.value) for claim in record.claims}
    bank, register = "bank-of-the-two-rivers", "harbour-sanctions-list"
    assert stated >= {
        ("european-union", "designates", bank, "asserted"),
        (bank, "listedIn", register, "asserted"),
        ("iceland", "designates", bank, "possible"),
        ("canada", "designates", bank, "negated"),
    }
    assert {entity.cls for entity in record.entities if entity.id == register} == {"SanctionsList"}
    used = [quad.object.value for quad in read_quads(tmp_path / "out") if quad.predicate.value.endswith("#used")]
    assert "https://w3id.org/dragoman/id/build/ontology/01-sanctions.ttl" in used
    told = CliRunner().invoke(main, ["check", str(tmp_path / "out")])
    assert (told.exit_code, told.stderr) == (0, "")
    path = tmp_path / "out" / "graph.ttl"
    path.write_text(
        path.read_text(encoding="utf-8") + f"id:{register} dgm:listedIn id:{register} .\n", encoding="utf-8"
    )
    told = CliRunner().invoke(main, ["check", str(tmp_path / "out")])
    assert "A sanctions list is not listed itself" in told.stdout
