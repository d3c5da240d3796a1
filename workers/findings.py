"""What a run found, kept beside its batch: whoever finishes the run reads it from there.

A record and its bytes; must not know sources, the store or outputs. The bytes are blobs of JSON
lines, each a part of the record, so that none outgrows what a blob may unpack to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from workers.blobs import pack_lines, unpack_lines
from workers.errors import CorruptBlobError

_BLOB_BYTES = 4_000_000
"""A blob is of about so many bytes of lines."""

_PAGE = 1_000
"""So many marks, or states of files, stand in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """What a run knows of one item of its batch.

    Attributes:
        custom_id: its name in the batch.
        uri: what it is known by from run to run; empty in what older versions have written.
        title: the publisher's headline.
        url: its page.
        source: the name of its source.
        published_at: when it was published.
    """

    custom_id: str
    title: str | None
    url: str | None
    source: str
    published_at: str | None
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that a run found.

    Attributes:
        items: what it submitted, in the batch's order.
        skipped: how many articles it left out: had before, or copies of another.
        keys: what all these articles are known by from now on.
        sketches: what tells near-copies of them, in hexadecimal digits.
        sources: what became of each source, as the run's JSON shows it.
        states: what each source said, for the next run.
    """

    items: tuple[FoundItem, ...]
    skipped: int
    keys: tuple[str, ...]
    sketches: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...]
    states: Mapping[str, Mapping[str, Any]]

    @property
    def has_failed(self) -> bool:
        """Whether no source has anything and at least one had a problem."""
        is_empty = not any(source["found"] + source["had"] for source in self.sources)
        return is_empty and any(source["problems"] for source in self.sources)

    def pack(self) -> Iterator[bytes]:
        """Yield the findings as blobs, in the order in which they are to be unpacked."""
        lines: list[bytes] = []
        size = 0
        for line in self._lines():
            lines.append(line)
            size += len(line)
            if size >= _BLOB_BYTES:
                yield pack_lines(lines)
                lines, size = [], 0
        yield pack_lines(lines)

    def _lines(self) -> Iterator[bytes]:
        yield orjson.dumps({"skipped": self.skipped})
        for report in self.sources:
            yield orjson.dumps({"sources": [report]})
        for item in self.items:
            yield orjson.dumps({"items": [asdict(item)]})
        for keys in _pages(self.keys):
            yield orjson.dumps({"keys": keys})
        for sketches in _pages(self.sketches):
            yield orjson.dumps({"sketches": sketches})
        for source, state in self.states.items():
            # One that says nothing is noted as well, over what it said before.
            for places in _pages(tuple(state)) or [()]:
                yield orjson.dumps({"states": {source: {place: state[place] for place in places}}})


def unpack_findings(blobs: Iterable[bytes]) -> Findings:
    """Return the findings that blobs hold; the version before made one blob of one line.

    Raises:
        CorruptBlobError: they hold none.
    """
    lists: dict[str, list[Any]] = {"items": [], "keys": [], "sketches": [], "sources": []}
    states: dict[str, dict[str, Any]] = {}
    counts: dict[str, int] = {}
    try:
        for fields in (orjson.loads(line) for blob in blobs for line in unpack_lines(blob)):
            for part, values in lists.items():
                values += fields.get(part, ())
            for source, state in fields.get("states", {}).items():
                states.setdefault(source, {}).update(state)
            counts |= {"skipped": fields["skipped"]} if "skipped" in fields else {}
        return Findings(
            items=tuple(FoundItem(**item) for item in lists["items"]),
            skipped=counts["skipped"],
            keys=tuple(lists["keys"]),
            sketches=tuple(lists["sketches"]),
            sources=tuple(lists["sources"]),
            states=states,
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CorruptBlobError(f"not a run's findings: {error}") from error


def _pages(marks: Sequence[str]) -> list[Sequence[str]]:
    return [marks[start : start + _PAGE] for start in range(0, len(marks), _PAGE)]
