"""A small record made by hand: three documents, seven entities, and claims of most kinds; and one full of traps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from dragoman.graph import Provenance, describe_all, to_quads, write_nquads, write_turtle
from dragoman.ontology import load_ontology
from dragoman.record import DATASET, Record, write_texts
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

ONTOLOGY = load_ontology()
PROVENANCE = Provenance(
    version="1.2.3", ontology_sha256="a" * 64, model="small", model_sha256="b" * 64, settings=(("reader", "grammar"),)
)
TEXTS = {
    "remarks/first.txt": "Norland condemned the Red Column. Norland and Sudmark cooperate. It urged a truce in Vale.",
    "second.txt": "Norland and Sudmark cooperate closely. Ana Ruiz holds that the Red Column may attack Vale.",
    "third.txt": "Norland did not condemn the Red Column.",
}
DETAILS = {
    "remarks/first.txt": {"title": 'Remarks on "Vale"', "date": "2024-03-05", "author": "Ana Ruiz", "genre": "remarks"},
    "second.txt": {"date": "2024-03"},
    "third.txt": {"date": "2023"},
}
DOCUMENTS = tuple(
    Document(name=name, text=text, sha256=sha256(text.encode()).hexdigest(), **DETAILS[name])
    for name, text in TEXTS.items()
)
FIRST, SECOND, THIRD = DOCUMENTS


def quote(document: Document, words: str) -> Evidence:
    """The evidence that `words` are, where they first stand in `document`."""
    start = document.text.index(words)
    return Evidence.of(document, Span(start, start + len(words)))


NAMES = ("remarks/first.txt", "second.txt", "third.txt")
ENTITIES = (
    Entity("ana-ruiz", "Person", "Ana Ruiz", documents=(NAMES[1],)),
    Entity("norland", "State", "Norland", ("Kingdom of Norland", "Norlandia"), documents=NAMES, code="NRL"),
    Entity("red-column", "ArmedGroup", "Red Column", documents=NAMES),
    Entity("sudmark", "State", "Sudmark", same_as=("http://www.wikidata.org/entity/Q1",), documents=NAMES[:2]),
    Entity("truce-in-vale", "Ceasefire", "truce in Vale", documents=NAMES[:1]),
    Entity("vale", "Place", "Vale", documents=NAMES[:2]),
    Entity("world-council", "InternationalOrganization", "World Council"),
)
CONDEMNED = Claim(
    "norland",
    "criticizes",
    "red-column",
    Modality.ASSERTED,
    (quote(FIRST, "Norland condemned the Red Column"),),
    "verb:condemn",
    0.9,
    date="2024-03-05",
)
DENIED = Claim(
    "norland",
    "criticizes",
    "red-column",
    Modality.NEGATED,
    (quote(THIRD, "Norland did not condemn the Red Column"),),
    "verb:condemn",
    0.85,
    date="2023",
    contradicts=(CONDEMNED.id,),
)
COOPERATE = Claim(
    "norland",
    "cooperatesWith",
    "sudmark",
    Modality.ASSERTED,
    tuple(quote(document, "Norland and Sudmark cooperate") for document in (FIRST, SECOND)),
    "verb:cooperate",
    0.95,
)
MAY_ATTACK = Claim(
    "red-column",
    "attacks",
    "vale",
    Modality.POSSIBLE,
    (quote(SECOND, "the Red Column may attack Vale"),),
    "verb:attack",
    0.7,
    date="2024-03",
    speaker="ana-ruiz",
)
LOCATED = Claim(
    "truce-in-vale", "locatedIn", "vale", Modality.ASSERTED, (quote(FIRST, "truce in Vale"),), "name:in", 1.0
)
CLAIMS = tuple(sorted((CONDEMNED, DENIED, COOPERATE, MAY_ATTACK, LOCATED), key=lambda claim: claim.id))
MEASURES: Mapping[str, Mapping[str, float]] = {
    "degree": {"norland": 2.0, "sudmark": 1.0},
    "betweenness": {"norland": 0.5, "sudmark": 0.0},
}
RECORD = Record(DOCUMENTS, ENTITIES, CLAIMS, MEASURES)

TRAP = 'He said "\\no\\" to\ttwo\r\nlines \x00 \x0b \ud800 \uffff \u2028 <script> émeute 🕊 .'
TRAP_NAME = 'a folder/Rémy\'s ~notes~ (2000)%20"x" <b>;\x07.txt'


def trap_record() -> Record:
    """A record whose names and texts hold everything that has ever broken an RDF file."""
    document = Document(TRAP_NAME, TRAP, "0" * 64, title=TRAP, date="1999-12-31", author='O\'Neil \\ "Q"\n')
    entities = (
        Entity("-a.", "State", TRAP, ("=1+1", "\x00", "@en", "'''"), documents=(TRAP_NAME,)),
        Entity("1e5", "Place", "1e5", documents=(TRAP_NAME,)),
        Entity("c%C3%B4te", "State", "Côte", documents=(TRAP_NAME,)),
    )
    evidence = (Evidence.of(document, Span(0, len(TRAP))), Evidence.of(document, Span(3, 20)))
    claim = Claim("-a.", "attacks", "1e5", Modality.ASSERTED, evidence, TRAP, 0.5, date="0999", speaker="c%C3%B4te")
    return Record((document,), entities, (claim,), {"pagerank": {"-a.": 1 / 3, "1e5": 1e-13}})


def quads_of(record: Record, *, provenance: Provenance = PROVENANCE) -> Iterator[ox.Quad]:
    """The dataset of `record`."""
    return to_quads(
        describe_all(
            documents=record.documents,
            entities=record.entities,
            claims=record.claims,
            measures=record.measures,
            ontology=ONTOLOGY,
            provenance=provenance,
            base=record.base,
        )
    )


def write_output(folder: Path, record: Record = RECORD) -> Path:
    """An output folder such as a build leaves."""
    folder.mkdir(parents=True, exist_ok=True)
    quads = list(quads_of(record))
    write_nquads(quads, folder / DATASET)
    write_turtle(quads, folder / "graph.ttl", base=record.base)
    write_texts(folder, record.documents)
    return folder
