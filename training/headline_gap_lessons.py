"""Sentences of which somebody left words out, and sentences with the phrases that could go.

Knows the files of the data folder: it must not know features.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from summarizer.headline.tokens import Tokens, tokenize
from summarizer.headline.word_classes import Known, read_word
from summarizer.models import Span
from training.articles import read_rows

_FILES = ("google_train.jsonl", "broadcast_train.jsonl", "bnc_train.jsonl")
_BRACKETS = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}
_WORDS = range(6, 71)
_TREE_WORDS = range(7, 41)
_FARTHEST = 6
_LOOSE = frozenset(
    "advmod obl obl:tmod obl:npmod obl:agent obl:unmarked nmod nmod:tmod nmod:npmod nmod:poss "
    "nmod:unmarked acl acl:relcl appos advcl advcl:relcl parataxis amod compound conj vocative "
    "discourse dislocated det".split()
)
"""Relations of the treebank whose phrases a sentence is whole without."""
_DENYING = frozenset({"not", "never", "n't", "no"})


class Lesson(NamedTuple):
    """A sentence.

    Attributes:
        words: what is known of its words.
        gaps: stretches of tokens that went, or could go, first to end.
        open_words: for each place how many words before it are not known to stay.
    """

    words: Sequence[Known]
    gaps: frozenset[tuple[int, int]]
    open_words: Sequence[int]


class Node(NamedTuple):
    """A word of the treebank: its form, the place of its head, the relation, the lemma."""

    form: str
    head: int
    relation: str
    lemma: str


def _known(tokens: Tokens) -> list[Known]:
    return [read_word(word, is_first=not place) for place, word in enumerate(tokens.words)]


def _find_words(text: str, words: Iterable[str]) -> list[tuple[int, int]] | None:
    """Return where each word stands in a text; None where they are not the same."""
    found = []
    place = 0
    for word in words:
        form = _BRACKETS.get(word, word)
        start = text.find(form, place)
        if not 0 <= start - place <= _FARTHEST:
            return None
        place = start + len(form)
        found.append((start, place))
    return found


def read_compressed(data: Path) -> Iterator[Lesson]:
    """Give sentences that somebody compressed by leaving words out."""
    for name in _FILES:
        for row in read_rows(data / "compression" / name):
            spans = _find_words(row["text"], row["tokens"])
            tokens = tokenize(row["text"], Span(0, len(row["text"])))
            if spans is None or len(tokens) not in _WORDS:
                continue
            known = _known(tokens)
            for keep in row.get("keeps") or [row["keep"]]:
                flags = [
                    {flag for (first, end), flag in zip(spans, keep, strict=True)
                     if first < stop and end > start}
                    for start, stop in zip(tokens.starts, tokens.ends, strict=True)
                ]  # fmt: skip
                yield Lesson(
                    known,
                    frozenset(_gaps(flags)),
                    list(accumulate((flag != {1} for flag in flags), initial=0)),
                )


def _gaps(flags: Sequence[set[int]]) -> Iterator[tuple[int, int]]:
    """Give the stretches that went as a whole between words that stayed."""
    first = 0
    while first < len(flags):
        end = first
        while end < len(flags) and flags[end] == {0}:
            end += 1
        is_clean = (not first or flags[first - 1] == {1}) and (
            end == len(flags) or flags[end] == {1}
        )
        if end > first and is_clean and end - first < len(flags):
            yield first, end
        first = max(end, first + 1)


def read_trees(data: Path) -> Iterator[Lesson]:
    """Give the sentences of the treebank with the stretches of phrases they are whole without."""
    for text, nodes in _read_conllu(data / "pos" / "en_ewt-ud-train.conllu"):
        spans = _find_words(text, (node.form for node in nodes))
        tokens = tokenize(text, Span(0, len(text)))
        if spans is not None and len(tokens) in _TREE_WORDS:
            gaps = frozenset(_phrases(tokens, nodes, [start for start, _ in spans]))
            yield Lesson(_known(tokens), gaps, [0] * (len(tokens) + 1))


def _read_conllu(path: Path) -> Iterator[tuple[str, list[Node]]]:
    text = ""
    nodes: list[Node] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        columns = line.split("\t")
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif columns[0].isdigit():
            nodes.append(Node(columns[1], int(columns[6]) - 1, columns[7], columns[2].lower()))
        elif not line and nodes:
            yield text, nodes
            nodes = []


def _phrases(
    tokens: Tokens, nodes: Sequence[Node], starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Give the stretches that hold with each word all that hangs from it, and hang loosely."""
    count = len(tokens)
    # The word that each node is part of; what belongs to none stands after the last.
    owners = [
        next((i for i in range(count) if tokens.starts[i] <= start < tokens.ends[i]), count)
        for start in starts
    ]
    least, most = list(range(count + 1)), list(range(count + 1))
    heads: list[list[tuple[int, bool]]] = [[] for _ in range(count + 1)]
    for place, node in enumerate(nodes):
        own = owners[place]
        head = owners[node.head] if node.head >= 0 else -1
        if node.relation == "punct" or own == head:
            continue
        if head >= 0:
            least[head], most[head] = min(least[head], own), max(most[head], own)
        heads[own].append((head, _is_loose(node, place)))
    for first in range(count):
        low, high = count, -1
        for end in range(first + 1, count + 1):
            low, high = min(low, least[end - 1]), max(high, most[end - 1])
            if high < end and low >= first and end - first < count and _hangs(heads, first, end):
                yield first, end


def _hangs(heads: Sequence[Sequence[tuple[int, bool]]], first: int, end: int) -> bool:
    """Tell whether all that a stretch hangs by is loose."""
    tops = [
        is_loose
        for place in range(first, end)
        for head, is_loose in heads[place]
        if not first <= head < end
    ]
    return bool(tops) and all(tops)


def _is_loose(node: Node, place: int) -> bool:
    """Tell whether what hangs from a word can go with it: not the first of two that are joined."""
    is_first = node.relation == "conj" and place < node.head
    return node.relation in _LOOSE and node.lemma not in _DENYING and not is_first
