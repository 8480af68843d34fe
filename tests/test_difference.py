"""What came, went and changed between two builds, and because of which documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.difference import compare, compare_builds, format_difference, format_difference_json, format_patch
from dragoman.record import Record, RecordError
from dragoman.records import Claim, Document, Modality
from small_record import (
    COOPERATE,
    DENIED,
    FIRST,
    LOCATED,
    MAY_ATTACK,
    PROVENANCE,
    RECORD,
    SECOND,
    THIRD,
    quads_of,
    quote,
    trap_record,
    write_output,
)

FOURTH_TEXT = "Norland and Sudmark cooperate. The World Council condemned the Red Column."
FOURTH = Document("fourth.txt", FOURTH_TEXT, sha256(FOURTH_TEXT.encode()).hexdigest())


def with_documents(record: Record, *documents: Document) -> Record:
    """The record with other documents."""
    return replace(record, documents=tuple(documents))


def with_entity(record: Record, id_: str, **parts) -> Record:
    """The record with parts of an entity changed."""
    entities = tuple(replace(entity, **parts) if entity.id == id_ else entity for entity in record.entities)
    return replace(record, entities=entities)


def with_claims(record: Record, *claims: Claim, without: Iterable[Claim] = ()) -> Record:
    """The record with claims added, or put in the place of those of the same id."""
    ids = {claim.id for claim in (*claims, *without)}
    kept = [claim for claim in record.claims if claim.id not in ids]
    return replace(record, claims=tuple(sorted((*kept, *claims), key=lambda claim: claim.id)))


def grown() -> Record:
    """The small record after a week: a fourth document, and no third."""
    record = with_documents(RECORD, FIRST, FOURTH, SECOND)
    record = with_entity(record, "norland", documents=(FIRST.name, FOURTH.name, SECOND.name))
    record = with_entity(record, "red-column", documents=(FIRST.name, FOURTH.name, SECOND.name))
    record = with_entity(record, "world-council", documents=(FOURTH.name,))
    new = Claim(
        "world-council",
        "criticizes",
        "red-column",
        Modality.ASSERTED,
        (quote(FOURTH, "The World Council condemned the Red Column"),),
        "verb:condemn",
        0.9,
    )
    more = replace(COOPERATE, evidence=(*COOPERATE.evidence, quote(FOURTH, "Norland and Sudmark cooperate")))
    gone = next(claim for claim in RECORD.claims if claim.contradicts or claim == DENIED)
    assert gone == DENIED
    return with_claims(record, new, more, without=[DENIED])


def test_nothing_differs_between_a_build_and_itself():
    found = compare(RECORD, RECORD)
    for changes in (found.documents, found.entities, found.claims):
        assert (changes.came, changes.went, changes.changed) == ((), (), ())
    assert found.claims.same == len(RECORD.claims)


def test_what_a_document_brings_and_takes_along_names_it():
    found = compare(RECORD, grown())
    assert [change.new for change in found.documents.came] == [FOURTH]
    assert [change.old for change in found.documents.went] == [THIRD]
    came, went, changed = found.claims.came, found.claims.went, found.claims.changed
    assert [(change.new.subject, change.because) for change in came] == [("world-council", ("fourth.txt",))]
    assert [(change.old, change.because) for change in went] == [(DENIED, ("third.txt",))]
    assert [(change.new.predicate, change.what, change.because) for change in changed] == [
        ("cooperatesWith", ("corroboration", "quotes"), ("fourth.txt",))
    ]
    entities = {change.new.id: (change.what, change.because) for change in found.entities.changed}
    assert entities["world-council"] == (("documents",), ("fourth.txt",))
    assert entities["norland"] == (("documents",), ("fourth.txt", "third.txt"))


def test_difference_the_other_way_round_is_its_mirror():
    there, back = compare(RECORD, grown()), compare(grown(), RECORD)
    assert [change.new for change in there.claims.came] == [change.old for change in back.claims.went]
    assert [change.old for change in there.entities.changed] == [change.new for change in back.entities.changed]


def test_date_that_changed_is_a_change_of_one_claim():
    changed = replace(FIRST, date="2024-03-06", sha256="f" * 64)
    old = next(claim for claim in RECORD.claims if claim.modality is Modality.ASSERTED and claim.date)
    new = replace(old, date="2024-03-06")
    found = compare(RECORD, with_claims(with_documents(RECORD, changed, SECOND, THIRD), new, without=[old]))
    assert (found.claims.came, found.claims.went) == ((), ())
    assert [(change.old, change.new, change.what, change.because) for change in found.claims.changed] == [
        (old, new, ("date",), (FIRST.name,))
    ]
    assert found.documents.changed[0].what == ("bytes", "date")


def test_same_claim_at_another_date_in_another_document_is_another_claim():
    elsewhere = replace(MAY_ATTACK, date="2025", evidence=(quote(FIRST, "Norland"),))
    found = compare(RECORD, with_claims(RECORD, elsewhere, without=[MAY_ATTACK]))
    assert ([change.new for change in found.claims.came], [change.old for change in found.claims.went]) == (
        [elsewhere],
        [MAY_ATTACK],
    )


def test_modality_that_changed_is_another_claim():
    found = compare(RECORD, with_claims(RECORD, replace(LOCATED, modality=Modality.PLANNED), without=[LOCATED]))
    assert (len(found.claims.came), len(found.claims.went), found.claims.changed) == (1, 1, ())


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"cls": "Country"}, ("class",)),
        ({"label": "North Land"}, ("label",)),
        ({"names": ("Norlandia",)}, ("names",)),
        ({"names": ("Norlandia", "Kingdom of Norland")}, ()),
        ({"same_as": ("http://www.wikidata.org/entity/Q2",), "code": "NLD"}, ("same as", "code")),
    ],
)
def test_parts_of_an_entity_that_changed_are_named(parts, what):
    changed = compare(RECORD, with_entity(RECORD, "norland", **parts)).entities.changed
    assert [change.what for change in changed] == ([what] if what else [])


def test_words_that_only_moved_are_no_other_quotes():
    moved = replace(LOCATED.evidence[0], prefix="…")
    changed = compare(RECORD, with_claims(RECORD, replace(LOCATED, evidence=(moved,)))).claims.changed
    assert [(change.what, change.because) for change in changed] == [(("places",), ())]


def test_text_tells_each_change_with_its_reason_and_quote(tmp_path):
    told = format_difference(compare(RECORD, grown()))
    assert told.splitlines() == [
        "Documents  1 new, 1 gone, 0 changed, 2 the same",
        "  + fourth.txt",
        "  - third.txt",
        "Entities   0 new, 0 gone, 3 changed, 4 the same",
        "  ~ Norland (State): documents; because of fourth.txt, third.txt",
        "  ~ Red Column (ArmedGroup): documents; because of fourth.txt, third.txt",
        "  ~ World Council (InternationalOrganization): documents; because of fourth.txt",
        "Claims     1 new, 1 gone, 1 changed, 3 the same",
        "  + World Council criticizes Red Column (asserted): because of fourth.txt",
        "      “The World Council condemned the Red Column” fourth.txt",
        "  - Norland criticizes Red Column (negated, 2023): because of third.txt",
        "      “Norland did not condemn the Red Column” third.txt",
        "  ~ Norland cooperatesWith Sudmark (asserted): corroboration 2 → 3, quotes; because of fourth.txt",
        "      “Norland and Sudmark cooperate” fourth.txt",
    ]


def test_text_keeps_words_of_documents_on_their_line():
    claim = replace(LOCATED, evidence=(replace(LOCATED.evidence[0], exact="a\n  + forged\r\n" + "b" * 300),))
    told = format_difference(compare(RECORD, with_claims(RECORD, claim)))
    assert "\n  + forged" not in told
    assert max(map(len, told.splitlines())) < 150
    label = format_difference(compare(RECORD, with_entity(RECORD, "vale", label="Vale\n  - all", names=())))
    assert "\n  - all" not in label


def test_json_holds_all_as_it_was_and_is():
    found = json.loads(format_difference_json(compare(RECORD, grown(), making=["ontology"])))
    assert found["making"] == ["ontology"]
    assert found["claims"]["went"][0]["old"]["id"] == DENIED.id
    assert found["claims"]["went"][0]["new"] is None
    assert found["claims"]["came"][0]["new"]["evidence"][0]["exact"] == "The World Council condemned the Red Column"
    assert found["documents"]["came"][0]["new"] == {
        "name": "fourth.txt",
        "sha256": FOURTH.sha256,
        "title": "",
        "date": "",
        "author": "",
        "genre": "",
        "symbol": "",
        "meeting": "",
        "organization": "",
        "venue": "",
        "address": "",
        "places": [],
        "origins": [],
    }
    assert found["entities"]["same"] == 4


def apply(patch: bytes, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads after an RDF Patch; each line must do something."""
    now = set(quads)
    begin, *lines, end, rest = patch.decode().split("\n")
    assert (begin, end, rest) == ("TX .", "TC .", "")
    for line in lines:
        (quad,) = ox.parse(line[2:].encode(), format=ox.RdfFormat.N_QUADS)
        assert (quad in now) == (line[:2] == "D ")
        now ^= {quad}
    return now


@pytest.mark.parametrize(
    ("old", "new"), [(RECORD, grown()), (grown(), RECORD), (Record(), RECORD), (RECORD, trap_record())]
)
def test_patch_makes_the_new_dataset_of_the_old(old, new):
    before, after = list(quads_of(old)), set(quads_of(new))
    assert apply(format_patch(before, after), before) == after
    assert format_patch(reversed(before), sorted(after, key=str)) == format_patch(before, after)


def test_patch_between_like_datasets_is_empty():
    assert format_patch(quads_of(RECORD), quads_of(RECORD)) == b"TX .\nTC .\n"


def test_document_under_another_name_is_told_by_its_bytes():
    renamed = replace(THIRD, name="renamed.txt")
    lines = format_difference(compare(RECORD, with_documents(RECORD, FIRST, renamed, SECOND))).splitlines()
    assert "  + renamed.txt, which was third.txt" in lines
    assert "  - third.txt" in lines


def test_what_made_a_build_is_told_in_words():
    told = format_difference(compare(RECORD, RECORD, making=["ontology", "setting-text%20column"]))
    assert told.splitlines()[0] == "Made otherwise: ontology, setting text column"


def test_other_ontology_is_told(tmp_path):
    old, new = write_output(tmp_path / "old"), write_output(tmp_path / "new")
    assert compare_builds(old, new).making == ()
    text = (new / "graph.nq").read_text().replace(PROVENANCE.ontology_sha256, "e" * 64)
    (new / "graph.nq").write_text(text)
    assert compare_builds(old, new).making == ("ontology",)
    assert format_difference(compare_builds(old, new)).splitlines()[0] == "Made otherwise: ontology"


def test_folder_that_is_no_build_is_refused(tmp_path):
    with pytest.raises(RecordError, match="no such folder"):
        compare_builds(write_output(tmp_path / "old"), tmp_path / "new")


@pytest.mark.parametrize("form", ["text", "json", "patch"])
def test_command_tells_it_in_each_form_and_ends_well(tmp_path, form):
    old, new = write_output(tmp_path / "old"), write_output(tmp_path / "new", grown())
    for folders, differ in (((old, new), True), ((old, old), False)):
        told = CliRunner().invoke(main, ["diff", *map(str, folders), "--format", form])
        assert (told.exit_code, told.stderr) == (0, "")
        assert ("fourth.txt" in told.stdout) == differ


def test_command_refuses_what_is_no_build_in_a_line(tmp_path):
    told = CliRunner().invoke(main, ["diff", str(write_output(tmp_path / "old")), str(tmp_path / "gone")])
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
