"""What a run found, kept beside its batch: whoever finishes the run reads it from there.

A record and its bytes; must not know sources, the store or outputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from workers.blobs import pack_lines, unpack_lines
from workers.errors import CorruptBlobError


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

    def pack(self) -> bytes:
        """Return the findings as a blob."""
        return pack_lines([orjson.dumps(asdict(self))])


def unpack_findings(blob: bytes) -> Findings:
    """Return the findings that a blob holds.

    Raises:
        CorruptBlobError: it holds none.
    """
    try:
        (line,) = unpack_lines(blob)
        fields = orjson.loads(line)
        return Findings(
            items=tuple(FoundItem(**item) for item in fields["items"]),
            skipped=fields["skipped"],
            keys=tuple(fields["keys"]),
            sketches=tuple(fields["sketches"]),
            sources=tuple(fields["sources"]),
            states=fields["states"],
        )
    except (ValueError, TypeError, KeyError) as error:
        raise CorruptBlobError(f"not a run's findings: {error}") from error
