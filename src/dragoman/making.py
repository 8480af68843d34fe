"""What a build is asked for, and what follows from it: the provenance of its graph, the fingerprint of its readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from dragoman.decisions import DECISIONS
from dragoman.graph import Provenance
from dragoman.language.hashes import hash_model
from dragoman.ontology import hash_ontology
from dragoman.readers import Choice, Progress
from dragoman.readings import Fingerprint, to_fingerprint

__all__ = ["OWN_ONTOLOGY", "Making", "kept_name"]

OWN_ONTOLOGY = "ontology"
"""The folder of an output folder that holds the ontology files that the user gave."""


@dataclass(frozen=True)
class Making:
    """How a graph is made: what was asked for, and what follows from it."""

    base: str
    model: str
    ontology_files: tuple[Path, ...]
    tell: Progress
    decisions: Path | None = None
    infer: bool = False
    choice: Choice = field(default_factory=Choice)
    output: Path | None = None
    workers: int = 1
    scheduler: str = ""

    @cached_property
    def provenance(self) -> Provenance:
        """What makes the graph."""
        return Provenance(
            ontology_sha256=hash_ontology(self.ontology_files),
            model=self.model,
            model_sha256=hash_model(self.model),
            settings=(("reader", ", ".join(self.choice.names)), *((("infer", "true"),) if self.infer else ())),
            files=tuple((name, sha256(path.read_bytes()).hexdigest()) for name, path in self._given()),
        )

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """What all its readings depend on beside their documents."""
        made_by = self.provenance
        return to_fingerprint(model_sha256=made_by.model_sha256, ontology_sha256=made_by.ontology_sha256)

    def _given(self) -> Iterator[tuple[str, Path]]:
        for number, path in enumerate(self.ontology_files, start=1):
            yield f"{OWN_ONTOLOGY}/{kept_name(number, path)}", path
        if self.decisions:
            yield DECISIONS, self.decisions


def kept_name(number: int, path: Path) -> str:
    """The name under which an output folder keeps the `number`-th ontology file that a user gave."""
    return f"{number:02}-{path.stem}.ttl"
