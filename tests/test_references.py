"""References read from files: what is taken, and what each fault says."""

from __future__ import annotations

import json

import pytest

from dragoman.ontology import load_ontology
from dragoman.records import Modality
from dragoman.references import ReferenceFileError, parse_reference, read_references

ONTOLOGY = load_ontology()
GOOD = {
    "document": "note.txt",
    "read by": "two people",
    "entities": [
        {"id": "g", "class": "State", "names": ["Ghana", "Republic of Ghana"]},
        {"id": "k", "class": "Meeting", "names": ["Keta Summit"], "optional": True},
    ],
    "claims": [
        {
            "subject": "g",
            "property": "organizes",
            "object": "k",
            "modality": "planned",
            "date": "2031-05",
            "attributedTo": "g",
            "quote": "Ghana will host the Keta Summit",
            "also": ["participatesIn"],
            "optional": True,
            "note": "a field of no meaning here",
        },
        {"subject": "g", "property": "participatesIn", "object": "k", "modality": "asserted"},
    ],
}


def changed(*path, to):
    """The good reference with one value changed, as JSON."""
    found = json.loads(json.dumps(GOOD))
    *way, last = path
    place = found
    for key in way:
        place = place[key]
    if to is None:
        del place[last]
    else:
        place[last] = to
    return json.dumps(found).encode()


def test_a_reference_has_what_its_file_says():
    reference = parse_reference(json.dumps(GOOD).encode(), ONTOLOGY)
    assert reference.document == "note.txt"
    assert [(entity.id, entity.cls, entity.names, entity.optional) for entity in reference.entities] == [
        ("g", "State", ("Ghana", "Republic of Ghana"), False),
        ("k", "Meeting", ("Keta Summit",), True),
    ]
    full, bare = reference.claims
    assert (full.subject, full.property, full.object, full.modality) == ("g", "organizes", "k", Modality.PLANNED)
    assert (full.date, full.attributed_to, full.also, full.optional) == ("2031-05", "g", ("participatesIn",), True)
    assert (bare.date, bare.attributed_to, bare.also, bare.optional, bare.quote) == (None, None, (), False, "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"here: no reference: Input data was truncated; see dragoman evaluate --help"),
        (b"[]", r"here: no reference: Expected `object`, got `array`"),
        (b'{"document": "\xff"}', "here: no reference: "),
        (changed("document", to=None), "Object missing required field `document`"),
        (changed("document", to=""), "document is empty; it is the name of a file"),
        (changed("entities", 0, "class", to="Nation"), "entity 'g': no class 'Nation'; one of: .*State"),
        (changed("entities", 0, "names", to=[]), "entity 'g' needs names, none of them empty"),
        (changed("entities", 0, "names", to=["Ghana", ""]), "entity 'g' needs names, none of them empty"),
        (changed("entities", 1, "id", to="g"), "two entities have the id 'g'"),
        (changed("claims", 0, "property", to="hosts"), "claim 1: no property 'hosts'; one of: .*organizes"),
        (changed("claims", 0, "also", to=["hosts"]), "claim 1: no property 'hosts'"),
        (changed("claims", 1, "object", to="x"), "claim 2 is about 'x', which is no id of its entities"),
        (changed("claims", 0, "attributedTo", to="x"), "claim 1 is about 'x'"),
        (changed("claims", 0, "modality", to="likely"), "Invalid enum value 'likely'"),
    ],
)
def test_a_faulty_reference_says_where_and_what(data, said):
    with pytest.raises(ReferenceFileError, match=said) as caught:
        parse_reference(data, ONTOLOGY, where="here")
    assert str(caught.value).startswith("here: ")
    assert "\n" not in str(caught.value)


def test_folders_and_files_are_read_once_by_the_name_of_the_document(tmp_path):
    for name, document in (("a.json", "z.txt"), ("b.json", "m.txt"), ("c.JSON", "no.txt"), ("notes.txt", "no.txt")):
        (tmp_path / name).write_bytes(changed("document", to=document))
    found = read_references([tmp_path / "a.json", tmp_path], ONTOLOGY)
    assert [reference.document for reference in found] == ["m.txt", "z.txt"]


def test_two_references_of_one_document_are_an_error(tmp_path):
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(GOOD), encoding="utf-8")
    with pytest.raises(ReferenceFileError, match=r"a\.json and .*b\.json: both are of the document 'note\.txt'"):
        read_references([tmp_path], ONTOLOGY)


def test_a_folder_without_references_is_an_error(tmp_path):
    with pytest.raises(ReferenceFileError, match=r"no \.json file in this folder"):
        read_references([tmp_path], ONTOLOGY)


def test_the_fault_of_a_file_names_it(tmp_path):
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReferenceFileError, match=r"bad\.json: no reference"):
        read_references([tmp_path], ONTOLOGY)
    with pytest.raises(OSError, match=r"gone\.json"):
        read_references([tmp_path / "gone.json"], ONTOLOGY)
