"""A spaCy pipeline of a user's own as a reader: in a package with an entry point, from its files to a graph."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.builder import build
from dragoman.built import check_build
from dragoman.records import Document, Modality
from dragoman.registry import ReaderContext, ReaderError, find_readers, open_reader, parse_readers
from dragoman.spacyreader import SpacyReader

PACKAGE = """
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.spacyreader import SpacyReader

if not Doc.has_extension("village_relations"):
    Doc.set_extension("village_relations", default=())


@Language.component("village_relations")
def find_relations(doc):
    words = [ent for ent in doc.ents]
    doc._.village_relations = [
        (left, "SCOLDS", right) for left, right in zip(words, words[1:])
        if "scolded" in doc[left.end : right.start].text.split()
    ]
    return doc


def make(context):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "VILLAGE", "pattern": name} for name in ("Upper Zenda", "Lower Zenda", "Ghana")])
    nlp.add_pipe("village_relations")
    return SpacyReader(nlp, context, classes={"VILLAGE": "State"}, properties={"SCOLDS": "criticizes"},
                       relations="village_relations")


def broken(context):
    return 3
"""
POINTS = """[dragoman.readers]
village = village_reader:make
broken = village_reader:broken
gone = village_reader:nothing
missing = no_such_package:make
"""
DOCUMENT = Document("a.txt", "Upper Zenda scolded Lower Zenda. The Upper Zenda met Ana. Ghana scolded Ghana.", "0" * 64)


def install(folder: Path, monkeypatch, points: str = POINTS, name: str = "village_reader") -> None:
    """A package as an installer would leave it, on the path of modules."""
    folder.mkdir()
    (folder / "village_reader.py").write_text(PACKAGE)
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points)
    monkeypatch.syspath_prepend(str(folder))


@pytest.fixture
def installed(tmp_path, monkeypatch):
    install(tmp_path / "site", monkeypatch)
    yield
    sys.modules.pop("village_reader", None)


@pytest.fixture(scope="session")
def context(ontology, lexicon, gazetteer):
    return ReaderContext(ontology, lexicon, gazetteer)


def test_our_own_readers_are_entry_points_too(context):
    assert {"grammar", "llm"} <= find_readers().keys()
    assert type(open_reader("grammar", context)).__name__ == "LateReader"


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["both"], ("grammar", "llm")),
        (["llm", "grammar", "llm"], ("grammar", "llm")),
        (["village", "both"], ("grammar", "village", "llm")),
        (["village"], ("village",)),
    ],
)
def test_readers_are_named_each_once_and_grammar_first(installed, names, found):
    assert parse_readers(names) == found


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("vilage", "there is no reader 'vilage'; install"),
        ("broken", "reader 'broken': village_reader:broken gives int, which has no method read"),
        ("gone", "reader 'gone': village_reader:nothing cannot be imported: .*has no attribute 'nothing'"),
        ("missing", "reader 'missing': no_such_package:make cannot be imported: No module named 'no_such_package'"),
    ],
)
def test_a_reader_that_cannot_be_opened_is_told(installed, context, name, message):
    with pytest.raises(ReaderError, match=message):
        open_reader(name, context)


def test_unknown_names_and_two_readers_of_one_name_are_told(installed, tmp_path, monkeypatch):
    with pytest.raises(ReaderError, match=r"there is no reader 'vilage'; there are both, .*village"):
        parse_readers(["vilage"])
    with pytest.raises(ReaderError, match="no reader is named; give grammar"):
        parse_readers([])
    install(tmp_path / "more", monkeypatch, "[dragoman.readers]\nvillage = other:make\n", "other_reader")
    with pytest.raises(ReaderError, match=r"two readers are called 'village': .*; remove one"):
        parse_readers(["village"])


def test_entities_and_relations_of_a_pipeline_are_a_reading(installed, context):
    reader = open_reader("village", context)
    reading = reader.read(DOCUMENT)
    assert [(entity.cls, entity.names, len(entity.spans)) for entity in reading.entities] == [
        ("State", ("Upper Zenda",), 2),
        ("State", ("Lower Zenda",), 1),
        ("State", ("Ghana",), 2),
    ]
    (claim,) = reading.claims
    assert DOCUMENT.text[claim.span.start : claim.span.end] == "Upper Zenda scolded Lower Zenda."
    assert (claim.subject, claim.predicate, claim.object, claim.modality, claim.rule, claim.confidence) == (
        *(0, "criticizes", 1, Modality.ASSERTED),
        *("spacy:SCOLDS", 0.5),
    )
    assert [line.reason for line in reader.notes()] == [
        "left out of what the pipeline found: 1 × a relation of a thing and itself"
    ]


def test_a_pipeline_beside_the_grammar_is_in_the_graph_by_name(installed, tmp_path):
    (tmp_path / "a.txt").write_text("Upper Zenda scolded Lower Zenda. Nobody in the valley was surprised by that.\n")
    built = build(tmp_path / "a.txt", tmp_path / "out", readers="village")
    assert [(claim.subject, claim.object, claim.readers) for claim in built.claims] == [
        ("upper-zenda", "lower-zenda", ("village",))
    ]
    assert check_build(tmp_path / "out")[1] == []
    assert '"village"' in (tmp_path / "out" / "graph.nq").read_text()


# -- the adapter alone


@pytest.fixture
def nlp():
    if not Doc.has_extension("rel"):
        Doc.set_extension("rel", default={})
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            *({"label": "S", "pattern": name} for name in ("Norland", "Sudmark")),
            {"label": "P", "pattern": "Ana"},
            {"label": "S", "pattern": "Togo", "id": "x", "kb_id": "togo"},
        ]
    )
    return nlp


def read(nlp, context, text, rel, **settings):
    """The reading of a text in which the pipeline finds these relations."""
    mapped = {"classes": {"S": "State"}, "properties": {"BACKS": "supports", "JOINS": "memberOf"}, "relations": "rel"}
    reader = SpacyReader(nlp, context, **{**mapped, **settings})
    make_doc = nlp.__class__.pipe

    def pipe(texts):
        for doc in make_doc(nlp, texts):
            doc._.rel = rel(doc) if callable(rel) else rel
            yield doc

    nlp.pipe = pipe
    reading = reader.read(replace(DOCUMENT, text=text))
    return reading, [line.reason for line in reader.notes()]


def test_scores_by_pair_of_places_are_taken_from_the_least_score_on(nlp, context):
    rel = {(0, 2): {"BACKS": 0.9, "JOINS": 0.2, "OTHER": 1.0}, (2, 0): {"BACKS": 0.4}}
    reading, notes = read(nlp, context, "Norland backs Sudmark.", rel, modalities={"BACKS": Modality.POSSIBLE})
    (claim,) = reading.claims
    assert (claim.subject, claim.object, claim.confidence, claim.modality) == (0, 1, 0.9, Modality.POSSIBLE)
    assert claim.span.start == 0
    assert notes == []
    assert len(read(nlp, context, "Norland backs Sudmark.", rel, least=0.3)[0].claims) == 2


def test_relations_that_do_not_fit_are_counted(nlp, context):
    rel = {(0, 2): {"JOINS": 1.0}, (0, 4): {"BACKS": 1.0}, (0, 1): {"BACKS": 1.0}}
    reading, notes = read(nlp, context, "Norland backs Sudmark says Ana.", rel)
    assert [entity.names for entity in reading.entities] == [("Norland",), ("Sudmark",)]
    assert reading.claims == ()
    assert notes == [
        "left out of what the pipeline found: 2 × a relation of what is no entity with a class, "
        "1 × a relation whose property cannot join such things"
    ]


def test_offsets_lead_back_and_scores_are_kept_within_bounds(nlp, context):
    text = "After 🕊 many talks, and to nobody's surprise in the end, **Norland** backs\nSudmark once more in this."

    def rel(doc):
        left, right = doc.ents
        return [(left, "BACKS", right, 7)]

    reading, _ = read(nlp, context, text, rel)
    assert [text[span.start : span.end] for entity in reading.entities for span in entity.spans] == [
        "Norland",
        "Sudmark",
    ]
    assert reading.claims[0].confidence == 1.0
    assert text[reading.claims[0].span.start : reading.claims[0].span.end] == text


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"classes": {"S": "Stat"}}, "'Stat' is no class of the ontology; there are Actor, State"),
        ({"properties": {"X": "likes"}}, "'likes' is no property of the ontology; there are "),
        ({"relations": "nowhere"}, "spaCy knows no attribute 'nowhere' of Doc"),
    ],
)
def test_what_a_pipeline_is_mapped_to_must_be_there(nlp, context, settings, message):
    with pytest.raises(ReaderError, match=message):
        read(nlp, context, "Norland.", {}, **settings)
