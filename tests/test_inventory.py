"""What is known of each document, and where that was found."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.inventory import INVENTORY, KNOWN, format_inventory, read_inventory, to_rows, write_inventory
from dragoman.reading.documents import read_documents
from dragoman.reading.metadata import parse_table
from dragoman.record import RecordError
from dragoman.records import Document, Place
from sample_files import meeting_record, pack

DOCUMENTS = (
    Document(
        *("b.pdf", "The parties met.", "0" * 64),
        title='=Talks, "again"',
        date="2032-05-04",
        symbol="S/2032/12",
        places=(Place(0, 2), Place(4, 3)),
        origins=(("title", "PDF metadata"), ("date", "first lines"), ("symbol", "first lines")),
    ),
    Document("a.txt", "Text.", "1" * 64),
)


def test_the_table_of_a_folder_is_read_as_it_was_written(tmp_path):
    write_inventory(tmp_path, DOCUMENTS)
    assert read_inventory(tmp_path) == to_rows(DOCUMENTS)
    first, second = to_rows(DOCUMENTS)
    assert (first["file"], first["pages"], second["title"], second["title_from"]) == (
        "a.txt",
        "",
        '=Talks, "again"',
        "PDF metadata",
    )
    assert second["pages"] == "2-3"


def test_no_spreadsheet_runs_a_title():
    (row,) = [row for row in csv.reader(io.StringIO(format_inventory(to_rows(DOCUMENTS), "csv"))) if row[0] == "b.pdf"]
    assert row[1] == '\'=Talks, "again"'


def test_the_table_can_be_laid_beside_the_documents(tmp_path):
    (tmp_path / "a.txt").write_text("The two ministers met in the harbour town and agreed to reopen the crossing.\n")
    document = Document("a.txt", "Text.", "1" * 64, title="Talks", venue="Geneva", meeting="12")
    text = format_inventory(to_rows([document]), "csv")
    assert parse_table(text).notes == ()
    (tmp_path / "metadata.csv").write_text(text)
    (found,) = read_documents([tmp_path]).documents
    assert (found.title, found.venue, found.meeting) == ("Talks", "Geneva", "12")


def test_a_mended_table_tells_of_speeches_and_of_files_in_archives(tmp_path):
    (tmp_path / "record.pdf").write_bytes(meeting_record())
    (tmp_path / "l.zip").write_bytes(pack({"a.txt": "The two ministers met in the harbour town."}))
    rows = "file,author,venue\nrecord.pdf#5,Hanna Berg,Geneva\nl.zip/a.txt,Ana Ruiz,\nrecord.doc#1,Nobody,\n"
    (tmp_path / "metadata.csv").write_text(rows)
    found = read_documents([tmp_path])
    documents = {document.name: document for document in found.documents}
    berg = documents["record.pdf#5"]
    assert (berg.author, berg.venue, berg.symbol) == ("Hanna Berg", "Geneva", "S/PV.9999")
    assert dict(berg.origins)["author"] == "metadata.csv"
    assert dict(berg.origins)["title"] == "speaker's line"
    assert documents["l.zip/a.txt"].author == "Ana Ruiz"
    assert [note.reason for note in found.notes if note.name == "metadata.csv"] == [
        "row 4: no file 'record.doc#1' beside it; the row is not used"
    ]


def test_people_and_programs_are_told_where_each_was_found(tmp_path):
    write_inventory(tmp_path, DOCUMENTS)
    run = CliRunner().invoke
    assert run(main, ["documents", str(tmp_path)]).output == (
        "a.txt (5 characters)\n"
        "b.pdf (16 characters, pages 2-3)\n"
        '  title        =Talks, "again" [PDF metadata]\n'
        "  date         2032-05-04 [first lines]\n"
        "  symbol       S/2032/12 [first lines]\n"
    )
    told = json.loads(run(main, ["documents", str(tmp_path), "--format", "json"]).output)
    assert told[1]["date"] == {"value": "2032-05-04", "from": "first lines"}
    assert set(told[0]) == {"file", "characters", "pages"}
    assert run(main, ["documents", str(tmp_path), "--format", "csv"]).output == (tmp_path / INVENTORY).read_text()


@pytest.mark.parametrize("data", [b"file\na.txt\n", b"\xff", b"x\n1\n"])
def test_a_table_that_is_damaged_is_told(tmp_path, data):
    (tmp_path / INVENTORY).write_bytes(data)
    with pytest.raises(RecordError, match=r"documents\.csv: damaged.*build the graph again"):
        read_inventory(tmp_path)
    with pytest.raises(RecordError, match="build the graph first"):
        read_inventory(tmp_path / "gone")


def test_what_can_be_known_is_a_property_of_documents():
    assert all(hasattr(DOCUMENTS[0], name) for name in KNOWN)
