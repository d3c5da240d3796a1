"""Which characters a text from outside may hold, on one line or many; must not know its format."""

from __future__ import annotations

import re
from typing import Final

FORBIDDEN: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML 1.0 forbids, for a set of characters in a pattern."""

_FORBIDDEN = re.compile(f"[{FORBIDDEN}]")
# Or an ampersand that would begin a number if what follows it were dropped.
_NUMBER = re.compile(r"&(?:#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?|(?=[&#]))")
# A number with more digits is beyond Unicode; Python refuses to read one with thousands.
_MAX_DIGITS = 8


def drop_forbidden(markup: str) -> str:
    """Drop from XML or HTML what XML 1.0 forbids, as it stands or by its number.

    Args:
        markup: the markup, broken as it may be.

    Returns:
        The markup, in which every number stands for a character and ends with a semicolon.
    """
    return _NUMBER.sub(_allowed, _FORBIDDEN.sub("", markup))


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def _allowed(number: re.Match[str]) -> str:
    hexadecimal, decimal = number.groups()
    digits = hexadecimal or decimal
    if not digits:
        return "&amp;"
    code = int(digits[:_MAX_DIGITS], 16 if hexadecimal else 10)
    is_allowed = code < 0x110000 and not _FORBIDDEN.match(chr(code))
    return f"&#{code};" if is_allowed else ""
