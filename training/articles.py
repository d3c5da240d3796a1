"""Articles with references as the ranker's training reads them, and their lower-cased copies.

Reads files: it must not know any model.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rouge_score.tokenizers import DefaultTokenizer

from summarizer.text.cleaning import find_removed
from summarizer.text.parsed import ParsedArticle
from summarizer.text.sentences import split_sentences
from summarizer.text.terms import extract_terms, read_words

FloatArray = npt.NDArray[np.float64]

_TOKENIZER = DefaultTokenizer(use_stemmer=True)
_PUNCTUATION = re.compile(r"([,.;:!?()\[\]]|'s\b|n't\b|\"|“|”|--)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """An article and what its reference says of it.

    Attributes:
        name: the row's identifier.
        domain: the set it belongs to.
        parsed: the article as the library reads it.
        reference: the human summary.
        stems: the stems of the reference, as the library reads them.
        counts: how often each sentence has each of the reference's ROUGE tokens.
        wanted: how often the reference has them.
        lengths: the number of ROUGE tokens of each sentence.
        bigrams: for each sentence its bigrams that the reference has too.
        bigram_wanted: how often the reference has them.
    """

    name: str
    domain: str
    parsed: ParsedArticle
    reference: str
    stems: frozenset[str]
    counts: FloatArray
    wanted: FloatArray
    lengths: FloatArray
    bigrams: FloatArray
    bigram_wanted: FloatArray

    def reward(self, sets: npt.NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
        """Return ROUGE-1 and ROUGE-2 F1 of sets of sentences, 0 to 1.

        Args:
            sets: one row a set of sentence indexes.
        """
        lengths = self.lengths[sets].sum(axis=1)
        hits = np.minimum(self.counts[sets].sum(axis=1), self.wanted).sum(axis=1)
        first = 2.0 * hits / np.maximum(lengths + self.wanted.sum(), 1.0)
        pairs = np.minimum(self.bigrams[sets].sum(axis=1), self.bigram_wanted).sum(axis=1)
        total = np.maximum(lengths - sets.shape[1] + self.bigram_wanted.sum(), 1.0)
        return first, 2.0 * pairs / total


def parse(text: str, *, title: str | None, language: str = "en") -> ParsedArticle:
    """Read an article as the library does.

    Args:
        text: the article.
        title: its headline.
        language: ISO 639-1 code.
    """
    removed = find_removed(text, language=language)
    spans = tuple(
        span
        for span in split_sentences(text, removed=removed, language=language)
        if re.search(r"[^\W_]", text[span.start : span.end])
    )
    return ParsedArticle(
        text=text,
        title=title,
        language=language,
        spans=spans,
        removed=removed,
        terms=extract_terms(text, spans, language=language, title=title),
    )


def lower_tokenised(text: str) -> str:
    """Return the text as older corpora have it: lower case, every mark set off by spaces."""
    return " ".join(_PUNCTUATION.sub(r" \1 ", text).lower().split())


def make_example(row: dict[str, object], *, is_lowered: bool = False) -> Example | None:
    """Make an example of a row that has a reference; None if there are too few sentences.

    Args:
        row: one line of a data file.
        is_lowered: whether to read the lower-cased, tokenised copy.
    """
    text = str(row["text"])
    summary = row["summary"]
    reference = " \n".join(summary) if isinstance(summary, list) else str(summary)
    parsed = parse(lower_tokenised(text) if is_lowered else text, title=None)
    if len(parsed.spans) < 3:
        return None
    sentences = [_TOKENIZER.tokenize(parsed.sentence_text(i)) for i in range(len(parsed.spans))]
    wanted = _TOKENIZER.tokenize(reference)
    unigrams, unigram_wanted = _overlap([Counter(s) for s in sentences], Counter(wanted))
    bigrams, bigram_wanted = _overlap(
        [Counter(pairwise(s)) for s in sentences],
        Counter(pairwise(wanted)),
    )
    return Example(
        name=str(row["id"]) + ("-lower" if is_lowered else ""),
        domain=str(row.get("set", "")),
        parsed=parsed,
        reference=reference,
        stems=frozenset(word.stem for word in read_words(reference, language="en")),
        counts=unigrams,
        wanted=unigram_wanted,
        lengths=np.array([len(s) for s in sentences], dtype=np.float64),
        bigrams=bigrams,
        bigram_wanted=bigram_wanted,
    )


def _overlap(
    sentences: list[Counter[object]], wanted: Counter[object]
) -> tuple[FloatArray, FloatArray]:
    keys = list(wanted)
    counts = [[sentence[key] for key in keys] for sentence in sentences]
    return np.array(counts, dtype=np.float64), np.array(list(wanted.values()), dtype=np.float64)


def read_rows(path: Path) -> Iterator[dict[str, object]]:
    """Read a data file row by row.

    Args:
        path: a JSONL file.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
