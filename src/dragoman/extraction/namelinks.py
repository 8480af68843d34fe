"""Claims that names and titles state by themselves: who holds a post, what a post or body belongs to.

"Foreign Minister Anna Berg" holds the post; "UN Office of ..." is part of the UN; "Special Envoy on X" concerns X.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dragoman.extraction.claims import Candidate, Reason
from dragoman.extraction.drafts import Linking
from dragoman.extraction.mentions import Kind, Mention, MentionIndex
from dragoman.extraction.persons import find_holder, find_owner_after, find_possessor
from dragoman.extraction.phrases import HYPHENS
from dragoman.extraction.reference import Filler
from dragoman.gazetteer import split_words
from dragoman.language.tokens import Doc
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.records import Modality

__all__ = ["find_holders", "find_name_claims"]


def find_name_claims(
    doc: Doc, index: MentionIndex, linking: Linking, *, ontology: Ontology, lexicon: Lexicon
) -> Iterator[Candidate]:
    """Claims of one passage that need no verb."""
    outer = [m for m in index.mentions if m.kind is not Kind.PRONOUN and m in linking.refs]
    flat = _side_by_side(outer, index)
    for person, post in _holding(doc, flat, linking, lexicon):
        yield _claim(person, "holdsPost", post, linking, "holdsPost-apposition", 0.84)
    for mention in outer:
        cls = _class(mention, linking)
        holder = find_holder(mention, index) if cls == "Post" and mention.nested else None
        if holder is not None and holder in linking.refs and _class(holder, linking) == "Person":
            yield _claim(holder, "holdsPost", mention, linking, "holdsPost-apposition", 0.84)
        if cls == "Post":
            yield from _post_claims(doc, mention, index, linking, ontology, lexicon)
        elif cls in {"OrganizationBody", "GovernmentBody", "Mission"}:
            yield from _part_claims(doc, mention, index, linking)
        elif mention in linking.scenes:
            yield _claim(mention, "locatedIn", linking.scenes[mention], linking, "locatedIn-scene", 0.7)
        elif cls == "Coalition":
            yield from _member_claims(doc, mention, index, linking, lexicon)


WHOLES = frozenset({"State", "InternationalOrganization", "OrganizationBody"})
"""Classes of what bodies are part of."""


def find_holders(doc: Doc, index: MentionIndex, linking: Linking, lexicon: Lexicon) -> dict[Mention, Mention]:
    """Posts beside the name of their holder, with that name: what is said of the post is said of the person."""
    read = [m for m in index.mentions if m.kind is not Kind.PRONOUN and m in linking.refs]
    flat, inner = _side_by_side(read, index), [m for m in read if m.nested and _class(m, linking) == "Post"]
    pairs = ((post, find_holder(post, index)) for post in inner)
    beside = {post: holder for post, holder in pairs if holder is not None and holder in linking.refs}
    return beside | {post: person for person, post in _holding(doc, flat, linking, lexicon)}


def _side_by_side(mentions: Sequence[Mention], index: MentionIndex) -> list[Mention]:
    """The mentions that stand beside each other; of a description that ends with a post, "report of X", the post."""
    ending = {m.end: m for m in mentions if m.nested and m.cls == "Post" and index.at(m.start)[0].end == m.end}
    flat = (m for m in mentions if not m.nested)
    return [ending.get(m.end, m) if m.kind is Kind.DESCRIPTION else m for m in flat]


def _holding(
    doc: Doc, mentions: Sequence[Mention], linking: Linking, lexicon: Lexicon
) -> Iterator[tuple[Mention, Mention]]:
    owners = {m.end + 1: m for m in mentions if m.end < len(doc) and doc[m.end].tag_ == "POS"}
    posts = {m.start for m in mentions if _class(m, linking) == "Post"}
    mentions = [m for m in mentions if m.end + 1 not in posts or m.end + 1 not in owners]
    held = set[Mention]()  # posts told behind their holder: "X, Minister of Y, Z, Minister of W"
    for left, right, following in zip(mentions, mentions[1:], [*mentions[2:], None], strict=False):
        classes = (_class(left, linking), _class(right, linking))
        holder = following if following is not None and following.start == right.end else None
        if classes == ("Post", "Post") and holder is not None and _class(holder, linking) == "Person":
            titles = [token.lower_ for token in doc[left.end : right.start]]
            if titles[:1] == [","] and set(titles) <= lexicon.words["betweenHolderAndPost"]:
                yield holder, left  # "the Special Envoy, Foreign Minister Berg"
            continue
        if set(classes) != {"Person", "Post"} or right.passage != left.passage:
            continue
        owner = owners.get(right.start)  # "Anna Berg, Norway's foreign minister"
        between = [token.lower_ for token in doc[left.end : right.start if owner is None else owner.start]]
        if len(between) > 4 or not set(between) <= lexicon.words["betweenHolderAndPost"]:
            continue
        person, post = (left, right) if classes[0] == "Person" else (right, left)
        if classes[0] == "Person" and not between:
            continue
        if classes[0] == "Person" and holder is not None and _class(holder, linking) == "Person":
            continue  # "X, Special Envoy Y": the post is Y's
        if classes[0] == "Post" and "," in between and (left in held or doc[right.head].dep_ == "conj"):
            continue
        if person is right and not between and lexicon.is_in("rank", doc.text_of(post.start, post.end).lower()):
            continue  # "Ambassador Berg" has that rank, whatever she does
        held.update([post] if classes[0] == "Person" else [])
        yield person, post
    yield from _joined(doc, mentions, linking)


def _joined(doc: Doc, mentions: Sequence[Mention], linking: Linking) -> Iterator[tuple[Mention, Mention]]:
    """Persons in apposition to a post over what they do besides: "the Envoy for X and Head of Y, Anna Berg"."""
    posts = {m.head: m for m in mentions if _class(m, linking) == "Post"}
    for person in (m for m in mentions if _class(m, linking) == "Person"):
        token = doc[person.head]
        post = posts.get(token.head.i) if token.dep_ == "appos" else None
        if post is not None and post.end < person.start and doc[post.end].dep_ == "cc":
            yield person, post


def _post_claims(
    doc: Doc, mention: Mention, index: MentionIndex, linking: Linking, ontology: Ontology, lexicon: Lexicon
) -> Iterator[Candidate]:
    inner = [m for m in index.inside(mention.start, mention.end) if m is not mention and m in linking.refs]
    inner = [m for m in inner if not _is_part_of_like(m, inner)]
    inner = [m for m in inner if _class(m, linking) != "State" or not _names_another(doc, m, mention)]
    owners = [m for m in index.at(find_possessor(mention, doc, lexicon)) if m in linking.refs][-1:]
    if owners and len(linking.refs[owners[0]]) > 1:
        owners = []  # "their ministers" serve one each
    holder = find_holder(mention, index)
    if not inner and not owners and holder is not None:
        after = find_owner_after(holder, doc, index)
        owners = [after] if after is not None and after in linking.refs else []
    for other in [*inner, *owners]:
        top = ontology.top(_class(other, linking))
        before = _preposition(doc, mention, other) if other in inner else ""
        if lexicon.is_in("chargePreposition", before):
            predicate = "addresses" if top == "Conflict" else "concerns"
            if ontology.admits(predicate, "Post", _class(other, linking)):
                yield _claim(mention, predicate, other, linking, f"{predicate}-post", 0.8)
        elif _is_of_party(doc, mention, other, lexicon):
            continue
        elif top in {"Actor", "Post"} and _class(other, linking) not in {"Person", "Population"} and before != "and":
            yield _claim(mention, "represents", other, linking, "represents-post", 0.83)


def _names_another(doc: Doc, name: Mention, post: Mention) -> bool:
    """Whether a name within a post's is but a word of another: "Uruguay" of "Chairman of the Uruguay Round"."""
    token = doc[name.head]
    noun = token.head
    return (
        token.dep_ == "compound" and token.pos_ == noun.pos_ == "PROPN" and noun.i >= name.end and noun.i != post.head
    )


def _is_of_party(doc: Doc, post: Mention, other: Mention, lexicon: Lexicon) -> bool:
    """Whether a party or company stands between a post and a name: "Secretary of the Socialist Party of Germany"."""
    before = (lexicon.heads.get(token.lower_) for token in doc[post.start : other.start])
    return any(head is not None and head.cls == "CivilSocietyOrganization" for head in before)


def _is_part_of_like(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a name is within a longer one of its class: "Security Council" of "Peace and Security Council"."""
    return any(
        o.start <= mention.start and mention.end <= o.end and o.cls == mention.cls for o in others if o != mention
    )


def _part_claims(doc: Doc, mention: Mention, index: MentionIndex, linking: Linking) -> Iterator[Candidate]:
    """A body whose name begins or ends with that of the whole it belongs to."""
    for inner in index.inside(mention.start, mention.end):
        if inner is mention or inner not in linking.refs:
            continue
        before = doc[inner.start - 1].lower_ if inner.start > mention.start else ""
        of = before == "of" or (before == "the" and doc[inner.start - 2].lower_ == "of")
        joint = inner.end + 1 < mention.end and doc[inner.end].text in HYPHENS
        if joint and (doc[inner.end + 1].tag_ == "VBN" or _class(inner, linking) == "State"):
            continue  # "a UN-backed mission" need not be the UN's, nor is "the X-Y Commission" X's alone
        if (of or inner.start == mention.start) and _class(inner, linking) in WHOLES:
            yield from _claims(mention, "partOf", inner, linking, "partOf-name", 0.85)
            return
    thing = linking.entities[linking.refs[mention][0]].thing
    if thing is not None and mention.bare:
        return  # "our Assembly" is the one that is known, and none of ours
    if mention.start >= 2 and doc[mention.start - 1].tag_ in {"POS", "PRP$"}:
        owner_end = mention.start - 2 if doc[mention.start - 1].tag_ == "POS" else mention.start - 1
        for owner in index.at(owner_end)[-1:]:
            if owner in linking.refs and _class(owner, linking) in {
                "State",
                "InternationalOrganization",
                "OrganizationBody",
            }:
                yield from _claims(mention, "partOf", owner, linking, "partOf-possessive", 0.56)


def _member_claims(
    doc: Doc, mention: Mention, index: MentionIndex, linking: Linking, lexicon: Lexicon
) -> Iterator[Candidate]:
    """ "OIC Member States" are members of the OIC; "the Troika (X, Y and Z)" names its own."""
    after = mention.end
    if after + 1 < len(doc) and doc[after].lower_ in {"(", "of", ":"}:
        opener = doc[after].text
        after += 1 + (doc[after + 1].lower_ == "the")
        first = next((m for m in index.at(after) if m.start == after and m in linking.refs), None)
        members = index.list_of(first) if first is not None else []
        if len(members) > 1 or (members and opener == "(" and doc[members[0].end].text == ","):
            for member in members:
                if member in linking.refs and _class(member, linking) in {"State", "InternationalOrganization"}:
                    yield _claim(member, "memberOf", mention, linking, "memberOf-list", 0.85)
            return
    if not lexicon.words["memberWord"] & {word.key for word in split_words([mention.name])}:
        return
    for inner in index.inside(mention.start, mention.end):
        if (
            inner is not mention
            and inner in linking.refs
            and _class(inner, linking) in {"InternationalOrganization", "OrganizationBody"}
        ):
            yield _claim(mention, "memberOf", inner, linking, "memberOf-name", 0.8)
            return


def _preposition(doc: Doc, outer: Mention, inner: Mention) -> str:
    """The first preposition between the head of a name and a name within it: "to" in "Envoy to Combat X"."""
    for token in reversed(list(doc[outer.start : inner.start])):
        if token.pos_ in {"ADP", "PART", "SCONJ"}:
            return str(token.lower_)
    return ""


def _claims(
    left: Mention, predicate: str, right: Mention, linking: Linking, rule: str, confidence: float
) -> Iterator[Candidate]:
    """One claim for each entity that `right` means."""
    for ref in linking.refs[right]:
        subject = Filler(linking.refs[left][0], left.start, left.end, mention=left)
        object_ = Filler(ref, right.start, right.end, mention=right)
        yield Candidate(
            subject=subject.entity,
            predicate=predicate,
            object=object_.entity,
            modality=Modality.ASSERTED,
            start=min(left.start, right.start),
            end=max(left.end, right.end),
            rule=rule,
            confidence=confidence,
            reason=Reason(subject, object_),
        )


def _claim(left: Mention, predicate: str, right: Mention, linking: Linking, rule: str, confidence: float) -> Candidate:
    return next(_claims(left, predicate, right, linking, rule, confidence))


def _class(mention: Mention, linking: Linking) -> str:
    refs: Mapping[Mention, tuple[int, ...]] = linking.refs
    return linking.entities[refs[mention][0]].cls
