"""What the network of a graph tells, with how sure it is: for a page, figures, a table, and RDF."""

from dragoman.findings.findings import Coverage, Findings, Ranked, rank, to_findings

__all__ = ["Coverage", "Findings", "Ranked", "rank", "to_findings"]
