"""The page on which a person decides what a build could not be sure of; it hands back a table of decisions."""

from dragoman.review.page import PAGE, format_review, write_review

__all__ = ["PAGE", "format_review", "write_review"]
