"""spaCy comes without its command line, until that is asked for."""

from __future__ import annotations

import subprocess
import sys

LIGHT = """
import sys
from dragoman.language.startup import import_spacy
import_spacy()
import_spacy()
import spacy
loaded = [name for name in sys.modules if name.startswith(("spacy.cli", "typer", "weasel"))]
assert not loaded, loaded
spacy.blank("en")
"""
ASKED = """
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
from spacy.cli import download
assert download.__module__ == "spacy.cli.download" and spacy.cli.info.__module__ == "spacy.cli.info"
"""
BEFORE = """
import spacy
from spacy.cli import info
from dragoman.language.startup import import_spacy
import_spacy()
assert spacy.info is info is sys.modules["spacy.cli.info"].info
"""


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_spacy_is_imported_without_its_command_line():
    run(LIGHT)


def test_the_command_line_is_there_once_it_is_asked_for():
    run(LIGHT + ASKED)


def test_spacy_that_was_imported_before_stays_as_it_is():
    run("import sys" + BEFORE)
