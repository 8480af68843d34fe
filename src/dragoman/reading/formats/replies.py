"""The text of an e-mail parted into its own words and those of the messages that it answers or passes on.

What is quoted is older, and somebody else's: the date and the author of the e-mail are not those of it. Quoted lines
begin with ``>`` (RFC 3676, section 4.5), or follow on a line of dashes around words.
"""

from __future__ import annotations

import re

__all__ = ["part_reply"]

MARKS = re.compile(r"(?:>[ \t]?)+")
RULE = re.compile(r"\s*-{3,}\s*[^\W\d_][^\n-]{3,60}-{3,}\s*")
"""Under which mail programs put a whole message: "-----Original Message-----"."""


def part_reply(text: str) -> tuple[str, str]:
    r"""The words of an e-mail's writer, and what they quote, without the marks of quotation.

    >>> part_reply("We agree.\n\nOn 3 May 2032, Ana Ruiz wrote:\n> They met.\n> All is well.\n")
    ('We agree.\n\n', 'On 3 May 2032, Ana Ruiz wrote:\n\nThey met.\nAll is well.\n')
    """
    lines = text.splitlines(keepends=True)
    own: list[str] = []
    quoted: list[str] = []
    is_quote = False
    last = -1  # line of the writer's that is not blank, since what was quoted before
    for at, line in enumerate(lines):
        if RULE.fullmatch(line):
            return "".join(own), "".join((*quoted, *lines[at + 1 :]))
        match = MARKS.match(line)
        if match and not is_quote:
            if last >= 0 and _introduces(own[last]):
                quoted += [own[last], "\n"]
                del own[last:]
            last = -1
        is_quote = match is not None
        if match:
            quoted.append(line[match.end() :] or "\n")
        else:
            own.append(line)
            last = len(own) - 1 if line.strip() else last
    return "".join(own), "".join(quoted)


def _introduces(line: str) -> bool:
    """Whether a line says who wrote, or when, what is quoted below it: "On 3 May 2032, Ana Ruiz wrote:"."""
    return line.rstrip().endswith(":") and any(sign.isdecimal() or sign == "@" for sign in line)
