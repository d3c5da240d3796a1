"""Paths to items: files and standard input to articles, one after the other.

Must not know what becomes of the items.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from workers.batches import Item, Page
from workers.charsets import marked_encoding
from workers.intake.decoding import decode_text, is_cut_json, parse_json, parse_json_line
from workers.intake.fields import array_field
from workers.intake.files import Form, InputFile, find_files
from workers.intake.limits import Limits, Tally
from workers.intake.markdown import read_markdown
from workers.intake.objects import PageItem, read_custom_id, read_fields, read_request
from workers.intake.options import read_options
from workers.intake.problems import Problem, ProblemCode, RefusalError, shown, unreadable
from workers.intake.streams import BoundedStream

Reading = Item | PageItem | Problem
"""What a place in the input comes to."""

_STDIN = InputFile(path=Path("-"), place="stdin", name="stdin", form=Form.UNKNOWN)
_OBJECT_START = re.compile(rb'\{\s*"')


def read_paths(
    paths: Sequence[str], *, limits: Limits, now: datetime, stdin: BinaryIO | None = None
) -> Iterator[Reading]:
    """Read articles lazily, in one order; what cannot be taken is said, and the rest goes on.

    An article without a word in it is both: a problem, then an item, so that it has a result.
    Of pages it is only said which they are.

    Args:
        paths: files and folders; "-" is standard input.
        limits: how much may come.
        now: the instant that embargoes are held against, with its offset from UTC.
        stdin: where "-" is read from.

    Raises:
        BatchTooLargeError: there are more articles, or bytes, than one submit may hold.
    """
    reader = _Reader(limits, now=now)
    for path in paths:
        if path == "-":
            yield from reader.read_stdin(stdin)
            continue
        for found in find_files(path):
            if isinstance(found, Problem):
                yield found
            else:
                yield from reader.read_file(found)


class _Reader:
    """One submit in the making: what has been read so far, and which names are taken."""

    def __init__(self, limits: Limits, *, now: datetime) -> None:
        self._limits = limits
        self._now = now
        self._tally = Tally(limits)
        # Digests, so that a million long names take no more memory than short ones.
        self._places: dict[bytes, str] = {}

    def read_stdin(self, stdin: BinaryIO | None) -> Iterator[Reading]:
        if stdin is None or stdin.closed:
            message = "there is no standard input"
            yield Problem(place=_STDIN.place, code=ProblemCode.UNREADABLE, message=message)
            return
        try:
            yield from self._read(stdin, _STDIN)
        except OSError as error:
            yield unreadable(error).at(_STDIN.place)

    def read_file(self, file: InputFile) -> Iterator[Reading]:
        try:
            with file.path.open("rb") as stream:
                yield from self._read(stream, file)
        except OSError as error:
            yield unreadable(error).at(file.place)

    def _read(self, stream: BinaryIO, file: InputFile) -> Iterator[Reading]:
        bounded = BoundedStream(stream, tally=self._tally)
        form = file.form
        if form is Form.UNKNOWN:
            form = _form_of(bounded.peek_line(self._limits.line_bytes))
        try:
            if form in (Form.TEXT, Form.MARKDOWN):
                yield from self._read_text(bounded, file, is_markdown=form is Form.MARKDOWN)
            elif form is Form.JSON:
                yield from self._read_json(bounded, file)
            else:
                yield from self._read_lines(bounded, file)
        except RefusalError as refusal:
            is_one = form in (Form.TEXT, Form.MARKDOWN)
            yield refusal.at(file.place, custom_id=file.name if is_one else None)

    def _read_text(
        self, stream: BoundedStream, file: InputFile, *, is_markdown: bool
    ) -> Iterator[Reading]:
        limit = self._limits.max_article_bytes
        data = stream.read(limit)
        if data is None:
            raise _too_long(limit, "one article")
        text = decode_text(data)
        if file is _STDIN and not text.strip():
            # A producer that has made nothing, not an article that somebody named.
            raise _no_articles()
        page = None
        fields: dict[str, Any] = {"text": text}
        if is_markdown:
            article = read_markdown(text)
            fields = {"text": article.text, "title": article.title}
            # Its text is none that the submitter has, so it comes back with the result.
            page = Page() if article.text != text.rstrip() else None
        yield from self._take(fields, place=file.place, default_id=file.name, page=page)

    def _read_lines(self, stream: BoundedStream, file: InputFile) -> Iterator[Reading]:
        limit = self._limits.line_bytes
        is_empty = True
        for number, line in enumerate(stream.lines(limit), start=1):
            if number == 1 and line:
                line = _without_mark(line)
            suffix = f":{number}"
            try:
                if line is None:
                    raise _too_long(limit, "one line")
                if not line.strip():
                    continue
                value = parse_json_line(line)
            except RefusalError as refusal:
                yield refusal.at(file.place + suffix)
            else:
                yield from self._take(
                    value, place=file.place + suffix, default_id=file.name + suffix
                )
            is_empty = False
        if is_empty:
            raise _no_articles()

    def _read_json(self, stream: BoundedStream, file: InputFile) -> Iterator[Reading]:
        limit = self._limits.max_json_bytes
        data = stream.read(limit)
        if data is None:
            raise _too_long(limit, "a .json file; a .jsonl file may have any number")
        value = parse_json(data)
        del data
        pointer, defaults = "#/", {}
        if isinstance(value, dict) and "requests" in value and "text" not in value:
            pointer, defaults = "#/requests/", read_options(value.get("defaults"), defaults={})
            value = array_field(value, "requests")
        if not isinstance(value, list):
            yield from self._take(value, place=file.place, default_id=file.name)
            return
        if not value:
            raise _no_articles()
        for number, entry in enumerate(value):
            suffix = f"{pointer}{number}"
            yield from self._take(
                entry,
                place=file.place + suffix,
                default_id=file.name + suffix,
                defaults=defaults,
            )

    def _take(
        self,
        value: object,
        *,
        place: str,
        default_id: str,
        defaults: Mapping[str, Any] = MappingProxyType({}),
        page: Page | None = None,
    ) -> Iterator[Reading]:
        custom_id = None
        try:
            fields = read_fields(value)
            custom_id = read_custom_id(fields, default=default_id)
            request = read_request(
                fields,
                defaults=defaults,
                now=self._now,
                max_bytes=self._limits.max_article_bytes,
            )
            is_named = custom_id != default_id
            custom_id = self._claim(custom_id, place, is_given=is_named)
        except RefusalError as refusal:
            yield refusal.at(place, custom_id=custom_id)
            return
        if request.flaw is not None:
            yield Problem(
                place=place,
                code=ProblemCode.INVALID_TIME,
                message=request.flaw,
                custom_id=custom_id,
            )
        item = Item(
            index=self._tally.next_index(),
            custom_id=custom_id,
            article=request.article,
            options=request.options,
            source=place,
            page=page,
            is_named=is_named,
        )
        if request.html is not None or request.url is not None:
            yield PageItem(item=item, html=request.html, url=request.url)
            return
        if not request.article.text.strip():
            yield Problem(
                place=place,
                code=ProblemCode.EMPTY_ARTICLE,
                message="the article is empty",
                custom_id=custom_id,
            )
        yield item

    def _claim(self, custom_id: str, place: str, *, is_given: bool) -> str:
        """Take a name; where two files have the same, the later one takes its path as given."""
        digest = hashlib.blake2b(custom_id.encode(), digest_size=16).digest()
        first = self._places.get(digest)
        if first not in (None, place) and custom_id != place and not is_given:
            return self._claim(read_custom_id({}, default=place), place, is_given=True)
        if first is not None:
            message = f"custom_id {shown(custom_id)} is taken already, by {first}"
            raise RefusalError(ProblemCode.DUPLICATE_CUSTOM_ID, message)
        self._places[digest] = place
        return custom_id


def _form_of(line: bytes) -> Form:
    """Tell by its first line what a stream without a name holds.

    An object is JSON Lines, also if it is a broken one; an array, or what goes on after the line,
    is a JSON file; anything else is text.
    """
    line = line.removeprefix(codecs.BOM_UTF8).strip()
    if not line.startswith((b"{", b"[")):
        return Form.TEXT
    if is_cut_json(line):
        return Form.JSON
    try:
        value = parse_json_line(line)
    except RefusalError:
        return Form.JSON_LINES if _OBJECT_START.match(line) else Form.TEXT
    is_article = isinstance(value, dict) and "requests" not in value
    return Form.JSON_LINES if is_article else Form.JSON


def _without_mark(line: bytes) -> bytes:
    """Return the first line of a file without its byte order mark."""
    encoding = marked_encoding(line)
    if encoding not in (None, "utf-8"):
        message = f"{encoding}: lines of JSON are read in UTF-8 only"
        raise RefusalError(ProblemCode.INVALID_ENCODING, message)
    return line.removeprefix(codecs.BOM_UTF8)


def _too_long(limit: int, whose: str) -> RefusalError:
    return RefusalError(ProblemCode.TOO_LONG, f"more than {limit} bytes, the limit for {whose}")


def _no_articles() -> RefusalError:
    return RefusalError(ProblemCode.NO_ARTICLES, "holds no article")
