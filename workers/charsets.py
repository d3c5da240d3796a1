"""A document's bytes to its text, whatever it claims to be in; must not know what it holds.

The order is that of what lies least: a byte order mark, bytes that are UTF-8 (hardly anything else
is by chance), then what server and document say, then what the bytes look like. A claim of Latin-1
is what servers say that were never told, so it comes last. Latin-1 is read as Windows-1252 and
other legacy names as their supersets, as WHATWG's Encoding standard has it.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from charset_normalizer import from_bytes

_HEAD_BYTES = 8_192
_SAMPLE_BYTES = 20_000
_LOOKED_AT_BYTES = 5_000_000  # a sitemap, unpacked, has many times as many

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_WESTERN = "cp1252"
# By the names that Python gives them, or by those that it does not know.
_SUPERSETS = {
    "iso8859-9": "cp1254",
    "iso-8859-8-i": "iso8859-8",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "euc_kr": "cp949",
    "windows-949": "cp949",
}
# Python's other codecs are no charsets of documents. Windows-1252 is left out, since a claim of it
# says nothing.
_ENCODINGS = frozenset(
    (
        *(f"cp125{number}" for number in (0, 1, 3, 4, 5, 6, 7, 8)),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *("koi8-r", "koi8-u", "cp866", "cp874", "mac-roman", "mac-cyrillic"),
        *("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"),
    )
)
# Between the charsets of Latin letters, the bytes do not decide.
_GUESSED = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"]
_GUESSED += ["gb18030", "big5", "cp932", "euc_jp", "cp949"]

_CLAIM = re.compile(
    rb"""<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
# Feeds write their texts as CDATA, which is no tag.
_TAG = re.compile(rb"<(?!!\[CDATA\[)[^<>]{0,2000}>")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_IN_A_ROW = re.compile(rb"[\x80-\xff]{3,}")


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark at the start tells of."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def decode_document(content: bytes, *, charset: str | None) -> str:
    """Return the text of a page, a feed or a sitemap.

    Args:
        content: its bytes; none are refused, what cannot be read becomes U+FFFD.
        charset: the charset that the server named, if it did.

    Returns:
        The text, without a byte order mark.
    """
    encoding = marked_encoding(content) or _WIDE.get(content[:2])
    if encoding:
        return content.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    claim = _CLAIM.search(content, 0, _HEAD_BYTES)
    claims = [_known(charset), _known(claim[1].decode()) if claim else None]
    for encoding in ("utf-8", *claims):
        text = _decode(content, encoding, one_in=5) if encoding else None
        if text is not None:
            return text
    # Of a few characters, a damaged one is a large part.
    text = _decode(content, "utf-8", one_in=3)
    return content.decode(_guess(content), "replace") if text is None else text


def _known(name: str | None) -> str | None:
    """Return the encoding to read a charset of this name with, None if the name tells nothing."""
    encoding = (name or "").lower()
    with suppress(LookupError, ValueError):
        encoding = codecs.lookup(encoding).name
    encoding = _SUPERSETS.get(encoding, encoding)
    return encoding if encoding in _ENCODINGS else None


def _decode(content: bytes, encoding: str, *, one_in: int) -> str | None:
    """Return the text, unless more than one in so many characters beyond ASCII is damaged."""
    text = content.decode(encoding, "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if one_in * text.count("\ufffd") <= beyond_ascii else None


def _guess(content: bytes) -> str:
    """Return the encoding that bytes look like which are neither ASCII nor UTF-8."""
    content = _near_first_beyond_ascii(content, _LOOKED_AT_BYTES)
    if _looks_western(content):
        return _WESTERN
    sample = _near_first_beyond_ascii(_TAG.sub(b" ", content), _SAMPLE_BYTES)
    best = from_bytes(sample, cp_isolation=_GUESSED).best()
    return best.encoding if best else _WESTERN


def _near_first_beyond_ascii(content: bytes, size: int) -> bytes:
    start = _BEYOND_ASCII.search(content)
    place = max(0, (start.start() if start else 0) - size // 4)
    return content[place : place + size]


def _looks_western(content: bytes) -> bool:
    """Tell accented letters, which stand alone, from other scripts, which come in rows."""
    beyond = sum(len(run) for run in _BEYOND_ASCII.findall(content))
    in_a_row = sum(len(run) for run in _IN_A_ROW.findall(content))
    return 2 * in_a_row < beyond
