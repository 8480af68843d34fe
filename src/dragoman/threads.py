"""Matrix products in one thread: ours are small, so that several threads wait for each other more than they work.

In one thread they also have the same bits on any number of cores.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController

__all__ = ["in_one_thread"]


def in_one_thread() -> AbstractContextManager[Any]:
    """NumPy multiplies matrices in one thread while this lasts, then as before; a build has a process for each core."""
    limit: AbstractContextManager[Any] = _pools().limit(limits=1, user_api="blas")
    return limit


@lru_cache(maxsize=1)
def _pools() -> ThreadpoolController:
    """The libraries with threads of their own that are loaded."""
    return ThreadpoolController()
