import os
from hashlib import sha256
from pathlib import Path

import pytest

from dragoman.reading.documents import Options, ReadingError, find_files, iter_documents, read_documents
from dragoman.reading.formats.parsed import Limits
from dragoman.records import Skipped

TEXT = "The two ministers met in the harbour town and agreed to reopen the crossing.\n"
FRENCH = (
    "Les deux ministres se sont réunis dans la ville portuaire et ont décidé de rouvrir le passage avant l'hiver. " * 3
)


def write(folder: Path, **files: str | bytes) -> Path:
    """Files by name, a dot written as two underscores."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def test_read_documents_reads_folders_in_order_and_keeps_the_text(tmp_path):
    write(tmp_path, b__txt=TEXT + "b\r\n", a__md="# Heading\n\n" + TEXT, __hidden__txt=TEXT)
    write(tmp_path / "deep", c__TXT="\ufeff" + TEXT + "c")
    write(tmp_path / ".git", d__txt=TEXT)
    (tmp_path / "~$letter.docx").write_bytes(b"\x06author")  # as Word leaves it beside a letter.docx that is open
    result = read_documents([tmp_path])
    assert [document.name for document in result.documents] == ["a.md", "b.txt", "deep/c.TXT"]
    assert [document.text for document in result.documents] == ["# Heading\n\n" + TEXT, TEXT + "b\n", TEXT + "c"]
    assert result.documents[1].sha256 == sha256((TEXT + "b\r\n").encode()).hexdigest()
    assert result.documents[0].title == "Heading"
    assert (result.skipped, result.notes) == ([], [])


def test_read_documents_refuses_a_missing_path(tmp_path):
    with pytest.raises(
        ReadingError, match=r"nowhere: no such file or folder; give files or folders with \.csv, .*\.zip files"
    ):
        read_documents([tmp_path / "nowhere"])


def test_a_name_with_blanks_that_is_not_quoted_is_told(tmp_path):
    (tmp_path / "01 notes of May.txt").write_text(TEXT)
    with pytest.raises(
        ReadingError, match=r"/01: no such file or folder; if you mean '.*/01 notes of May\.txt', put it"
    ):
        read_documents([f"{tmp_path}/01", "notes", "of", "May.txt"])


def test_an_address_of_the_web_is_not_fetched():
    with pytest.raises(ReadingError, match=r"https://example\.org/a\.html: nothing is fetched from the web; save it"):
        read_documents(["https://example.org/a.html"])


def test_read_documents_refuses_a_folder_without_documents(tmp_path):
    with pytest.raises(ReadingError, match=r"no document to read; expected files that end in \.csv, .* or \.zip"):
        read_documents([tmp_path])
    write(tmp_path, metadata__csv="file,title\n", picture__png=b"\x89PNG")
    with pytest.raises(ReadingError, match="1 file of other kinds"):
        read_documents([tmp_path])
    with pytest.raises(ReadingError, match="no path given"):
        read_documents([])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bad.txt", b"\x00\x01\x02", "binary data, not text"),
        ("bad.txt", b"12 345 -- 67\n\n", "no words in it"),
        ("bad.txt", b"", "no words in it"),
        ("bad.txt", FRENCH.encode(), "its language is 'fr', not English"),
        ("bad.txt", b"word " * 100, "500 bytes, more than the limit of 400"),
        ("bad.PPT", b"%PPT", "files that end in '.ppt' are not read: save it as .pdf"),
        ("bad.xlsx", b"PK", "files that end in '.xlsx' are not read: save it as .csv"),
        ("bad.sav", b"data", "files that end in '.sav' are not read: see dragoman help formats"),
        ("bad", b"text", "files whose names have no suffix are not read"),
    ],
)
def test_read_documents_skips_a_bad_file_with_the_reason_and_reads_the_others(tmp_path, name, content, reason):
    write(tmp_path, good__txt=TEXT)
    (tmp_path / name).write_bytes(content)
    result = read_documents([tmp_path], Options(Limits(bytes=400)))
    assert [document.name for document in result.documents] == ["good.txt"]
    assert [line.name for line in result.skipped] == [name]
    assert reason in result.skipped[0].reason


def test_read_documents_skips_what_is_no_regular_file(tmp_path):
    write(tmp_path, good__txt=TEXT)
    (tmp_path / "lost.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    skipped = read_documents([tmp_path]).skipped
    assert [(line.name, line.reason) for line in skipped] == [
        ("lost.txt", "not a regular file, or a link to nothing"),
        ("pipe.txt", "not a regular file, or a link to nothing"),
    ]


def test_read_documents_skips_what_may_not_be_read(tmp_path, monkeypatch):
    write(tmp_path, good__txt=TEXT, secret__txt=TEXT + "x")
    open_file = Path.open

    def refuse(path, *mode):
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path, *mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert read_documents([tmp_path]).skipped == [Skipped("secret.txt", "cannot be read: Permission denied")]


def test_read_documents_names_a_folder_that_may_not_be_entered(tmp_path, monkeypatch):
    write(tmp_path, good__txt=TEXT)
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    expected = Skipped(f"{tmp_path.name}/closed", "the folder cannot be entered: Permission denied")
    assert read_documents([tmp_path]).skipped == [expected]


def test_read_documents_reads_a_file_given_twice_once(tmp_path):
    write(tmp_path, a__txt=TEXT)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    result = read_documents([tmp_path, tmp_path / "a.txt", tmp_path / ".." / tmp_path.name])
    assert [document.name for document in result.documents] == ["a.txt"]
    assert result.skipped == []


def test_read_documents_counts_a_copy_once(tmp_path):
    write(tmp_path, a__txt=TEXT, b__txt=TEXT)
    result = read_documents([tmp_path])
    assert [document.name for document in result.documents] == ["a.txt"]
    assert result.skipped == [Skipped("b.txt", "the same bytes as a.txt, which is read; counted once")]


def test_read_documents_puts_folders_in_front_of_names_that_clash(tmp_path):
    one = write(tmp_path / "x" / "one", a__txt=TEXT, only__txt=TEXT + "0")
    two = write(tmp_path / "x" / "two", a__txt=TEXT + "2")
    other = write(tmp_path / "y" / "two", a__txt=TEXT + "3")
    names = [document.name for document in read_documents([one, two, other]).documents]
    assert names == ["one/a.txt", "only.txt", "x/two/a.txt", "y/two/a.txt"]


def test_read_documents_is_the_same_in_any_order_of_paths(tmp_path):
    one = write(tmp_path / "one", a__txt=TEXT)
    two = write(tmp_path / "two", b__txt=TEXT + "2")
    assert read_documents([one, two]) == read_documents([two, one])


def test_read_documents_takes_metadata_beside_the_file_and_above_it(tmp_path):
    table = "\ufefffile,title,date\na.txt,Upper,2024\nsub/b.txt,Upper b,2023\ngone.txt,Gone,2020\na.txt.bak,,\n"
    write(tmp_path, a__txt=TEXT, metadata__csv=table)
    write(tmp_path / "sub", b__txt=TEXT + "b", metadata__csv="file,author\nb.txt,Ana Ruiz\nbroken\n")
    result = read_documents([tmp_path])
    assert [(d.title, d.date, d.author) for d in result.documents] == [
        ("Upper", "2024", ""),
        ("Upper b", "2023", "Ana Ruiz"),
    ]
    assert result.notes == [
        Skipped("metadata.csv", "row 4: no file 'gone.txt' beside it; the row is not used"),
        Skipped("metadata.csv", "row 5: no file 'a.txt.bak' beside it; the row is not used"),
        Skipped("sub/metadata.csv", "row 3: 1 columns where the heading has 2; the row is not used"),
    ]


def test_read_documents_notes_encodings_and_front_matter(tmp_path):
    write(tmp_path, a__txt=(TEXT + "Yaoundé’s envoy").encode("cp1252"), b__md="---\ndate: soon\n---\n" + TEXT)
    result = read_documents([tmp_path])
    assert len(result.documents) == 2
    assert [(note.name, note.reason[:14]) for note in result.notes] == [
        ("a.txt", "read as cp1252"),
        ("b.md", "front matter: "),
    ]


def test_read_documents_reports_a_metadata_file_that_is_no_text(tmp_path):
    write(tmp_path, a__txt=TEXT, metadata__csv=b"\0\1")
    result = read_documents([tmp_path])
    assert len(result.documents) == 1
    assert result.notes == [Skipped("metadata.csv", "binary data, not text; give the text itself")]


def test_iter_documents_reads_one_file_at_a_time(tmp_path):
    write(tmp_path, a__txt=TEXT, b__txt=b"\0")
    results = iter_documents(find_files([tmp_path]).files)
    assert next(results).documents[0].name == "a.txt"
    assert next(results).skipped[0].name == "b.txt"
    assert next(results, None) is None


def test_read_documents_prefers_the_table_then_front_matter_then_first_lines(tmp_path):
    text = "---\ntitle: From front matter\nauthor: Front\n---\nStatement by Ana Ruiz\n\n4 May 2024\n\n" + TEXT
    write(tmp_path, a__md=text, metadata__csv="file,title\na.md,From table\n")
    (document,) = read_documents([tmp_path]).documents
    known = (document.title, document.date, document.author, document.genre)
    assert known == ("From table", "2024-05-04", "Front", "statement")
    assert document.origins == (
        ("title", "metadata.csv"),
        ("date", "first lines"),
        ("author", "front matter"),
        ("genre", "first lines"),
    )
