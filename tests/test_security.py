"""SECURITY.md: each line of what is done names tests, and each of them is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows() -> list[str]:
    """The lines of the table of what each part does."""
    table = TEXT.split("| part | what it does | held by |\n| --- | --- | --- |\n")[1]
    return [line for line in table.split("\n\n")[0].splitlines() if line]


def test_each_line_names_its_tests():
    assert len(rows()) > 20
    assert [row for row in rows() if not NAMED.search(row.rsplit("|", 2)[1])] == []


def test_each_test_that_is_named_is_there():
    missing = []
    for path, name in NAMED.findall(TEXT):
        file = ROOT / path
        found = ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if file.is_file() else ()
        if not any(isinstance(node, ast.FunctionDef) and node.name == name for node in found):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_each_command_that_it_shows_is_there():
    from dragoman.cli import main

    shown = set(re.findall(r"`dragoman (\w+)", TEXT))
    assert shown
    assert shown <= main.commands.keys()


def test_the_bounds_that_it_tells_are_those_of_the_code():
    from dataclasses import astuple

    from dragoman import ontology, query, shapes, sheets
    from dragoman.commands.serve import CONNECTIONS
    from dragoman.reading import pieces
    from dragoman.reading.formats.parsed import Limits
    from dragoman.server import app, worker

    told = set(re.findall(r"\d[\d,]*", TEXT.split("## Bounds")[1].split("## What is not done")[0]))
    bounds = (
        *astuple(Limits()),
        *(pieces.LONGEST, ontology.LARGEST, sheets.LARGEST, shapes.MOST, query.LONGEST, query.DEEPEST),
        *(app.LONGEST, worker.MEMORY, CONNECTIONS),
    )
    assert {f"{bound:,}" for bound in bounds} <= told
    for command, option in (("query", "--max-rows"), ("query", "--timeout"), ("serve", "--max-rows")):
        assert f"{_default(command, option):,.0f}" in told


def _default(command: str, option: str) -> float:
    from dragoman.cli import main

    return next(each.default for each in main.commands[command].params if option in each.opts)
