"""A folder of files of every kind to a graph whose quotes lead back to the page and the element."""

import csv

import pytest
from click.testing import CliRunner

from dragoman.builder import build
from dragoman.built import check_build, open_build
from dragoman.cli import main
from dragoman.export import export
from dragoman.page.data import page_data
from dragoman.page.selection import Selection
from dragoman.reading.documents import Options
from dragoman.verification import Status, verify
from sample_files import book, letter, meeting_record, open_document, pack, word, words

pytestmark = pytest.mark.slow

LINE = (
    "Ghana condemned the attack in Mali. Togo supports the African Union. Ghana and Togo signed an agreement in Accra."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    (folder / "record.pdf").write_bytes(meeting_record())
    (folder / "a.docx").write_bytes(word(words("First, a word.") + words(LINE)))
    (folder / "b.odt").write_bytes(open_document(f"<text:p>{LINE} Again.</text:p>"))
    (folder / "c.html").write_text(f"<main><p>First, a word.</p><p>{LINE} And again.</p></main>")
    (folder / "d.epub").write_bytes(book([("one.xhtml", f"<p>{LINE} Once more.</p>")]))
    (folder / "e.rtf").write_bytes(f"{{\\rtf1 {LINE} So be it.\\par}}".encode())
    (folder / "f.eml").write_bytes(letter(f"{LINE} So it is.").as_bytes())
    (folder / "g.zip").write_bytes(
        pack({"inner/g.txt": f"{LINE} And so on.", "metadata.csv": "file,date\ninner/g.txt,2031\n"})
    )
    (folder / "h.jsonl").write_text(f'{{"id": "x", "speech": "{LINE}"}}\n')
    return folder


@pytest.fixture(scope="module")
def built(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("built") / "out"
    return out, build(folder, out, page=False, options=Options(text_column="speech"))


def test_every_kind_is_read_and_quoted(built):
    _, found = built
    quoted = {document.partition("#")[0] for claim in found.claims for document in claim.documents}
    assert quoted >= {
        "a.docx",
        "b.odt",
        "c.html",
        "d.epub",
        "e.rtf",
        "f.eml",
        "g.zip/inner/g.txt",
        "h.jsonl",
        "record.pdf",
    }
    assert found.skipped == ()


def test_quotes_know_their_place_in_the_original(built):
    _, found = built
    places = {(e.document.partition("#")[0], e.page, e.element) for claim in found.claims for e in claim.evidence}
    assert ("a.docx", 0, "paragraph 2") in places
    assert ("c.html", 0, "/html/body/main[1]/p[2]") in places
    assert ("d.epub", 0, "OPS/one.xhtml /html/body/p[1]") in places
    assert {page for name, page, _ in places if name == "record.pdf"} <= {2, 3}
    assert ("h.jsonl", 0, "") in places


def test_the_graph_holds_the_places_and_gives_them_back(built):
    out, found = built
    again = {claim.id: claim.evidence for claim in open_build(out).claims}
    assert again == {claim.id: claim.evidence for claim in found.claims}
    rows = found.query('SELECT ?page { ?e dgm:page ?page ; oa:hasSource/dgm:symbol "S/PV.9999" }')
    assert {row[0].value for row in rows.rows} <= {"2", "3"}
    assert check_build(out)[1] == []


def test_a_speech_is_its_speaker_s(built):
    _, found = built
    (berg,) = [document for document in found.documents if document.author == "Ms. Berg, Norland"]
    assert berg.name.startswith("record.pdf#")
    assert (berg.meeting, berg.organization) == ("9999", "Security Council")


def test_the_same_files_give_the_same_bytes(folder, built, tmp_path):
    out, _ = built
    build(folder, tmp_path / "again", page=False, options=Options(text_column="speech"))
    for name in ("graph.nq", "documents.csv", "report.json"):
        assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes()


def test_quotes_within_files_are_found_again(folder, built):
    _, found = built
    verdict = verify(found.record, folder, Options(text_column="speech"))
    assert verdict.changed == ()
    assert verdict.count(Status.SAME) == len(verdict.verdicts)


def test_limits_and_the_column_are_options_of_the_command(folder, tmp_path):
    run = CliRunner().invoke
    told = run(main, ["build", str(folder), "-o", str(tmp_path / "out"), "--no-page", "--limit", "pages=1"])
    assert "record.pdf: 3 pages, more than the limit of 1" in told.output
    assert "h.jsonl: a table: name the column of its texts with --text-column; there are id, speech" in told.output
    wrong = run(main, ["build", str(folder), "-o", str(tmp_path / "out"), "--limit", "page=1"])
    assert (wrong.exit_code, "no limit 'page'; one of: bytes, depth" in wrong.output) == (2, True)


def test_the_tables_and_the_page_show_the_place(built, tmp_path):
    _, found = built
    tables = export(built[0], tmp_path / "tables.csv")
    rows = list(csv.DictReader((tables / "evidence.csv").open(encoding="utf-8")))
    assert ("a.docx", "", "paragraph 2") in {(row["document"], row["page"], row["element"]) for row in rows}
    data = page_data(
        Selection(found.entities, found.claims),
        documents=found.documents,
        measures=found.measures,
        ontology=found.ontology,
    )
    shown = {tuple(quote[4:]) for claim in data["claims"] for quote in claim["ev"]}
    assert shown >= {("paragraph 2",), ("/html/body/main[1]/p[2]",), ()}
