"""Archives, attachments and tables of texts, and what they must not do."""

import gzip
import io
import json
import zipfile

import pytest

from dragoman.reading.apart import Apart
from dragoman.reading.containers import Part, iter_parts
from dragoman.reading.formats.parsed import Limits, Options
from dragoman.records import Skipped
from sample_files import letter, pack, word, words

APART = Apart()
TABLES = Options(text_column="text")


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    APART.close()


def read(name: str, data: bytes, options: Options | None = None) -> dict[str, str]:
    """The text of each part by name, or why it was not read."""
    found = {}
    for part in iter_parts(name, io.BytesIO(data), options or TABLES, apart=APART):
        found[part.name] = part.parsed.text if isinstance(part, Part) else f"! {part.reason}"
    return found


def rows(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def test_an_archive_is_its_files_in_order_of_name():
    data = pack({"b/one.txt": "B.", "a/one.txt": "A.", "a/two.docx": word(words("Two.")), ".x.txt": "x", "p.png": "x"})
    assert read("l.zip", data) == {
        "l.zip/a/one.txt": "A.",
        "l.zip/a/two.docx": "Two.\n",
        "l.zip/b/one.txt": "B.",
        "l.zip/p.png": "! files that end in '.png' are not read: make a PDF file of it, and build with --ocr",
    }


def test_the_table_of_an_archive_tells_of_its_files():
    data = pack({"a/one.txt": "A.", "metadata.csv": "file,title,extra\na/one.txt,Talks,x\n\nb,b\n"})
    first, second = iter_parts("l.zip", io.BytesIO(data), Options(), apart=APART)
    assert first == Skipped("l.zip/metadata.csv", "row 4: 2 columns where the heading has 3; the row is not used")
    assert isinstance(second, Part)
    assert second.row.title == "Talks"


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt", "a\n.txt"]
)
def test_a_path_that_leads_out_of_an_archive_is_not_read(name):
    found = read("l.zip", pack({name: "Text.", "in.txt": "In."}))
    assert found["l.zip/in.txt"] == "In."
    assert found["l.zip"] == f"! {name!r} in it leads out of the archive; not read"


def test_two_files_of_one_name_in_an_archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "One.")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "Two.")
    parts = list(iter_parts("l.zip", io.BytesIO(buffer.getvalue()), Options(), apart=APART))
    assert [type(part) for part in parts] == [Part, Skipped]


def test_a_bomb_is_told_and_the_rest_is_read():
    found = read("l.zip", pack({"bomb.txt": b"A" * 50_000_000, "in.txt": "In."}))
    assert found == {
        "l.zip/bomb.txt": "! bomb.txt unpacks to more than 200 times its size, as a bomb does; --limit ratio=",
        "l.zip/in.txt": "In.",
    }


def test_a_bomb_in_gzip_is_told():
    found = read("a.txt.gz", gzip.compress(b"A" * 50_000_000))
    assert "unpacks to more than 200 times its size" in found["a.txt.gz"]


def test_archives_in_archives_end_at_the_limit():
    data = pack({"a.txt": "A."})
    for _ in range(4):
        data = pack({"in.zip": data, "b.txt": "B."})
    found = read("l.zip", data)
    assert found["l.zip/in.zip/b.txt"] == "B."
    assert found["l.zip/in.zip/in.zip/in.zip"] == "! archives in archives, more than 3 deep; raise --limit depth="


def test_all_that_an_archive_holds_together_is_bounded():
    data = pack({f"{number}.txt": "Text. " * 20 for number in range(9)})
    found = read("l.zip", data, Options(Limits(unpacked=500)))
    assert list(found) == [*(f"l.zip/{number}.txt" for number in range(4)), "l.zip"]
    assert found["l.zip"] == "! holds more than the limit of 500 bytes; the rest is not read: raise --limit unpacked="


def test_more_files_than_the_limit_are_refused():
    data = pack({f"{number}.txt": "Text." for number in range(9)})
    assert read("l.zip", data, Options(Limits(files=8))) == {
        "l.zip": "! 9 parts, more than the limit of 8; raise --limit files="
    }


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", b"", "damaged or cut short, no ZIP archive"),
        ("a.zip", pack({"a.txt": "A."})[:-30], "damaged or cut short, no ZIP archive"),
        ("a.txt.gz", b"no gzip", "damaged or cut short, cannot be unpacked"),
        ("a.txt.gz", gzip.compress(b"Text." * 99)[:-20], "damaged or cut short, cannot be unpacked"),
        ("a.tar.gz", gzip.compress(b"Text."), "files that end in '.tar' are not read"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "a file of an old office program, or one with a password",
        ),
        ("a.jsonl", b"", "no text in a column 'text'; there are none: see --text-column"),
        ("a.jsonl", b"[1]\n{\n", "no text in a column 'text'; there are none"),
        ("a.jsonl", rows({"body": "x", "id": 1}), "no text in a column 'text'; there are body, id: see"),
        ("a.csv", b"name,body\nx,y\n", "no text in a column 'text'; there are body, name"),
        ("a.csv", b"\0\1\2", "binary data, not text"),
    ],
)
def test_what_is_damaged_is_refused_with_the_reason(name, data, reason):
    (found,) = read(name, data).values()
    assert found.startswith(f"! {reason}")


def test_an_encrypted_file_in_an_archive_is_told():
    data = bytearray(pack({"a.txt": "A."}, method=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    assert read("l.zip", bytes(data)) == {"l.zip/a.txt": "! encrypted: pack it without a password"}


def test_a_letter_is_its_body_and_what_is_attached():
    message = letter()
    for _ in range(2):
        message.add_attachment(
            word(words("Attached.")), maintype="application", subtype="octet-stream", filename="../x/notes.docx"
        )
    message.add_attachment(b"GIF", maintype="image", subtype="gif", filename="logo.gif")
    found = read("call.eml", message.as_bytes())
    assert found == {
        "call.eml": "The parties met.\n\nThey agreed.\n",
        "call.eml/..-x-notes.docx": "Attached.\n",
        "call.eml/..-x-notes (2).docx": "Attached.\n",
        "call.eml/logo.gif": "! an attachment of a kind that is not read",
    }


def test_a_table_of_texts_in_json_with_what_its_columns_tell():
    data = rows(
        {
            "id": "a/1",
            "text": "One.\r\n",
            "speaker": "Ms. Berg",
            "post": "Minister",
            "country": "Norland",
            "year": 2031,
        },
        {"id": "a/1", "text": "Two.", "title": "Talks", "date": "4 May 2032", "url": "https://example.org/2"},
        {"text": " "},
        "no object",
        {"text": "Five.", "author": "Ana Ruiz"},
    )
    first, second, fifth, *told = iter_parts("t.jsonl", io.BytesIO(data), TABLES, apart=APART)
    assert [part.name for part in (first, second, fifth)] == ["t.jsonl#a-1", "t.jsonl#a-1-2", "t.jsonl#5"]
    assert (first.parsed.text, first.row.author, first.row.date) == ("One.\n", "Ms. Berg, Minister, Norland", "2031")
    assert (second.row.title, second.row.date, second.row.address) == ("Talks", "2032-05-04", "https://example.org/2")
    assert fifth.row.author == "Ana Ruiz"
    assert told == [
        Skipped("t.jsonl", "no JSON object in 1 of the rows: 4"),
        Skipped("t.jsonl", "no text in the column 'text' in 1 of the rows: 3"),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", b'Name,Speech\nx,"One, two."\n'),
        ("t.csv", b"name;speech\nx;One, two.\n"),
        ("t.tsv", b"name\tspeech\nx\tOne, two.\n"),
        ("t.jsonl.gz", gzip.compress(rows({"name": "x", "speech": "One, two."}))),
        ("t.ndjson", rows({"name": "x", "speech": "One, two."})),
    ],
)
def test_tables_of_other_kinds_and_another_column(name, data):
    assert read(name, data, Options(text_column="speech")) == {f"{name}#x": "One, two."}


def test_a_table_is_read_only_if_the_column_of_its_texts_is_named():
    found = read("t.jsonl", rows({"id": 1, "text": "One."}), Options())
    assert found == {"t.jsonl": "! a table: name the column of its texts with --text-column; there are id, text"}


def test_a_long_text_in_a_table():
    text = "The parties met. " * 20_000
    assert read("t.csv", f"text\n{text}\n".encode()) == {"t.csv#1": text}


def test_rows_beyond_the_limit_are_told():
    found = read(
        "t.jsonl", rows(*({"text": f"Row {number}."} for number in range(9))), Options(Limits(files=3), "text")
    )
    assert list(found) == ["t.jsonl#1", "t.jsonl#2", "t.jsonl#3", "t.jsonl"]
    assert found["t.jsonl"].startswith("! more than 3 rows; the rest is not read")


def test_a_file_is_read_as_what_its_first_bytes_say():
    (part,) = iter_parts("a.txt", io.BytesIO(b"{\\rtf1 The parties met.}"), Options(), apart=APART)
    assert isinstance(part, Part)
    assert (part.parsed.text, part.parsed.notes) == (
        "The parties met.\n",
        ("read as RTF, which its first bytes say that it is",),
    )
