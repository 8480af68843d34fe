"""Clusters of Dask on this machine: their workers are processes of one thread, which die with this one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

dask = pytest.importorskip("dask", reason="dask.distributed, which the extra [cluster] brings, is not here")
distributed = pytest.importorskip("distributed", reason="it comes with the extra [cluster]")

PRELOAD = """
import dragoman.workers

def dask_setup(worker):
    dragoman.workers.BOOT = {boot!r}
"""


def start(size: int, *preload: Path) -> distributed.LocalCluster:
    """A cluster of `size` workers, each of which runs the scripts `preload` first."""
    return distributed.LocalCluster(
        n_workers=size,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        silence_logs=60,
        preload=[str(path) for path in preload],
    )


@contextmanager
def start_acting(boot: str, folder: Path) -> Iterator[distributed.LocalCluster]:
    """Two workers, the processes of which run `boot`; what ends one of them is not tried on another."""
    preload = folder / "acting.py"
    preload.write_text(PRELOAD.format(boot=boot), encoding="utf-8")
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), start(2, preload) as found:
        yield found


def resize(on: distributed.LocalCluster, size: int) -> None:
    """Let it have `size` workers, and no more; those that leave have left when this returns."""
    on.scale(size)
    with distributed.Client(on.scheduler_address, set_as_default=False) as client:
        for _ in range(600):
            if len(client.nthreads()) == size:
                return
            time.sleep(0.1)
    raise TimeoutError(f"{on} has not {size} workers")


def ask_workers(on: distributed.LocalCluster, question: Callable[[], object]) -> list:
    """What each worker answers."""
    with distributed.Client(on.scheduler_address, set_as_default=False) as client:
        return list(client.run(question).values())


def have_no_readers(on: distributed.LocalCluster) -> bool:
    """Whether the processes that read end within a while; those that are at a batch end with it."""
    for _ in range(100):
        if not sum(ask_workers(on, lambda: len(__import__("psutil").Process().children()))):
            return True
        time.sleep(0.1)
    return False
