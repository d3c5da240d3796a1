"""Learn which kinds of word each word of the news can be, and which words are one with another.

Must not know what is left out of sentences.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from summarizer.headline import lexicon
from summarizer.headline.encoding import split_subtokens
from summarizer.headline.known_words import load_classes, load_compounds
from summarizer.headline.network import load_networks
from summarizer.headline.tokens import tokenize
from summarizer.headline.word_classes import Known, read_word
from summarizer.models import Span
from training.articles import read_rows
from training.shipped import SHIPPED

_NEWS = ("headlines/train.jsonl", "paragraphs/train.jsonl", "headlines/agnews.jsonl")
_SENTENCE_END = re.compile(r"(?<=[a-z\d)\"”][.!?])\s+(?=[A-Z\"“])|\n+")
# Words and abbreviations; numbers, addresses and names of files are none.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'’&])*[.!]?\Z|(?:[^\W\d_]\.)+[^\W\d_]?\Z")
_SENTENCES = 30_000
_MOST_CHARS = 5_000
_CHARS = range(20, 600)
_CODES = {"ADJ": "J", "ADV": "R", "AUX": "X", "NUM": "M", "PRON": "O", "DET": "T", "ADP": "I"}
_IRREGULAR = lexicon.PAST_ONLY | lexicon.VERBS_PAST | lexicon.PARTICIPLES
_LEAST_SEEN, _LEAST_SHARE = 4, 0.1
# How often two words have to stand side by side to be one; what share of the one that has to be;
# and how much oftener than words that do so by chance.
_LEAST_TOGETHER, _LEAST_BOUND, _LEAST_LIFT = 6, 0.15, 90


def read_sentences(data: Path) -> Iterator[str]:
    """Give the sentences of the training articles."""
    seen = set()
    for name in _NEWS:
        for row in read_rows(data / name):
            if row["text"][:80] not in seen:
                seen.add(row["text"][:80])
                parts = _SENTENCE_END.split(row["text"][:_MOST_CHARS])
                yield from (part for part in parts if len(part) in _CHARS)


def read_known(sentence: str) -> list[Known]:
    """Return what is known of each word of a sentence."""
    words = tokenize(sentence, Span(0, len(sentence))).words
    return [read_word(word, is_first=not place) for place, word in enumerate(words)]


def find_classes(data: Path) -> dict[str, str]:
    """Say which kinds of word each word is, as the network tags the news, and in the treebank."""
    network = load_networks()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sentences = list(read_sentences(data))
    for sentence in sentences[:: max(1, len(sentences) // _SENTENCES)]:
        words = [token.text for token in split_subtokens(sentence, start=0, end=len(sentence))]
        for word, tag in zip(words, network.read(words).tags, strict=True):
            counts[word.lower()][_code(network.tags[tag], word.lower())] += 1
    with (data / "pos" / "en_ewt-ud-train.conllu").open(encoding="utf-8") as lines:
        for columns in (line.split("\t") for line in lines):
            if columns[0].isdigit():
                counts[columns[1].lower()][_code(columns[3], columns[1].lower())] += 3
    found = {word: _class(kinds) for word, kinds in counts.items()}
    return {
        word: name
        for word, name in sorted(found.items())
        if name not in ("", "P") and _WORD.match(word)
    }


def _code(tag: str, word: str) -> str:
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    if tag == "VERB":
        if word.endswith("ing"):
            return "G"
        if word.endswith("ed") or word in _IRREGULAR:
            return "D"
        return "Z" if word.endswith("s") and not word.endswith("ss") else "B"
    if tag == "NOUN":
        return "S" if is_plural else "N"
    return "P" if tag == "PROPN" else _CODES.get(tag, "x")


def _class(kinds: Counter[str]) -> str:
    if kinds.total() < _LEAST_SEEN:
        return ""
    common = {kind: count for kind, count in kinds.items() if kind != "P"} or kinds
    total = sum(common.values())
    letters = sorted(
        kind for kind, count in common.items() if count >= max(2, _LEAST_SHARE * total)
    )
    return "".join(letters) or max(common, key=lambda kind: (common[kind], kind))


def find_compounds(data: Path) -> dict[str, dict[str, str]]:
    """Say which words stand so often before or after another that they mean little without it."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in read_sentences(data):
        known = read_known(sentence)
        singles.update([word.lower for word in known])
        pairs.update(
            (word.lower, after.lower)
            for word, after in pairwise(known)
            if _is_content(word) and _is_content(after)
        )
    bound = [
        (word, after, count)
        for (word, after), count in sorted(pairs.items())
        if count >= _LEAST_TOGETHER
        and count * singles.total() >= _LEAST_LIFT * singles[word] * singles[after]
    ]
    found: dict[str, dict[str, str]] = {"first_needs": {}, "second_needs": {}}
    for word, after, count in bound:
        for name, one, other in (("first_needs", word, after), ("second_needs", after, word)):
            if count >= _LEAST_BOUND * singles[one]:
                found[name][one] = " ".join([*found[name].get(one, "").split(), other])
    return found


def _is_content(known: Known) -> bool:
    """Tell whether a word is no name but a noun, a verb or the like; small words are none."""
    return known.name[0].isupper() and known.lower.isalpha() and not known.is_capital


def write_classes(classes: dict[str, str]) -> None:
    """Write the classes into the package."""
    words: dict[str, list[str]] = defaultdict(list)
    for word, name in classes.items():
        words[name].append(word)
    lines = {name: " ".join(words[name]) for name in sorted(words)}
    text = json.dumps(lines, ensure_ascii=False, indent=0)
    (SHIPPED / "headline_classes.json").write_text(text + "\n", encoding="utf-8")
    load_classes.cache_clear()


def write_compounds(compounds: dict[str, dict[str, str]]) -> None:
    """Write the compounds into the package."""
    text = json.dumps(compounds, ensure_ascii=False, indent=0)
    (SHIPPED / "headline_compounds.json").write_text(text + "\n", encoding="utf-8")
    load_compounds.cache_clear()
