"""The pictures of a page: each look is taken, in the size of its screen."""

import shutil
import struct

import pytest
from picture import LOOKS, take_looks

from dragoman.ontology import load_ontology
from dragoman.page import write_page
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]


def test_looks_are_taken_as_pictures(tmp_path):
    evidence = (Evidence("talks.txt", Span(0, 25), "Norland supports Suthria.", "", ""),)
    write_page(
        tmp_path / "page.html",
        entities=[Entity("norland", "State", "Norland"), Entity("suthria", "State", "Suthria")],
        claims=[Claim("norland", "supports", "suthria", Modality.ASSERTED, evidence, "verb", 0.9)],
        documents=[Document("talks.txt", "Norland supports Suthria.", "0" * 64)],
        measures={},
        ontology=load_ontology(),
        title="Two shores",
    )
    take_looks(tmp_path / "page.html", tmp_path / "looks", "norland")
    sizes = {path.stem: struct.unpack(">II", path.read_bytes()[16:24]) for path in (tmp_path / "looks").iterdir()}
    assert sizes.keys() == LOOKS.keys()
    assert sizes["light"] == (1440, 900)
    assert sizes["phone"] == (390, 844)
