"""Train and measure the tagger, lemmatizer and parser from Universal Dependencies treebanks.

The recipe is ``training.cfg``; what it gave, and on which data, is told in ``model/README.md``. About half an hour on
one core.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    HYPHENS,
    LIST_ELLIPSES,
    LIST_ICONS,
)
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from thinc.api import Config

from dragoman.language.conllu import count_relations, read_conllu, to_docs
from dragoman.language.tables import add_clusters

__all__ = ["Accuracy", "measure_accuracy", "train"]

RELATION_FLOOR = 200
"""A relation's subtype seen less often in training is folded into its relation: too few to learn."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Percentages from raw text: own tokens and sentence ends, punctuation left out of UAS and LAS; words a second."""

    uas: float
    las: float
    tag: float
    pos: float
    lemma: float
    sentence_f: float
    words_per_second: float


def train(
    train_paths: Sequence[Path],
    dev_paths: Sequence[Path],
    output: Path,
    *,
    start: Path | None = None,
    steps: int | None = None,
) -> None:
    """Train on CoNLL-U files and write the best model, by the mean of its dev scores, to `output`.

    :param start: the folder of a model made by this function whose weights are gone on from, its labels kept.
    :param steps: updates of the weights; by default as many as the recipe says.
    :raises TreebankError: if a file is not CoNLL-U.
    """
    recipe = files("dragoman.language").joinpath("training.cfg").read_text(encoding="utf-8")
    settings = Config().from_str(recipe, interpolate=False)
    own = settings.pop("dragoman")
    begun = spacy.load(start) if start is not None else None
    if begun is not None:
        settings = settings.merge(own["going_on"])
    if steps is not None:
        settings["training"]["max_steps"] = steps
        settings["training"]["eval_frequency"] = min(steps, settings["training"]["eval_frequency"])
    with tempfile.TemporaryDirectory() as scratch:
        relations = _relations_of(train_paths) if begun is None else _relations_known(begun)
        for name, paths in {"train": train_paths, "dev": dev_paths}.items():
            target = Path(scratch, f"{name}.spacy")
            _write_corpus(paths, target, relations, curly_every=5 if name == "train" else 0)
            settings["paths"][name] = str(target)
        checkpoints = Path(scratch, "checkpoints")
        checkpoints.mkdir()
        if begun is None:
            nlp = init_nlp(settings.interpolate())
            keep_prefixes(nlp, own["whole_prefixes"])
        else:
            nlp = _go_on_from(begun, settings)
        train_loop(nlp, checkpoints)
        best = spacy.load(start) if start is not None else spacy.load(checkpoints / "model-best")
        if start is not None:
            for name in best.pipe_names:
                pipe: Any = best.get_pipe(name)
                pipe.from_disk(checkpoints / "model-best" / name, exclude=["vocab"])
        forget_paths(best)
        best.to_disk(output)


def _relations_of(paths: Iterable[Path]) -> frozenset[str]:
    """Relations that a treebank has often enough to be learnt."""
    counts = count_relations(s for path in paths for s in read_conllu(path))
    return frozenset(relation for relation, count in counts.items() if count >= RELATION_FLOOR)


def _relations_known(nlp: Language) -> frozenset[str]:
    """Relations that a model tells apart."""
    return frozenset(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]


def _go_on_from(nlp: Language, settings: Config) -> Language:
    """The same pipeline, ready to be trained by `settings`."""
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}  # spaCy 3.8 forgets it
    settings["training"] |= {"before_to_disk": None, "before_update": None}
    nlp.config = settings
    nlp.resume_training()
    return nlp


def measure_accuracy(nlp: Language, treebank: Path) -> Accuracy:
    """How well `nlp` does on a treebank it has not seen, from its raw text.

    Relations that the model does not know lose their subtype on both sides.
    """
    labels = _relations_known(nlp)
    gold = list(to_docs(read_conllu(treebank), nlp.vocab, relations=labels, curly_every=0))
    start = time.perf_counter()
    predicted = list(nlp.pipe([doc.text for doc in gold], batch_size=32))
    seconds = time.perf_counter() - start
    scores = Scorer(nlp).score([Example(p, g) for p, g in zip(predicted, gold, strict=True)])
    return Accuracy(
        uas=100 * scores["dep_uas"],
        las=100 * scores["dep_las"],
        tag=100 * scores["tag_acc"],
        pos=100 * scores["pos_acc"],
        lemma=100 * scores["lemma_acc"],
        sentence_f=100 * scores["sents_f"],
        words_per_second=sum(map(len, predicted)) / seconds,
    )


def keep_prefixes(nlp: Language, prefixes: Iterable[str]) -> None:
    """Let the tokenizer leave `prefixes` on their word ("co-chaired"), as the treebanks do; saved with the model."""
    of_length: dict[int, list[str]] = defaultdict(list)  # what stands before may be looked at where all are as long
    for prefix in prefixes:
        of_length[len(prefix)] += (prefix, prefix.capitalize())
    several = ("|".join(forms) for _, forms in sorted(of_length.items()))
    guard = "".join(f"(?<![^{ALPHA}](?:{forms}))(?<!^(?:{forms}))" for forms in several)
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+\-\*^](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9]){guard}(?:{HYPHENS})(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
    ]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer


def forget_paths(nlp: Language) -> None:
    """Take the places of the training data out of the settings that are saved with the model."""
    settings = nlp.config
    settings["paths"] = dict.fromkeys(settings["paths"])
    for corpus in settings["corpora"].values():
        corpus["path"] = None


def _write_corpus(paths: Sequence[Path], target: Path, relations: frozenset[str], *, curly_every: int) -> None:
    vocab = add_clusters()(spacy.blank("en")).vocab
    store = DocBin(store_user_data=False)
    for path in paths:
        for doc in to_docs(read_conllu(path), vocab, relations=relations, curly_every=curly_every):
            store.add(doc)
    store.to_disk(target)
