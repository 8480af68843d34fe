"""Tell what whole builds take: words, seconds, memory, and how they grow; and what one document more costs.

    .venv/bin/python tests/benchmarks/build_scale.py TEXTS [--sizes 100,1000] [--words 400] [--workers N] [--one-more]

TEXTS is a folder of ``.txt`` files, with a ``metadata.csv`` or without, or a file of JSON lines with a field "text"
(`.jsonl`, `.jsonl.gz`). Of its texts, evenly spread, as many are built as each size says, cut after so many words
where ``--words`` is given, each size in a process of its own. Processor time is that of all processes; memory is the
most that they held at once, in /proc, pages that they share counted for each. The exponent is that by which processor
time grows from the first size to the last. ``--one-more`` builds each size once more with a document added, and tells
its share of the processor time of the whole.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Set
from pathlib import Path
from typing import NamedTuple

MEASURE = Path(__file__).with_name("measure.py")
TABLE = "metadata.csv"
ONE_MORE = "Ghana thanked Togo. The African Union condemned the attack on Mali.\n"


class Cost(NamedTuple):
    """What a build took."""

    wall: float  # seconds
    processor: float  # seconds, of all processes
    memory: int  # MiB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--sizes", default="100,1000", type=lambda text: [int(part) for part in text.split(",")])
    parser.add_argument("--words", default=0, type=int, help="cut each text after so many words")
    parser.add_argument("--workers", default=0, type=int)
    parser.add_argument("--one-more", action="store_true")
    asked = parser.parse_args()
    print(f"{'documents':>9} {'words':>11} {'wall s':>8} {'CPU s':>8} {'words/CPU s':>11} {'MiB':>6}  one more")
    rows: list[tuple[int, float]] = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            documents, out = Path(folder, "documents"), Path(folder, "out")
            documents.mkdir()
            words = write_documents(asked.texts, documents, size, asked.words)
            whole = build(documents, out, asked.workers)
            more = ""
            if asked.one_more:
                (documents / "one-more.txt").write_text(ONE_MORE, encoding="utf-8")
                again = build(documents, out, asked.workers)
                more = f"{again.processor / whole.processor:.1%} of CPU, {again.wall / whole.wall:.1%} of wall time"
        told = f"{size:>9,} {words:>11,} {whole.wall:>8.1f} {whole.processor:>8.1f} {words / whole.processor:>11,.0f}"
        print(f"{told} {whole.memory:>6,}  {more}", flush=True)
        rows.append((words, whole.processor))
    if len(rows) > 1:
        (few, first), (many, last) = rows[0], rows[-1]
        print(f"exponent {math.log(last / first) / math.log(many / few):.2f} of processor time by words")


def write_documents(texts: Path, folder: Path, count: int, most: int) -> int:
    """Write `count` texts, evenly spread, as files; how many words they have."""
    total = sum(1 for _ in read_texts(texts))
    if total < count:
        raise SystemExit(f"{texts}: holds {total:,} texts; {count:,} are asked for")
    chosen, names, words = {at * total // count for at in range(count)}, set(), 0
    for number, (name, text) in enumerate(read_texts(texts)):
        if number in chosen:
            kept = cut(text, most) if most else text
            (folder / name).write_text(kept, encoding="utf-8")
            names.add(name)
            words += len(kept.split())
    copy_metadata(texts / TABLE, folder / TABLE, names)
    return words


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a folder, or of JSON lines, each with the name of a file."""
    if path.is_dir():
        yield from ((file.name, file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.txt")))
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from ((f"{number:06}.txt", json.loads(line)["text"]) for number, line in enumerate(lines))


def copy_metadata(table: Path, copy: Path, names: Set[str]) -> None:
    """Copy the rows about the files of these names, where there is a table."""
    if not table.is_file():
        return
    with table.open(encoding="utf-8", newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames or [])
        writer.writeheader()
        writer.writerows(row for row in rows if row["file"] in names)


def cut(text: str, most: int) -> str:
    """The lines of `text` up to that in which its `most`-th word stands."""
    kept, words = [], 0
    for line in text.splitlines(keepends=True):
        kept.append(line)
        words += len(line.split())
        if words >= most:
            break
    return "".join(kept)


def build(documents: Path, out: Path, workers: int) -> Cost:
    """Build `documents` into `out`, in processes of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, str(MEASURE), sys.executable, "-m", "dragoman", "build", str(documents), "-o", str(out)]
    command += ["--workers", str(workers)] if workers else []
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(told.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    took = told.stderr.rsplit("took ", 1)[1].split()  # "took 1.2 s of wall time and 345 MiB of memory"
    return Cost(float(took[0]), processor, int(took[6]))


if __name__ == "__main__":
    main()
