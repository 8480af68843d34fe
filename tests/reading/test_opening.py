"""Files that are parsed some at a time: the same texts in the same order as one by one, and nothing left running."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier

import pytest

from dragoman.keptfiles import KeptFiles, ParsedWith
from dragoman.reading import opening
from dragoman.reading.apart import Apart
from dragoman.reading.documents import Options, find_files, iter_documents
from dragoman.reading.formats.parsed import Limits
from dragoman.reading.opening import AHEAD, count_parsers
from sample_files import letter, meeting_record, pack, word, words

LINE = "Ghana condemned the attack in Mali."


@pytest.fixture
def folder(tmp_path):
    """Files of many kinds; some are damaged, too large, copies of others, or hold several texts."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_text(f"<main><p>{LINE} It was the {number}th.</p></main>")
    (folder / "2a.html").write_bytes((folder / "2.html").read_bytes())
    (folder / "3a.docx").write_bytes(b"PK, and no more")
    (folder / "a.docx").write_bytes(word(words("A word.") + words(LINE)))
    (folder / "b.txt").write_text(f"{LINE} So it is told.")
    (folder / "c.eml").write_bytes(letter(f"{LINE} So it is.").as_bytes())
    (folder / "d.zip").write_bytes(pack({"inner/d.txt": f"{LINE} And so on.", "inner/e.html": f"<p>{LINE}</p>"}))
    (folder / "e.jsonl").write_text(f'{{"id": "1", "text": "{LINE} A row."}}\n')
    (folder / "large.html").write_text(f"<p>{LINE * 4000}</p>")
    (folder / "record.pdf").write_bytes(meeting_record())
    (folder / "metadata.csv").write_text("file,title,author\n1.html,The first,Togo\nrecord.pdf#02,A speech,\n")
    return folder


def make_pages(folder: Path, count: int) -> tuple[opening.SourceFile, ...]:
    """As many HTML files as `count` in the new `folder`."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:02}.html").write_text(f"<p>{LINE} {number}</p>")
    return find_files([folder]).files


@pytest.mark.parametrize("parsers", [2, 5])
def test_files_parsed_some_at_a_time_give_what_they_give_one_by_one(folder, parsers):
    files, options = find_files([folder]).files, Options(limits=Limits(bytes=100_000), text_column="text")
    one_by_one = list(iter_documents(files, options))
    assert list(iter_documents(files, options, parsers=parsers)) == one_by_one
    assert sum(len(result.documents) for result in one_by_one) > 12
    assert {line.name for result in one_by_one for line in result.skipped} == {"2a.html", "3a.docx", "large.html"}


def test_as_many_files_are_parsed_at_a_time_as_there_are_parsers(tmp_path, monkeypatch):
    together, parse = Barrier(3), opening.iter_texts

    def meet(*args):
        together.wait(timeout=60)  # for the two others, which therefore are parsed now
        yield from parse(*args)

    monkeypatch.setattr(opening, "iter_texts", meet)
    results = list(iter_documents(make_pages(tmp_path / "pages", 9), parsers=3))
    assert [result.documents[0].name for result in results] == [f"{number:02}.html" for number in range(9)]


def test_no_more_files_are_opened_ahead_than_wait_for_the_parsers(tmp_path, monkeypatch):
    opened, hold = [], opening._hold
    monkeypatch.setattr(opening, "_hold", lambda file, options: opened.append(file.name) or hold(file, options))
    results = iter_documents(make_pages(tmp_path / "pages", 30), parsers=2)
    next(results)
    assert len(opened) == 2 * AHEAD + 1
    results.close()
    assert len(opened) == 2 * AHEAD + 1


def test_processes_that_parse_end_where_reading_breaks_off(tmp_path, monkeypatch):
    started, start = [], Apart._start

    def note(apart, options):
        started.append(start(apart, options))
        return started[-1]

    monkeypatch.setattr(Apart, "_start", note)
    results = iter_documents(make_pages(tmp_path / "pages", 30), parsers=3)
    next(results)
    assert 1 <= len(started) <= 3
    results.close()
    assert all(process.poll() is not None for process in started)


def test_file_that_changes_after_it_was_opened_is_read_and_kept_as_it_was(tmp_path):
    files = make_pages(tmp_path / "pages", 4)
    kept = KeptFiles(ParsedWith("c", "o", "l", ()), None)
    texts = []
    for result in iter_documents(files, kept=kept, parsers=2):
        texts += [document.text for document in result.documents]
        for file in files:
            file.path.write_text("<p>Benin thanked Togo.</p>")
    assert [text.split()[-1] for text in texts] == ["0", "1", "2", "3"]
    (tmp_path / "out").mkdir()
    kept.write(tmp_path / "out")
    assert len((tmp_path / "out" / "files.jsonl").read_text().splitlines()) == 5
    again = KeptFiles(kept.parsed_with, tmp_path / "out")
    assert all(again.find(file) is None for file in files)


def test_file_that_is_gone_when_it_is_opened_is_told_in_its_place(tmp_path):
    files = make_pages(tmp_path / "pages", 4)
    files[1].path.unlink()
    results = list(iter_documents(files, parsers=2))
    assert [len(result.documents) for result in results] == [1, 0, 1, 1]
    assert [line.name for line in results[1].skipped] == ["01.html"]


def test_parsers_are_started_for_files_that_need_them_and_no_more_than_are_asked_for(folder, tmp_path):
    pages = make_pages(tmp_path / "pages", 8)
    assert [count_parsers(pages, most) for most in (1, 2, 16)] == [1, 2, 4]
    assert count_parsers([file for file in find_files([folder]).files if file.path.suffix == ".txt"], 16) == 1
    assert count_parsers([], 16) == 1
