"""Loading the language model: ours, which ships with the package, or any spaCy pipeline with a dependency parser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from dragoman.language.embedding import quicken
from dragoman.language.hashes import OWN_MODEL, own_model_folder
from dragoman.language.labels import label_at_once
from dragoman.language.transitions import parse_at_once

__all__ = ["ModelError", "load_model"]


class ModelError(ValueError):
    """A language model that is missing or has no parser."""


def load_model(name: str = OWN_MODEL) -> Language:
    """The pipeline of that name; ours made quicker, with its lemmas repaired where they are no words.

    :param name: `dragoman` for ours, else an installed spaCy pipeline or the path of one.
    :raises ModelError: if there is none, or it does not parse.
    """
    source: str | Path = own_model_folder() if name == OWN_MODEL else name
    try:
        nlp = spacy.load(source)
    except OSError as cause:
        raise ModelError(f"no language model {name!r}: give {OWN_MODEL!r} or an installed spaCy pipeline") from cause
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"language model {name!r} has no dependency parser; it has {', '.join(nlp.pipe_names)}")
    _split_abbreviations(nlp)
    if name == OWN_MODEL:
        quicken(nlp)
        label_at_once(nlp)
        parse_at_once(nlp)
    return nlp


def _split_abbreviations(nlp: Language) -> None:
    """Let the tokenizer part "U.S.-EU" at the hyphen, as it parts "UN-AU"."""
    tokenizer: Any = nlp.tokenizer
    if tokenizer.infix_finditer is not None:
        pattern = tokenizer.infix_finditer.__self__.pattern
        tokenizer.infix_finditer = re.compile(rf"{pattern}|(?<=[A-Z]\.)-(?=[A-Za-z])").finditer
