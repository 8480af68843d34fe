"""Loading the language model: ours, which ships with the package, or any spaCy pipeline with a dependency parser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.language.hashes import OWN_MODEL, own_model_folder
from dragoman.language.tables import lemma_tables

__all__ = ["ModelError", "load_model"]

REPAIR = "dragoman_lemmas"
REPAIRED_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun"}


class ModelError(ValueError):
    """A language model that is missing or has no parser."""


def load_model(name: str = OWN_MODEL) -> Language:
    """The pipeline of that name, with its lemmas repaired where they are no words.

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
        nlp.add_pipe(REPAIR)
    return nlp


def _split_abbreviations(nlp: Language) -> None:
    """Let the tokenizer part "U.S.-EU" at the hyphen, as it parts "UN-AU"."""
    tokenizer: Any = nlp.tokenizer
    if tokenizer.infix_finditer is not None:
        pattern = tokenizer.infix_finditer.__self__.pattern
        tokenizer.infix_finditer = re.compile(rf"{pattern}|(?<=[A-Z]\.)-(?=[A-Za-z])").finditer


@Language.component(REPAIR)
def repair_lemmas(doc: Doc) -> Doc:
    """Replace each lemma that WordNet does not know ("endors") by the first known one that a suffix rule gives.

    A word in lower case that was taken for a name becomes a noun before.
    """
    tables = lemma_tables()
    for token in doc:
        if token.pos_ == "PROPN" and token.is_lower and token.is_alpha:
            token.pos_, token.tag_ = "NOUN", "NNS" if token.lower_.endswith("s") else "NN"
        part = REPAIRED_PARTS.get(token.pos_)
        if part is None:
            continue
        known, form = tables.index[part], token.lower_
        if form in tables.irregular[part]:
            token.lemma_ = tables.irregular[part][form]
        elif token.lemma_ not in known and token.lemma_.lower() not in known:
            prefix, _, base = form.rpartition("-")  # "co-chaired"
            stems = [base[: -len(old)] + new for old, new in tables.rules[part] if old and base.endswith(old)]
            stem = next((stem for stem in stems if stem in known), "")
            if stem:
                token.lemma_ = f"{prefix}-{stem}" if prefix else stem
    return doc
