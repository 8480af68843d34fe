"""To leave garbage be, for a while in which next to none is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collected_after", "uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles, which goes through millions of records, none of them in one, again and again.

    What was made meanwhile is then old, so that the next search, which looks at what is young, does not begin with it.
    """
    with _paused() as was_on:
        try:
            yield
        finally:
            if was_on and not gc.get_freeze_count():  # else what is frozen is someone else's, who wants it to stay so
                gc.freeze()
                gc.unfreeze()


@contextmanager
def collected_after() -> Iterator[None]:
    """Without that search, then with one through what was made meanwhile, which is garbage by then but for a little."""
    with _paused() as was_on:
        try:
            yield
        finally:
            if was_on:
                gc.collect(0)


@contextmanager
def _paused() -> Iterator[bool]:
    """No search unless it is asked for, though a library may turn it on again; told is whether there was one."""
    was_on, thresholds = gc.isenabled(), gc.get_threshold()
    gc.disable()
    gc.set_threshold(0)
    try:
        yield was_on
    finally:
        gc.set_threshold(*thresholds)
        if was_on:
            gc.enable()
