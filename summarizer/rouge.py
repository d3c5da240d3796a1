"""How near a text comes to what people wrote, in ROUGE, and which sentences come nearest.

Knows texts and references only: it must not know how the texts were made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer, Tokenizer

from summarizer.text.terms import read_words

METRICS = ("rouge1", "rouge2", "rougeLsum")


class _Stems(Tokenizer):  # type: ignore[misc]
    """The stems of words in languages of which rouge-score's own tokenizer drops the letters."""

    def __init__(self, language: str) -> None:
        self._language = language

    def tokenize(self, text: str) -> list[str]:
        return [term.stem for term in read_words(text, language=self._language)]


def _tokenizer(language: str) -> Tokenizer:
    return DefaultTokenizer(use_stemmer=True) if language == "en" else _Stems(language)


@cache
def _scorer(language: str) -> RougeScorer:
    """Make a scorer at its first use: making it sets up logging for the whole process (absl)."""
    return RougeScorer([*METRICS], tokenizer=_tokenizer(language))


def score_text(text: str, references: Sequence[str], *, language: str = "en") -> dict[str, float]:
    """Return F1 of each metric in points, with stemming; of several references the best counts.

    Lin, ROUGE: a package for automatic evaluation of summaries, 2004, as rouge-score has it.

    Args:
        text: the summary, one sentence a line.
        references: what people wrote, one sentence a line.
        language: ISO 639-1 code; words are rouge-score's in English, elsewhere those that the
            summaries are made with.
    """
    scores = _scorer(language).score_multi(references, text)
    return {name: 100.0 * float(scores[name].fmeasure) for name in METRICS}


def find_oracle(
    sentences: Sequence[str], references: Sequence[str], *, count: int, language: str = "en"
) -> list[int]:
    """Choose the sentences that come nearest a reference, one after the other.

    Greedy by ROUGE-1 plus ROUGE-2 (Nallapati, Zhai and Zhou, SummaRuNNer, AAAI 2017), as long as
    it gains, against the reference that it comes nearest to.

    Args:
        sentences: the article's.
        references: what people wrote.
        count: at most so many.
        language: ISO 639-1 code.

    Returns:
        Their indexes, ascending.
    """
    tokenize = _tokenizer(language).tokenize
    grams = [_grams(tokenize(sentence)) for sentence in sentences]
    found = [_greedy(grams, _grams(tokenize(reference)), count=count) for reference in references]
    return max(found, key=lambda pair: pair[1])[0]


_Grams = tuple[Counter[object], Counter[object]]


def _grams(tokens: list[str]) -> _Grams:
    return Counter(tokens), Counter(pairwise(tokens))


def _greedy(grams: Sequence[_Grams], wanted: _Grams, *, count: int) -> tuple[list[int], float]:
    chosen: list[int] = []
    reached = 0.0
    so_far: _Grams = (Counter(), Counter())
    while len(chosen) < count:
        values = {
            index: sum(_f1(a + b, c) for a, b, c in zip(so_far, own, wanted, strict=True))
            for index, own in enumerate(grams)
            if index not in chosen
        }
        best = max(values, key=lambda index: values[index], default=-1)
        if best < 0 or values[best] <= reached:
            break
        reached = values[best]
        chosen.append(best)
        so_far = (so_far[0] + grams[best][0], so_far[1] + grams[best][1])
    return sorted(chosen), reached


def _f1(counts: Counter[object], wanted: Counter[object]) -> float:
    total = counts.total() + wanted.total()
    return 2.0 * (counts & wanted).total() / total if total else 0.0
