"""Files are parsed in a process of their own, which a file may break."""

import sys

import pytest

from dragoman.reading.apart import Apart, opened_apart
from dragoman.reading.documents import Options, read_documents
from dragoman.reading.formats.parsed import Limits, UnreadableError
from dragoman.reading.kinds import READERS
from sample_files import Sheets, word, words

ENDLESS = """
from itertools import count
from dragoman.reading import apart
apart.READERS = {".html": lambda *_: all(number >= 0 for number in count())}
apart.serve()
"""
PAGE = b"<p>The parties met.</p>"


def long_pdf() -> bytes:
    sheets = Sheets()
    for page in range(300):
        for line in range(50):
            sheets.line(
                60, 60 + 14 * line, f"On day {page} the parties met again, for the {line}th time, in the harbour town."
            )
        sheets.end_page()
    return sheets.data()


@pytest.fixture
def apart():
    with opened_apart() as process:
        yield process


def test_one_process_reads_file_after_file(apart: Apart):
    assert apart.read(".html", PAGE, Options()).text == "The parties met.\n"
    first = apart._process
    parsed = apart.read(".docx", word(words("They agreed.")), Options())
    assert (parsed.text, parsed.places[0].element) == ("They agreed.\n", "paragraph 1")
    assert apart._process is first


def test_reasons_come_back(apart: Apart):
    with pytest.raises(UnreadableError, match="damaged or cut short, no Word document"):
        apart.read(".docx", b"", Options())
    sheets = Sheets()
    for _ in range(4):
        sheets.line(60, 60, "Text of a page.")
        sheets.end_page()
    with pytest.raises(UnreadableError, match="4 pages, more than the limit of 3"):
        apart.read(".pdf", sheets.data(), Options(Limits(pages=3)))


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(apart: Apart):
    apart.read(".html", PAGE, Options())
    with pytest.raises(UnreadableError, match="not read within the limit of 1 s; raise --limit seconds="):
        apart.read(".pdf", long_pdf() * 4, Options(Limits(seconds=1)))
    assert apart.read(".html", PAGE, Options()).text == "The parties met.\n"


def test_a_parser_that_breaks_off_is_told_and_the_next_file_is_read(apart: Apart):
    apart.read(".html", PAGE, Options())
    assert apart._process is not None
    apart._process.kill()
    apart._process.wait()
    with pytest.raises(UnreadableError, match="its parser broke off: damaged, or beyond the limit of"):
        apart.read(".html", PAGE, Options())
    assert apart.read(".html", PAGE, Options()).text == "The parties met.\n"


def test_a_file_that_takes_too_much_memory_is_given_up():
    pytest.importorskip("resource", reason="this system does not limit memory")
    with opened_apart() as apart, pytest.raises(UnreadableError, match=r"memory|fails on it"):
        apart.read(".html", PAGE * 400_000, Options(Limits(memory=180_000_000)))


def test_a_parser_whose_caller_has_gone_ends_by_itself(apart: Apart, monkeypatch):
    monkeypatch.setattr("dragoman.reading.apart.COMMAND", ("-c", ENDLESS))
    monkeypatch.setattr("threading.Timer.start", lambda _: None)  # which would end it
    if sys.platform == "win32":
        pytest.skip("this system has no alarm")
    with pytest.raises(UnreadableError, match="its parser broke off"):
        apart.read(".html", PAGE, Options(Limits(seconds=1)))


def test_what_fails_within_a_library_is_a_reason(apart: Apart, monkeypatch):
    def fail(*_):
        raise IndexError("list index out of range")

    monkeypatch.setitem(READERS, ".rtf", fail)
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: (_ for _ in ()).throw(OSError("no more processes")))
    with pytest.raises(UnreadableError, match=r"its parser fails on it \(IndexError: list index out of range\)"):
        apart.read(".rtf", b"{\\rtf1 x}", Options())


def test_nothing_in_the_folder_that_one_stands_in_is_imported(tmp_path, monkeypatch):
    for name in ("json", "msgspec", "dragoman", "struct"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "a.html").write_bytes(PAGE + b"<p>They agreed to meet again in the spring of the next year.</p>")
    monkeypatch.chdir(tmp_path)
    (document,) = read_documents([tmp_path / "a.html"]).documents
    assert document.text.startswith("The parties met.")
