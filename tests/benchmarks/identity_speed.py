"""How long joining takes, and how much memory, for 25,000, 50,000 and 100,000 distinct names in documents of 50 each.

    .venv/bin/python tests/benchmarks/identity_speed.py

Half of the names are people's, half of other kinds; every fourth stands a second time in another spelling. Each size is
measured in a process of its own; memory is what that process held at most beyond what it held before the joining.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from hashlib import sha256

from dragoman.gazetteer import load_gazetteer
from dragoman.identity import join_readings
from dragoman.lexicon import load_lexicon
from dragoman.ontology import load_ontology
from dragoman.records import Document, LocalEntity, Reading, Span

SIZES = (25_000, 50_000, 100_000)
EACH = 50
"""Names in a document."""
KINDS = {"ArmedGroup": "Brigade of {}", "Place": "{} Valley", "Agreement": "{} Accord", "Meeting": "{} Conference"}
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def main(arguments: list[str]) -> int:
    if arguments:
        _measure(int(arguments[0]))
        return 0
    for size in SIZES:
        subprocess.run([sys.executable, __file__, str(size)], check=True, env={**os.environ, "PYTHONHASHSEED": "0"})
    return 0


def _measure(size: int) -> None:
    readings = to_readings(size)
    ontology = load_ontology()
    known = {"ontology": ontology, "lexicon": load_lexicon(ontology), "gazetteer": load_gazetteer(ontology)}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    entities = join_readings(readings, **known).entities
    took = time.process_time() - started
    held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{size:>7,} names, {len(entities):>7,} entities: {took:5.1f} s of one core, {held:4.0f} MiB more")


def to_readings(size: int) -> list[Reading]:
    """Documents that give `size` distinct names, the same in every run."""
    chance = random.Random(7)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(4)).capitalize()] = None
    found = [_to_entity(number, word) for number, word in enumerate(words)]
    found += [LocalEntity(entity.cls, (_respelled(entity),), spans=entity.spans) for entity in found[::4]]
    chance.shuffle(found)
    return [
        Reading(Document(f"{number:05}.txt", "x", sha256(b"x").hexdigest()), tuple(some), ())
        for number, some in enumerate(found[at : at + EACH] for at in range(0, len(found), EACH))
    ]


def _to_entity(number: int, word: str) -> LocalEntity:
    if number % 2:
        cls, form = list(KINDS.items())[number // 2 % len(KINDS)]
        return LocalEntity(cls, (form.format(word),), spans=(Span(0, 1),))
    return LocalEntity("Person", (f"{word[:4]} {word}",), spans=(Span(0, 1),))


def _respelled(entity: LocalEntity) -> str:
    return f"Mr. {entity.names[0]}" if entity.cls == "Person" else f"the {entity.names[0]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
