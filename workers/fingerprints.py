"""Which articles are the same, and which are versions of one story; must not know the store.

Two measures. A fingerprint tells equal texts, whatever their case, punctuation and spacing. A
sketch tells near-copies: it keeps the smallest hashes of the text's three-word shingles (the
bottom-k sketch of A. Broder, "On the resemblance and containment of documents", 1997). Containment
and not resemblance is held against the threshold, as versions of a wire story mostly grow; texts
of very different length are never grouped, so that a round-up does not swallow the stories in it.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from summarizer import Article

SKETCH_HASHES: Final = 128
"""How many hashes a sketch keeps at most; four bytes each."""

COPY_CONTAINMENT: Final = 0.7
"""Texts are near-copies when so large a share of the shorter one's shingles is in the other."""

SHORT_SHINGLES: Final = 120
SHORT_CONTAINMENT: Final = 0.9
"""The same for a text of fewer shingles: market briefs differ in a name and a figure only."""

COPY_LENGTH_RATIO: Final = 0.3
"""A text shorter than this share of the other is not its near-copy."""

_SKETCHED_CHARS = 200_000
"""No story is longer; what is only has its beginning sketched."""

_MIN_SHARED = 8
"""Fewer hashes in common prove nothing: a phrase, a dateline."""

# Scripts written without spaces have a word for every character.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

_BETWEEN_WORDS = re.compile(r"\W+")

# What newsletters, social networks and the publishers' own feeds add to links.
_TRACKING = re.compile(
    r"(?:utm_\w+|at_medium|at_campaign|cmp|fbclid|gclid|mc_[ce]id)=", re.IGNORECASE
)

_ODD = tuple(
    np.uint64(factor) for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)

Hashes = npt.NDArray[np.uint32]


class Version(Protocol):
    """What is asked of an article to group its copies."""

    @property
    def uri(self) -> str:
        """Its stable identifier."""

    @property
    def url(self) -> str | None:
        """Its page, if it has one."""

    @property
    def article(self) -> Article:
        """The article itself."""

    @property
    def version_at(self) -> str | None:
        """When this version was made, RFC 3339 in UTC, if that is known."""


V = TypeVar("V", bound=Version)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup(Generic[V]):
    """Versions of one story.

    Attributes:
        kept: the newest; the longest of several as new, the first of several as long.
        others: the rest, in the order in which they were given.
        is_seen: whether one of them is a near-copy of a story seen before.
    """

    kept: V
    others: tuple[V, ...]
    is_seen: bool


def article_keys(uri: str, *, url: str | None = None, text: str | None = None) -> tuple[str, ...]:
    """Return the keys by which an article is known again: any one of them is proof.

    Args:
        uri: its stable identifier.
        url: its page; scheme, fragment, tracking parameters and a final slash do not count.
        text: what it says.
    """
    keys = [f"uri:{_digest(uri)}"]
    if url:
        keys.append(f"url:{_digest(_plain_url(url))}")
    if text is not None:
        keys.append(f"text:{text_fingerprint(text)}")
    return tuple(keys)


def text_fingerprint(text: str) -> str:
    """Return a hash, 32 hexadecimal digits, that texts of the same words in one order share.

    Case, punctuation and white space do not count, unless there is nothing else.
    """
    return _digest(_BETWEEN_WORDS.sub(" ", text.casefold()).strip() or text)


def copy_sketch(text: str) -> bytes:
    """Return what tells near-copies of a text, at most 512 bytes: sorted little-endian hashes."""
    words = _WORD.findall(text[:_SKETCHED_CHARS].casefold())
    if len(words) < len(_ODD):
        return b""
    codes = np.fromiter(
        (zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words),
        dtype=np.uint64,
        count=len(words),
    )
    last = len(codes) - len(_ODD) + 1
    shingles = np.zeros(last, dtype=np.uint64)
    for offset, factor in enumerate(_ODD):
        shingles += codes[offset : offset + last] * factor
    shingles ^= shingles >> _HALF
    hashes = ((shingles * _MIX) >> _HALF).astype("<u4")
    return np.unique(hashes)[:SKETCH_HASHES].tobytes()


def group_near_copies(
    found: Sequence[V], *, seen: Iterable[bytes] = ()
) -> tuple[CopyGroup[V], ...]:
    """Group versions of one story: articles that share a key, and texts that are near-copies.

    Grouping is transitive, so that a story's first version and its last fall together through those
    between. The work is about linear in the number of articles: of the many that share a shingle,
    only neighbours are compared.

    Args:
        found: the articles.
        seen: sketches of stories seen before, by `copy_sketch`.

    Returns:
        The groups, in the order of their first articles.
    """
    before = [np.frombuffer(sketch, dtype="<u4") for sketch in seen]
    sketches = before + [
        np.frombuffer(copy_sketch(item.article.text), dtype="<u4") for item in found
    ]
    roots = list(range(len(sketches)))
    for first, second in _candidates(sketches, skipped=len(before)):
        if _are_copies(sketches[first], sketches[second]):
            _join(roots, first, second)
    first_with: dict[str, int] = {}
    for place, item in enumerate(found, start=len(before)):
        for key in article_keys(item.uri, url=item.url, text=item.article.text):
            _join(roots, first_with.setdefault(key, place), place)
    members: dict[int, list[V]] = {}
    for place, item in enumerate(found, start=len(before)):
        members.setdefault(_root(roots, place), []).append(item)
    # The smallest place is the root, so that a root among the seen tells a seen story.
    return tuple(_group(items, is_seen=root < len(before)) for root, items in members.items())


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _plain_url(url: str) -> str:
    place, _, _ = url.partition("#")
    place, _, query = place.partition("?")
    _, scheme_end, rest = place.partition("://")
    host, _, path = (rest if scheme_end else place).partition("/")
    kept = [part for part in query.split("&") if part and not _TRACKING.match(part)]
    return f"{host.lower()}/{path.rstrip('/')}?{'&'.join(kept)}"


def _group(items: list[V], *, is_seen: bool) -> CopyGroup[V]:
    kept = max(items, key=lambda item: (item.version_at or "", len(item.article.text)))
    others = tuple(item for item in items if item is not kept)
    return CopyGroup(kept=kept, others=others, is_seen=is_seen)


def _candidates(sketches: Sequence[Hashes], *, skipped: int) -> Iterator[tuple[int, int]]:
    """Yield pairs of places that share hashes enough, each once, the second not among the skipped.

    Among all places with one hash, only those next to each other make a pair: a hundred copies
    share all their hashes, and are chained by a hundred pairs.
    """
    if not sketches:
        return
    hashes = np.concatenate(sketches)
    places = np.repeat(np.arange(len(sketches)), [len(sketch) for sketch in sketches])
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    is_pair = (hashes[1:] == hashes[:-1]) & (places[1:] >= skipped)
    pairs, shared = np.unique(
        np.stack([places[:-1][is_pair], places[1:][is_pair]], axis=1), axis=0, return_counts=True
    )
    yield from pairs[shared >= _MIN_SHARED // 2].tolist()


def _are_copies(first: Hashes, second: Hashes) -> bool:
    """Whether enough of the shorter text's shingles stand in the longer one."""
    shorter, longer = sorted((_size(first), _size(second)))
    if shorter < COPY_LENGTH_RATIO * longer:
        return False
    share = COPY_CONTAINMENT if shorter >= SHORT_SHINGLES else SHORT_CONTAINMENT
    # Up to the smaller of the two last hashes, both sketches are complete samples.
    limit = min(_limit(first), _limit(second))
    left, right = first[first <= limit], second[second <= limit]
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared >= _MIN_SHARED and shared >= share * min(len(left), len(right))


def _limit(sketch: Hashes) -> int:
    return int(sketch[-1]) if len(sketch) == SKETCH_HASHES else 2**32


def _size(sketch: Hashes) -> float:
    """Return the number of shingles that the sketch is of, estimated if not all are in it."""
    if len(sketch) < SKETCH_HASHES:
        return len(sketch)
    return (SKETCH_HASHES - 1) * 2**32 / (int(sketch[-1]) + 1)


def _root(roots: list[int], place: int) -> int:
    while roots[place] != place:
        roots[place] = roots[roots[place]]
        place = roots[place]
    return place


def _join(roots: list[int], first: int, second: int) -> None:
    low, high = sorted((_root(roots, first), _root(roots, second)))
    roots[high] = low
