"""Documents read in several processes: each once, whoever dies; a document that ends workers is left out."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator

import pytest

from dragoman import workers
from dragoman.language.model import ModelError
from dragoman.records import Document
from dragoman.worker import Setup
from dragoman.workers import KILLER, WorkerError, count_cores, read_in_processes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has no SIGKILL")

BOOT = """
import os, signal, sys
from pathlib import Path
sys.path[:] = sys.argv[1:]
import dragoman.worker
from dragoman.records import LocalEntity, Reading, Span
class Reader:
    def read(self, document):
        word, _, rest = document.text.partition(" ")
        if word == "die" or (word == "once" and not Path(rest).exists()):
            if rest:
                Path(rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "fail":
            raise RecursionError
        print("noise")
        return Reading(document, (LocalEntity("State", (word,), spans=(Span(0, len(word)),)),), ())
def open_reader(setup):
    if setup.model == "absent":
        raise ValueError("no language model 'absent'")
    if setup.model == "dead":
        os._exit(3)
    return Reader()
dragoman.worker.open_reader = open_reader
dragoman.worker.main()
"""
"""A worker whose reader does what the first word of a document says, without a language model."""


@pytest.fixture(autouse=True)
def boot(monkeypatch, small_batches):
    """Workers that start at once, and batches of a few documents."""
    monkeypatch.setattr(workers, "BOOT", BOOT)


def to_documents(*texts: str) -> list[Document]:
    """Documents named by number."""
    return [Document(f"{number:03}.txt", text, "0" * 64) for number, text in enumerate(texts)]


def read(documents: Iterator[Document] | list[Document], count: int = 2, model: str = "") -> dict[str, str]:
    """What became of each document: "read", or why not."""
    found: dict[str, str] = {}
    for document, made in read_in_processes(documents, Setup(model), workers=count):
        assert document.name not in found, "answered twice"
        assert bool(made.line) != bool(made.failure)
        if made.line:
            assert f'"names":["{document.text.split()[0]}"]'.encode() in made.line
        found[document.name] = made.failure or "read"
    return dict(sorted(found.items()))


@pytest.mark.parametrize("count", [1, 2, 4])
def test_each_document_is_read_once(count):
    documents = to_documents(*(f"Norland{number} spoke." for number in range(40)))
    assert read(documents, count) == dict.fromkeys((document.name for document in documents), "read")


def test_without_documents_nothing_is_read():
    assert read([]) == {}


def test_document_that_ends_two_workers_is_left_out_and_all_others_are_read():
    texts = [f"Norland{number} spoke." for number in range(20)]
    texts[3] = texts[19] = "die"
    found = read(to_documents(*texts))
    assert found == {f"{number:03}.txt": KILLER if number in {3, 19} else "read" for number in range(20)}


def test_document_that_ends_one_worker_is_read_by_the_next(tmp_path):
    documents = to_documents("Norland spoke.", f"once {tmp_path / 'seen'}", "Sudmark spoke.")
    assert set(read(documents).values()) == {"read"}
    assert (tmp_path / "seen").exists()


def test_document_on_which_the_reader_fails_is_left_out_with_the_place():
    found = read(to_documents("Norland spoke.", "fail", "Sudmark spoke."))
    assert found["001.txt"].startswith("the reader failed on it (RecursionError in ")
    assert (found["000.txt"], found["002.txt"]) == ("read", "read")


def test_missing_model_is_the_error_that_one_process_raises():
    with pytest.raises(ModelError, match="no language model 'absent'"):
        read(to_documents("Norland spoke."), model="absent")


def test_workers_that_never_start_are_an_error_not_a_wait():
    with pytest.raises(WorkerError, match="end as they start; build with --workers 1"):
        read(to_documents("Norland spoke."), model="dead")


def test_documents_are_taken_no_faster_than_they_are_read():
    taken = []

    def documents() -> Iterator[Document]:
        for number in itertools.count():
            taken.append(number)
            yield Document(f"{number}.txt", f"Norland{number} said so.", "0" * 64)

    answers = read_in_processes(documents(), Setup(), workers=2)
    for _ in range(10):
        next(answers)
    answers.close()
    assert len(taken) < 10 + 2 * workers.AHEAD * 3


def test_processes_end_with_the_reading(monkeypatch):
    started = []
    popen = workers.subprocess.Popen
    monkeypatch.setattr(
        workers.subprocess, "Popen", lambda *args, **kwargs: started.append(popen(*args, **kwargs)) or started[-1]
    )
    answers = read_in_processes(iter(to_documents(*["Norland spoke."] * 30)), Setup(), workers=3)
    next(answers)
    answers.close()
    assert len(started) == 3
    assert all(process.returncode is not None for process in started)


def test_there_is_a_core():
    assert count_cores() >= 1
