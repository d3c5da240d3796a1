"""A page's bytes to its text, whatever it claims to be in; must not know markup beyond claims.

The order is that of what lies least: a byte order mark, bytes that are UTF-8 (hardly anything else
is by chance), then what server and page say, then what the bytes look like. A claim of Latin-1 is
what servers say that were never told, so it comes last. Latin-1 is read as Windows-1252 and other
legacy names as their supersets, as WHATWG's Encoding standard has it.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from workers.intake.decoding import marked_encoding

_HEAD_BYTES = 8_192
_SAMPLE_BYTES = 20_000

_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_WESTERN = "cp1252"
_SUPERSETS = {
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# By the names that Python gives them; its other codecs are no charsets of pages. Windows-1252 is
# left out, since a claim of it says nothing.
_ENCODINGS = frozenset(
    (
        *(f"cp125{number}" for number in (0, 1, 3, 4, 5, 6, 7, 8)),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *("koi8-r", "koi8-u", "cp866", "cp874", "mac-cyrillic"),
        *("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"),
    )
)
# Between the charsets of Latin letters, the bytes of a page do not decide.
_GUESSED = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"]
_GUESSED += ["gb18030", "big5", "cp932", "euc_jp", "cp949"]

_CLAIM = re.compile(
    rb"""<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_IN_A_ROW = re.compile(rb"[\x80-\xff]{3,}")


def decode_page(content: bytes, *, charset: str | None) -> str:
    """Return the text of a page.

    Args:
        content: its bytes; none are refused, what cannot be read becomes U+FFFD.
        charset: the charset that the server named, if it did.
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
        text = _decode(content, encoding) if encoding else None
        if text is not None:
            return text
    encoding = _WESTERN if _looks_western(content) else _guess(content)
    return content.decode(encoding, "replace")


def _known(name: str | None) -> str | None:
    """Return the encoding to read a charset of this name with, None if the name tells nothing."""
    try:
        encoding = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    encoding = _SUPERSETS.get(encoding, encoding)
    return encoding if encoding in _ENCODINGS else None


def _decode(content: bytes, encoding: str) -> str | None:
    """Return the text, unless so much of it is damaged that it must be in another encoding."""
    text = content.decode(encoding, "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if 5 * text.count("\ufffd") <= beyond_ascii else None


def _looks_western(content: bytes) -> bool:
    """Tell accented letters, which stand alone, from other scripts, which come in rows."""
    beyond = sum(len(run) for run in _BEYOND_ASCII.findall(content))
    in_a_row = sum(len(run) for run in _IN_A_ROW.findall(content))
    return 2 * in_a_row < beyond


def _guess(content: bytes) -> str:
    sample = _TAG.sub(b" ", content)
    start = _BEYOND_ASCII.search(sample)
    place = max(0, (start.start() if start else 0) - _SAMPLE_BYTES // 4)
    best = from_bytes(sample[place : place + _SAMPLE_BYTES], cp_isolation=_GUESSED).best()
    return best.encoding if best else _WESTERN
