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
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # else what is frozen is someone else's, who wants it to stay so
                gc.freeze()
                gc.unfreeze()
            gc.enable()


@contextmanager
def collected_after() -> Iterator[None]:
    """Without that search, then with one through what was made meanwhile, which is garbage by then but for a little."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(0)
