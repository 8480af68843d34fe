"""Shards: together they are the graph, each subject is in one of them, and two runs give the same bytes."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.commands import files
from dragoman.export import ExportError
from dragoman.record import DATASET, RecordError
from dragoman.shards import MOST, write_shards
from small_record import RECORD, trap_record, write_output

READ: dict[str, Callable[[bytes], bytes]] = {".nq": bytes, ".nq.gz": gzip.decompress}


@pytest.fixture(scope="module", params=["small", "hostile"])
def out(request, tmp_path_factory) -> Path:
    record = RECORD if request.param == "small" else trap_record()
    return write_output(tmp_path_factory.mktemp(request.param) / "out", record)


@pytest.mark.parametrize("suffix", READ)
@pytest.mark.parametrize("count", [1, 3, 16])
def test_shards_are_the_graph_together_and_hold_each_subject_once(out, tmp_path, suffix, count):
    paths = write_shards(out, tmp_path / f"graph{suffix}", count)
    assert len(paths) == count == len(list(tmp_path.iterdir()))
    shards = [READ[suffix](path.read_bytes()).splitlines(keepends=True) for path in paths]
    assert all(lines == sorted(lines) for lines in shards)
    assert sorted(line for lines in shards for line in lines) == (out / DATASET).read_bytes().splitlines(keepends=True)
    subjects = [{line.split(b" ")[0] for line in lines} for lines in shards]
    assert sum(map(len, subjects)) == len(set().union(*subjects))


def test_shards_are_of_much_the_same_size(tmp_path):
    out = write_output(tmp_path / "out")
    lines = [
        f"<http://example.org/{number}> <http://example.org/p> <http://example.org/o> .\n" for number in range(4000)
    ]
    (out / DATASET).write_text("".join(sorted(lines)))
    sizes = [len(path.read_bytes().splitlines()) for path in write_shards(out, tmp_path / "g.nq", 4)]
    assert sum(sizes) == 4000
    assert 850 < min(sizes) <= max(sizes) < 1150


def test_two_runs_give_the_same_bytes_under_any_name(out, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = (
        [path.read_bytes() for path in write_shards(out, tmp_path / name, 2)] for name in ("a/g.nq.gz", "b/other.nq.gz")
    )
    assert first == second
    assert all(data[4:8] == bytes(4) and not data[3] for data in first), "neither a time nor a name"


def test_names_are_numbered_in_order_and_an_export_replaces_its_own(out, tmp_path):
    for _ in range(2):
        paths = write_shards(out, tmp_path / "graph.nq.gz", 12)
    assert [path.name for path in paths][:2] == ["graph-01-of-12.nq.gz", "graph-02-of-12.nq.gz"]
    assert sorted(tmp_path.iterdir()) == paths


def test_shards_of_another_export_are_not_mixed_with(out, tmp_path):
    write_shards(out, tmp_path / "graph.nq.gz", 3)
    with pytest.raises(ExportError, match=r"graph-1-of-3\.nq\.gz: is a shard of another export; remove it"):
        write_shards(out, tmp_path / "graph.nq", 3)
    write_shards(out, tmp_path / "other.nq", 3)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("graph.ttl", r"shards are named like graph\.nq or graph\.nq\.gz"),
        (".nq", "shards are named like"),
        ("none/graph.nq", "none: no such folder; make it first"),
    ],
)
def test_target_that_cannot_be_written_is_told(out, tmp_path, target, message):
    with pytest.raises(ExportError, match=message):
        write_shards(out, tmp_path / target, 2)


def test_a_damaged_graph_is_told_before_anything_is_written(tmp_path):
    with pytest.raises(RecordError, match="no such folder; give the output folder"):
        write_shards(tmp_path / "none", tmp_path / "g.nq", 2)
    out = write_output(tmp_path / "out")
    good = (out / DATASET).read_text()
    (out / DATASET).write_text(good + "nonsense\n")
    with pytest.raises(RecordError, match=rf"graph\.nq:{good.count(chr(10)) + 1}: damaged"):
        write_shards(out, tmp_path / "g.nq", 2)
    (out / DATASET).unlink()
    with pytest.raises(RecordError, match="cannot be read"):
        write_shards(out, tmp_path / "g.nq", 2)
    assert list(tmp_path.glob("g*")) == []


def test_the_command_says_what_it_wrote(tmp_path):
    out = write_output(tmp_path / "out")
    arguments = ["export", str(out), "--to", str(tmp_path / "g.nq.gz"), "--shards"]
    result = CliRunner().invoke(main, [*arguments, "8"])
    assert (result.exit_code, result.stdout) == (0, f"Written: {tmp_path / 'g-1-of-8.nq.gz'} to g-8-of-8.nq.gz\n")
    assert CliRunner().invoke(main, [*arguments, "4"]).exit_code == 2
    option = next(option for option in files.export.params if option.name == "shards")
    assert option.type.max == MOST
