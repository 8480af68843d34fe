"""Reading a sentence, and saying in a line each what was read: "Norway - supports - Chad" (asserted, if no more)."""

from dragoman.extraction.reader import GrammarReader
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading

SYMMETRIC = frozenset({"cooperatesWith", "engagesWith"})
ENDINGS = tuple(f" ({modality})" for modality in Modality)


def read(reader: GrammarReader, text: str, *, author="", title="", date="2025-07-24", genre="") -> Reading:
    return reader.read(Document("a.txt", text, "0" * 64, title=title, date=date, author=author, genre=genre))


def stated(reading: Reading) -> list[str]:
    """Each claim by the first names of its ends, in text order."""
    lines = []
    for claim in reading.claims:
        subject, object_ = (reading.entities[at].names[0] for at in (claim.subject, claim.object))
        line = f"{subject} - {claim.predicate} - {object_}"
        lines.append(line if claim.modality is Modality.ASSERTED else f"{line} ({claim.modality})")
    return lines


def unread(reading: Reading, expected: str) -> list[str]:
    """The claims of `expected`, split at "; ", that were not read."""
    return [line for line in expected.split("; ") if find_claim(reading, line) is None]


def find_claim(reading: Reading, line: str) -> LocalClaim | None:
    """The claim that a line states; an end goes by any of its names, and "supports|endorses" is one or the other."""
    subject, predicates, rest = line.split(" - ")
    object_, _, modality = rest.removesuffix(")").rpartition(" (") if rest.endswith(ENDINGS) else (rest, "", "asserted")
    for claim in reading.claims:
        left, right = (reading.entities[at].names for at in (claim.subject, claim.object))
        joined = subject in left and object_ in right
        turned = claim.predicate in SYMMETRIC and subject in right and object_ in left
        if claim.predicate in predicates.split("|") and claim.modality == modality and (joined or turned):
            return claim
    return None


def find_entity(reading: Reading, name: str) -> LocalEntity | None:
    """The entity that bears a name."""
    return next((entity for entity in reading.entities if name in entity.names), None)
