"""Loading the language model: ours, which ships with the package, or any spaCy pipeline with a dependency parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry
from spacy.vocab import Vocab

from dragoman.language.embedding import quicken
from dragoman.language.hashes import OWN_MODEL, own_model_folder
from dragoman.language.labels import label_at_once
from dragoman.language.transitions import parse_at_once

__all__ = ["ModelError", "load_model"]

BARE = "dragoman.bare_tokenizer.v1"
"""By which name spaCy makes a tokenizer without rules."""


class ModelError(ValueError):
    """A language model that is missing or has no parser."""


def load_model(name: str = OWN_MODEL) -> Language:
    """The pipeline of that name; ours made quicker, with its lemmas repaired where they are no words.

    :param name: `dragoman` for ours, else an installed spaCy pipeline or the path of one.
    :raises ModelError: if there is none, or it does not parse.
    """
    if name == OWN_MODEL:
        return _load_own(own_model_folder())
    try:
        nlp = spacy.load(name)
    except OSError as cause:
        raise ModelError(f"no language model {name!r}: give {OWN_MODEL!r} or an installed spaCy pipeline") from cause
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"language model {name!r} has no dependency parser; it has {', '.join(nlp.pipe_names)}")
    tokenizer: Any = nlp.tokenizer
    if tokenizer.infix_finditer is not None:
        tokenizer.infix_finditer = _find_inside(tokenizer.infix_finditer.__self__.pattern)
    return nlp


def _load_own(folder: Path) -> Language:
    """Our pipeline; its tokenizer is made from the file at once, never as spaCy's usual one that is then changed."""
    bare = {"nlp": {"tokenizer": {"@tokenizers": BARE}}}
    nlp = spacy.load(folder, exclude=["tokenizer"], config=bare)
    nlp.tokenizer = _to_tokenizer(msgspec.msgpack.decode((folder / "tokenizer").read_bytes()), nlp.vocab)
    quicken(nlp)
    label_at_once(nlp)
    parse_at_once(nlp)
    return nlp


@registry.tokenizers(BARE)  # type: ignore[untyped-decorator]
def make_bare_tokenizer() -> Callable[[Language], Tokenizer]:
    """What makes a tokenizer that parts words at blanks alone."""
    return lambda nlp: Tokenizer(nlp.vocab)


def _to_tokenizer(saved: Mapping[str, Any], vocab: Vocab) -> Tokenizer:
    """The tokenizer that was saved, as :meth:`spacy.tokenizer.Tokenizer.to_bytes` tells it."""
    return Tokenizer(
        vocab,
        rules=saved["exceptions"],
        prefix_search=re.compile(saved["prefix_search"]).search,
        suffix_search=re.compile(saved["suffix_search"]).search,
        infix_finditer=_find_inside(saved["infix_finditer"]),
        url_match=re.compile(saved["url_match"]).match,
        faster_heuristics=saved["faster_heuristics"],
    )


def _find_inside(pattern: str) -> Callable[[str], Iterator[re.Match[str]]]:
    """What finds where a word is parted inside: by `pattern`, and "U.S.-EU" at the hyphen, as "UN-AU" is."""
    return re.compile(rf"{pattern}|(?<=[A-Z]\.)-(?=[A-Za-z])").finditer
