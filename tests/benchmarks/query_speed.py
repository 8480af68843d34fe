"""What each ready question takes on a made-up graph, warm, and how much more rdflib takes for the same query.

    .venv/bin/python tests/benchmarks/query_speed.py [CLAIMS [CLAIMS_FOR_RDFLIB]]

About 29 triples stand behind each claim: 38000 claims are 1.1 million triples. rdflib, which needs minutes to read as
many, is asked on a smaller graph of the same make, and Oxigraph again on that one, for the ratio. Each parameter is
given the entity of its class that most documents mention, which is the hardest case. Times are of the processor, so
that other work on the machine does not count.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox
from large_record import make_record

from dragoman.naming import Names
from dragoman.query import to_store
from dragoman.questions import Parameter, Question, answer, fill, find_terms, load_questions
from dragoman.record import Record
from dragoman.serialization import format_turtle
from small_record import quads_of

CLAIMS, SMALLER = 38_000, 1_000
LIMIT = 0.5
"""Seconds that a question may take."""
ROUNDS = 3
TICK = 1e-4
"""Seconds below which the clock of the processor tells nothing."""
LONGEST = 5.0
"""Seconds after which a query of rdflib's is ended; it counts as if it had taken these."""
PATIENCE = 100.0
"""Seconds after which no further query is given to rdflib."""


def main(claims: int, smaller: int) -> int:
    questions = load_questions()
    store, queries = prepare(make_record(claims), questions)
    print(f"{claims:,} claims, {sum(1 for _ in store.quads_for_pattern(None, None, None, None)):,} quads in the store")
    slow = 0
    for name, query in queries.items():
        seconds, rows = measure(query)
        slow += seconds > LIMIT
        print(f"{name:<24} {seconds * 1000:8.1f} ms {rows:>8,} rows{'   slow' if seconds > LIMIT else ''}", flush=True)
    print(f"{slow} of {len(queries)} take longer than {LIMIT} s")
    compare(make_record(smaller), questions)
    return 0


@dataclass(frozen=True)
class Asked:
    """A question with its parameters filled in."""

    store: ox.Store
    question: Question
    terms: dict[str, ox.NamedNode | ox.Literal]

    def __call__(self) -> int:
        return len(answer(self.store, self.question, self.terms).rows)

    @property
    def query(self) -> str:
        return fill(self.question, self.terms)


def prepare(record: Record, questions: dict[str, Question]):
    """The store of `record`, and each question with its parameters filled in."""
    store = to_store(quads_of(record))
    names = Names(store)
    busy = sorted(record.entities, key=lambda entity: -len(entity.documents))
    queries = {}
    for name, question in questions.items():
        taken: set[str] = set()
        values = {
            parameter.name: pick(parameter, record, busy, taken)
            for parameter in question.parameters
            if parameter.required
            or (parameter.kind in {"entity", "class"} and not any(p.required for p in question.parameters))
        }
        queries[name] = Asked(store, question, find_terms(names, question, values))
        if values and not any(parameter.required for parameter in question.parameters):
            queries[f"{name}, all"] = Asked(store, question, {})
    return store, queries


def pick(parameter: Parameter, record: Record, busy: list, taken: set[str]) -> str:
    """A value for a parameter."""
    if parameter.kind == "entity":
        from small_record import ONTOLOGY

        for entity in busy:
            if entity.id not in taken and (
                not parameter.classes or any(ONTOLOGY.is_a(entity.cls, cls) for cls in parameter.classes)
            ):
                taken.add(entity.id)
                return entity.id
    fixed = {
        "class": "Actor",
        "property": "supports",
        "date": "2024-06-01",
        "text": "border ceasefire",
        "modality": "asserted",
    }
    return fixed.get(parameter.kind) or record.documents[len(taken)].name


def measure(ask: Callable[[], int], rounds: int = ROUNDS, *, warm: bool = True) -> tuple[float, int]:
    """The best of some rounds, in seconds, after one that does not count if `warm`, and how many rows there are."""
    rows, best = ask() if warm else 0, math.inf
    for _ in range(rounds):
        began = time.process_time()
        rows = ask()
        best = min(best, time.process_time() - began)
    return max(best, TICK), rows


def compare(record: Record, questions: dict[str, Question]) -> None:
    """Print how many times as long rdflib takes, as geometric mean over the questions that it had time for."""
    import rdflib

    _, queries = prepare(record, questions)
    signal.signal(signal.SIGPROF, give_up)
    graph = rdflib.Graph().parse(data=format_turtle(quads_of(record)), format="turtle")
    print(f"\nrdflib {rdflib.__version__} on {len(record.claims):,} claims, {len(graph):,} triples")
    ratios: list[float] = []
    began = time.process_time()
    for name, query in queries.items():
        if time.process_time() - began > PATIENCE:
            break
        ours, found = measure(query)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            theirs, rows = measure(lambda query=query: len(list(graph.query(query.query))), rounds=1, warm=False)
        except TimeoutError:
            theirs, rows = LONGEST, found
        signal.setitimer(signal.ITIMER_PROF, 0)
        ratios.append(theirs / ours)
        bound = "at least " if theirs == LONGEST else ""
        told = f"{bound}{theirs / ours:.0f} times{'' if rows == found else ', other rows'}"
        print(f"{name:<24} {ours * 1000:8.1f} ms {theirs * 1000:10.1f} ms  {told}", flush=True)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"{len(ratios)} of {len(queries)} questions: rdflib takes {mean:.0f} times as long (geometric mean)")


def give_up(*_: object) -> None:
    """End a query of rdflib's."""
    raise TimeoutError


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    sys.exit(main(given[0] if given else CLAIMS, given[1] if len(given) > 1 else SMALLER))
