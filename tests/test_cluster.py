"""Documents read on the workers of a Dask cluster: the same bytes as on one machine, whoever dies."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from dask_cluster import ask_workers, dask, distributed, have_no_readers, resize, start, start_acting
from dragoman import __version__, cluster, desk, workers
from dragoman.builder import build
from dragoman.cli import main
from dragoman.cluster import Cluster
from dragoman.desk import Job
from dragoman.records import Document
from dragoman.worker import Made, Setup
from dragoman.workers import WorkerError
from test_workers import BOOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has no SIGKILL")

PARENT = BOOT.replace(
    'if word == "fail"',
    """if word == "wait":
            import time
            time.sleep(0.2)
        if word == "murder":
            os.kill(os.getppid(), signal.SIGKILL)
        if word == "fail\"""",
)
"""That of ``test_workers``, whose reader can also take its time, and end the worker of Dask whose child it is."""
ONTOLOGY = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
dgm:Observatory a owl:Class ; rdfs:subClassOf dgm:Organization ; rdfs:label "observatory"@en .
<https://w3id.org/dragoman/entity/lakeside> a dgm:Observatory ; skos:prefLabel "Lakeside Watch"@en .
"""
SETUP = Setup()
SAME = ("graph.nq", "graph.ttl", "readings.jsonl", "report.json", "coverage.jsonl")


@pytest.fixture(scope="module")
def acting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[distributed.LocalCluster]:
    """Two workers whose readers need no language model, and do what the first word of a document says."""
    with start_acting(PARENT, tmp_path_factory.mktemp("preload")) as found:
        yield found


def to_documents(texts: Iterable[str]) -> Iterator[Document]:
    return (Document(f"{number:03}.txt", text, "0" * 64) for number, text in enumerate(texts))


def answers_of(documents: Iterable[Document], scheduler: str, setup: Setup = SETUP) -> Iterator[tuple[Document, Made]]:
    """What the workers of a scheduler make of `documents`."""
    with Cluster(setup, scheduler=scheduler) as found:
        yield from found.read_each(documents)


def read(texts: Iterable[str], on: distributed.LocalCluster, after_first: Callable[[], object] = int) -> dict[str, str]:
    """What became of each document: "read", or why not."""
    found: dict[str, str] = {}
    for document, made in answers_of(to_documents(texts), on.scheduler_address):
        assert document.name not in found, "answered twice"
        assert bool(made.line) != bool(made.failure)
        if not found:
            after_first()
        found[document.name] = made.failure or "read"
    return dict(sorted(found.items()))


@pytest.mark.usefixtures("small_batches")
def test_each_document_is_read_once_and_what_read_them_ends(acting):
    assert read((f"Norland{number} spoke." for number in range(60)), acting) == {
        f"{number:03}.txt": "read" for number in range(60)
    }
    assert have_no_readers(acting)


def test_without_documents_no_scheduler_is_asked():
    assert list(answers_of([], "tcp://127.0.0.1:1")) == []


@pytest.mark.usefixtures("small_batches")
def test_a_document_that_ends_processes_is_left_out_and_all_others_are_read(acting):
    texts = [f"Norland{number} spoke." for number in range(20)]
    texts[3], texts[12] = "die", "fail"
    pids = ask_workers(acting, os.getpid)
    found = read(texts, acting)
    assert found.pop("003.txt") == workers.KILLER
    assert found.pop("012.txt").startswith("the reader failed on it (RecursionError in ")
    assert set(found.values()) == {"read"}
    assert ask_workers(acting, os.getpid) == pids, "the workers live on"


@pytest.mark.usefixtures("small_batches")
def test_a_document_that_ends_workers_is_left_out_and_all_others_are_read(acting):
    texts = [f"Norland{number} spoke." for number in range(12)]
    texts[5] = "murder"
    assert read(texts, acting) == {
        f"{number:03}.txt": cluster.KILLER if number == 5 else "read" for number in range(12)
    }


def test_an_answer_stands_whose_worker_has_ended_since(acting):
    given = desk.Answer(made=(Made(line=b"{}"),))
    with distributed.Client(acting.scheduler_address, set_as_default=False) as client:
        future = client.submit(int, 1, pure=False)
        assert future.result() == 1
        future._state.lose()  # as the scheduler tells when what had the result is gone
        assert future.status == "lost"
        assert cluster._take(future, given) is given


@pytest.mark.usefixtures("small_batches")
def test_documents_are_taken_no_faster_than_they_are_read(acting):
    taken = []

    def texts() -> Iterator[str]:
        for number in itertools.count():
            taken.append(number)
            yield f"Norland{number} said so."

    answers = answers_of(to_documents(texts()), acting.scheduler_address)
    for _ in range(10):
        next(answers)
    answers.close()
    assert len(taken) < 10 + 2 * cluster.AHEAD * 3
    assert have_no_readers(acting)


@pytest.mark.usefixtures("small_batches")
def test_a_scheduler_that_goes_is_told(monkeypatch):
    monkeypatch.setattr(workers, "BOOT", PARENT)  # of a cluster in this process
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "500ms"}),
        distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=":0", protocol="tcp://") as short,
        pytest.raises(WorkerError, match="has gone, or gave up the work; build again to go on"),
    ):
        read((f"wait {number}" for number in range(100)), short, after_first=short.close)


def test_a_model_that_a_worker_lacks_is_told_with_its_address(acting):
    with pytest.raises(WorkerError, match=r"worker tcp://\S+: no language model 'absent'"):
        list(answers_of(to_documents(["Norland spoke."]), acting.scheduler_address, Setup("absent")))


def test_a_worker_of_another_version_reads_nothing(acting, monkeypatch):
    monkeypatch.setattr(desk, "__version__", "99")
    with pytest.raises(WorkerError, match=rf"has dragoman {__version__}, and 99 builds; install the same version"):
        read(["Norland spoke."], acting)


@pytest.mark.parametrize(
    ("part", "told"),
    [("code", "code differs"), ("libraries", r"libraries \(spacy [0-9.]+,( \S+ \S+,)* \S+ \S+ there, other here\)")],
)
def test_a_worker_that_reads_otherwise_reads_nothing(acting, monkeypatch, part, told):
    job = Job.of(Setup())
    changed = replace(job, fingerprint=replace(job.fingerprint, **{part: "other"}))
    monkeypatch.setattr(Job, "of", lambda setup: changed)
    with pytest.raises(WorkerError, match=f"reads otherwise than who builds; .*: {told}$"):
        read(["Norland spoke."], acting)


def test_what_the_other_side_cannot_import_is_told_with_what_to_install():
    cause = RuntimeError("Error during deserialization of the task graph.\n   This frequently occurs if")
    cause.__cause__ = ModuleNotFoundError("No module named 'dragoman'")
    told = cluster.explain(cause)
    assert told.startswith(
        "the scheduler or a worker cannot read (No module named 'dragoman'); install dragoman[cluster]"
    )


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("nowhere", "missing port"),
        ("foo://x:1", "unknown address scheme"),
        ("127.0.0.1", "missing port"),
        ("tls://127.0.0.1:1", "names no certificates"),
    ],
)
def test_an_address_of_no_scheduler_is_told_with_why(address, why):
    with pytest.raises(WorkerError, match=rf"^{address}: no scheduler of Dask answers there \([^()]*{why}") as caught:
        list(answers_of(to_documents(["Norland spoke."]), address))
    assert str(caught.value).endswith("; give the address that it prints when it starts, like tcp://10.0.0.1:8786")


def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text("Norland condemned the attack on Sudmark on 3 May 2021 in the Council.")
    with dask.config.set({"distributed.comm.timeouts.connect": "300ms"}):
        result = CliRunner().invoke(
            main, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:1"]
        )
    assert result.exit_code == 2
    assert result.stderr.startswith("dragoman: tcp://127.0.0.1:1: no scheduler of Dask answers there (")
    assert result.stderr.count("\n") == 1


def test_without_the_extra_a_line_tells_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "a.txt").write_text("Norland condemned the attack on Sudmark on 3 May 2021 in the Council.")
    result = CliRunner().invoke(
        main, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:1"]
    )
    assert result.exit_code == 2
    assert "pip install 'dragoman[cluster]'" in result.stderr.splitlines()[-1]


def test_workers_here_and_elsewhere_are_not_asked_for_together(tmp_path):
    result = CliRunner().invoke(
        main, ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--scheduler", "tcp://x:1", "--workers", "2"]
    )
    assert (result.exit_code, result.exception.__class__) == (2, SystemExit)


@pytest.fixture(scope="module")
def own_ontology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ontology") / "own.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short documents, one of which repeats much of another."""
    folder = tmp_path_factory.mktemp("documents")
    speakers = ("France", "Kenya", "Ghana", "Norway", "Peru", "Jordan")
    for number in range(18):
        who, other = speakers[number % 6], speakers[(number + 1 + number // 6) % 6]
        text = (
            f"The Foreign Minister of {who} met the President of {other} in Geneva on {number + 1} May 2021. {who} "
            f"condemned the attack on {other} and called on the Security Council to adopt a resolution. "
            f"{other} supports Lakeside Watch. It will sign the agreement with {who} next week.\n"
        )
        (folder / f"note-{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(documents: Path, own_ontology: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process builds of them."""
    out = tmp_path_factory.mktemp("alone") / "out"
    build(documents, out, ontology_files=[own_ontology], workers=1)
    return out


@pytest.fixture(scope="module")
def growing() -> Iterator[distributed.LocalCluster]:
    """A cluster as it is, of one worker, which tests make larger."""
    with start(1) as found:
        yield found


@pytest.mark.slow
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(("size", "killed"), [(1, 0), (2, 1), (4, 0)])
def test_the_graph_is_that_of_one_process_to_the_byte(size, killed, growing, documents, own_ontology, alone, tmp_path):
    resize(growing, size)
    to_kill = ask_workers(growing, os.getpid)[:killed]

    def progress(stage: str, done: int, _total: int) -> None:
        if stage == "reading" and done >= 3 and to_kill:
            os.kill(to_kill.pop(), signal.SIGKILL)

    built = build(
        documents,
        tmp_path / "out",
        ontology_files=[own_ontology],
        scheduler=growing.scheduler_address,
        progress=progress,
    )
    assert built.reuse.read == 18
    assert not to_kill, "nobody was killed"
    assert "lakeside" in (alone / "graph.ttl").read_text(), "the user's own names are found"
    different = [name for name in SAME if (alone / name).read_bytes() != (tmp_path / "out" / name).read_bytes()]
    assert different == []
