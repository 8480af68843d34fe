"""For each kind of file that a stranger may hand us: a few that are good, and what reads them.

What reads them may refuse a file, by an error of ours or as a line of a report, and do nothing else; what it takes must
be whole: spans within texts, names that lead nowhere else, and graphs that come back from what is written.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox

from dragoman import gazetteer
from dragoman.additions import describe_additions
from dragoman.checks import check_shapes
from dragoman.decisions import DecisionError, read_decisions
from dragoman.gazetteer import load_gazetteer
from dragoman.language.conllu import TreebankError
from dragoman.lexicon import load_lexicon
from dragoman.ontology import OntologyError, load_ontology, ontology_folder
from dragoman.query import Limits, QueryError, load_store, run_query
from dragoman.questions import QuestionError, parse_question
from dragoman.reading.decoding import UndecodableError
from dragoman.reading.documents import ReadingError, read_documents
from dragoman.reading.formats.parsed import Options, UnreadableError
from dragoman.reading.kinds import READERS
from dragoman.reading.layout import find_passages
from dragoman.reading.pieces import cut_long
from dragoman.readings import Fingerprint, read_readings, write_readings
from dragoman.record import DATASET, RecordError, read_record, text_path
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Span
from dragoman.report import format_report_json, parse_report, to_report
from dragoman.serialization import format_nquads, format_turtle
from dragoman.vocabulary import BASE
from sample_files import STYLES, Sheets, book, open_document, pack, word, words
from small_record import CLAIMS, DOCUMENTS, ENTITIES, FIRST, ONTOLOGY, RECORD, trap_record, write_output

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """`seeds` are good files; `read` takes the path of one that may be bad, and raises nothing but `refusals`.

    `form` is that of RDF, whose triples are mutated, too; of an `archive`, the files in it are.
    """

    name: str
    suffix: str
    seeds: tuple[bytes, ...]
    read: Callable[[Path], None]
    refusals: tuple[type[Exception], ...] = ()
    form: ox.RdfFormat | None = None
    archive: bool = False


TURTLE = ox.RdfFormat.TURTLE
TEXTS = (
    "Remarks to the Council\nGeneva, 4 May 2024\n\nGhana condemned terrorism. Togo signed an agree-\nment with it.\n",
    "---\ntitle: Talks resume\ndate: 4 May 2024\nauthor: Ana Ruiz\n---\n\n# Talks\n\n- *Mali* met [Chad](http://e.org).\n",
    "STATEMENT\n\nBy Ana Ruiz\n\n1. We call on\n   (a) the parties;\n   (b) Norland “to talk”.\n\n> Quoted – words.\n",
    "Éloge de la paix. Das ist ein Satz. Русский. 中文。 السلام 🕊️\n",
)


def read_text(path: Path) -> None:
    """As a document that a build reads, up to the passages that are parsed."""
    for document in read_documents([path]).documents:
        assert document.text
        document.text.encode("utf-8", "surrogatepass")
        for passage in cut_long(find_passages(document)):
            whole = passage.span(0, len(passage.text))
            assert 0 <= whole.start < whole.end <= len(document.text)
            before = -1
            for at, letter in enumerate(passage.text):
                place = passage.span(at, at + 1).start
                assert place > before or not letter.strip(), "places go forward"
                before = max(before, place)
                assert not letter.isalnum() or document.text[place] == letter, "a letter leads to itself"
        assert text_path(Path("out"), document.name).is_relative_to("out")


def read_metadata(path: Path) -> None:
    """As the table beside the documents that it names."""
    folder = path.parent / "documents"
    if not folder.exists():
        folder.mkdir()
        (folder / "a.txt").write_text(TEXTS[0])
    shutil.copy(path, folder / "metadata.csv")
    (document,) = read_documents([folder]).documents
    assert len(document.title) <= 1000


def decide(path: Path) -> None:
    """As a table of decisions."""
    read_decisions(path, ONTOLOGY, base=BASE)


@cache
def small_ontology() -> Path:
    """Our ontology with a single file of names, which load in no time."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-fuzz-"))
    (folder / "names").mkdir()
    shutil.copy(ontology_folder() / "names" / "themes.ttl", folder / "names")
    return folder


def read_ontology(path: Path) -> None:
    """As an ontology of a user's own."""
    found = load_ontology(path)
    lexicon = load_lexicon(found, path)
    with patch.object(gazetteer, "ontology_folder", small_ontology):
        names = load_gazetteer(found, path)
    describe_additions([path], found, lexicon, names)


def read_shapes(path: Path) -> None:
    """As shapes of a user's own, that a graph is held against."""
    graph = small_ontology() / "graph.ttl"
    if not graph.exists():
        shutil.copy(write_output(small_ontology() / "out") / "graph.ttl", graph)
    check_shapes(graph, extra=[path])


def read_dataset(path: Path) -> None:
    """As the lasting record of a build."""
    folder = path.parent / "out"
    folder.mkdir(exist_ok=True)
    shutil.copy(path, folder / DATASET)
    with suppress(RecordError):
        read_record(folder)
    run_query(load_store(folder), "SELECT * { ?s ?p ?o } LIMIT 10", limits=Limits(rows=10))
    quads = set(ox.parse(path=folder / DATASET, format=ox.RdfFormat.N_QUADS))
    written = format_nquads(quads)
    assert set(ox.parse(written, format=ox.RdfFormat.N_QUADS)) == quads
    if not any(isinstance(term, ox.BlankNode | ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        triples = {quad.triple for quad in quads}
        turtle = format_turtle(quads, base=BASE).encode()
        assert {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == triples


FINGERPRINT = Fingerprint("a" * 64, "b" * 64, "c" * 64, "d")


def reading_seed() -> bytes:
    """Kept readings of one document."""
    entities = (LocalEntity("State", ("Norland",)), LocalEntity("ArmedGroup", ("Red Column",)))
    claims = (LocalClaim(0, "criticizes", 1, Modality.ASSERTED, Span(0, 33), "verb:condemn", 0.9),)
    with tempfile.TemporaryDirectory() as folder:
        write_readings(Path(folder), [Reading(FIRST, entities, claims)], FINGERPRINT)
        return (Path(folder) / "readings.jsonl").read_bytes()


def read_kept(path: Path) -> None:
    """As what the last build left for this one."""
    shutil.copy(path, path.parent / "readings.jsonl")
    read_readings(path.parent, FINGERPRINT, ONTOLOGY).find(FIRST)


def query(path: Path) -> None:
    """As a query, and as a ready question of a user's own."""
    text = path.read_bytes().decode("utf-8", "replace")
    with suppress(QuestionError):
        parse_question(text, "x")
    run_query(small_store(), text, limits=Limits(seconds=5, rows=1000))


@cache
def small_store() -> ox.Store:
    """A small graph that is asked."""
    return load_store(write_output(Path(tempfile.mkdtemp(prefix="dragoman-fuzz-")) / "out"))


def read_treebank(path: Path) -> None:
    """As a treebank that a model is trained on."""
    from dragoman.language.conllu import read_conllu

    list(read_conllu(path))


def output_of(record: object) -> bytes:
    """The dataset of a record."""
    with tempfile.TemporaryDirectory() as folder:
        return (write_output(Path(folder) / "out", record) / DATASET).read_bytes()  # type: ignore[arg-type]


ONTOLOGY_SEED = """@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix id: <https://w3id.org/dragoman/id/> .
@prefix lex: <https://w3id.org/dragoman/lexicon#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
dgm:Ferry a owl:Class ; rdfs:subClassOf dgm:State ; rdfs:label "ferry"@en ; dgm:colour "#123456" ; dgm:order 7 .
dgm:ferries a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain [ owl:unionOf ( dgm:State dgm:Ferry ) ] ;
    rdfs:range dgm:State ; dgm:stance 1 ; rdfs:label "ferries"@en .
dgm:tows a owl:ObjectProperty ; dgm:signature [ dgm:from dgm:Ferry ; dgm:to [ owl:unionOf ( dgm:State dgm:Place ) ] ] .
lex:ferry-verb lex:states dgm:ferries ; lex:verb "ferry" , "tow" ; lex:confidence 0.8 ; lex:modality "planned" ;
    lex:subjectClass dgm:State ; lex:objectClass dgm:Agent ; lex:subject "nsubj" ; lex:object "dobj" .
lex:ferry-noun lex:names dgm:Ferry ; lex:head "ferry" , "car ferry" ; lex:complement "of" .
lex:someWords lex:word "one" , "two" .
id:north-ferry a dgm:Ferry ; skos:prefLabel "North Ferry"@en ; skos:altLabel "NF"@en ; dgm:acronym "NF" ;
    dgm:adjective "Ferrish" ; dgm:iso3 "NFY" .
"""
SHAPES_SEED = """@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
dgm:StateShape a sh:NodeShape ; sh:targetClass dgm:State ; sh:message "A state has a label"@en ;
    sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
    sh:property [ sh:path dgm:iso3 ; sh:pattern "^[A-Z]{3}$" ; sh:maxLength 3 ] ;
    sh:not [ sh:property [ sh:path [ sh:inversePath dgm:mentions ] ; sh:maxCount 0 ] ] .
"""
QUERY_SEEDS = (
    b"SELECT ?x (COUNT(*) AS ?n) { ?x a dgm:State ; skos:prefLabel ?l FILTER(CONTAINS(?l, 'Nor')) } GROUP BY ?x\n",
    b"# title: Who\n# parameter: who (entity Actor) required - whom\nSELECT ?a { VALUES ?who { UNDEF } ?who ?p ?a }",
    b"ASK { GRAPH ?g { ?s ?p '''a''' } OPTIONAL { ?s (skos:prefLabel|^rdf:type)+ ?o } }",
    b"CONSTRUCT { ?s ?p ?o } { ?s ?p ?o BIND(STRLEN(STR(?o)) AS ?n) } ORDER BY DESC(?n) LIMIT 3",
)
TREEBANK_SEED = b"""# text = The council met.
1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t_
2\tcouncil\tcouncil\tNOUN\tNN\tNumber=Sing\t3\tnsubj\t_\t_
3-4\tmet.\t_\t_\t_\t_\t_\t_\t_\t_
3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

"""
DECISIONS_SEED = b"""decision,subject,predicate,object,modality,date,document,quote,who,when,why
same,norland,,kingdom-of-norland,,,,,Ana,2024-05-04,"one, and the same"
not same,norland,,sudmark,,,,,Ana,2024-05-04,two
rename,norland,,Norlandia,,,,,Ana,2024-05-04,so called
class,norland,,State,,,,,Ana,2024-05-04,it is one
wrong claim,norland,attacks,sudmark,negated,2024-05,first.txt|second.txt,"Norland ""attacked"" it",Ana,2024-05-04,no
added claim,norland,supports,sudmark,,2024,first.txt,Norland supports Sudmark,Ana,2024-05-04,yes
"""
METADATA_SEED = b"""file,title,date,author,genre
a.txt,"Remarks, to the Council",2024-05-04,"Ruiz, Ana",remarks
b/c.md,Title,4 May 2024,,
"""


def report_seed() -> bytes:
    """The report of a small build."""
    return format_report_json(to_report(DOCUMENTS, ENTITIES, CLAIMS, ONTOLOGY), ["graph.nq"]).encode()


def read_report(path: Path) -> None:
    """As what a build told of itself."""
    from dragoman.output import built_files, is_build

    shutil.copy(path, path.parent / "report.json")
    is_build(path.parent)
    built_files(path.parent)
    parse_report(path.read_bytes().decode("utf-8", "replace"))


UNREADABLE = (UnreadableError, UndecodableError)
PROSE = "The two ministers met in Accra on 4 May 2024. Ghana condemned terrorism."
HTML_SEED = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks</title>
<meta name="author" content="Ana Ruiz">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Talks"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Talks</h1><p>{PROSE} <b>{PROSE}</b></p>
<ul><li>{PROSE}<li>{PROSE}</ul><table><tr><td>a<td>b</table><blockquote>{PROSE}</blockquote></article></body></html>"""
RTF_SEED = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title Talks}{\author Ana}}\pard The \b two\b0  met\par "
    r"\u8220?Yes\'94\par}"
)
LETTER_SEED = "\r\n".join(
    (
        "From: Ana Ruiz <ana@example.org>",
        "Subject: =?utf-8?q?Talks_=C3=A9?=",
        "Date: Sat, 4 May 2024 10:00:00 +0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        PROSE,
        "--b",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: base64",
        "",
        "PHA+YTwvcD4=",
        "--b",
        'Content-Disposition: attachment; filename="a.txt"',
        "",
        PROSE,
        "--b--",
        "",
    )
)
TABLE_SEED = (
    f'{{"id": "a", "title": "Talks", "date": "2024-05-04", "text": "{PROSE}"}}\n{{"id": 2, "text": "{PROSE}"}}\n'
)


def _files() -> tuple[Target, ...]:
    """Files of the kinds that are read beside plain text."""
    sheets = Sheets(info={"title": "Talks"})
    sheets.paragraph(60, 90, PROSE * 4, width=200)
    kinds = (
        ("html", ".html", (HTML_SEED.encode(),)),
        ("rtf", ".rtf", (RTF_SEED.encode(),)),
        ("letter", ".eml", (LETTER_SEED.encode(),)),
        ("rows", ".jsonl", (TABLE_SEED.encode(),)),
        ("word", ".docx", (word(words("Talks", "T") + words(PROSE), word__styles=STYLES),)),
        ("odt", ".odt", (open_document(f'<text:h text:outline-level="1">Talks</text:h><text:p>{PROSE}</text:p>'),)),
        ("epub", ".epub", (book([("a.xhtml", f"<h1>Talks</h1><p>{PROSE}</p>")], "<dc:title>Talks</dc:title>"),)),
        ("zip", ".zip", (pack({"a.txt": PROSE, "b/c.html": HTML_SEED, "metadata.csv": "file,title\na.txt,Talks\n"}),)),
        ("pdf", ".pdf", (sheets.data(),)),
    )
    packed = {"word", "odt", "epub", "zip"}
    apart = {"rows", "zip"}
    return tuple(
        Target(*kind, read_text if kind[0] in apart else read_file, UNREADABLE, archive=kind[0] in packed)
        for kind in kinds
    )


def read_file(path: Path) -> None:
    """As its format alone, in this process: what keeps a build's own apart takes a second for each."""
    parsed = READERS[path.suffix](path.read_bytes(), Options())
    assert all(0 <= place.start <= len(parsed.text) for place in parsed.places)
    if parsed.text:
        for passage in cut_long(find_passages(Document("a", parsed.text, "0" * 64))):
            assert passage.span(0, len(passage.text)).end <= len(parsed.text)


def _targets() -> tuple[Target, ...]:
    texts = tuple(text.encode() for text in TEXTS)
    others = tuple(text.encode(code, "replace") for text in TEXTS for code in ("cp1252", "utf-16", "mac_roman"))
    datasets = (output_of(RECORD), output_of(trap_record()))
    refused_text = (ReadingError,)
    return (
        Target("txt", ".txt", (*texts, *others), read_text, refused_text),
        Target("md", ".md", texts, read_text, refused_text),
        Target("metadata", ".csv", (METADATA_SEED, METADATA_SEED.replace(b",", b";")), read_metadata),
        Target("decisions", ".csv", (DECISIONS_SEED, DECISIONS_SEED.replace(b",", b"\t")), decide, (DecisionError,)),
        Target("ontology", ".ttl", (ONTOLOGY_SEED.encode(),), read_ontology, (OntologyError,), TURTLE),
        Target("shapes", ".ttl", (SHAPES_SEED.encode(),), read_shapes, (OntologyError, RecordError), TURTLE),
        Target("dataset", ".nq", datasets, read_dataset, (RecordError,), ox.RdfFormat.N_QUADS),
        Target("readings", ".jsonl", (reading_seed(),), read_kept),
        Target("report", ".json", (report_seed(),), read_report, (ValueError,)),
        Target("query", ".rq", QUERY_SEEDS, query, (QueryError,)),
        *_files(),
        Target("treebank", ".conllu", (TREEBANK_SEED,), read_treebank, (TreebankError,)),
    )


TARGETS = {target.name: target for target in _targets()}
"""What is fuzzed, by name."""
