"""A document read again to how a claim was read in it: the sentence, the frame, the path through the parse.

A build keeps what was read, not the parse; so the document is interpreted anew, which gives the same, and the claim is
found again by its words, its property and the names of its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.lexicon import Frame, Lexicon
from dragoman.records import Claim, Entity, LocalClaim, LocalEntity, Span
from dragoman.vocabulary import clean

if TYPE_CHECKING:
    from dragoman.extraction.claims import Candidate
    from dragoman.extraction.reader import Interpretation
    from dragoman.extraction.reference import Filler
    from dragoman.language.tokens import Doc, Token
    from dragoman.reading.passages import Passage

__all__ = ["Derivation", "End", "Node", "Step", "derive"]

SUBJECT, OBJECT, WORD = "subject", "object", "word"
"""Roles that a word of the parse plays in a claim; WORD is that of the one at which the frame fires."""
OF_FRAME = "what this frame reads is right so often, as measured on references or, where it is rare, as we judge it"
OF_NAMES = "what names and titles state by themselves in this way is right so often, as we judge it"


@dataclass(frozen=True, slots=True)
class Step:
    """A factor of a confidence, 0 to 1, and what it stands for."""

    factor: float
    because: str


@dataclass(frozen=True, slots=True)
class End:
    """One end of a claim in its sentence: the words that mean the entity, and where in the document; both may lack.

    `named` is the last place before, where a pronoun or no word means the entity, at which the document names it.
    """

    words: str = ""
    span: Span | None = None
    named: Span | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A word of the parse: its tag, its relation to the word above, its roles in the claim, and the words below it.

    Tags are those of the Penn Treebank, relations those of Universal Dependencies; the topmost has none.
    """

    word: str
    tag: str
    relation: str = ""
    roles: tuple[str, ...] = ()
    below: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one piece of evidence came to state a claim; `words` are those that the frame fires at, none without one."""

    rule: str
    confidence: float
    quote: Span
    sentence: Span
    subject: End
    object: End
    steps: tuple[Step, ...]
    path: tuple[Node, ...]  # one tree, or one for each sentence that has a part in it
    frame: Frame | None = None
    words: tuple[str, ...] = ()
    word: Span | None = None


def derive(
    interpretation: Interpretation, claim: Claim, entities: Mapping[str, Entity], lexicon: Lexicon, *, symmetric: bool
) -> dict[Span, Derivation]:
    """How `claim` was read in a document, by the place of its evidence there; where it was not, there is none.

    :param entities: all of the graph by id.
    :param symmetric: whether the property holds both ways, so that the ends may have changed places.
    """
    reading = interpretation.reading
    places = {piece.span for piece in claim.evidence if piece.document == reading.document.name}
    found: dict[Span, tuple[LocalClaim, Candidate, bool]] = {}
    for local, candidate in zip(reading.claims, interpretation.candidates, strict=True):
        if local.span not in places or not _says(local, claim, reading.entities, entities):
            continue
        turned = _turned(local, claim, reading.entities, entities)
        if turned is None or (turned and not symmetric):
            continue
        held = found.get(local.span)
        if held is None or (-local.confidence, local.rule) < (-held[0].confidence, held[0].rule):
            found[local.span] = (local, candidate, turned)
    return {
        span: _to_derivation(interpretation, local, candidate, lexicon, turned=turned)
        for span, (local, candidate, turned) in sorted(found.items())
    }


# -- the claim found again


def _says(local: LocalClaim, claim: Claim, named: tuple[LocalEntity, ...], entities: Mapping[str, Entity]) -> bool:
    """Whether a claim of the document says the same, whatever its ends."""
    if (local.predicate, local.modality, local.date) != (claim.predicate, claim.modality, claim.date):
        return False
    if local.speaker is None or not claim.speaker:
        return local.speaker is None and not claim.speaker
    return _is(named[local.speaker], entities[claim.speaker])


def _turned(
    local: LocalClaim, claim: Claim, named: tuple[LocalEntity, ...], entities: Mapping[str, Entity]
) -> bool | None:
    """Whether the ends have changed places; None where they are not those of the claim."""
    ends = named[local.subject], named[local.object]
    subject, object_ = entities[claim.subject], entities[claim.object]
    if _is(ends[0], subject) and _is(ends[1], object_):
        return False
    return True if _is(ends[1], subject) and _is(ends[0], object_) else None


def _is(local: LocalEntity, entity: Entity) -> bool:
    """Whether an entity of a document is that of the graph, which bears all of its names."""
    return local.known_id == entity.id or set(map(clean, local.names)) <= {entity.label, *entity.names}


# -- how it was read


def _to_derivation(
    interpretation: Interpretation, local: LocalClaim, candidate: Candidate, lexicon: Lexicon, *, turned: bool
) -> Derivation:
    passage, doc = _find_passage(interpretation, candidate, local.span)
    reason, text = candidate.reason, interpretation.reading.document.text
    fillers = (reason.object, reason.subject) if turned else (reason.subject, reason.object)
    ends = (local.object, local.subject) if turned else (local.subject, local.object)
    subject, object_ = (interpretation.reading.entities[end] for end in ends)
    roles: dict[int, list[str]] = {}
    for role, filler in zip((SUBJECT, OBJECT), fillers, strict=True):
        if filler.mention is not None:
            roles.setdefault(filler.mention.head, []).append(role)
    if reason.token is not None:
        roles.setdefault(reason.token, []).insert(0, WORD)
    first, last = doc[candidate.start].sent, doc[candidate.end - 1].sent
    return Derivation(
        rule=candidate.rule,
        confidence=candidate.confidence,
        quote=local.span,
        sentence=_place(passage, doc, first.start, last.end),
        subject=_to_end(passage, doc, fillers[0], _find_names(subject, local.span.end, text)),
        object=_to_end(passage, doc, fillers[1], _find_names(object_, local.span.end, text)),
        steps=tuple(_find_steps(candidate, fillers)),
        path=_find_path(doc, {at: tuple(found) for at, found in roles.items()}),
        frame=reason.frame,
        words=_words_of(reason.frame, lexicon) if reason.frame else (),
        word=None if reason.token is None else _place(passage, doc, reason.token, reason.token + 1),
    )


def _find_passage(interpretation: Interpretation, candidate: Candidate, quote: Span) -> tuple[Passage, Doc]:
    """The passage that the tokens of a claim count in: the one where they stand at its quote."""
    return next(
        (passage, doc)
        for passage, doc in zip(interpretation.passages, interpretation.docs, strict=True)
        if candidate.end <= len(doc) and _place(passage, doc, candidate.start, candidate.end) == quote
    )


def _place(passage: Passage, doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    return passage.span(doc[start].idx, last.idx + len(last))


def _to_end(passage: Passage, doc: Doc, filler: Filler, names: list[Span]) -> End:
    from dragoman.extraction.mentions import Kind

    mention = filler.mention
    if mention is None:
        return End(named=max(names, default=None))
    span = _place(passage, doc, mention.start, mention.end)
    before = [name for name in names if name.end <= span.start] if mention.kind is Kind.PRONOUN else []
    return End(doc.text_of(mention.start, mention.end), span, max(before, default=None))


def _find_names(entity: LocalEntity, end: int, text: str) -> list[Span]:
    """Where the document names an entity, up to `end`."""
    names = {name.casefold() for name in entity.names}
    return [
        span
        for span in entity.spans
        if span.end <= end and " ".join(text[span.start : span.end].split()).casefold() in names
    ]


def _find_steps(candidate: Candidate, fillers: tuple[Filler, Filler]) -> Iterator[Step]:
    """The factors whose product the confidence is."""
    frame = candidate.reason.frame
    yield Step(candidate.confidence, OF_NAMES) if frame is None else Step(frame.confidence, OF_FRAME)
    for role, filler in zip((SUBJECT, OBJECT), fillers, strict=True):
        for way in filler.ways:
            yield Step(way.sureness, f"the {role} {way.said}")


def _words_of(frame: Frame, lexicon: Lexicon) -> tuple[str, ...]:
    """The words at which a frame fires, sorted."""
    return tuple(sorted(word for (_, word), frames in lexicon.frames.items() if frame in frames))


def _find_path(doc: Doc, roles: Mapping[int, tuple[str, ...]]) -> tuple[Node, ...]:
    """The words that join those with a role, from the one above them all; a tree for each sentence."""
    sentences: dict[int, list[Token]] = {}
    for at in sorted(roles):
        sentences.setdefault(doc[at].sent.start, []).append(doc[at])
    return tuple(_to_tree(tokens, roles) for tokens in sentences.values())


def _to_tree(tokens: list[Token], roles: Mapping[int, tuple[str, ...]]) -> Node:
    chains = [[token, *token.ancestors] for token in tokens]
    shared = set.intersection(*({token.i for token in chain} for chain in chains))
    top = next(token for token in chains[0] if token.i in shared)
    joining = {token.i for chain in chains for token in _up_to(chain, top)}
    return _to_node(top, joining, roles, is_top=True)


def _up_to(chain: Iterable[Token], top: Token) -> Iterator[Token]:
    for token in chain:
        yield token
        if token.i == top.i:
            return


def _to_node(token: Token, joining: set[int], roles: Mapping[int, tuple[str, ...]], *, is_top: bool = False) -> Node:
    return Node(
        word=token.text,
        tag=token.tag_,
        relation="" if is_top else token.dep_,
        roles=roles.get(token.i, ()),
        below=tuple(_to_node(child, joining, roles) for child in token.children if child.i in joining),
    )
