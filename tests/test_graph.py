"""Records to RDF: what stands in which graph, bytes that do not change, and files that other parsers read alike."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, PROV, SKOS, Namespace

from dragoman import graphfiles
from dragoman.graph import describe_all, to_quads, to_rdflib, write_nquads, write_turtle
from dragoman.graphfiles import write_graph
from dragoman.quotes import LoneClaim, Quote
from dragoman.record import Record
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span
from dragoman.serialization import format_nquads, format_turtle, to_subjects
from dragoman.sorting import sort_on_disk
from dragoman.vocabulary import Iris, clean, evidence_id
from small_record import (
    CLAIMS,
    CONDEMNED,
    COOPERATE,
    DENIED,
    ENTITIES,
    LOCATED,
    MAY_ATTACK,
    ONTOLOGY,
    PROVENANCE,
    RECORD,
    TRAP,
    TRAP_NAME,
    quads_of,
    trap_record,
    write_output,
)

BASE = "https://w3id.org/dragoman/id/"
DGM = Namespace("https://w3id.org/dragoman/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
ID = Namespace(BASE)
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SAFE_IRI = re.compile(r"https://w3id\.org/dragoman/id/(?:[A-Za-z0-9_./-]|%[0-9A-F]{2})+")


def turtle(record: Record = RECORD) -> Graph:
    return Graph().parse(data=format_turtle(quads_of(record)), format="turtle")


def graph_of(iri: str) -> set[tuple[str, str, str]]:
    found = (quad for quad in quads_of(RECORD) if quad.graph_name.value == iri)
    return {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in found}


def test_only_asserted_claims_are_plain_triples_and_symmetric_ones_hold_both_ways():
    graph = turtle()
    properties = {DGM[name] for name in ONTOLOGY.properties}
    plain = {(s, p, o) for s, p, o in graph if p in properties}
    assert plain == {
        (ID.norland, DGM.criticizes, ID["red-column"]),
        (ID.norland, DGM.cooperatesWith, ID.sudmark),
        (ID.sudmark, DGM.cooperatesWith, ID.norland),
        (ID["truce-in-vale"], DGM.locatedIn, ID.vale),
    }


def test_entity_has_its_class_and_all_above_labels_code_and_same_as():
    graph = turtle()
    assert set(graph.objects(ID["world-council"], RDF.type)) == {
        DGM.InternationalOrganization,
        DGM.Organization,
        DGM.Actor,
        DGM.Entity,
    }
    assert list(graph.objects(ID.norland, SKOS.prefLabel)) == [Literal("Norland", lang="en")]
    assert set(graph.objects(ID.norland, SKOS.altLabel)) == {
        Literal("Kingdom of Norland", lang="en"),
        Literal("Norlandia", lang="en"),
    }
    assert graph.value(ID.norland, DGM.iso3) == Literal("NRL")
    assert graph.value(ID.sudmark, OWL.sameAs) == URIRef("http://www.wikidata.org/entity/Q1")


@pytest.mark.parametrize(
    ("claim", "date", "datatype"),
    [
        (CONDEMNED, "2024-03-05", XSD.date),
        (MAY_ATTACK, "2024-03", XSD.gYearMonth),
        (DENIED, "2023", XSD.gYear),
    ],
)
def test_claim_date_is_typed_by_its_precision(claim, date, datatype):
    graph = turtle(replace(RECORD, claims=(claim,)))
    found = graph.value(ID[f"claim/{claim.id}"], DGM.date)
    assert (str(found), found.datatype) == (date, datatype)


def test_claim_says_what_who_how_surely_and_why():
    graph = turtle()
    claim = ID[f"claim/{MAY_ATTACK.id}"]
    assert {RDF.Statement, DGM.Claim} == set(graph.objects(claim, RDF.type))
    assert graph.value(claim, DGM.modality) == DGM.possible
    assert graph.value(claim, DGM.attributedTo) == ID["ana-ruiz"]
    assert graph.value(claim, DGM.rule) == Literal("verb:attack")
    assert str(graph.value(claim, DGM.confidence)) in {"0.70", "0.7"}
    assert graph.value(claim, DGM.confidence).datatype == XSD.decimal
    assert graph.value(ID[f"claim/{COOPERATE.id}"], DGM.corroboration) == Literal(2)
    assert graph.value(ID[f"claim/{DENIED.id}"], DGM.contradicts) == ID[f"claim/{CONDEMNED.id}"]


def test_a_scorer_that_knows_rdflib_alone_finds_claims_quotes_and_mentions():
    graph = turtle()
    source = graph.value(None, DCTERMS.identifier, Literal("second.txt"))
    found = {}
    for claim in graph.subjects(RDF.type, DGM.Claim):
        for evidence in graph.objects(claim, PROV.wasDerivedFrom):
            if graph.value(evidence, OA.hasSource) != source:
                continue
            exact = start = end = None
            for selector in graph.objects(evidence, OA.hasSelector):
                exact = graph.value(selector, OA.exact) or exact
                start = graph.value(selector, OA.start) if start is None else start
                end = graph.value(selector, OA.end) if end is None else end
            found[str(claim).rsplit("/", 1)[-1]] = (str(exact), int(start), int(end))
    text = RECORD.documents[1].text
    assert found.keys() == {COOPERATE.id, MAY_ATTACK.id}
    assert all(text[start:end] == exact for exact, start, end in found.values())
    assert set(graph.objects(source, DGM.mentions)) == {
        ID[entity.id] for entity in ENTITIES if "second.txt" in entity.documents
    }


def test_each_document_has_its_own_graph_with_its_own_quotes():
    first, second = (graph_of(BASE + f"document/{name}") for name in ("remarks/first.txt", "second.txt"))
    claim = f"{BASE}claim/{COOPERATE.id}"
    derived = "http://www.w3.org/ns/prov#wasDerivedFrom"
    quotes = [{o for s, p, o in graph if s == claim and p == derived} for graph in (first, second)]
    assert [len(found) for found in quotes] == [1, 1]
    assert not quotes[0] & quotes[1]
    assert {row for row in first if row[0] == claim and row[1] != derived} == {
        row for row in second if row[0] == claim and row[1] != derived
    }
    assert f"{BASE}claim/{CONDEMNED.id}" not in {s for s, _, _ in second}


def test_what_only_the_corpus_tells_stands_in_graphs_of_its_own():
    assert {p.rsplit("#")[-1] for _, p, _ in graph_of(BASE + "graph/agreement")} == {"corroboration", "contradicts"}
    assert (BASE + "norland", str(DGM.degree), "2.0E0") in graph_of(BASE + "graph/measures")
    assert (BASE + "norland", str(DGM.betweenness), "5.0E-1") in graph_of(BASE + "graph/measures")
    provenance = graph_of(BASE + "graph/provenance")
    used = {o for _, p, o in provenance if p.endswith("#used")}
    assert {BASE + "document/second.txt", BASE + "build/ontology", BASE + "build/setting-reader"} <= used
    assert (BASE + "build/dragoman", "http://www.w3.org/2002/07/owl#versionInfo", "1.2.3") in provenance


def test_graph_has_no_blank_nodes_and_one_datatype_for_each_number():
    datatypes: dict[str, set[str]] = {}
    for quad in quads_of(RECORD):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        if isinstance(quad.object, ox.Literal) and quad.object.value.replace(".", "").isdigit():
            datatypes.setdefault(quad.predicate.value, set()).add(quad.object.datatype.value)
    dates = {str(DGM.date), str(DCTERMS.date)}
    assert all(len(kinds) == 1 for predicate, kinds in datatypes.items() if predicate not in dates)


def test_order_of_the_records_does_not_change_the_bytes():
    turned = replace(RECORD, documents=RECORD.documents[::-1], entities=ENTITIES[::-1], claims=CLAIMS[::-1])
    assert format_turtle(quads_of(turned)) == format_turtle(quads_of(RECORD))
    assert format_nquads(quads_of(turned)) == format_nquads(quads_of(RECORD))


def test_hash_seed_does_not_change_the_bytes(tmp_path):
    script = (
        "import sys; from pathlib import Path; from small_record import write_output; write_output(Path(sys.argv[1]))"
    )
    outputs = []
    for seed in ("0", "1", "77"):
        folder = tmp_path / seed
        path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=environment)
        outputs.append([(folder / name).read_bytes() for name in ("graph.nq", "graph.ttl")])
    assert outputs[0] == outputs[1] == outputs[2]


def test_turtle_and_nquads_hold_the_same_triples(tmp_path):
    folder = write_output(tmp_path, RECORD)
    one = {(q.subject, q.predicate, q.object) for q in ox.parse(path=folder / "graph.nq")}
    other = {(q.subject, q.predicate, q.object) for q in ox.parse(path=folder / "graph.ttl")}
    assert one == other


def test_turtle_reads_from_entities_to_quotes_with_a_block_for_each_subject():
    text = format_turtle(quads_of(RECORD))
    headings = re.findall(r"^# (\w+)$", text, re.MULTILINE)
    assert headings == ["Entities", "Documents", "Claims", "Evidence", "Provenance", "Terms"]
    subjects = re.findall(r"^([^\s@#]+) a ", text, re.MULTILINE)
    assert len(subjects) == len(set(subjects))
    assert 'id:norland a dgm:Actor, dgm:Entity, dgm:State ;\n    skos:prefLabel "Norland"@en ;' in text


def test_turtle_uses_no_backslash_in_names_and_no_syntax_beyond_rdf_1_1():
    for record in (RECORD, trap_record()):
        outside = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>', "", format_turtle(quads_of(record)))
        assert not set("\\[]()|{}") & set(outside)


def test_iris_hold_safe_characters_only():
    for quad in quads_of(trap_record()):
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
                assert SAFE_IRI.fullmatch(term.value)


def test_hostile_texts_come_back_with_offsets_unchanged():
    graph = turtle(trap_record())
    exact = max((str(o) for o in graph.objects(None, OA.exact)), key=len)
    assert exact == clean(TRAP)
    assert len(exact) == len(TRAP)
    assert Literal(clean(TRAP_NAME)) in set(graph.objects(None, DCTERMS.identifier))


@pytest.mark.parametrize("record", [RECORD, trap_record()], ids=["small", "traps"])
@pytest.mark.parametrize(
    ("tool", "options"), [("serdi", ("-q", "-i", "turtle")), ("rapper", ("-q", "-i", "turtle", "-o", "ntriples"))]
)
def test_other_parsers_read_the_same_triples(record, tool, options, tmp_path):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    folder = write_output(tmp_path / "out", record)
    done = subprocess.run([tool, *options, str(folder / "graph.ttl")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    theirs = Graph().parse(data=done.stdout, format="nt")
    assert isomorphic(theirs, turtle(record))


@pytest.mark.parametrize(("tool", "syntax"), [("serdi", "nquads"), ("rapper", "nquads")])
def test_other_parsers_read_the_nquads(tool, syntax, tmp_path):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    folder = write_output(tmp_path / "out", trap_record())
    done = subprocess.run(
        [tool, "-q", "-i", syntax, str(folder / "graph.nq")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_rdflib_dataset_has_a_graph_for_each_document_and_their_union():
    dataset = to_rdflib(quads_of(RECORD))
    assert (ID.norland, DGM.cooperatesWith, ID.sudmark) in dataset
    assert (ID.norland, DGM.cooperatesWith, ID.sudmark) in dataset.graph(ID["document/second.txt"])
    merged = Graph()
    for triple in dataset.triples((None, None, None)):
        merged.add(triple)
    assert isomorphic(merged, turtle())


def test_a_base_of_the_users_own_reaches_every_iri():
    record = replace(RECORD, base="https://example.org/kg#")
    assert "dragoman/id" not in format_turtle(quads_of(record), base=record.base)
    assert "id:norland a " in format_turtle(quads_of(record), base=record.base)


@pytest.mark.parametrize("base", ["", "id/", "https://example.org/kg", "https://exa mple.org/", "https://e.org/<x>/"])
def test_a_base_that_no_iri_can_start_with_is_refused(base):
    with pytest.raises(ValueError, match="is no absolute IRI that ends in '/' or '#'"):
        list(quads_of(replace(RECORD, base=base)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"claims": (replace(CONDEMNED, subject="nobody"),)},
            "claim nobody criticizes red-column: entity 'nobody' is not",
        ),
        ({"claims": (replace(CONDEMNED, predicate="likes"),)}, "property 'likes' is not there"),
        ({"claims": (replace(MAY_ATTACK, speaker="nobody"),)}, "entity 'nobody' is not there"),
        ({"documents": RECORD.documents[1:]}, "document 'remarks/first.txt' is not there"),
        (
            {"entities": (replace(ENTITIES[0], cls="Robot"), *ENTITIES[1:])},
            "entity ana-ruiz: class 'Robot' is not there",
        ),
        ({"entities": (*ENTITIES, ENTITIES[0])}, "two entities an id"),
        ({"entities": (replace(ENTITIES[0], same_as=("Q1 > <x",)), *ENTITIES[1:])}, "'Q1 > <x' in same_as is no"),
        ({"measures": {"fame": {}}}, "measure 'fame' is not there"),
    ],
)
def test_a_reference_to_nothing_is_refused(changes, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        list(quads_of(replace(RECORD, **changes)))


def test_an_empty_record_makes_readable_files(tmp_path):
    quads = list(quads_of(Record()))
    write_turtle(quads, tmp_path / "graph.ttl")
    write_nquads(quads, tmp_path / "graph.nq")
    assert len(Graph().parse(tmp_path / "graph.ttl")) == len(quads)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nq", "graph.ttl"]


def test_documents_whose_names_differ_in_undecodable_bytes_stay_apart():
    iris = Iris()
    assert iris.document("r\udce9sum\udce9") != iris.document("r\udce8sum\udce8")
    assert iris.document("../../up").value == BASE + "document/%2E%2E/%2E%2E/up"


def test_a_claim_of_the_merged_graph_counts_once():
    assert LOCATED in CLAIMS
    assert len(set(turtle().subjects(RDF.type, DGM.Claim))) == len(CLAIMS)


def test_describe_all_is_lazy_and_checks_first():
    with pytest.raises(ValueError, match="is not there"):
        next(
            describe_all(
                documents=[],
                entities=[],
                claims=[CONDEMNED],
                measures={},
                ontology=ONTOLOGY,
                provenance=PROVENANCE,
            )
        )


@given(
    st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=40),
    st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=20),
)
def test_any_text_and_any_file_name_come_back_from_both_files(text, name):
    document = Document(name, text, "0" * 64, title=text)
    entity = Entity("a", "State", text, (text + "x",), documents=(name,))
    claim = Claim("a", "attacks", "a", Modality.ASSERTED, (Evidence.of(document, Span(0, len(text))),), text, 0.5)
    quads = list(quads_of(Record((document,), (entity,), (claim,), {})))
    for quad in quads:
        assert not quad.subject.value.startswith(BASE) or SAFE_IRI.fullmatch(quad.subject.value)
    (exact,) = {quad.object.value for quad in quads if quad.predicate.value == str(OA.exact)}
    assert exact == clean(text)
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    for data, form in (
        (format_turtle(quads).encode(), ox.RdfFormat.TURTLE),
        (format_nquads(quads), ox.RdfFormat.N_QUADS),
    ):
        assert {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(data, format=form)} == triples


def described(record):
    """What a build writes of `record`."""
    return list(
        describe_all(
            documents=record.documents,
            entities=record.entities,
            claims=record.claims,
            measures=record.measures,
            ontology=ONTOLOGY,
            provenance=PROVENANCE,
            base=record.base,
        )
    )


def written(folder, told, *, base=BASE):
    """Both files that a build writes."""
    write_graph(told, folder / "graph.nq", folder / "graph.ttl", base=base)
    assert sorted(path.name for path in folder.iterdir()) == ["graph.nq", "graph.ttl"]
    return (folder / "graph.nq").read_bytes(), (folder / "graph.ttl").read_text()


@pytest.mark.parametrize("run", [7, 10**6])
@pytest.mark.parametrize("base", [BASE, "https://example.org/100%25/aaaaaaaaaaaaaaaa/"])
def test_large_graph_is_written_on_disk_as_in_memory(tmp_path, monkeypatch, run, base):
    monkeypatch.setattr(
        graphfiles, "sort_on_disk", lambda items, *, beside, **_: sort_on_disk(items, beside=beside, run=run)
    )
    told = described(replace(RECORD, base=base))
    told += told[::3]
    random.Random(7).shuffle(told)
    quads = list(to_quads(told))
    assert written(tmp_path, iter(told), base=base) == (format_nquads(quads), format_turtle(quads, base=base))


def test_quotes_of_every_kind_are_written_as_their_quads_are(tmp_path):
    first, *others = RECORD.claims
    piece = first.evidence[0]
    kinds = [
        replace(piece, span=Span(at, at + 1), exact=words, page=page, element=element)
        for at, (words, page, element) in enumerate(
            [("100 % \\0 %s", 0, ""), ('"\\1"', 3, ""), ("a\b\f\nb", 0, "/p[1]"), ("\\", 12, 'paragraph "%d"')]
        )
    ]
    told = described(replace(RECORD, claims=(replace(first, evidence=tuple(sorted(kinds))), *others)))
    assert sum(isinstance(one, Quote) for one in told) > len(kinds)
    quads = list(to_quads(told))
    assert written(tmp_path, told) == (format_nquads(quads), format_turtle(quads))


def test_claims_of_every_kind_are_written_as_their_quads_are(tmp_path):
    first, other, *_ = (claim for claim in RECORD.claims if len(claim.evidence) == 1)
    plain, speaker = replace(first, contradicts=(), readers=()), RECORD.entities[0].id
    kinds = [
        replace(plain, date=date, speaker=said, modality=modality, rule=rule, confidence=confidence)
        for date, said, modality, rule, confidence in [
            ("", "", Modality.ASSERTED, '100 % \\"\\03"', 0.5),
            ("2024", "", Modality.PLANNED, "a\b\f\nb", 1.0),
            ("", speaker, Modality.NEGATED, "\\", 0.0),
            ("2024-02-29", speaker, Modality.POSSIBLE, "“x”", 0.25),
        ]
    ]
    kinds += [
        replace(plain, date="2001", readers=("grammar", "llm")),
        replace(plain, date="2002", contradicts=(kinds[0].id,)),
        replace(plain, date="2003", evidence=tuple(sorted({*first.evidence, *other.evidence}))),
    ]
    told = described(replace(RECORD, claims=tuple(kinds)))
    assert sum(isinstance(one, LoneClaim) for one in told) == len(kinds) - 3
    quads = list(to_quads(told))
    assert written(tmp_path, told) == (format_nquads(quads), format_turtle(quads))


def test_record_of_all_that_breaks_files_is_written_on_disk_as_in_memory(tmp_path):
    told = described(trap_record())
    quads = list(to_quads(told))
    assert written(tmp_path, told) == (format_nquads(quads), format_turtle(quads))


def test_empty_graph_is_written_on_disk_as_in_memory(tmp_path):
    assert written(tmp_path, ()) == (b"", "")
    assert format_turtle(()) == ""


@pytest.mark.parametrize("left_out", ["hasSelector", "hasSource", "start"])
def test_quads_that_no_build_wrote_are_written_on_disk_too(tmp_path, left_out):
    quads = [quad for quad in quads_of(RECORD) if quad.predicate.value != str(OA[left_out])]
    assert written(tmp_path, to_subjects(quads)) == (format_nquads(quads), format_turtle(quads))


def test_claim_of_many_documents_has_in_each_its_own_quotes():
    many = [replace(RECORD.documents[0], name=f"{number:02}.txt", sha256=f"{number:064}") for number in range(20)]
    claim = RECORD.claims[0]
    pieces = [replace(claim.evidence[0], document=document.name) for document in many]
    record = replace(
        RECORD,
        documents=tuple(sorted((*RECORD.documents, *many), key=lambda document: document.name)),
        claims=(replace(claim, evidence=tuple(sorted((*claim.evidence, *pieces)))), *RECORD.claims[1:]),
    )
    for piece in pieces:
        graph = Iris().document(piece.document)
        quoted = {
            quad.object
            for quad in quads_of(record)
            if quad.graph_name == graph and quad.predicate.value == str(PROV.wasDerivedFrom)
        }
        assert quoted == {ox.NamedNode(f"{BASE}evidence/{evidence_id(piece)}")}
