"""Libraries imported without what they import for the sake of functions that nobody calls here.

``import spacy`` imports its command line for ``spacy.info`` alone, and with it a third of all modules: clients of HTTP,
of Git and of terminals. pyvis imports IPython to show a page in a notebook, and jsonpickle to tell a network as JSON.
Here something else stands in the place of these meanwhile: a function that loads them once it is called.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

__all__ = ["import_pyvis", "import_spacy"]


def import_spacy() -> None:
    """Import spaCy, unless that was done; ``spacy.info`` and ``spacy.cli`` work as ever."""
    _import_without("spacy", {"spacy.cli": (), "spacy.cli.info": ("info",)})


def import_pyvis() -> None:
    """Import pyvis's network, unless that was done; it shows pages in notebooks, and becomes JSON, as ever."""
    _import_without("pyvis.network", {"IPython": (), "IPython.display": ("IFrame",), "jsonpickle": ("encode",)})


def _import_without(library: str, unused: Mapping[str, Sequence[str]]) -> None:
    """Import a `library` without modules that are not loaded yet, of each of which it wants some functions."""
    if library not in sys.modules and sys.modules.keys().isdisjoint(unused):
        for name, functions in unused.items():
            sys.modules[name] = stand_in = ModuleType(name)
            vars(stand_in).update({function: _late(name, function) for function in functions})
        try:
            importlib.import_module(library)
        finally:
            for name in unused:
                sys.modules.pop(name, None)


def _late(module: str, function: str) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(importlib.import_module(module), function)(*arguments, **options)

    return call
