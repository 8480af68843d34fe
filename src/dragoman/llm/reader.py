"""The reader by a language model: documents to pieces, pieces to answers, answers to what of them stands.

Before the first request it tells what all of them take at most, and makes none if that is more than may be spent. What
has been answered before is not asked again, so that a second build needs neither server nor key and writes the same.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from dragoman.llm.answers import ANSWERS, Journal
from dragoman.llm.asker import Asker, Question, Questioning
from dragoman.llm.budget import format_cost, to_estimate
from dragoman.llm.checking import check_answer
from dragoman.llm.pieces import cut
from dragoman.llm.prompt import format_instructions, to_schema
from dragoman.llm.settings import CONFIG, PREFIX, Settings, is_exposed, parse_settings, place_of
from dragoman.pooling import pool_readings
from dragoman.reading.layout import find_passages
from dragoman.records import Document, Reading, Skipped
from dragoman.registry import LLM, SAID, PreparedReader, ReaderContext, ReaderError

__all__ = ["LanguageModelReader", "llm_reader"]


def llm_reader(context: ReaderContext) -> LanguageModelReader:
    """The reader that the settings in `context` describe.

    :raises ReaderError: for settings that are wrong, or do not name a model.
    """
    settings = parse_settings(context.settings)
    if not settings.model:
        raise ReaderError(
            f"reader {LLM!r}: no model is named; set {PREFIX}URL and {PREFIX}MODEL, or {CONFIG}, a file with them "
            "(see dragoman help llm; from Python, give settings=os.environ)"
        )
    return LanguageModelReader(context, settings)


class LanguageModelReader(PreparedReader):
    """Reads by asking."""

    def __init__(self, context: ReaderContext, settings: Settings) -> None:
        self.context, self.settings, self.ontology = context, settings, context.ontology
        self.questioning = Questioning(settings, format_instructions(self.ontology), to_schema(self.ontology))
        self.journal = Journal(context.output, fresh=context.fresh)
        self._failures: Mapping[str, str] = {}
        self._used: set[str] = set()
        self._notes: list[Skipped] = []

    def prepare(self, documents: Sequence[Document]) -> None:
        """Ask about all that has not been answered before.

        :raises ReaderError: if that would cost more than it may, no address is given, or the server refuses.
        """
        if self.journal.damaged:
            self.context.tell(f"{SAID}{self.journal.damaged} damaged lines of {ANSWERS} are not used", 0, 0)
        missing = {
            question.key: question
            for document in documents
            for question in self._questions(document)
            if self.journal.get(question.key) is None
        }
        if missing:
            self._ask(list(missing.values()))

    def read(self, document: Document) -> Reading:
        """What of the answers about `document` stands."""
        left_out: Counter[str] = Counter()
        found = [(LLM, Reading(document, (), ()))]
        for question in self._questions(document):
            answer = self.journal.get(question.key)
            if answer is None:
                self._note_failure(question)
                continue
            found.append((LLM, check_answer(answer, document, question.piece, self.ontology, left_out)))
        told = ", ".join(f"{count} × {reason}" for reason, count in sorted(left_out.items()) if count)
        if told:
            self._notes.append(Skipped(document.name, f"left out of what the language model answered: {told}"))
        return pool_readings(found, self.ontology)

    def notes(self) -> list[Skipped]:
        """What was left out of the answers, and what was not answered."""
        return self._notes

    def keep(self, folder: Path) -> None:
        """Write the answers that were used into `folder`."""
        (folder / ANSWERS).write_bytes(self.journal.format(self._used))

    def close(self) -> None:
        """Remove the answers beside the output folder, as it holds them now."""
        self.journal.close()

    def made_with(self) -> dict[str, str]:
        """The name of the model, and the SHA-256 of its answers."""
        return {"llm-model": self.settings.model, "llm-answers": sha256(self.journal.format(self._used)).hexdigest()}

    def _questions(self, document: Document) -> Iterator[Question]:
        """The questions about a document: those about the halves of a piece whose answer was too long, in its stead."""
        to_see = [
            self.questioning.to_question(document, piece)
            for piece in reversed(list(cut(find_passages(document), self.settings.piece)))
        ]
        while to_see:
            question = to_see.pop()
            answer = self.journal.get(question.key)
            self._used.add(question.key)
            if answer is not None and answer.cut:
                to_see += reversed(self.questioning.halves(question))
            else:
                yield question

    def _ask(self, questions: Sequence[Question]) -> None:
        from dragoman.llm.client import Client

        if not self.settings.url:
            count = len(questions)
            raise ReaderError(
                f"reader {LLM!r}: {count} {'piece' if count == 1 else 'pieces'} of the documents are to be asked "
                f"about; set {PREFIX}URL, the address of the server"
            )
        estimate = to_estimate([self.questioning.length(question) for question in questions], self.settings)
        self.context.tell(f"{SAID}asking {self.settings.model}: {estimate}", 0, len(questions))
        cap = self.settings.cap
        if cap is not None and estimate.cost is not None and estimate.cost > cap:
            raise ReaderError(
                f"reader {LLM!r}: nothing was asked: {estimate}, where at most {format_cost(cap)} may be spent; "
                "allow more with --max-cost, or give fewer documents"
            )
        if is_exposed(self.settings.url):
            place = place_of(self.settings.url)
            self.context.tell(f"{SAID}documents go to {place} unencrypted, where others may read them", 0, 0)
        start = time.monotonic()
        with Client(self.settings) as client:
            asker = Asker(self.questioning, client, self.journal)
            self._failures = asker.failures
            try:
                asker.ask(questions, lambda done: self.context.tell("asking the language model", done, len(questions)))
            finally:
                used = asker.budget.used.describe(seconds=time.monotonic() - start, has_prices=self.settings.has_prices)
                self.context.tell(f"{SAID}asked {self.settings.model}: {used}", 0, 0)

    def _note_failure(self, question: Question) -> None:
        place = question.piece.whole
        reason = self._failures.get(question.key, "it was not asked about")
        self._notes.append(
            Skipped(
                question.document.name,
                f"the language model did not read characters {place.start} to {place.end}: {reason}; "
                "build again to ask again",
            )
        )
