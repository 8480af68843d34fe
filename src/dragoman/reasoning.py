"""The ontology as Python classes (Owlready2), and whether it is consistent (HermiT): Turtle files in, faults out.

Owlready2 reads no Turtle, so files pass through Oxigraph as N-Triples. ``owl:imports`` is dropped: nothing is fetched.
HermiT implements OWL 2 DL (https://www.w3.org/TR/owl2-overview/) and is for the ontology alone: graphs that were built
from documents are checked with SHACL, being large and holding ``xsd:date``, which is no OWL 2 datatype.
"""

from __future__ import annotations

import importlib
import shutil
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.ontology import DGM, OWL, ontology_folder, read_turtle

if TYPE_CHECKING:
    import owlready2

__all__ = ["ReasonerError", "check_consistency", "load_owl"]

NOTHING = OWL + "Nothing"
"""The empty class, which HermiT lists with every class that equals it."""


class ReasonerError(RuntimeError):
    """Owlready2 or Java is missing, or HermiT gave up; the message says why and what to do."""


def check_consistency(*extra: Path) -> list[str]:
    """Faults that HermiT finds in our ontology with the Turtle files `extra` added to it, none where it is consistent.

    :returns: one line for each class that can have no member, sorted, or a single line where the whole is inconsistent.
    :raises ReasonerError: if Owlready2 or Java is missing, or HermiT refuses the ontology (for a datatype, say).
    :raises OntologyError: for a file that cannot be read.
    """
    owl = _owlready()
    if shutil.which(owl.JAVA_EXE) is None:
        raise ReasonerError(
            f"no Java found as {owl.JAVA_EXE!r}, which HermiT needs; install a Java runtime (8 or later) and put it on "
            "PATH, or leave this check out: nothing else needs it"
        )
    world: Any = load_owl(*extra).world
    try:
        owl.sync_reasoner_hermit(world, debug=0)
    except owl.OwlReadyInconsistentOntologyError:
        return ["the ontology is inconsistent: its axioms contradict each other"]
    except owl.OwlReadyJavaError as cause:
        raise ReasonerError(f"HermiT refused the ontology: {_exception(str(cause))}") from cause
    impossible = {cls.iri for cls in world.inconsistent_classes()} - {NOTHING}
    return [f"class {iri} can have no member" for iri in sorted(impossible)]


def load_owl(*extra: Path) -> owlready2.Ontology:
    """Our ontology as Owlready2 objects, with the Turtle files `extra` added; its ``world`` is shared with nothing.

    :raises ReasonerError: if Owlready2 is missing.
    :raises OntologyError: for a file that is missing or is no Turtle, with line and column.

    >>> load_owl().State.is_a
    [ontology.Actor]
    """
    store = read_turtle([ontology_folder() / "dragoman.ttl", *extra])
    triples = "".join(f"{quad.triple} .\n" for quad in store if quad.predicate.value != OWL + "imports")
    empty: Any = _owlready().World().get_ontology(DGM)
    ontology: owlready2.Ontology = empty.load(only_local=True, fileobj=BytesIO(triples.encode()), format="ntriples")
    return ontology


def _owlready() -> Any:
    """The Owlready2 module, which bears no types; imported only when asked for, to keep the command line quick."""
    try:
        return importlib.import_module("owlready2")
    except ModuleNotFoundError as cause:
        raise ReasonerError(
            "Owlready2 is not installed, which the ontology's classes and HermiT come through; "
            "run: pip install 'dragoman[owl]', or in a clone: pip install -e '.[owl]'"
        ) from cause


def _exception(message: str) -> str:
    """What a Java error says from its exception up to the stack trace, on one line."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    start = next((n for n, line in enumerate(lines) if "Exception" in line), 0)
    end = next((n for n, line in enumerate(lines) if n > start and line.startswith("at ")), len(lines))
    return " ".join(lines[start:end]) or "no message"
