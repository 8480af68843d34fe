"""Tables that ship with the package: word clusters for the embedding, known lemmas, and small words for the mends.

The first two come from spacy-lookups-data (MIT): the clusters are Brown clusters (https://aclanthology.org/J92-4003),
cut to the most frequent words; the lemmas are WordNet 3.0's index (its notice stands in ``tables/NOTICE``). Small words
stand in ``ontology/languages.ttl``.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.attrs import LANG
from spacy.language import Language
from spacy.util import registry

from dragoman.ontology import read_labels

__all__ = ["LemmaTables", "add_clusters", "find_cluster", "lemma_tables", "small_words", "write_tables"]

CLUSTERS = "clusters.tsv.gz"
LEMMAS = "lemmas.json.gz"
UNKNOWN = "0"
REMEMBERED = 1 << 16
"""Words whose clusters are remembered: spaCy asks again for rare ones, each time that they stand in a text."""


@cache
def cluster_lines() -> Sequence[str]:
    """The frequent words of English, each with a tab and its cluster, as decimal digits; sorted."""
    packed = files("dragoman.language").joinpath("tables", CLUSTERS).read_bytes()
    return gzip.decompress(packed).decode("utf-8").split("\n")


@lru_cache(maxsize=REMEMBERED)
def find_cluster(word: str) -> str:
    """The cluster of a word, "" for one that is not frequent.

    It is looked for among the lines, as a table of them all takes three times as long to make as they do.
    """
    lines, begin = cluster_lines(), f"{word}\t"
    at = bisect_left(lines, begin)
    return lines[at].removeprefix(begin) if at < len(lines) and lines[at].startswith(begin) else ""


@dataclass(frozen=True, slots=True)
class LemmaTables:
    """By part of speech (verb, noun): the known lemmas, suffix rules as (old, new), and irregular forms."""

    index: Mapping[str, frozenset[str]]
    rules: Mapping[str, tuple[tuple[str, str], ...]]
    irregular: Mapping[str, Mapping[str, str]]


@cache
def lemma_tables() -> LemmaTables:
    """The lemmas that ship with the package."""
    packed = files("dragoman.language").joinpath("tables", LEMMAS).read_bytes()
    tables = json.loads(gzip.decompress(packed))
    return LemmaTables(
        index={part: frozenset(lemmas) for part, lemmas in tables["index"].items()},
        rules={part: tuple((old, new) for old, new in rules) for part, rules in tables["rules"].items()},
        irregular={part: {form: lemmas[0] for form, lemmas in table.items()} for part, table in tables["exc"].items()},
    )


@cache
def small_words(name: str) -> frozenset[str]:
    """English words by which trees are mended: those of the concept ``english-NAME`` in ``ontology/languages.ttl``."""
    return frozenset(read_labels("languages.ttl", f"https://w3id.org/dragoman/language/english-{name}"))


@registry.callbacks("dragoman.clusters.v1")  # type: ignore[untyped-decorator]
def add_clusters() -> Callable[[Language], Language]:
    """A callback that carries each word's cluster in the lexeme attribute LANG, one more feature of the embedding."""

    def cluster_of(text: str) -> str:
        return "c" + (find_cluster(text) or find_cluster(text.lower()) or UNKNOWN)

    def add(nlp: Language) -> Language:
        nlp.vocab.lex_attr_getters[LANG] = cluster_of  # type: ignore[attr-defined]
        for lexeme in nlp.vocab:
            lexeme.lang_ = cluster_of(lexeme.text)
        return nlp

    return add


def write_tables(lookups: Path, folder: Path, *, top: int = 150_000) -> None:
    """Write both tables into `folder` from the `data` folder of spacy-lookups-data, keeping the `top` words."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = _read_table(lookups / "en_lexeme_cluster.json.gz")
    probability = _read_table(lookups / "en_lexeme_prob.json.gz")
    known = (word for word in cluster if word in probability and "\t" not in word and "\n" not in word)
    words = sorted(known, key=lambda word: (-probability[word], word))[:top]
    rows = "\n".join(sorted(f"{word}\t{cluster[word]}" for word in words))
    (folder / CLUSTERS).write_bytes(gzip.compress(rows.encode(), 9, mtime=0))
    parts = ("verb", "noun")
    lemmas = {
        "index": {part: sorted(_read_table(lookups / "en_lemma_index.json.gz")[part]) for part in parts},
        "rules": {part: _read_table(lookups / "en_lemma_rules.json.gz")[part] for part in parts},
        "exc": {part: _read_table(lookups / "en_lemma_exc.json.gz")[part] for part in parts},
    }
    (folder / LEMMAS).write_bytes(gzip.compress(json.dumps(lemmas, sort_keys=True).encode(), 9, mtime=0))


def _read_table(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))
