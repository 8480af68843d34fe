"""A folder of diplomatic documents in, a cited knowledge graph of actors, conflicts and instruments out.

>>> import dragoman
>>> built = dragoman.build("documents", "out")  # doctest: +SKIP
>>> built.graph, built.network  # an rdflib and a NetworkX graph  # doctest: +SKIP
>>> dragoman.open("out").query("SELECT ...")  # doctest: +SKIP
>>> dragoman.network("out", view="actors", since="2024")  # a NetworkX graph of some of the claims  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.analysis import network
    from dragoman.builder import build
    from dragoman.built import Build
    from dragoman.built import open_build as open
    from dragoman.reading.formats.parsed import Limits, Options

__version__ = "0.1.0"

__all__ = ["Build", "Limits", "Options", "__version__", "build", "network", "open"]

_PLACES = {
    "Build": ("built", "Build"),
    "Limits": ("reading.formats.parsed", "Limits"),
    "Options": ("reading.formats.parsed", "Options"),
    "build": ("builder", "build"),
    "network": ("analysis", "network"),
    "open": ("built", "open_build"),
}
"""Module and name of what is loaded when first asked for, so that importing the package costs nothing."""


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    module, local = _PLACES[name]
    return getattr(import_module(f"dragoman.{module}"), local)


def __dir__() -> list[str]:
    return sorted(__all__)
