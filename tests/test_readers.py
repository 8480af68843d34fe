"""Files to readings: in the order of the documents, whoever reads them, and none lost."""

from __future__ import annotations

import pytest

from dragoman import readers, workers
from dragoman.builder import build
from dragoman.readers import LateReader, NoReader, read_all
from dragoman.reading.documents import find_files
from dragoman.readings import Fingerprint, Kept, format_reading, parse_reading, read_readings, write_readings
from dragoman.records import LocalEntity, Reading, Skipped, Span
from dragoman.registry import ReaderContext
from dragoman.worker import Made


@pytest.fixture
def folder(tmp_path):
    """A folder of six documents, and one file that is none."""
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"Norland thanked Sudmark, and did so {number} times in all.\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "same.txt").write_bytes((tmp_path / "3.txt").read_bytes())
    return tmp_path


@pytest.fixture
def context(ontology, lexicon, gazetteer):
    """A context for two workers, that takes down what it is told."""
    told = []
    context = ReaderContext(
        ontology, lexicon, gazetteer, workers=2, tell=lambda *progress: told.append(progress), settings={}
    )
    return context, told


def to_reading(document):
    """What a reader might give."""
    return Reading(document, (LocalEntity("State", ("Norland",), "", (Span(0, 7),)),), ())


def read_backwards(documents, setup, *, workers):
    """Workers that answer in the wrong order, and fail on one document."""
    for document in reversed(list(documents)):
        made = (
            Made(failure="it is left out") if document.name == "4.txt" else Made(format_reading(to_reading(document)))
        )
        yield document, made


def test_readings_come_in_order_and_each_is_told_as_it_is_made(folder, context, ontology, monkeypatch):
    monkeypatch.setattr(readers, "WORTH", 50)
    monkeypatch.setattr(workers, "read_in_processes", read_backwards)
    lines, skipped, notes = [], [], []
    reader = LateReader(context[0])
    first = read_all(find_files([folder]), Kept(), reader, lines.append, skipped=skipped, notes=notes)
    assert [reading.document.name for reading in first] == ["0.txt", "1.txt", "2.txt", "3.txt", "5.txt"]
    assert [parse_reading(line, made.document, ontology) for line, made in zip(lines, first[::-1], strict=True)] == [
        *reversed(first)
    ]
    assert Skipped("4.txt", "it is left out") in skipped
    assert [line.name for line in skipped if "same bytes" in line.reason] == ["same.txt"]
    assert reader.count == 5
    stages = [progress for progress in context[1] if progress[0] == "reading"]
    assert stages[-1][1] == stages[-1][2] == 7


def test_kept_readings_are_not_made_again(folder, context, ontology, monkeypatch, tmp_path):
    monkeypatch.setattr(readers, "WORTH", 50)
    monkeypatch.setattr(workers, "read_in_processes", read_backwards)
    found = find_files([folder])
    first = read_all(found, Kept(), NoReader(lambda *_: None), skipped=[], notes=[])
    made_with = Fingerprint(code="c", model="m", ontology="o", libraries="l")
    write_readings(tmp_path, first[:4], made_with)
    kept = read_readings(tmp_path, made_with, ontology)
    reader = LateReader(context[0])
    again = read_all(found, kept, reader, skipped=[], notes=[])
    assert [reading.document.name for reading in again] == ["0.txt", "1.txt", "2.txt", "3.txt", "5.txt"]
    assert reader.count == 1


def test_little_is_read_in_one_process(folder, context, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("workers were started")

    monkeypatch.setattr(workers, "read_in_processes", refuse)
    monkeypatch.setattr(LateReader, "_reader", type("Reader", (), {"read": staticmethod(to_reading)})())
    first = read_all(find_files([folder]), Kept(), LateReader(context[0]), skipped=[], notes=[])
    assert len(first) == 6


@pytest.mark.slow
def test_any_number_of_processes_writes_the_same_bytes(tmp_path, monkeypatch):
    (tmp_path / "documents").mkdir()
    for number in range(12):
        text = f"Ghana and Togo signed agreement number {number} in Accra. Chad condemned the attack on Mali.\n" * 3
        (tmp_path / "documents" / f"{number:02}.txt").write_text(text)
    monkeypatch.setattr(readers, "WORTH", 200)
    written = []
    for count in (1, 2, 3):
        build(tmp_path / "documents", tmp_path / str(count), workers=count)
        files = sorted(path for path in (tmp_path / str(count)).rglob("*") if path.is_file())
        written.append({str(path.relative_to(tmp_path / str(count))): path.read_bytes() for path in files})
    assert written[0] == written[1] == written[2]
