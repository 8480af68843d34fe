"""An output folder back to the records it was made from."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dragoman.record import DATASET, RecordError, parse_dataset, read_record, text_path, write_texts
from dragoman.records import Document
from dragoman.vocabulary import clean
from small_record import CLAIMS, DOCUMENTS, ENTITIES, MEASURES, RECORD, quads_of, trap_record, write_output


def test_record_comes_back_as_it_was_written(tmp_path):
    record = read_record(write_output(tmp_path))
    assert record.documents == DOCUMENTS
    assert record.entities == ENTITIES
    assert record.claims == CLAIMS
    assert record.measures == MEASURES
    assert record == RECORD


def test_record_of_a_base_of_the_users_own_comes_back(tmp_path):
    record = replace(RECORD, base="https://example.org/kg#")
    assert read_record(write_output(tmp_path, record)) == record


def test_readers_of_a_claim_come_back_and_are_told_where_there_are_some(tmp_path):
    claims = (replace(CLAIMS[0], readers=("grammar", "llm")), *CLAIMS[1:])
    record = replace(RECORD, claims=claims)
    folder = write_output(tmp_path, record)
    assert read_record(folder) == record
    assert (folder / DATASET).read_text(encoding="utf-8").count("#reader>") == 2


def test_hostile_record_comes_back_but_for_characters_that_xml_refuses(tmp_path):
    before = trap_record()
    after = read_record(write_output(tmp_path, before))
    document = before.documents[0]
    assert after.documents[0].text == clean(document.text)
    assert after.documents[0].name == clean(document.name)
    assert [entity.id for entity in after.entities] == ["-a.", "1e5", "c%C3%B4te"]
    assert [(claim.id, claim.speaker, claim.date) for claim in after.claims] == [
        (claim.id, claim.speaker, claim.date) for claim in before.claims
    ]
    assert all(
        after.documents[0].text[piece.span.start : piece.span.end] == piece.exact for piece in after.claims[0].evidence
    )


def test_writing_what_was_read_gives_the_same_bytes(tmp_path):
    first, second = write_output(tmp_path / "a"), tmp_path / "b"
    write_output(second, read_record(first))
    assert (first / DATASET).read_bytes() == (second / DATASET).read_bytes()


def test_texts_keep_every_newline(tmp_path):
    document = Document("a/b.txt", "one\r\ntwo\rthree\n", "0" * 64)
    write_texts(tmp_path, [document])
    assert text_path(tmp_path, "a/b.txt").read_bytes() == b"one\r\ntwo\rthree\n"


def test_texts_of_the_longest_file_names_are_kept(tmp_path):
    documents = [Document(f"a/{'é' * 120}{i:015}", f"text {i}", "0" * 64) for i in range(2)]
    write_texts(tmp_path, documents)
    assert [text_path(tmp_path, each.name).read_text(encoding="utf-8") for each in documents] == ["text 0", "text 1"]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "a\0b", "..\\x"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="leads out of the folder"):
        text_path(tmp_path, name)


def test_documents_without_a_kept_text_have_none(tmp_path):
    folder = write_output(tmp_path)
    text_path(folder, "second.txt").unlink()
    assert [bool(document.text) for document in read_record(folder).documents] == [True, False, True]


def test_a_missing_folder_or_dataset_says_what_to_do(tmp_path):
    with pytest.raises(RecordError, match="no such folder; give the output folder of a build"):
        read_record(tmp_path / "none")
    with pytest.raises(
        RecordError, match=rf"{DATASET}: cannot be read: No such file or directory; build the graph first"
    ):
        read_record(tmp_path)


def test_a_cut_file_is_told_with_its_line(tmp_path):
    path = write_output(tmp_path) / DATASET
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(RecordError, match=rf"{DATASET}:\d+: damaged: .*; build the graph again"):
        read_record(tmp_path)


@pytest.mark.parametrize(
    ("lost", "message"),
    [
        ("ontology#modality>", "has no modality"),
        ("dc/terms/identifier>", "has no identifier"),
        ("oa#exact>", "has no exact"),
        ("oa#start>", "has no start"),
        ("prov#wasDerivedFrom>", "has no evidence"),
        ("skos/core#prefLabel>", "has no prefLabel"),
        ("ontology#Document>", "which is no document here"),
    ],
)
def test_a_dataset_that_lacks_what_a_record_needs_is_refused(lost, message, tmp_path):
    path = write_output(tmp_path) / DATASET
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if lost not in line), encoding="utf-8")
    with pytest.raises(RecordError, match=re.escape(message)):
        read_record(tmp_path)


def test_an_empty_dataset_is_an_empty_record():
    assert parse_dataset([]).claims == ()
    assert parse_dataset(quads_of(replace(RECORD, claims=(), measures={}))).entities == ENTITIES
