"""Files that another process opens: what it is asked, what it answers, and what it leaves to who asked."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman import errands
from dragoman.errands import Errand, Opening, leave, take
from dragoman.keptfiles import KeptFiles, ParsedWith
from dragoman.reading.documents import NOTHING_KEPT, Options, PartResult, SourceFile, find_files, iter_documents
from dragoman.reading.formats.parsed import Limits
from dragoman.reading.stores import DISK, Held, StoreError, fetch
from dragoman.record import write_texts
from dragoman.records import Skipped
from dragoman.worker import Made

LINE = "Ghana condemned the attack in Mali, and Togo supports the African Union."
CHANGED = "another file is there, or it has changed"
WITH = ParsedWith("c", "o", "l", ())


@pytest.fixture
def file(tmp_path: Path) -> SourceFile:
    """A text with a row of metadata."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(LINE)
    (folder / "metadata.csv").write_text("file,title\na.txt,A line\n")
    return find_files([folder]).files[0]


def run(*asked: Errand | None, options: Options | None = None) -> list[Made]:
    """What a process answers."""
    return list(Opening(options or Options(), WITH).begin()([errand for errand in asked if errand]))


def test_what_comes_back_is_what_the_file_holds(file):
    (made,) = run(Errand.of(file, Options(), NOTHING_KEPT))
    (opened, content), reason = take(file, made, NOTHING_KEPT)
    (here,) = iter_documents([file])
    (part,) = content or ()
    assert isinstance(part, PartResult)
    assert part.result == here
    (document,) = part.result.documents
    assert (document.title, document.origins) == ("A line", (("title", "metadata.csv"),))
    assert (opened, reason) == (replace(file, sha256=part.sha256), "")


def test_a_file_that_changed_is_left_to_who_asked_and_the_next_is_opened(file):
    (file.path.parent / "b.txt").write_text(f"{LINE} Again.")
    second = replace(file, path=file.path.with_name("b.txt"), name="b.txt")
    asked = [Errand.of(file, Options(), NOTHING_KEPT), Errand.of(second, Options(), NOTHING_KEPT)]
    file.path.write_text(LINE.upper())
    os.utime(file.path, (1, 1))
    first_made, second_made = run(*asked)
    assert take(file, first_made, NOTHING_KEPT) == ((file, None), f"{errands.UNSEEN} ({CHANGED})")
    assert take(second, second_made, NOTHING_KEPT)[0][1]


def test_nobody_else_is_asked_for_what_is_large_or_lies_nowhere(file):
    short = Options(Limits(bytes=20))
    archive = replace(file, path=file.path.with_name("a.zip"), name="a.zip")
    archive.path.write_bytes(bytes(30))
    gone = replace(file, path=file.path.with_name("gone.txt"))
    held = replace(file, store=Held(b"Norland spoke."))
    asked = [Errand.of(file, short, NOTHING_KEPT), Errand.of(archive, short, NOTHING_KEPT)]
    asked += [Errand.of(other, Options(), NOTHING_KEPT) for other in (gone, held)]
    assert asked == [None] * 4


def test_a_file_that_holds_more_than_one_answer_should_is_left_to_who_asked(file, monkeypatch):
    monkeypatch.setattr(errands, "LONGEST", len(LINE) - 1)
    (made,) = run(Errand.of(file, Options(), NOTHING_KEPT))
    assert take(file, made, NOTHING_KEPT) == ((file, None), errands.TOO_LONG)


def test_what_cannot_be_read_is_told_as_it_is_here(file):
    broken = replace(file, path=file.path.with_name("b.docx"), name="b.docx")
    broken.path.write_bytes(b"PK, and no more")
    (made,) = run(Errand.of(broken, Options(), NOTHING_KEPT))
    (_, content), _ = take(broken, made, NOTHING_KEPT)
    assert list(content or ()) == [line for result in iter_documents([broken]) for line in result.skipped]


def test_what_the_last_build_kept_is_not_sent_again(file, tmp_path):
    kept = KeptFiles(WITH, None)
    results = list(iter_documents([file], kept=kept))
    (tmp_path / "out").mkdir()
    write_texts(tmp_path / "out", results[0].documents)
    kept.write(tmp_path / "out")
    last = KeptFiles(WITH, tmp_path / "out")
    errand = Errand.of(file, Options(), last)
    (made,) = run(errand)
    assert LINE.encode() not in made.line
    (_, content), _ = take(file, made, last)
    assert [part.result for part in content or () if isinstance(part, PartResult)] == results
    (tmp_path / "out" / "documents" / "a.txt.txt").unlink()
    assert take(file, made, last) == ((file, None), ""), "its text is gone"
    file.path.write_text(f"{LINE} More.")
    (made,) = run(Errand.of(file, Options(), last))
    assert b"More." in made.line


@pytest.mark.parametrize("line", [b"", b"{", b'{"sha256": 5}', b'{"pieces": [{"part": {"name": "a.txt"}}]}'])
def test_an_answer_of_other_types_is_refused(file, line):
    with pytest.raises(ValueError):  # noqa: PT011 - msgspec's, in its words
        take(file, Made(line), NOTHING_KEPT)


def test_why_a_file_is_left_out_or_left_to_who_asked_is_told(file):
    (_, content), reason = take(file, Made(failure="ended the process"), NOTHING_KEPT)
    assert (content, reason) == ((Skipped("a.txt", "ended the process"),), "")
    assert take(file, leave("has no disk"), NOTHING_KEPT) == ((file, None), "has no disk")


def test_a_file_is_seen_by_who_finds_it_as_it_was(file):
    seen = DISK.look(file.path)
    assert fetch(seen) == LINE.encode()
    (file.path.parent / "folder").mkdir()
    other = [replace(seen, size=seen.size + 1), replace(seen, place=str(file.path.parent / "folder"))]
    os.utime(file.path, (1, 1))
    for changed in (seen, *other):
        with pytest.raises(StoreError, match=f"^{CHANGED}$"):
            fetch(changed)
    with pytest.raises(StoreError, match="No such file or directory"):
        fetch(replace(seen, place=f"{seen.place}x"))
