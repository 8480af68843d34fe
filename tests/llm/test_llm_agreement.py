"""A model that answers with what the grammar reads: the two agree on every claim that can be checked."""

from __future__ import annotations

import json

import pytest
from model_server import answer, completion, model_server

from dragoman.builder import build
from dragoman.llm.reader import llm_reader
from dragoman.registry import ReaderContext

pytestmark = pytest.mark.slow


def echo(reading, question):
    """What a model would answer that reads a piece as the grammar reads its document."""
    piece, text = question.piece, question.piece.text
    starts, ends = {}, {}
    for at in range(len(text)):
        span = piece.span(at, at + 1)
        starts.setdefault(span.start, at)
        ends[span.end] = at + 1
    entities = {f"e{number}": (entity.cls, *entity.names) for number, entity in enumerate(reading.entities)}
    claims = [
        (
            f"e{claim.subject}",
            claim.predicate,
            f"e{claim.object}",
            text[starts[claim.span.start] : ends[claim.span.end]],
            claim.modality.value,
            claim.date,
            "" if claim.speaker is None else f"e{claim.speaker}",
        )
        for claim in reading.claims
        if claim.span.start in starts and claim.span.end in ends
    ]
    return answer(*claims, entities=entities)


def test_what_two_readers_find_alike_is_one_claim_and_nothing_is_lost_or_made_up(root, reader, ontology):
    documents = root / "graphs" / "un-oic" / "documents"
    alone = build(documents)
    asker = llm_reader(ReaderContext(ontology, reader.lexicon, reader.gazetteer, settings={"DRAGOMAN_LLM_MODEL": "m"}))
    answers = {}
    for document in alone.documents:
        reading = reader.read(document)
        answers |= {question.text: json.dumps(echo(reading, question)) for question in asker._questions(document)}
    with model_server(lambda asked: completion(answers[asked.text])) as server:
        both = build(documents, readers="both", settings=server.settings(model="m"))
    assert [claim.id for claim in both.claims] == [claim.id for claim in alone.claims]
    assert [entity.id for entity in both.entities] == [entity.id for entity in alone.entities]
    found = [claim.readers for claim in both.claims]
    assert set(found) <= {("grammar", "llm"), ("grammar",)}
    assert found.count(("grammar", "llm")) > 0.8 * len(found)
