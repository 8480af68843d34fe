"""What a person asks of a graph in Python or a notebook: ready questions, entities by any name, claims by their ends.

>>> import dragoman
>>> built = dragoman.open("graphs/un-oic/graph")
>>> built  # doctest: +ELLIPSIS
<graph of 2 documents, ... entities, ... claims, below https://w3id.org/dragoman/id/>
>>> built.entity("OIC").label
'Organization of Islamic Cooperation'
>>> [claim.object for claim in built.find_claims(subject="OIC", property="addresses")]
['islamophobia']
>>> built.ask("members", organization="OIC")
<2 rows of who, does, how, date, quote, document>
>>> [row["who"] for row in built.ask("members", organization="OIC").records()]
['Joint Ministerial Committee', 'OIC Council of Foreign Ministers']

Answers are :class:`dragoman.query.Result`, whatever else is installed: ``records()`` gives them as dictionaries,
``frame()`` as a pandas DataFrame. Names are found as on the command line; one that may mean several things is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from dragoman.naming import Names
from dragoman.query import Result
from dragoman.records import Claim, Entity

if TYPE_CHECKING:
    from dragoman.explanation import Explainer, Explanation
    from dragoman.ontology import Ontology
    from dragoman.record import Record

__all__ = ["Asking", "Claims"]

SHOWN = 100
"""Claims that a notebook shows."""


class Claims(tuple[Claim, ...]):
    """Claims by id; a notebook shows them as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self):,} {'claim' if len(self) == 1 else 'claims'}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(claim))}</tr>" for claim in self[:SHOWN]
        )
        more = f"<p>{len(self) - SHOWN:,} more</p>" if len(self) > SHOWN else ""
        heads = "".join(f"<th>{name}</th>" for name in ("subject", "property", "object", "modality", "date", "quotes"))
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"


class Asking:
    """Questions to a build; its record and its store are those of the class that this is a part of."""

    if TYPE_CHECKING:
        record: Record
        ontology: Ontology
        ontology_files: Sequence[Path]

        @property
        def _store(self) -> ox.Store: ...

    @cached_property
    def names(self) -> Names:
        """What the things in the graph are called."""
        return Names(self._store)

    def ask(self, question: str, **values: str) -> Result:
        """The answer to one of the ready questions, with what is given for its parameters.

        A parameter that Python reads otherwise may be written with a line below: ``class_="State"``.

        :raises QuestionError: for a question that is not there, with the nearest, or a parameter that does not fit it.
        """
        from dragoman.questions import ask, find_question, load_questions

        given = {name.removesuffix("_"): value for name, value in values.items()}
        return ask(self.names, find_question(question, load_questions()), given)

    def entity(self, name: str) -> Entity:
        """The entity of this name, id or IRI, in whatever spelling.

        :raises NamingError: if there is none, or several; with those that come near.
        """
        id_ = self._id(name, "entity", self.record.base)
        return next(entity for entity in self.record.entities if entity.id == id_)

    def find_claims(
        self, *, subject: str = "", property: str = "", object: str = "", modality: str = "", speaker: str = ""
    ) -> Claims:
        """The claims with these ends, by id; what is not given may be anything. ``claims`` has all of them.

        :raises NamingError: for a name that means nothing in the graph, or several things.
        """
        from dragoman.vocabulary import DGM

        wanted = {
            "subject": subject and self._id(subject, "entity", self.record.base),
            "predicate": property and self._id(property, "property", DGM),
            "object": object and self._id(object, "entity", self.record.base),
            "modality": modality and self._id(modality, "modality", DGM),
            "speaker": speaker and self._id(speaker, "entity", self.record.base),
        }
        given = {name: value for name, value in wanted.items() if value}
        return Claims(
            claim for claim in self.record.claims if all(getattr(claim, name) == value for name, value in given.items())
        )

    def claim(self, text: str) -> Claim:
        """The claim of this id or IRI, or the only one whose id begins so.

        :raises NamingError: if there is none, or several; with those that come near.
        """
        from dragoman.explanation import find_claim

        return find_claim(self.record, text)

    def explain(self, claim: Claim | str) -> Explanation:
        """Why a claim, or that of this id or IRI, is in the graph: sentence, frame, path through the parse, confidence.

        The documents of its evidence are parsed again; ``str`` of what comes back is for people.

        :raises NamingError: as :meth:`claim` does.
        :raises ModelError: if the language model that the graph was built with is not here.
        """
        return self._explainer.explain(self.claim(claim) if isinstance(claim, str) else claim)

    @cached_property
    def _explainer(self) -> Explainer:
        from dragoman.explanation import Explainer

        return Explainer(self.record, self._store, self.ontology, ontology_files=self.ontology_files)

    def _id(self, name: str, kind: str, base: str) -> str:
        return self.names.find(name, kind).value[len(base) :]

    def __repr__(self) -> str:
        told = ", ".join(f"{count:,} {name}" for name, count in self._counts())
        return f"<graph of {told}, below {self.record.base}>"

    def _repr_html_(self) -> str:
        told = ", ".join(f"<b>{count:,}</b> {name}" for name, count in self._counts())
        return f"<p>A graph of {told}, below <code>{escape(self.record.base)}</code></p>"

    def _counts(self) -> tuple[tuple[str, int], ...]:
        record = self.record
        return ("documents", len(record.documents)), ("entities", len(record.entities)), ("claims", len(record.claims))


def _cells(claim: Claim) -> tuple[str, ...]:
    quotes = " · ".join(piece.exact for piece in claim.evidence)
    return (claim.subject, claim.predicate, claim.object, claim.modality.value, claim.date, quotes)
