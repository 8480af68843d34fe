"""What a build left silent, in all and in each document, so that silence is not taken for absence."""

from dragoman.coverage.totals import CorpusCoverage, sum_coverage

__all__ = ["CorpusCoverage", "sum_coverage"]
