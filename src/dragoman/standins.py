"""spaCy imported without its command line, of which nothing is used here.

``import spacy`` imports :mod:`spacy.cli` for the sake of ``spacy.info`` alone, and with it a third of all modules:
clients of HTTP, of Git and of terminals. Here something else stands in their place meanwhile, and gives way at the
first call.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

__all__ = ["import_spacy"]

COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy, unless that was done; ``spacy.info`` and ``spacy.cli`` work as ever, loaded once asked for."""
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in COMMAND_LINE}
    vars(stand_ins[COMMAND_LINE[-1]])["info"] = _info
    sys.modules.update(stand_ins)
    try:
        importlib.import_module("spacy")
    finally:
        for name in COMMAND_LINE:
            sys.modules.pop(name, None)


def _info(*arguments: Any, **options: Any) -> Any:
    return importlib.import_module(COMMAND_LINE[-1]).info(*arguments, **options)
