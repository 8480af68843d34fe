"""What files hold, kept from build to build: taken back where all it depends on is the same, and never on trust."""

from __future__ import annotations

import ast
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import dragoman
import dragoman.keptfiles
import dragoman.reading.opening
from dragoman.builder import build
from dragoman.keptfiles import CODE, FILES, KeptFiles, ParsedWith, open_files
from dragoman.reading.documents import Options, find_files, iter_documents
from dragoman.reading.formats.parsed import Limits
from dragoman.record import write_texts
from sample_files import letter, meeting_record, pack, word, words

PACKAGE = Path(dragoman.__file__).parent
LINE = "Ghana condemned the attack in Mali. Togo supports the African Union."
WITH = ParsedWith("c", "o", "l", ())


@pytest.fixture
def folder(tmp_path):
    """Files of several kinds, one of which holds many documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "record.pdf").write_bytes(meeting_record())
    (folder / "a.docx").write_bytes(word(words("First, a word.") + words(LINE)))
    (folder / "b.html").write_text(f"<main><p>{LINE} And again.</p></main>")
    (folder / "c.eml").write_bytes(letter(f"{LINE} So it is.").as_bytes())
    (folder / "d.zip").write_bytes(pack({"inner/d.txt": f"{LINE} And so on.", "inner/e.md": "---\ntitle: E\n---\nE."}))
    (folder / "f.txt").write_text(
        f"Accra, 3 May 2024\n\n{LINE}\n\f\nLe Gouvernement remercie le peuple du Mali de son aide."
    )
    (folder / "metadata.csv").write_text("file,title\nf.txt,A line\n")
    return folder


def read(folder: Path, out: Path, kept: KeptFiles) -> list:
    """What is read in `folder`; `out` keeps the texts, and what was in the files."""
    results = list(iter_documents(find_files([folder]).files, kept=kept))
    out.mkdir(exist_ok=True)
    write_texts(out, [document for result in results for document in result.documents])
    kept.write(out)
    return results


@pytest.fixture
def opened(monkeypatch):
    """The names of the files that are opened to be parsed."""
    seen = []
    parse = dragoman.reading.opening.iter_texts

    def note(file, options, apart):
        seen.append(file.name)
        return parse(file, options, apart)

    monkeypatch.setattr(dragoman.reading.opening, "iter_texts", note)
    return seen


def inodes(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (out / "documents").rglob("*.txt")}


def write_again(results: list, kept: KeptFiles, folder: Path) -> dict[str, int]:
    """Write the texts of `results` into another folder; tells the files by their numbers."""
    write_texts(folder, [document for result in results for document in result.documents], kept.find_text)
    return inodes(folder)


def test_texts_that_are_kept_as_they_are_are_not_written_again(folder, tmp_path):
    out = tmp_path / "out"
    read(folder, out, KeptFiles(WITH, None))
    kept = KeptFiles(WITH, out)
    again = list(iter_documents(find_files([folder]).files, kept=kept))
    before = inodes(out)
    found = write_again(again, kept, tmp_path / "again")
    assert found.keys() == before.keys()
    assert {name for name in found if found[name] != before[name]} == {"f.txt.txt"}  # whose form feed no folder keeps
    for path in (out / "documents").rglob("*.txt"):
        assert (tmp_path / "again" / path.relative_to(out)).read_bytes() == path.read_bytes()


def test_texts_are_written_where_the_file_changed_meanwhile_or_is_a_link_or_no_file_can_have_two_places(
    folder, tmp_path, monkeypatch
):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere.txt"
    read(folder, out, KeptFiles(WITH, None))
    linked = out / "documents" / "b.html.txt"
    linked.rename(elsewhere)
    linked.symlink_to(elsewhere)
    kept = KeptFiles(WITH, out)
    again = list(iter_documents(find_files([folder]).files, kept=kept))
    changed = out / "documents" / "a.docx.txt"
    changed.write_text(changed.read_text().replace("First", "Third"))
    found = write_again(again, kept, tmp_path / "again")
    assert {name for name, number in inodes(out).items() if found[name] != number} >= {"a.docx.txt", "b.html.txt"}
    assert "First" in (tmp_path / "again" / "documents" / "a.docx.txt").read_text()
    assert not (tmp_path / "again" / "documents" / "b.html.txt").is_symlink()

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    assert write_again(again, kept, tmp_path / "third").keys() == found.keys()


def test_files_that_did_not_change_are_not_opened_and_give_the_same(folder, tmp_path, opened):
    first = read(folder, tmp_path / "out", KeptFiles(WITH, None))
    assert len(opened) == 6
    assert sum(len(result.documents) for result in first) > 6
    assert any("\f" in document.text for result in first for document in result.documents)
    opened.clear()
    again = read(folder, tmp_path / "again", KeptFiles(WITH, tmp_path / "out"))
    assert opened == []
    assert again == first
    places = [[(document.places, document.origins) for document in result.documents] for result in first]
    assert [[(document.places, document.origins) for document in result.documents] for result in again] == places
    assert (tmp_path / "again" / FILES).read_bytes() == (tmp_path / "out" / FILES).read_bytes()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda folder, out: (folder / "b.html").write_text(f"<p>{LINE}</p>"), "b.html"),
        (lambda folder, out: (folder / "metadata.csv").write_text("file,title\nf.txt,Another\n"), "f.txt"),
        (lambda folder, out: (folder / "metadata.csv").write_text("file,date\nd.zip/inner/d.txt,2024\n"), "d.zip"),
        (lambda folder, out: (out / "documents" / "a.docx.txt").write_text("Togo left the African Union."), "a.docx"),
        (lambda folder, out: (out / "documents" / "c.eml.txt").unlink(), "c.eml"),
    ],
)
def test_what_changed_is_parsed_anew(folder, tmp_path, opened, change, name):
    read(folder, tmp_path / "out", KeptFiles(WITH, None))
    change(folder, tmp_path / "out")
    opened.clear()
    found = read(folder, tmp_path / "again", KeptFiles(WITH, tmp_path / "out"))
    assert name in opened
    assert set(opened) <= {name, "f.txt"}
    assert found == read(folder, tmp_path / "fresh", KeptFiles(WITH, None))
    assert (tmp_path / "again" / FILES).read_bytes() == (tmp_path / "fresh" / FILES).read_bytes()


def test_other_options_or_another_ontology_keep_nothing(folder, tmp_path, opened):
    usual = {"ontology_sha256": "o", "options": Options()}
    read(folder, tmp_path / "out", open_files(None, **usual))
    for changed in ({"ontology_sha256": "p"}, {"options": Options(Limits(pages=9))}):
        opened.clear()
        read(folder, tmp_path / "again", open_files(tmp_path / "out", **{**usual, **changed}))
        assert len(opened) == 6


@pytest.mark.parametrize("damage", ["cut", "hash", "type"])
def test_damaged_lines_are_not_used(folder, tmp_path, opened, damage):
    read(folder, tmp_path / "out", KeptFiles(WITH, None))
    path = tmp_path / "out" / FILES
    head, *lines = path.read_text().splitlines()
    line = json.loads(lines[0])
    if damage == "cut":
        lines[0] = lines[0][:-20]
    elif damage == "hash":
        lines[0] = lines[0].replace('"title":"', '"title":"Another ')
    else:
        line["parts"][0]["name"] = 5
        body = json.dumps(line["parts"], separators=(",", ":"), ensure_ascii=False)
        told = f'"key":"{line["key"]}","name":"{line["name"]}","sha256":"{sha256(body.encode()).hexdigest()}"'
        lines[0] = f'{{{told},"parts":{body}}}'
    path.write_text("\n".join([head, *lines]) + "\n")
    opened.clear()
    found = read(folder, tmp_path / "again", KeptFiles(WITH, tmp_path / "out"))
    assert len(opened) == 1
    assert found == read(folder, tmp_path / "fresh", KeptFiles(WITH, None))


def test_copies_are_looked_at_each_time_as_the_first_may_go(tmp_path, opened):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(LINE)
    (folder / "b.txt").write_text(LINE)
    read(folder, tmp_path / "out", KeptFiles(WITH, None))
    (folder / "a.txt").unlink()
    opened.clear()
    (found,) = read(folder, tmp_path / "again", KeptFiles(WITH, tmp_path / "out"))
    assert opened == ["b.txt"]
    assert [document.name for document in found.documents] == ["b.txt"]


def test_file_that_cannot_be_parsed_is_tried_each_time(tmp_path, opened):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.docx").write_bytes(b"no package")
    read(folder, tmp_path / "out", KeptFiles(WITH, None))
    (found,) = read(folder, tmp_path / "again", KeptFiles(WITH, tmp_path / "out"))
    assert opened == ["a.docx", "a.docx"]
    assert [line.name for line in found.skipped] == ["a.docx"]


def test_file_that_changes_while_it_is_read_is_not_kept(tmp_path, opened):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(LINE)
    kept = KeptFiles(WITH, None)
    for _ in iter_documents(find_files([folder]).files, kept=kept):
        (folder / "a.txt").write_text("Togo left the African Union.")
    (tmp_path / "out").mkdir()
    kept.write(tmp_path / "out")
    assert len((tmp_path / "out" / FILES).read_text().splitlines()) == 1


def test_file_that_is_taken_back_is_looked_at_once(folder, tmp_path, monkeypatch):
    read(folder, tmp_path / "out", KeptFiles(WITH, None))
    seen = []
    look = dragoman.keptfiles.file_key

    def note(file):
        seen.append(file.name)
        return look(file)

    monkeypatch.setattr(dragoman.keptfiles, "file_key", note)
    read(folder, tmp_path / "again", KeptFiles(WITH, tmp_path / "out"))
    assert len(seen) == len(set(seen)) == 6
    assert (tmp_path / "again" / FILES).read_bytes() == (tmp_path / "out" / FILES).read_bytes()


def test_build_takes_files_back_and_writes_what_one_from_scratch_writes(folder, tmp_path, opened):
    build(folder, tmp_path / "out", page=False)
    (folder / "g.txt").write_text("Benin thanked Togo.")
    opened.clear()
    build(folder, tmp_path / "out", page=False)
    assert opened == ["g.txt"]
    build(folder, tmp_path / "fresh", page=False)
    for path in sorted(path for path in (tmp_path / "fresh").rglob("*") if path.is_file()):
        assert path.read_bytes() == (tmp_path / "out" / path.relative_to(tmp_path / "fresh")).read_bytes()
    shutil.rmtree(tmp_path / "fresh")
    opened.clear()
    build(folder, tmp_path / "out", page=False, fresh=True)
    assert len(opened) == 7


def test_all_modules_that_parse_take_part_in_what_files_were_parsed_with():
    """Whatever the module of files imports of the package is among CODE, but for what only keeps."""
    keeping = {"readings.py", "record.py"}
    seen: set[str] = set()
    waiting = ["reading/documents.py"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in ast.walk(ast.parse((PACKAGE / name).read_text())):
            module = getattr(node, "module", None) or ""
            if isinstance(node, ast.ImportFrom) and module.startswith("dragoman."):
                place = module.removeprefix("dragoman.").replace(".", "/")
                waiting.append(f"{place}.py" if (PACKAGE / f"{place}.py").is_file() else f"{place}/__init__.py")
    known = {name for name in seen if name.split("/")[0] in CODE or name in CODE}
    assert seen - known - keeping == {"ontology.py"}  # whose words the hash of the ontology stands for
