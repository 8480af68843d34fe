"""What several test modules need: the folder of reference documents, the vocabulary, and a reader with its model."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from dragoman import workers
from dragoman.extraction.reader import GrammarReader
from dragoman.gazetteer import Gazetteer, load_gazetteer
from dragoman.language.model import load_model
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.ontology import Ontology, load_ontology

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def pytest_configure() -> None:
    """Let tests find the programs that lie beside this Python, whether its environment is activated or not."""
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark as slow whatever reads with the language model."""
    for item in items:
        if "reader" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference documents and what people read in them; without it, the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("no folder of reference documents beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """Our ontology, as it ships."""
    return load_ontology()


@pytest.fixture(scope="session")
def lexicon(ontology: Ontology) -> Lexicon:
    """Our lexicon, as it ships."""
    return load_lexicon(ontology)


@pytest.fixture(scope="session")
def gazetteer(ontology: Ontology) -> Gazetteer:
    """The names that ship."""
    return load_gazetteer(ontology)


@pytest.fixture(scope="session")
def reader(ontology: Ontology, lexicon: Lexicon, gazetteer: Gazetteer) -> GrammarReader:
    """The reader with the model that ships; loading it takes some seconds."""
    return GrammarReader(load_model(), ontology=ontology, lexicon=lexicon, gazetteer=gazetteer)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a few documents, or of one file, for processes that read."""
    monkeypatch.setattr(workers, "BATCH", 30)
