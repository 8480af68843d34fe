"""Read thousands of damaged files of each kind: ``python tests/fuzz/run.py --files 2000``; what breaks one is kept.

A file that is read, or refused in words, is well; one that raises anything else, or takes longer than it may, is kept
in the folder of findings, and the error is told. The same seed makes the same files. Exit status is 1 if any was found.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.mutation import mutate, mutate_archive, mutate_triples
from fuzz.targets import TARGETS, Target

PATIENCE = 10
"""Seconds of the processor that one file may take."""


class TooLongError(BaseException):
    """A file that took longer than PATIENCE; no reader takes it for an error of its own."""


def try_file(target: Target, path: Path) -> str:
    """What became of a file: "read", "refused", or the error and where it was raised."""
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        target.read(path)
        signal.setitimer(signal.ITIMER_PROF, 0)
    except target.refusals:
        return "refused"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/fuzz/" not in frame.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "fuzz"
        return f"{type(error).__name__} at {where}: {' '.join(str(error).split())[:160]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return "read"


def fuzz(target: Target, *, files: int, seconds: float, seed: int, findings: Path) -> Counter[str]:
    """How many damaged files had each outcome; at most `files` of them, within about `seconds`."""
    chance, outcomes, until = random.Random(f"{target.name} {seed}"), Counter[str](), time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="dragoman-fuzz-") as folder:
        path = Path(folder) / f"a{target.suffix}"
        for number in range(files):
            if number < len(target.seeds):
                data = target.seeds[number]
            elif target.form and number % 2:
                data = mutate_triples(chance.choice(target.seeds), target.form, chance)
            elif target.archive and number % 4:
                data = mutate_archive(chance.choice(target.seeds), chance)
            else:
                data = mutate(chance.choice(target.seeds), target.seeds, chance)
            path.write_bytes(data)
            outcome = try_file(target, path)
            if number < len(target.seeds) and outcome == "refused":
                outcome = "SeedRefused at fuzz: a good file is refused"
            outcomes[outcome] += 1
            if " at " in outcome and outcomes[outcome] == 1:
                keep(findings, target, data, outcome)
            if time.monotonic() > until:
                break
    return outcomes


def keep(findings: Path, target: Target, data: bytes, outcome: str) -> None:
    """Write a file that broke a reader, and what it said, into the folder of findings."""
    findings.mkdir(parents=True, exist_ok=True)
    place = findings / f"{target.name}-{sha256(data).hexdigest()[:12]}{target.suffix}"
    place.write_bytes(data)
    print(f"  {place}: {outcome}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz the kinds that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"one or more of: {', '.join(TARGETS)}; default: all")
    parser.add_argument("--files", type=int, default=2000, help="damaged files of each kind")
    parser.add_argument("--seconds", type=float, default=600.0, help="of each kind, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"), help="folder for what breaks a reader")
    options = parser.parse_args(arguments)
    if unknown := [kind for kind in options.kinds if kind not in TARGETS]:
        parser.error(f"no kind {', '.join(unknown)}; there are {', '.join(TARGETS)}")

    def stop(_: int, frame: FrameType | None) -> None:
        raise TooLongError(f"longer than {PATIENCE} seconds")

    signal.signal(signal.SIGPROF, stop)
    warnings.simplefilter("ignore")
    found = 0
    for kind in options.kinds or TARGETS:
        start = time.monotonic()
        outcomes = fuzz(
            TARGETS[kind], files=options.files, seconds=options.seconds, seed=options.seed, findings=options.findings
        )
        broken = sum(number for outcome, number in outcomes.items() if " at " in outcome)
        found += broken
        print(
            f"{kind:<10} {outcomes.total():>6,} files: {outcomes['read']:,} read, {outcomes['refused']:,} refused, "
            f"{broken:,} broke a reader ({time.monotonic() - start:.0f} s)",
            flush=True,
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
