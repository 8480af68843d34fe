"""Loading the language model: ours, which ships with the package, or any spaCy pipeline with a dependency parser."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.language.tables import lemma_tables

__all__ = ["OWN_MODEL", "ModelError", "hash_model", "load_model"]

OWN_MODEL = "dragoman"
REPAIR = "dragoman_lemmas"
REPAIRED_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun"}


class ModelError(ValueError):
    """A language model that is missing or has no parser."""


def load_model(name: str = OWN_MODEL) -> Language:
    """The pipeline of that name, with its lemmas repaired where they are no words.

    :param name: `dragoman` for ours, else an installed spaCy pipeline or the path of one.
    :raises ModelError: if there is none, or it does not parse.
    """
    source: str | Path = _own_folder() if name == OWN_MODEL else name
    try:
        nlp = spacy.load(source)
    except OSError as cause:
        raise ModelError(f"no language model {name!r}: give {OWN_MODEL!r} or an installed spaCy pipeline") from cause
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"language model {name!r} has no dependency parser; it has {', '.join(nlp.pipe_names)}")
    if name == OWN_MODEL:
        nlp.add_pipe(REPAIR)
    return nlp


def hash_model(name: str = OWN_MODEL) -> str:
    """SHA-256 of the files of our model, or of the name of another."""
    digest = sha256(name.encode())
    if name == OWN_MODEL:
        for path in sorted(_own_folder().rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(_own_folder()).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@Language.component(REPAIR)
def repair_lemmas(doc: Doc) -> Doc:
    """Replace each lemma that WordNet does not know ("endors") by the first known one that a suffix rule gives."""
    tables = lemma_tables()
    for token in doc:
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


def _own_folder() -> Path:
    return Path(str(files("dragoman.language").joinpath("model")))
