"""Readings as they are made: a build that is stopped leaves whole ones, and the next one goes on from there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman import journal
from dragoman.journal import open_journal
from dragoman.readings import Fingerprint, format_reading
from dragoman.records import Document, LocalEntity, Reading, Span

MADE_WITH = Fingerprint(code="c", model="m", ontology="o", libraries="3")
FIRST, SECOND, THIRD = (
    Reading(
        Document(f"{name}.txt", f"{name} spoke.", "0" * 64), (LocalEntity("State", (name,), "", (Span(0, 4),)),), ()
    )
    for name in ("Norland", "Sudmark", "Ostia")
)


@pytest.fixture
def path(tmp_path, ontology):
    """A journal with two readings."""
    path = tmp_path / ".out.journal.part"
    with open_journal(path, MADE_WITH, ontology) as notes:
        notes.add(format_reading(FIRST))
        notes.add(format_reading(SECOND))
    return path


def test_what_was_added_comes_back_and_more_is_added(path, ontology):
    with open_journal(path, MADE_WITH, ontology) as notes:
        assert [notes.kept.find(each.document) for each in (FIRST, SECOND, THIRD)] == [FIRST, SECOND, None]
        notes.add(format_reading(THIRD))
    with open_journal(path, MADE_WITH, ontology) as notes:
        assert [notes.kept.find(each.document) for each in (FIRST, SECOND, THIRD)] == [FIRST, SECOND, THIRD]


def test_reading_is_there_as_soon_as_it_is_added(tmp_path, ontology):
    with open_journal(tmp_path / "j", MADE_WITH, ontology) as notes:
        notes.add(format_reading(FIRST))
        with open_journal(tmp_path / "j", MADE_WITH, ontology) as other:
            assert other.kept.find(FIRST.document) == FIRST


def test_journal_cut_anywhere_gives_whole_readings_and_goes_on(path, ontology):
    data = path.read_bytes()
    for length in range(0, len(data), 5):
        path.write_bytes(data[:length])
        with open_journal(path, MADE_WITH, ontology) as notes:
            assert notes.kept.find(FIRST.document) in (FIRST, None)
            kept = [each for each in (FIRST, SECOND) if notes.kept.find(each.document)]
            notes.add(format_reading(THIRD))
        with open_journal(path, MADE_WITH, ontology) as notes:
            assert [each for each in (FIRST, SECOND, THIRD) if notes.kept.find(each.document)] == [*kept, THIRD]


def test_journal_of_another_model_is_begun_anew(path, ontology):
    with open_journal(path, replace(MADE_WITH, model="new"), ontology) as notes:
        assert notes.kept.find(FIRST.document) is None
        notes.add(format_reading(THIRD))
    with open_journal(path, MADE_WITH, ontology) as notes:
        assert notes.kept.readings == {}


def test_fresh_journal_forgets_what_was_left(path, ontology):
    with open_journal(path, MADE_WITH, ontology, fresh=True) as notes:
        assert notes.kept.readings == {}
        notes.add(format_reading(THIRD))
    with open_journal(path, MADE_WITH, ontology) as notes:
        assert len(notes.kept.readings) == 1


def test_without_a_reading_there_is_no_file(tmp_path, ontology):
    with open_journal(tmp_path / "j", MADE_WITH, ontology):
        pass
    assert list(tmp_path.iterdir()) == []


def test_without_a_path_nothing_is_kept(tmp_path, ontology, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_journal(None, MADE_WITH, ontology) as notes:
        notes.add(format_reading(FIRST))
        assert notes.kept.readings == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("before", [0, 1])
def test_line_that_cannot_be_written_is_not_there_in_part(tmp_path, ontology, monkeypatch, before):
    path = tmp_path / "j"
    with open_journal(path, MADE_WITH, ontology) as notes:
        for _ in range(before):
            notes.add(format_reading(FIRST))

        def write(file, data):
            file.write(data[:20])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(journal, "_write", write)
        with pytest.raises(OSError, match="No space left"):
            notes.add(format_reading(SECOND))
    assert path.exists() == bool(before)
    with open_journal(path, MADE_WITH, ontology) as notes:
        assert len(notes.kept.readings) == before
