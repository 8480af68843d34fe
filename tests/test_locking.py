"""A lock that one at a time holds, and that leaves no file behind."""

from __future__ import annotations

import subprocess
import sys
from errno import ENOLCK
from threading import Event, Thread

import pytest

from dragoman import locking
from dragoman.locking import locked

HOLD = """
import sys, time
from pathlib import Path
from dragoman.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_lock_is_held_by_one_at_a_time_and_leaves_nothing(tmp_path):
    path = tmp_path / "lock"
    inside, told, order = Event(), Event(), []

    def hold_too() -> None:
        with locked(path, waiting=told.set):
            order.append("second")

    with locked(path) as held:
        assert held
        second = Thread(target=hold_too)
        second.start()
        assert told.wait(10)
        inside.wait(0.3)
        order.append("first")
    second.join(10)
    assert order == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


def test_many_want_the_lock_and_each_gets_it_alone(tmp_path, monkeypatch):
    path, inside, most = tmp_path / "lock", [], []

    def hold() -> None:
        for _ in range(20):
            with locked(path):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    monkeypatch.setattr(locking, "PAUSE", 0.001)
    threads = [Thread(target=hold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(most), max(most)) == (80, 1)
    assert list(tmp_path.iterdir()) == []


def test_lock_of_a_killed_process_is_free(tmp_path):
    path = tmp_path / "lock"
    running = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True)
    assert running.stdout.readline() == "held\n"
    waited = []
    second = Thread(target=lambda: _hold_and_note(path, waited))
    second.start()
    while not waited:
        second.join(0.05)
    running.kill()
    second.join(10)
    running.communicate()
    assert waited == ["waiting", "held"]
    assert list(tmp_path.iterdir()) == []


def _hold_and_note(path, notes) -> None:
    with locked(path, waiting=lambda: notes.append("waiting")):
        notes.append("held")


def test_file_system_without_locks_is_told(tmp_path, monkeypatch):
    def refuse(file: int) -> None:
        raise OSError(ENOLCK, "No locks available")

    monkeypatch.setattr(locking, "_lock", refuse)
    with locked(tmp_path / "lock") as held:
        assert not held


def test_lock_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="lock"), locked(tmp_path / "lock"):
        pass
    assert not (tmp_path / "elsewhere").exists()
