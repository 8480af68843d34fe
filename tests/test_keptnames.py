"""How names are compared, kept from build to build: used where all it depends on is the same, and never on trust."""

from __future__ import annotations

import ast
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

import dragoman
from dragoman.gazetteer import load_gazetteer
from dragoman.keptnames import CODE, NAMES, format_names, read_names
from dragoman.lexicon import load_lexicon
from dragoman.namekeys import NameKeys
from dragoman.ontology import load_ontology

PACKAGE = Path(dragoman.__file__).parent
ONTOLOGY = load_ontology()
LEXICON, GAZETTEER = load_lexicon(ONTOLOGY), load_gazetteer(ONTOLOGY)
ASKED = (
    (("Sergei Lavrov", "Mr. Lavrov"), "Person"),
    (("war in Mali",), "Conflict"),
    (("resolution 2254",), "Resolution"),
    (("Ghana",), "State"),
    (("the ceasefire",), "Agreement"),
)


def ask(names: NameKeys) -> list:
    """Forms of all, and the known things of all but the last."""
    return [(names.all_forms(*asked), asked != ASKED[-1] and names.thing_of(*asked)) for asked in ASKED]


@pytest.fixture
def first(tmp_path):
    names = NameKeys(GAZETTEER, LEXICON, ONTOLOGY)
    found = ask(names)
    (tmp_path / NAMES).write_bytes(format_names(names.compared(), ontology_sha256="o"))
    return found


def test_kept_names_are_compared_alike_without_being_looked_at(tmp_path, first, monkeypatch):
    kept = read_names(tmp_path, GAZETTEER, ontology_sha256="o")
    assert len(kept) == len(ASKED)
    names = NameKeys(GAZETTEER, LEXICON, ONTOLOGY, kept=kept)
    monkeypatch.setattr(names, "forms", None)
    again = ask(names)
    assert [(list(forms), thing) for forms, thing in again] == [(list(forms), thing) for forms, thing in first]
    assert format_names(names.compared(), ontology_sha256="o") == (tmp_path / NAMES).read_bytes()


def test_what_is_not_asked_again_is_not_kept_again(tmp_path, first):
    names = NameKeys(GAZETTEER, LEXICON, ONTOLOGY, kept=read_names(tmp_path, GAZETTEER, ontology_sha256="o"))
    names.all_forms(*ASKED[1])
    alone = NameKeys(GAZETTEER, LEXICON, ONTOLOGY)
    alone.all_forms(*ASKED[1])
    assert list(names.compared()) == list(alone.compared())
    assert names.thing_of(*ASKED[-1]) == alone.thing_of(*ASKED[-1])  # which nobody asked for before


def test_names_compared_with_other_words_or_code_are_not_used(tmp_path, first, monkeypatch):
    assert read_names(tmp_path, GAZETTEER, ontology_sha256="p") == []
    assert read_names(tmp_path / "gone", GAZETTEER, ontology_sha256="o") == []
    monkeypatch.setattr("dragoman.keptnames.CODE", CODE[1:])
    assert read_names(tmp_path, GAZETTEER, ontology_sha256="o") == []


@pytest.mark.parametrize("damage", ["cut", "word", "type", "thing", "deep"])
def test_damaged_names_are_not_used(tmp_path, first, damage):
    path = tmp_path / NAMES
    head, body, _ = path.read_bytes().split(b"\n")
    if damage == "cut":
        body = body[:-20]
    elif damage == "word":
        body = body.replace(b"lavrov", b"lavrof")
    else:  # whole, but nothing that was ever kept
        old = sha256(body).hexdigest().encode()
        rows = msgspec.json.decode(body)
        rows[0][{"type": 1, "thing": 3, "deep": 3}[damage]] = 5 if damage == "type" else "no-such-thing"
        body = msgspec.json.encode(rows) if damage != "deep" else b"[" * 100_000
        head = head.replace(old, sha256(body).hexdigest().encode())
    assert (head, body) != tuple(path.read_bytes().split(b"\n")[:2])
    path.write_bytes(head + b"\n" + body + b"\n")
    assert read_names(tmp_path, GAZETTEER, ontology_sha256="o") == []


def test_all_modules_that_compare_names_take_part_in_what_they_were_compared_with():
    seen, waiting = set(), ["namekeys.py"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for node in ast.walk(ast.parse((PACKAGE / name).read_text())):
            module = getattr(node, "module", None) or ""
            if isinstance(node, ast.ImportFrom) and module.startswith("dragoman."):
                waiting += {f"{module.removeprefix('dragoman.').replace('.', '/')}.py"} - seen
    assert seen | {"keptnames.py"} == set(CODE)
