"""The ontology as Python classes (Owlready2), and whether it is consistent (HermiT): Turtle files in, faults out.

Owlready2 reads no Turtle, so files pass through Oxigraph as N-Triples. ``owl:imports`` is dropped: nothing is fetched.
HermiT implements OWL 2 DL (https://www.w3.org/TR/owl2-overview/). Of a graph it sees one asserted claim for each pair
of classes that a property joins, since axioms speak of classes and properties: a whole graph is too much for it, and
holds ``xsd:date``, which is no OWL 2 datatype. What must hold of every claim is checked with SHACL.
"""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.ontology import DGM, OWL, RDF, ontology_folder, read_turtle
from dragoman.record import Record
from dragoman.records import Claim, Modality
from dragoman.vocabulary import Iris

if TYPE_CHECKING:
    import owlready2

__all__ = ["ReasonerError", "check_claims", "check_consistency", "load_owl"]

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
    consistent, world = _reason(extra)
    if not consistent:
        return ["the ontology is inconsistent: its axioms contradict each other"]
    impossible = {cls.iri for cls in world.inconsistent_classes()} - {NOTHING}
    return [f"class {iri} can have no member" for iri in sorted(impossible)]


def check_claims(record: Record, *extra: Path) -> tuple[Claim, ...]:
    """The first of the claims of `record` that contradict the ontology; none where HermiT finds no contradiction.

    :returns: one claim, or several that contradict the ontology only together; sorted by their classes and property.
    :raises ReasonerError: as :func:`check_consistency` does.
    :raises OntologyError: for a file that cannot be read.
    """
    classes = {entity.id: entity.cls for entity in record.entities}
    sample: dict[tuple[str, str, str], Claim] = {}
    for claim in record.claims:
        if claim.modality is Modality.ASSERTED:
            sample.setdefault((classes[claim.subject], claim.predicate, classes[claim.object]), claim)
    claims = tuple(claim for _, claim in sorted(sample.items()))
    if _fit(claims, classes, extra):
        return ()
    while len(claims) > 1:
        half = len(claims) // 2
        worse = next((part for part in (claims[:half], claims[half:]) if not _fit(part, classes, extra)), None)
        if worse is None:
            break
        claims = worse
    return claims


def load_owl(*extra: Path) -> owlready2.Ontology:
    """Our ontology as Owlready2 objects, with the Turtle files `extra` added; its ``world`` is shared with nothing.

    :raises ReasonerError: if Owlready2 is missing.
    :raises OntologyError: for a file that is missing or is no Turtle, with line and column.

    >>> load_owl().State.is_a
    [ontology.Actor]
    """
    return _load(extra, "")


def _load(extra: Iterable[Path], more: str) -> owlready2.Ontology:
    """Our ontology with `extra` and the N-Triples `more` added."""
    store = read_turtle([ontology_folder() / "dragoman.ttl", *extra])
    triples = "".join(f"{quad.triple} .\n" for quad in store if quad.predicate.value != OWL + "imports")
    empty: Any = _owlready().World().get_ontology(DGM)
    data = BytesIO(f"{triples}{more}".encode())
    ontology: owlready2.Ontology = empty.load(only_local=True, fileobj=data, format="ntriples")
    return ontology


def _fit(claims: Iterable[Claim], classes: Mapping[str, str], extra: Iterable[Path]) -> bool:
    """Whether `claims` do not contradict the ontology, each entity being of its class."""
    iris, lines = Iris(), []
    for claim in claims:
        subject, object_ = iris.entity(claim.subject), iris.entity(claim.object)
        lines.append(f"{subject} <{DGM}{claim.predicate}> {object_} .\n")
        for id_, node in ((claim.subject, subject), (claim.object, object_)):
            lines.append(f"{node} <{RDF}type> <{DGM}{classes[id_]}> .\n")
            lines.append(f"{node} <{RDF}type> <{OWL}NamedIndividual> .\n")
    return _reason(extra, "".join(lines))[0]


def _reason(extra: Iterable[Path], more: str = "") -> tuple[bool, Any]:
    """Whether our ontology with `extra` and `more` is consistent, and the world of Owlready2 in which HermiT looked."""
    owl = _owlready()
    if shutil.which(owl.JAVA_EXE) is None:
        raise ReasonerError(
            f"no Java found as {owl.JAVA_EXE!r}, which HermiT needs; install a Java runtime (8 or later) and put it on "
            "PATH, or leave this check out: nothing else needs it"
        )
    world: Any = _load(extra, more).world
    try:
        owl.sync_reasoner_hermit(world, debug=0)
    except owl.OwlReadyInconsistentOntologyError:
        return False, world
    except owl.OwlReadyJavaError as cause:
        raise ReasonerError(f"HermiT refused the ontology: {_exception(str(cause))}") from cause
    return True, world


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
