"""A few damaged files of each kind; ``python tests/fuzz/run.py`` reads thousands."""

import random
import sys

import pytest

from fuzz.mutation import mutate, mutate_archive, mutate_triples
from fuzz.run import main, try_file
from fuzz.targets import TARGETS
from sample_files import pack

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="this system has no clock that tells of too long a time"
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", TARGETS)
def test_damaged_files_of_each_kind_are_read_or_refused(kind, tmp_path, capsys):
    assert main([kind, "--files", "25", "--seed", "5", "--findings", str(tmp_path / "findings")]) == 0
    assert "25 files" in capsys.readouterr().out
    assert not (tmp_path / "findings").exists()


@pytest.mark.parametrize("kind", TARGETS)
def test_good_files_of_each_kind_are_read(kind, tmp_path):
    for number, seed in enumerate(TARGETS[kind].seeds):
        path = tmp_path / str(number) / f"a{TARGETS[kind].suffix}"
        path.parent.mkdir()
        path.write_bytes(seed)
        assert try_file(TARGETS[kind], path) == "read"


def test_what_breaks_a_reader_is_kept_and_told(tmp_path, monkeypatch, capsys):
    def break_down(_):
        raise KeyError("broken")

    monkeypatch.setitem(TARGETS, "txt", type(TARGETS["txt"])("txt", ".txt", (b"a", b"b"), break_down))
    assert main(["txt", "--files", "10", "--findings", str(tmp_path / "findings")]) == 1
    assert "10 broke a reader" in capsys.readouterr().out
    assert len(list((tmp_path / "findings").iterdir())) == 1


def test_the_same_seed_makes_the_same_files():
    for change in (
        lambda chance: mutate(b"one\ntwo", [b"three"], chance),
        lambda chance: mutate_archive(pack({"a.txt": b"one two"}), chance),
    ):
        assert [change(random.Random(n)) for n in range(50)] == [change(random.Random(n)) for n in range(50)]
    seed, form = TARGETS["dataset"].seeds[0], TARGETS["dataset"].form
    assert mutate_triples(seed, form, random.Random(1)) == mutate_triples(seed, form, random.Random(1))
