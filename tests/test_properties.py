"""What holds of any text, name, date, table and graph, tried on thousands that nobody thought of (hypothesis)."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.cells import harmless
from dragoman.decisions import COLUMNS, DecisionError, Kind, parse_decisions
from dragoman.gazetteer import fold, split_words
from dragoman.logs import without_passwords
from dragoman.reading.dates import find_full_dates, parse_date
from dragoman.reading.decoding import UndecodableError, decode
from dragoman.reading.documents import read_documents
from dragoman.reading.layout import find_passages
from dragoman.reading.metadata import find_front_matter, parse_table
from dragoman.reading.pieces import cut_long
from dragoman.record import text_path
from dragoman.records import Document, Evidence, Span
from dragoman.report import plain
from dragoman.serialization import format_nquads, format_turtle
from dragoman.slugs import slug
from dragoman.vocabulary import BASE, XSD, Iris, clean
from small_record import ONTOLOGY

ANY = st.text(max_size=200) | st.text(st.characters(codec=None, categories=None), max_size=60)
"""Texts of all characters, lone surrogates too."""
LINES = st.lists(
    st.sampled_from(("# Talks", "- one", "1. two", "", "   ", "---", "> quoted", "A SHORT LINE", "| a |", "title: x"))
    | st.text("ab C.,;:-—“”’\u00ad\u200b\u2028\t*_[]()<>!&\\é中🕊1\n", max_size=60),
    max_size=12,
).map("\n".join)
DAYS = st.dates(date(1500, 1, 1), date(2099, 12, 31))
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
WAYS = (
    lambda day, month: f"{day.day} {month} {day.year}",
    lambda day, month: f"{month} {day.day}, {day.year}",
    lambda day, month: f"{day.day:02} {month[:3]} {day.year}",
    lambda day, month: day.isoformat(),
)
TAILS = st.text(st.characters(categories=("L", "N"), include_characters="-._~:/?@!$&'()*+,;="), max_size=12)
IRIS = TAILS.filter(lambda tail: not re.search(r"(^|/)\.{1,2}(/|\?|$)", tail)).map(
    lambda tail: ox.NamedNode(f"https://example.org/{tail}")
)
WORDS = ANY.map(clean)
LITERALS = (
    WORDS.map(ox.Literal)
    | st.tuples(WORDS, st.sampled_from(("en", "en-gb", "fr"))).map(lambda pair: ox.Literal(pair[0], language=pair[1]))
    | st.integers().map(lambda value: ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer")))
    | st.floats(allow_nan=False, allow_infinity=False).map(
        lambda value: ox.Literal(f"{value:.9E}".replace("E+", "E"), datatype=ox.NamedNode(XSD + "double"))
    )
    | WORDS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + "gYear")))
)
QUADS = st.lists(st.tuples(IRIS, IRIS, IRIS | LITERALS, IRIS).map(lambda parts: ox.Quad(*parts)), max_size=8)
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(st.binary(max_size=300) | ANY.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_text_or_refused(data):
    try:
        text = decode(data).text
    except UndecodableError as error:
        assert "\n" not in str(error)  # noqa: PT017 - a refusal is as good as a text
        return
    assert "\r" not in text
    text.encode("utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), suffix=st.sampled_from((".txt", ".md")))
def test_any_file_is_a_document_or_skipped_with_a_reason(tmp_path, data, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    result = read_documents([path])
    assert len(result.documents) + len(result.skipped) == 1
    assert all(line.reason and "\n" not in line.reason for line in result.skipped)


@many
@given(LINES | ANY)
def test_every_letter_of_a_passage_leads_to_itself_in_the_document(text):
    document = Document("a.md", text, "0" * 64)
    for passage in cut_long(find_passages(document), 40):
        before = -1
        for at, letter in enumerate(passage.text):
            place = passage.span(at, at + 1).start
            assert 0 <= place < len(text)
            assert not letter.isalnum() or text[place] == letter
            assert place > before or letter.isspace()
            before = max(before, place)


@many
@given(ANY.filter(bool), st.data())
def test_a_quote_is_what_stands_at_its_place(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Evidence.of(Document("a.txt", text, "0" * 64), Span(start, end))
    assert quote.exact == text[start:end]
    assert f"{quote.prefix}{quote.exact}{quote.suffix}" in text


@many
@given(DAYS, st.sampled_from(WAYS))
def test_a_day_is_read_however_it_is_written(day, write):
    if day.month <= len(MONTHS):
        written = write(day, MONTHS[day.month - 1])
        assert parse_date(written) == day.isoformat()
        assert [iso for *_, iso in find_full_dates(f"Geneva, {written}.")] == [day.isoformat()]


@many
@given(ANY | st.from_regex(r"[0-9]{1,4}[-/ .]?[0-9A-Za-z]{1,9}[-/ .,]{0,2}[0-9]{1,5}", fullmatch=True))
def test_any_text_is_a_date_of_the_calendar_or_none(text):
    found = parse_date(text)
    if found:
        parts = [*map(int, found.split("-")), 1, 1][:3]
        assert date(*parts) + timedelta(0) == date(*parts)
        assert parse_date(found) == found


@many
@given(ANY)
def test_any_name_has_an_id_that_is_plain(name):
    found = slug(name)
    assert re.fullmatch(r"(?:[a-z0-9-]|%[0-9A-F]{2})+", found), found
    assert len(found) <= 81
    assert slug(name) == found
    ox.NamedNode(f"{BASE}{found}")


@many
@given(ANY)
def test_any_name_folds_once_and_for_all(name):
    folded = fold(name)
    assert fold(folded) == folded
    assert all(word.text for word in split_words(name.split()))


@many
@given(st.lists(ANY.filter(bool), min_size=2, max_size=2, unique=True))
def test_names_of_documents_have_iris_and_files_of_their_own(names):
    iris = [Iris().document(name).value for name in names]
    assert all(re.fullmatch(r"[A-Za-z0-9_.%/:-]+", iri) for iri in iris)
    assert iris[0] != iris[1]
    places = []
    for name in names:
        try:
            places.append(text_path(Path("out"), name))
        except ValueError as error:
            assert "leads out of the folder" in str(error)  # noqa: PT017 - a refusal is as good as a place
    assert all(place.is_relative_to("out/documents") and ".." not in place.parts for place in places)


@many
@given(QUADS)
def test_graphs_come_back_from_turtle_and_n_quads_by_two_parsers(quads):
    rdflib.NORMALIZE_LITERALS = False  # it is to give back what stands there
    lines, turtle = format_nquads(quads), format_turtle(quads).encode()
    assert set(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == set(quads)
    triples = {quad.triple for quad in quads}
    assert {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == triples
    assert lines == format_nquads(reversed(quads))
    for data, form in ((turtle, "turtle"), (b"".join(f"{triple} .\n".encode() for triple in triples), "nt")):
        graph = rdflib.Graph().parse(data=data, format=form)
        assert {_words(term) for triple in graph for term in triple} == {
            _words(term) for triple in triples for term in (triple.subject, triple.predicate, triple.object)
        }
        assert len(graph) == len(triples)


def _words(term) -> tuple[str, str, str]:
    """A term of rdflib or Oxigraph, alike."""
    if isinstance(term, rdflib.Literal):
        return (str(term), str(term.language or ""), "" if term.language else str(term.datatype or XSD + "string"))
    if isinstance(term, ox.Literal):
        return (term.value, term.language or "", "" if term.language else term.datatype.value)
    return (str(getattr(term, "value", term)), "", "iri")


@pytest.mark.parametrize("program", ["serdi", "rapper"])
def test_graphs_come_back_from_turtle_by_a_third_parser(program, tmp_path):
    if shutil.which(program) is None:
        pytest.skip(f"{program}, a parser of Turtle, is not installed")
    found: set[ox.Quad] = set()

    @settings(max_examples=200, deadline=None, database=None, derandomize=True)
    @given(QUADS)
    def collect(quads):
        found.update(quads)

    collect()
    triples = {quad.triple for quad in found if len(quad.object.value.encode()) < 400}
    path = tmp_path / "a.ttl"
    path.write_text(format_turtle(triples), encoding="utf-8")
    command = {"serdi": ["serdi", "-o", "ntriples"], "rapper": ["rapper", "-q", "-i", "turtle", "-o", "ntriples"]}
    done = subprocess.run([*command[program], str(path)], capture_output=True, check=True)
    assert len(triples) > 200
    assert {quad.triple for quad in ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)} == triples


@many
@given(st.lists(st.lists(ANY, max_size=6), max_size=6) | ANY)
def test_any_table_of_decisions_is_read_or_refused_with_its_line(rows):
    text = rows if isinstance(rows, str) else to_csv([COLUMNS, *([*cells, *[""] * 11][:11] for cells in rows)])
    try:
        parse_decisions(text, ONTOLOGY, base=BASE)
    except DecisionError as error:
        assert re.match(r"decisions\.csv(:\d+)?: ", str(error))  # noqa: PT017 - a refusal is as good as decisions


@many
@given(ANY.filter(lambda text: slug(text) != "unnamed"), ANY)
def test_a_decision_comes_back_from_its_row(name, why):
    why, name = (" ".join(clean(text).replace("\ufffd", "").split()).lstrip("'\"#") for text in (why, name))
    if not name or slug(name) == slug("norland") or not why:
        return
    row = {"decision": "rename", "subject": "norland", "object": harmless(name), "why": harmless(why)}
    row |= {"who": "Ana", "when": "2024-05-04"}
    text = to_csv([COLUMNS, [row.get(column, "") for column in COLUMNS]])
    (decision,) = parse_decisions(text, ONTOLOGY, base=BASE)
    assert (decision.kind, decision.subject, decision.object, decision.why) == (Kind.RENAME, "norland", name, why)


@many
@given(st.lists(st.lists(ANY, max_size=5), max_size=6) | ANY)
def test_any_table_of_metadata_is_read_and_its_faults_are_told_by_row(rows):
    text = rows if isinstance(rows, str) else to_csv([["file", "title", "date"], *rows])
    table = parse_table(text)
    assert table.rows.keys() == table.numbers.keys()
    assert all(re.match(r"row \d+: |not readable", note) for note in table.notes)


@many
@given(ANY | LINES.map(lambda text: f"---\n{text}\n---\n"))
def test_front_matter_ends_within_its_text(text):
    found = find_front_matter(text)
    assert 0 <= found.end <= len(text)


@many
@given(ANY)
def test_a_line_for_the_terminal_is_one_line_that_steers_nothing(text):
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", plain(text))
    assert len(plain(text)) == len(text)


@many
@given(ANY, ANY)
def test_no_password_of_an_address_is_left(user, password):
    word = re.sub(r"[/?#@\s\x00-\x20]", "", f"{user}:{password}")
    assert without_passwords(f"see https://{word}@e.org/") == "see https://…@e.org/"


def to_csv(rows) -> str:
    """Rows as a spreadsheet writes them."""
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue()
