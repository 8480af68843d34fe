"""An explanation to what people and programs read: text with a small tree of the parse, and JSON.

In the text, what means the ends of a claim and the word that its frame fires at stand in brackets that say what they
are. Offsets in the JSON are code points of the document's text, counted from 0, as everywhere.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.derivation import OBJECT, SUBJECT, WORD, Derivation, End, Node
from dragoman.explanation import Explanation, Piece
from dragoman.lexicon import Frame
from dragoman.records import Document, Entity, Evidence, Span

__all__ = ["format_explanation", "to_json"]

WIDTH = 100
"""Characters of a line."""
INDENT = " " * 3
FOLLOWING = 40
"""Characters that are shown after a name."""
HEADS = 12
"""Characters of the heads of lines: subject, object, frame, path, confidence."""

Json = dict[str, Any]


def format_explanation(explanation: Explanation) -> str:
    """An explanation as text that ends with a line feed."""
    claim = explanation.claim
    said_by = f"according to {explanation.speaker.label}" if explanation.speaker else ""
    told = ", ".join(filter(None, (claim.modality.value, claim.date, said_by)))
    lines = [
        f"{explanation.subject.label} {claim.predicate} {explanation.object.label} ({told})",
        explanation.iri,
        f"confidence {claim.confidence:.3g}, by {claim.rule}"
        + (f": {explanation.note}" if explanation.note else "")
        + "; "
        + _count(len(explanation.pieces), "piece")
        + " of evidence in "
        + _count(len(claim.documents), "document"),
    ]
    for number, piece in enumerate(explanation.pieces, start=1):
        lines += ["", *_tell_piece(number, piece, explanation)]
    return "\n".join(lines) + "\n"


def to_json(explanation: Explanation) -> Json:
    """An explanation as objects that JSON can hold, in one order."""
    claim = explanation.claim
    return {
        "claim": explanation.iri,
        "subject": _entity_to_json(explanation.subject),
        "property": claim.predicate,
        "object": _entity_to_json(explanation.object),
        "modality": claim.modality.value,
        "date": claim.date or None,
        "attributedTo": _entity_to_json(explanation.speaker) if explanation.speaker else None,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "note": explanation.note or None,
        "evidence": [_piece_to_json(piece) for piece in explanation.pieces],
    }


# -- text


def _tell_piece(number: int, piece: Piece, explanation: Explanation) -> Iterator[str]:
    document = piece.document
    told = [document.name, document.title, document.date, f"by {document.author}" if document.author else ""]
    evidence = piece.evidence
    told += [f"page {evidence.page}" if evidence.page else "", evidence.element]
    told.append(f"characters {evidence.span.start}-{evidence.span.end}")
    yield from _wrap(f"{number}. ", ", ".join(filter(None, told)))
    derivation = piece.derivation
    if derivation is None:
        yield from _wrap(INDENT, _quote_in_context(evidence))
        yield from _wrap(INDENT, piece.note)
        return
    yield from _wrap(INDENT, _mark(document, derivation))
    for role, end, entity in (
        (SUBJECT, derivation.subject, explanation.subject),
        (OBJECT, derivation.object, explanation.object),
    ):
        means = f"“{_one_line(end.words)}” means" if end.words else "no word means"
        named = f", named before in “{_words_from(document, end.named)}”" if end.named else ""
        yield from _wrap(_head(role), f"{means} {entity.label} ({entity.cls}){named}")
    yield from _tell_frame(derivation)
    for at, line in enumerate(line for root in derivation.path for line in _draw(root)):
        yield (_head("path") if at == 0 else _head("")) + line
    yield from _tell_confidence(derivation)


def _mark(document: Document, derivation: Derivation) -> str:
    """The sentence in one line, with what plays a role in brackets."""
    roles = [(SUBJECT, derivation.subject.span), (OBJECT, derivation.object.span), (WORD, derivation.word)]
    sentence = derivation.sentence
    marks: list[tuple[int, int, int, str]] = []
    for role, span in roles:
        if span is not None and sentence.start <= span.start and span.end <= sentence.end:
            length = span.end - span.start
            marks.append((span.start, 1, -length, f"[{role}: "))
            marks.append((span.end, 0, length, "]"))
    text, at = "", sentence.start
    for place, _, _, mark in sorted(marks):
        text += document.text[at:place] + mark
        at = place
    return _one_line(text + document.text[at : sentence.end])


def _quote_in_context(evidence: Evidence) -> str:
    return _one_line(f"… {evidence.prefix}[{evidence.exact}]{evidence.suffix} …")


def _words_from(document: Document, span: Span) -> str:
    """The words at a place and some that follow, none of them cut."""
    end = span.end + FOLLOWING
    words = document.text[span.start : end]
    return _one_line(words) if end >= len(document.text) else f"{_one_line(words.rsplit(maxsplit=1)[0])} …"


def _tell_frame(derivation: Derivation) -> Iterator[str]:
    """What the lexicon says of the frame."""
    frame = derivation.frame
    if frame is None:
        yield from _wrap(_head("rule"), f"{derivation.rule}, of what names and titles state by themselves")
        return
    yield from _wrap(
        _head("frame"), f"{frame.name} states {frame.predicate}, by the {frame.part} {_any(derivation.words)}"
    )
    for role, places, classes in (
        (SUBJECT, frame.subject, frame.subject_classes),
        (OBJECT, frame.object, frame.object_classes),
    ):
        narrowed = f", of class {_any(sorted(classes))}" if classes else ""
        yield from _wrap(_head(""), f"{role} at {_any(places)}{narrowed}")
    if frame.needs:
        yield from _wrap(_head(""), f"only beside {_any(sorted(frame.needs))}")
    if frame.through:
        yield f"{_head('')}what is said of a deed is said of its doer"
    if frame.modality:
        yield f"{_head('')}{frame.modality} by itself"


def _tell_confidence(derivation: Derivation) -> Iterator[str]:
    """The confidence as the product that it is, and what each factor stands for."""
    steps = derivation.steps
    product = " = " + " × ".join(f"{step.factor:.3g}" for step in steps) if len(steps) > 1 else ""
    yield f"{_head('confidence')}{derivation.confidence:.3g}{product}"
    for step in steps:
        yield from _wrap(f"{_head('')}{step.factor:<5.3g} ", step.because)


def _draw(node: Node, first: str = "", rest: str = "") -> Iterator[str]:
    """A tree as lines, each word with its tag, its relation and its roles."""
    shown = f"{first}{_one_line(node.word)} ({', '.join(filter(None, (node.tag, node.relation)))})"
    yield f"{shown}  ← {', '.join(node.roles)}" if node.roles else shown
    for at, below in enumerate(node.below, start=1):
        is_last = at == len(node.below)
        yield from _draw(below, rest + ("└─ " if is_last else "├─ "), rest + ("   " if is_last else "│  "))


def _head(name: str) -> str:
    return f"{INDENT}{name:<{HEADS}}"


def _wrap(first: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _any(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


# -- JSON


def _piece_to_json(piece: Piece) -> Json:
    document, derivation = piece.document, piece.derivation
    return {
        "document": document.name,
        "title": document.title or None,
        "date": document.date or None,
        "author": document.author or None,
        "quote": piece.evidence.exact,
        **_span_to_json(piece.evidence.span),
        "page": piece.evidence.page or None,
        "element": piece.evidence.element or None,
        "note": piece.note or None,
        "derivation": _derivation_to_json(document, derivation) if derivation else None,
    }


def _derivation_to_json(document: Document, derivation: Derivation) -> Json:
    return {
        "sentence": _place_to_json(document, derivation.sentence),
        "subject": _end_to_json(document, derivation.subject),
        "object": _end_to_json(document, derivation.object),
        "word": _place_to_json(document, derivation.word),
        "rule": derivation.rule,
        "frame": _frame_to_json(derivation.frame, derivation.words) if derivation.frame else None,
        "path": [_node_to_json(node) for node in derivation.path],
        "confidence": derivation.confidence,
        "factors": [{"factor": step.factor, "because": step.because} for step in derivation.steps],
    }


def _frame_to_json(frame: Frame, words: Sequence[str]) -> Json:
    return {
        "name": frame.name,
        "states": frame.predicate,
        "part": frame.part,
        "words": list(words),
        "subject": list(frame.subject),
        "object": list(frame.object),
        "subjectClass": sorted(frame.subject_classes),
        "objectClass": sorted(frame.object_classes),
        "needs": sorted(frame.needs),
        "through": frame.through,
        "modality": frame.modality.value if frame.modality else None,
        "confidence": frame.confidence,
    }


def _node_to_json(node: Node) -> Json:
    return {
        "word": node.word,
        "tag": node.tag,
        "relation": node.relation or None,
        "roles": list(node.roles),
        "below": [_node_to_json(below) for below in node.below],
    }


def _entity_to_json(entity: Entity) -> Json:
    return {"id": entity.id, "label": entity.label, "class": entity.cls}


def _end_to_json(document: Document, end: End) -> Json:
    """The words that mean an end, and where the document names it before; null where there are none."""
    return {"words": _place_to_json(document, end.span), "named": _place_to_json(document, end.named)}


def _place_to_json(document: Document, span: Span | None) -> Json | None:
    return {"text": document.text[span.start : span.end], **_span_to_json(span)} if span else None


def _span_to_json(span: Span) -> Json:
    return {"start": span.start, "end": span.end}
