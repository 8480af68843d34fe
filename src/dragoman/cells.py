"""Cells of tables that people open in a spreadsheet: words of a document must not run there as a formula.

After OWASP, https://owasp.org/www-community/attacks/CSV_Injection: what begins as a formula gets an apostrophe before
it, which spreadsheets do not show. Numbers are no words and stay as they are.
"""

from __future__ import annotations

__all__ = ["FORMULA", "harmless"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell that a spreadsheet runs begins with."""


def harmless(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula.

    >>> harmless("=1+1"), harmless("Norland")
    ("'=1+1", 'Norland')
    """
    return f"'{text}" if text.startswith(FORMULA) else text
