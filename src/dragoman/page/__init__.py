"""The interactive page: one HTML file that opens from disk and asks the network for nothing."""

from dragoman.page.page import format_page, write_page

__all__ = ["format_page", "write_page"]
