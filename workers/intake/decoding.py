"""Bytes to text and to JSON values; must not know where the bytes come from or what they mean."""

from __future__ import annotations

import orjson

from workers.charsets import marked_encoding
from workers.intake.problems import ProblemCode, RefusalError


def decode_text(data: bytes) -> str:
    """Return the text of a file: UTF-8, or what its byte order mark says, without the mark.

    Line ends stay as they are.

    Raises:
        RefusalError: the bytes are not in that encoding.
    """
    encoding = marked_encoding(data)
    return _decode(data, encoding or "utf-8").removeprefix("\ufeff" if encoding else "")


def parse_json(data: bytes) -> object:
    """Return the value of a JSON file, in any encoding that `decode_text` takes.

    Raises:
        RefusalError: it is not JSON, or nests deeper than 1024 levels.
    """
    if marked_encoding(data):
        data = decode_text(data).encode()
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        hint = ""
        if error.lineno > 1 and error.msg.startswith("unexpected content after"):
            hint = "; one object a line is read from a .jsonl file"
        raise _invalid_json(data, f"{_words(error)} at {place}{hint}") from error


def parse_json_line(line: bytes) -> object:
    """Return the value of one line of JSON Lines, which is in UTF-8.

    Raises:
        RefusalError: it is not JSON, or nests deeper than 1024 levels.
    """
    line = line.rstrip(b"\r\n")
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise _invalid_json(line, f"{_words(error)} at column {error.colno}") from error


def _words(error: orjson.JSONDecodeError) -> str:
    """Return what is wrong; of a number, the parser tells what became of it in its own types."""
    return "a number is too large" if "infinity" in error.msg else error.msg


def is_cut_json(data: bytes) -> bool:
    """Whether the bytes are JSON as far as they go, and more must follow."""
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError as error:
        return bool(error.doc) and error.pos >= len(error.doc)
    return False


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        # Of JSON Lines, the one line is all there is, and its place says which.
        line = data.count(b"\n", 0, error.start) + 1
        where = f", line {line}" if line > 1 else ""
        message = f"not {encoding.upper()}: {found}{where}: {error.reason}"
        raise RefusalError(ProblemCode.INVALID_ENCODING, message) from error


def _invalid_json(data: bytes, message: str) -> RefusalError:
    # Of bytes that are no UTF-8, orjson does not say where they stand.
    _decode(data, "utf-8")
    return RefusalError(ProblemCode.INVALID_JSON, f"not valid JSON: {message}")
