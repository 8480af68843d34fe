"""Readings kept from build to build: taken back where all they depend on is the same, and never on trust."""

from __future__ import annotations

import ast
import json
import os
import sys
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pytest

import dragoman
from dragoman.readings import (
    CODE,
    LIBRARIES,
    READINGS,
    Fingerprint,
    Kept,
    document_key,
    format_reading,
    read_readings,
    to_fingerprint,
    write_readings,
)
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Span

PACKAGE = Path(dragoman.__file__).parent
WITHOUT_SAY = {"msgspec", "pyoxigraph", "threadpoolctl"}
"""Libraries that take part in a reading, and give the same whatever their version; readings.py says why."""
MADE_WITH = Fingerprint(code="c", model="m", ontology="o", libraries="3")
DOCUMENT = Document(
    "a.txt", "Norland condemned the Red Column, Ana said. Ŋ🕊", "0" * 64, date="2024-03-05", author="Ana"
)
ENTITIES = (
    LocalEntity("State", ("Norland",), "norland", (Span(0, 7),)),
    LocalEntity("ArmedGroup", ("Red Column", 'the "Column" 🕊'), "", (Span(22, 32),)),
    LocalEntity("Person", ("Ana",), spans=(Span(34, 37),)),
)
CLAIM = LocalClaim(0, "criticizes", 1, Modality.PLANNED, Span(0, 32), "verb:condemn", 0.85, "2024-03", 2)
READING = Reading(DOCUMENT, ENTITIES, (CLAIM,))
OTHER = Reading(replace(DOCUMENT, name="b.txt", text="Norland."), ENTITIES[:1], ())


@pytest.fixture
def folder(tmp_path):
    """An output folder with two readings."""
    write_readings(tmp_path, [READING, OTHER], MADE_WITH)
    return tmp_path


def rewrite(folder: Path, change) -> None:
    """Change the second line's reading, as someone would who knows how to make its hash right again."""
    lines = (folder / READINGS).read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if document_key(DOCUMENT) in line)
    line = json.loads(lines[at])
    change(line["reading"])
    body = json.dumps(line["reading"], separators=(",", ":"), ensure_ascii=False)
    digest = sha256(body.encode()).hexdigest()
    lines[at] = f'{{"key":"{line["key"]}","sha256":"{digest}","reading":{body}}}'
    (folder / READINGS).write_text("\n".join(lines) + "\n")


def test_readings_come_back_as_they_were(folder, ontology):
    kept = read_readings(folder, MADE_WITH, ontology)
    assert (kept.find(DOCUMENT), kept.find(OTHER.document), kept.note) == (READING, OTHER, "")
    assert DOCUMENT in kept
    assert replace(DOCUMENT, text="Sudmark.") not in kept


def test_reading_is_that_of_the_text_whatever_its_file_is_called(folder, ontology):
    moved = replace(DOCUMENT, name="elsewhere/c.txt", sha256="1" * 64)
    assert read_readings(folder, MADE_WITH, ontology).find(moved) == replace(READING, document=moved)


@pytest.mark.parametrize("field", ["text", "title", "date", "author", "genre"])
def test_document_that_changed_has_no_kept_reading(folder, ontology, field):
    changed = replace(DOCUMENT, **{field: "2024-03-06" if field == "date" else f"{DOCUMENT.text} Then."})
    assert read_readings(folder, MADE_WITH, ontology).find(changed) is None


def test_parts_of_a_document_do_not_run_together():
    assert document_key(replace(DOCUMENT, title="ab", author="c")) != document_key(
        replace(DOCUMENT, title="a", author="bc")
    )


@pytest.mark.parametrize("part", ["code", "model", "ontology", "libraries"])
def test_nothing_is_kept_where_what_reads_has_changed_and_the_note_says_what(folder, ontology, part):
    kept = read_readings(folder, replace(MADE_WITH, **{part: "new"}), ontology)
    assert kept == Kept(note=f"all documents are read anew: {part} changed since the last build")


def test_file_hangs_on_the_readings_alone(folder, tmp_path):
    again = tmp_path / "again"
    again.mkdir()
    write_readings(again, [OTHER, READING, OTHER], MADE_WITH)
    assert (again / READINGS).read_bytes() == (folder / READINGS).read_bytes()
    assert b"a.txt" not in (again / READINGS).read_bytes()


def test_kept_lines_are_written_as_they_were_and_those_of_other_readings_anew(folder, tmp_path, ontology):
    kept = read_readings(folder, MADE_WITH, ontology)
    found, changed = kept.find(DOCUMENT), replace(OTHER, entities=())
    assert kept.format(found) == format_reading(READING)
    assert kept.format(changed) == format_reading(changed) != format_reading(OTHER)
    again = tmp_path / "again"
    again.mkdir()
    write_readings(again, [found, kept.find(OTHER.document)], MADE_WITH, kept)
    assert (again / READINGS).read_bytes() == (folder / READINGS).read_bytes()
    write_readings(again, [changed], MADE_WITH, kept)
    assert read_readings(again, MADE_WITH, ontology).find(OTHER.document) == changed


def test_no_file_no_readings_no_note(tmp_path, ontology):
    assert read_readings(tmp_path, MADE_WITH, ontology) == Kept()
    os.mkfifo(tmp_path / READINGS)
    assert read_readings(tmp_path, MADE_WITH, ontology) == Kept()


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\x80\x04\x95", b"{}", b"[" * 200_000, b'{"x":' + b"[" * 200_000, b"null\n", b"\x00" * 99]
)
def test_damaged_file_is_told_and_not_used(tmp_path, ontology, data):
    (tmp_path / READINGS).write_bytes(data)
    kept = read_readings(tmp_path, MADE_WITH, ontology)
    assert kept.readings == {}
    assert kept.note.endswith("readings.jsonl: damaged; all documents are read anew")


def test_file_cut_anywhere_gives_whole_readings_or_none(folder, ontology):
    data = (folder / READINGS).read_bytes()
    for length in range(0, len(data), 7):
        (folder / READINGS).write_bytes(data[:length])
        kept = read_readings(folder, MADE_WITH, ontology)
        assert kept.find(DOCUMENT) in (READING, None)
        assert kept.find(OTHER.document) in (OTHER, None)
        assert kept.note or kept.readings or data[:length].count(b"\n") <= 1


def test_changed_byte_is_noticed_and_the_other_reading_kept(folder, ontology):
    data = (folder / READINGS).read_bytes()
    (folder / READINGS).write_bytes(data.replace(b'"criticizes"', b'"supports"'))
    kept = read_readings(folder, MADE_WITH, ontology)
    assert (kept.find(DOCUMENT), kept.find(OTHER.document)) == (None, OTHER)
    assert kept.note.endswith("readings.jsonl: 1 damaged line is not used")


@pytest.mark.parametrize(
    "change",
    [
        lambda reading: reading["claims"][0].update(subject=3),
        lambda reading: reading["claims"][0].update(object=-1),
        lambda reading: reading["claims"][0].update(speaker=99),
        lambda reading: reading["claims"][0].update(predicate="eats"),
        lambda reading: reading["claims"][0].update(predicate=["criticizes"]),
        lambda reading: reading["claims"][0].update(modality="certain"),
        lambda reading: reading["claims"][0].update(confidence=7),
        lambda reading: reading["claims"][0].update(date="2024-02-31"),
        lambda reading: reading["claims"][0].update(span={"start": 0, "end": 9999}),
        lambda reading: reading["claims"][0].update(span={"start": 4, "end": 2}),
        lambda reading: reading["entities"][0].update(cls="Dragon"),
        lambda reading: reading["entities"][0].update(names=[]),
        lambda reading: reading["entities"][0].update(names=[None]),
        lambda reading: reading["entities"][0].update(spans=[{"start": 0, "end": 10**30}]),
        lambda reading: reading["entities"].clear(),
        lambda reading: reading.pop("claims"),
    ],
)
def test_reading_that_no_reader_would_give_is_not_taken_back(folder, ontology, change):
    rewrite(folder, lambda reading: None)
    assert read_readings(folder, MADE_WITH, ontology).find(DOCUMENT) == READING
    rewrite(folder, change)
    assert read_readings(folder, MADE_WITH, ontology).find(DOCUMENT) is None


def test_fingerprint_tells_code_model_and_ontology(monkeypatch):
    made_with = to_fingerprint(model_sha256="m", ontology_sha256="o")
    assert (made_with.model, made_with.ontology, len(made_with.code)) == ("m", "o", 64)
    monkeypatch.setattr(dragoman.readings, "CODE", CODE[:-1])
    assert to_fingerprint(model_sha256="m", ontology_sha256="o").code != made_with.code


def find_readers() -> tuple[set[str], set[str]]:
    """The modules that take part in a reading, and the libraries that they import, those of Python left out."""
    to_see, seen, libraries = ["extraction/reader.py", "language/model.py", "readings.py"], set(), set()
    while to_see:
        name = to_see.pop()
        if name in seen or not (PACKAGE / name).is_file():
            continue
        seen.add(name)
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dragoman."):
                path = node.module.removeprefix("dragoman.").replace(".", "/")
                to_see += [f"{path}.py", *(f"{path}/{alias.name}.py" for alias in node.names)]
            elif isinstance(node, ast.ImportFrom):
                libraries.add((node.module or "").split(".")[0])
            elif isinstance(node, ast.Import):
                libraries |= {alias.name.split(".")[0] for alias in node.names}
    return seen, libraries - sys.stdlib_module_names - {"dragoman"}


def test_fingerprint_holds_every_module_that_takes_part_in_a_reading():
    seen, _ = find_readers()
    assert "language/tables.py" in seen
    assert {name for name in seen if name not in CODE and name.split("/")[0] not in CODE} == set()
    assert all((PACKAGE / name).exists() for name in CODE)


def test_fingerprint_tells_the_version_of_every_library_by_which_a_reading_may_differ():
    _, libraries = find_readers()
    assert libraries - WITHOUT_SAY == set(LIBRARIES) - {"blis"}, "blis is thinc's"
    told = to_fingerprint(model_sha256="m", ontology_sha256="o").libraries
    assert told.split(", ") == [f"{name} {version(name)}" for name in LIBRARIES]
