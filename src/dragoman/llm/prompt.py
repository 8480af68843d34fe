"""An ontology and a piece of a document to what a language model is sent: instructions, JSON Schema, fenced text.

Classes and properties come from the ontology as it is loaded, with their definitions and what they join, so that those
of a user's own are asked for too. The schema keeps to what servers that hold answers to it take: all keys required, no
others, enumerations (https://json-schema.org/draft/2020-12, https://platform.openai.com/docs/guides/structured-outputs).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any

from dragoman.llm.pieces import Piece
from dragoman.ontology import Ontology
from dragoman.records import Document, Modality
from dragoman.vocabulary import clean

__all__ = ["format_instructions", "format_piece", "to_schema"]

MOST_CHOICES = 500
"""Values that servers take in the enumerations of a schema; where an ontology has more, any text is let through."""


def format_instructions(ontology: Ontology) -> str:
    """What a language model is told before any document: the task, and the classes and properties of `ontology`."""
    told = files("dragoman.llm").joinpath("instructions.txt").read_text(encoding="utf-8")
    classes = (
        f"- {term.name}{_below(term.ancestors)}: {_line(term.definition or term.label)}"
        for term in ontology.classes.values()
    )
    properties = (
        f"- {term.name}: {_line(term.definition or term.label)} Joins {_joins(term.signatures)}."
        for term in ontology.properties.values()
    )
    return "\n".join((told, "Classes:", *classes, "", "Properties:", *properties, ""))


def to_schema(ontology: Ontology) -> dict[str, Any]:
    """The JSON Schema of an answer."""
    text: Mapping[str, Any] = {"type": "string"}
    choices = len(ontology.classes) + len(ontology.properties) + len(Modality)
    entity = {
        "id": text,
        "class": _one_of(ontology.classes) if choices <= MOST_CHOICES else text,
        "names": {"type": "array", "items": text},
    }
    claim = {
        "subject": text,
        "property": _one_of(ontology.properties) if choices <= MOST_CHOICES else text,
        "object": text,
        "modality": _one_of(modality.value for modality in Modality),
        "quote": text,
        "date": text,
        "speaker": text,
    }
    return _object({"entities": _list_of(entity), "claims": _list_of(claim)})


def format_piece(document: Document, piece: Piece) -> str:
    """The text of `piece` between two lines with a mark that it does not hold, after what is known of its document."""
    known = {
        name: clean(value)
        for name, value in (("title", document.title), ("date", document.date), ("author", document.author))
        if value
    }
    told = f"{json.dumps(known, ensure_ascii=False, sort_keys=True)}\n\n{piece.text}"
    mark = sha256(told.encode()).hexdigest()[:16]
    while mark in told:
        mark = sha256(mark.encode()).hexdigest()[:16]
    return f"DOCUMENT {mark} BEGINS\n{told}\nDOCUMENT {mark} ENDS"


def _line(text: str) -> str:
    """`text`, which may be a user's own, on one line that ends like a sentence."""
    plain = " ".join(clean(text).split())
    return plain if plain.endswith(".") else f"{plain}."


def _below(ancestors: tuple[str, ...]) -> str:
    return f" (a kind of {ancestors[0]})" if ancestors else ""


def _joins(signatures: Iterable[tuple[frozenset[str], frozenset[str]]]) -> str:
    return "; ".join(f"{_any_of(left)} to {_any_of(right)}" for left, right in signatures)


def _any_of(classes: Iterable[str]) -> str:
    return " or ".join(sorted(classes))


def _one_of(values: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _list_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
