"""Articles with references as the ranker's training reads them, and copies as corpora have them.

Reads files: it must not know any model.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rouge_score.tokenizers import DefaultTokenizer

from summarizer import Article, EmptyArticleError, Options, SummarizerError
from summarizer.text.parsed import ParsedArticle
from summarizer.text.reading import read_articles
from summarizer.text.terms import read_words

FloatArray = npt.NDArray[np.float64]

_TOKENIZER = DefaultTokenizer(use_stemmer=True)
_PUNCTUATION = re.compile(r"([,.;:!?()\[\]]|'s\b|n't\b|\"|“|”|--)")
# The marks of the Penn Treebank, one after the other.
_PENN = [
    (re.compile(pattern), marks)
    for pattern, marks in (
        (r"[“”]", '"'),
        ("’", "'"),
        (r"(?<![\w.,;:!?])\"(?=\S)", "`` "),
        (r"\"", " '' "),
        (r"(?<!\w)['‘](?=\w)", "` "),
        (r"(?<=\w)(n't|'(?:s|re|ve|ll|d|m))\b", r" \1"),
        (r"(?<=\w)'(?=\s)", " '"),
        (r"\(", " -lrb- "),
        (r"\)", " -rrb- "),
        (r"([;:!?\[\]]|--|\.\.\.|,(?!\d))", r" \1 "),
        (r"(?<![A-Z.])(?<!Mr|Ms|Dr|St|Lt|Co|Jr)(?<!Gen|Maj|Sen|Rep|Gov|Col|Mrs)\.(?=\s|$)", " ."),
    )
]


class Surface(StrEnum):
    """How an article is written."""

    WRITTEN = "cased"
    LOWERED = "lower"
    PENN = "penn"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """An article and what its reference says of it.

    Attributes:
        name: the row's identifier, the same for all copies.
        surface: which copy it is.
        domain: the set it belongs to.
        is_rest: whether it is what follows a first sentence, which is the reference.
        parsed: the article as the library reads it.
        reference: the human summary.
        stems: the stems of the reference, as the library reads them.
        counts: how often each sentence has each of the reference's ROUGE tokens.
        wanted: how often the reference has them.
        lengths: the number of ROUGE tokens of each sentence.
    """

    name: str
    surface: Surface
    domain: str
    is_rest: bool
    parsed: ParsedArticle
    reference: str
    stems: frozenset[str]
    counts: FloatArray
    wanted: FloatArray
    lengths: FloatArray

    def reward(self, sets: npt.NDArray[np.int64], *, ratio: float = 1.0) -> FloatArray:
        """Return ROUGE-1 F1 of sets of sentences, 0 to 1.

        Args:
            sets: one row a set of sentence indexes.
            ratio: score as if the reference went on as it is, to so many times its length.
        """
        lengths = self.lengths[sets].sum(axis=1)
        hits = np.minimum(self.counts[sets].sum(axis=1), self.wanted).sum(axis=1)
        total = lengths + ratio * self.wanted.sum()
        return np.asarray(2.0 * ratio * hits / np.maximum(total, 1.0))


def parse(text: str) -> ParsedArticle | None:
    """Read an English article as the library does; None if it has no sentence.

    Args:
        text: the article.

    Raises:
        SummarizerError: it cannot be read for another reason.
    """
    (read,) = read_articles([Article(text=text, language="en")], Options())
    if isinstance(read, EmptyArticleError):
        return None
    if isinstance(read, SummarizerError):
        raise read
    return read.parsed


def lower_tokenised(text: str) -> str:
    """Return the text as older corpora have it: lower case, every mark set off by spaces."""
    return " ".join(_PUNCTUATION.sub(r" \1 ", text).lower().split())


def penn_tokenised(text: str) -> str:
    """Return the text in lower case and as the Penn Treebank sets marks."""
    for pattern, marks in _PENN:
        text = pattern.sub(marks, text)
    return " ".join(text.lower().split())


_COPIES = {Surface.WRITTEN: str, Surface.LOWERED: lower_tokenised, Surface.PENN: penn_tokenised}


def make_example(
    row: dict[str, object], surface: Surface, *, is_rest: bool = False
) -> Example | None:
    """Make an example of a row that has a reference; None if there are too few sentences.

    Args:
        row: one line of a data file.
        surface: which copy to read.
        is_rest: whether the text is what follows a first sentence, which is the reference.
    """
    summary = row["summary"]
    reference = " \n".join(summary) if isinstance(summary, list) else str(summary)
    parsed = parse(_COPIES[surface](str(row["text"])))
    if parsed is None or len(parsed.spans) < 3:
        return None
    sentences = [_TOKENIZER.tokenize(parsed.sentence_text(i)) for i in range(len(parsed.spans))]
    reference_tokens = _TOKENIZER.tokenize(reference)
    counts, wanted = _overlap([Counter(own) for own in sentences], Counter(reference_tokens))
    return Example(
        name=str(row["id"]),
        surface=surface,
        domain=str(row.get("set", "")),
        is_rest=is_rest,
        parsed=parsed,
        reference=reference,
        stems=frozenset(word.stem for word in read_words(reference, language="en")),
        counts=counts,
        wanted=wanted,
        lengths=np.array([len(s) for s in sentences], dtype=np.float64),
    )


def _overlap(sentences: list[Counter[str]], wanted: Counter[str]) -> tuple[FloatArray, FloatArray]:
    keys = list(wanted)
    counts = [[sentence[key] for key in keys] for sentence in sentences]
    return np.array(counts, dtype=np.float64), np.array(list(wanted.values()), dtype=np.float64)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read a data file row by row.

    Args:
        path: a JSONL file.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
