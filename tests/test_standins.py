"""Libraries come without what is not used of them, until that is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

SPACY = """
import sys
from dragoman.standins import import_spacy
import_spacy()
import_spacy()
import spacy
loaded = [name for name in sys.modules if name.startswith(("spacy.cli", "typer", "weasel"))]
assert not loaded, loaded
spacy.blank("en")
"""
PYVIS = """
import sys
from dragoman.standins import import_pyvis
import_pyvis()
from pyvis.network import IFrame, Network
assert "IPython" not in sys.modules and "IPython.display" not in sys.modules
assert Network().get_nodes() == [] and "jsonpickle" not in sys.modules
"""


@pytest.mark.parametrize(
    "code",
    [
        SPACY,
        SPACY + "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__",
        SPACY + "from spacy.cli import download\nassert download.__module__ == 'spacy.cli.download'",
        "import spacy\nfrom spacy.cli import info\nfrom dragoman.standins import import_spacy\n"
        "import_spacy()\nassert spacy.info is info",
        PYVIS,
        PYVIS + "assert type(IFrame('a.html', 1, 2)).__module__ == 'IPython.lib.display'",
        PYVIS + "assert Network().to_json().startswith('{')",
        "import IPython.display\nfrom dragoman.standins import import_pyvis\nimport_pyvis()\n"
        "import pyvis.network\nassert pyvis.network.IFrame is IPython.display.IFrame",
    ],
    ids=["spacy", "info", "command line", "spacy before", "pyvis", "notebook", "JSON", "IPython before"],
)
def test_a_library_is_imported_without_what_is_not_used_until_that_is_asked_for(code):
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
