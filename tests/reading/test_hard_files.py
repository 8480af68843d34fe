"""A folder of files that nobody should send, read together: each is reported with the reason, the rest is built."""

import gzip
import time

import pytest

from dragoman.reading.documents import read_documents
from sample_files import Sheets, letter, meeting_record, open_document, pack, word, words

GOOD = "The two ministers met in the harbour town and agreed to reopen the crossing.\n"


def pdf(text: str = "The two ministers met in the harbour town.", *, password: str = "") -> bytes:
    sheets = Sheets(password=password)
    sheets.line(60, 90, text)
    return sheets.data()


def pictures() -> bytes:
    sheets = Sheets()
    sheets.picture()
    return sheets.data()


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
BAD = {
    "encrypted.pdf": (pdf(password="secret"), "encrypted: save it without a password"),
    "truncated.pdf": (pdf()[:300], "damaged, cut short or no PDF: open and save it anew"),
    "pictures.pdf": (pictures(), "pages of pictures without text; it needs OCR: build with --ocr"),
    "bomb.zip": (pack({"a.txt": b"A" * 40_000_000}), "more than 200 times its size, as a bomb does"),
    "bomb.docx": (pack({"word/document.xml": b"A" * 40_000_000}), "more than 200 times its size, as a bomb does"),
    "bomb.txt.gz": (gzip.compress(b"A" * 40_000_000), "more than 200 times its size, as a bomb does"),
    "outside.zip": (pack({"../../outside.txt": GOOD}), "'../../outside.txt' in it leads out of the archive; not read"),
    "entity.docx": (pack({"word/document.xml": ENTITY}), "XML with entities of its own, which are not read"),
    "laughs.odt": (
        pack({"content.xml": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'}),
        "XML with entities of its own, which are not read",
    ),
    "nested.html": (b"<b>" * 3_000_000, "elements nested 3000000 deep, more than the limit of 2000"),
    "nul.txt": (b"The\0 two\0 ministers\0 met.", "binary data, not text"),
    "empty.docx": (word(""), "no words in it"),
    "empty.odt": (open_document(""), "no words in it"),
    "empty.pdf": (b"", "damaged, cut short or no PDF"),
    "empty.txt": (b"", "no words in it"),
    "fake.docx": (GOOD.encode(), "damaged or cut short, no Word document"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "a file of an old office program"),
}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hard")
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "remarks.txt").write_text(f"{GOOD}\nThis was said in town {name}.\n")
    (folder / "mixed.txt").write_bytes(f"{GOOD * 9}Yaoundé’s envoy left.".encode("cp1252"))
    (folder / "record.pdf").write_bytes(meeting_record())
    (folder / "call.eml").write_bytes(letter(GOOD * 2).as_bytes())
    started = time.perf_counter()
    found = read_documents([folder])
    assert time.perf_counter() - started < 60
    return found


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_is_reported_with_the_reason(result, name):
    reasons = [line.reason for line in result.skipped if line.name == name or line.name.startswith(f"{name}/")]
    assert len(reasons) == 1
    assert BAD[name][1] in reasons[0]


def test_the_rest_is_read(result):
    assert {document.name.partition("#")[0] for document in result.documents} == {
        "call.eml",
        "mixed.txt",
        "one/remarks.txt",
        "record.pdf",
        "two/remarks.txt",
    }
    assert ("mixed.txt", "read as cp1252") in [(note.name, note.reason[:14]) for note in result.notes]


def test_two_files_of_one_name_in_two_folders_that_are_given_have_names_of_their_own(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "remarks.docx").write_bytes(word(words(f"The ministers of {name} met in the harbour town.")))
    found = read_documents([tmp_path / "one", tmp_path / "two"])
    assert [document.name for document in found.documents] == ["one/remarks.docx", "two/remarks.docx"]


def test_every_quote_stands_where_its_place_says(result):
    for document in result.documents:
        for place in document.places:
            assert 0 <= place.start < len(document.text)
        assert [place.start for place in document.places] == sorted({place.start for place in document.places})
