"""sumy's own summarizers on our sentences, words, stems and stop words.

The one module that imports `sumy.summarizers`; nothing that ranks for users imports it.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from summarizer.errors import InvalidOptionsError
from summarizer.ranking.edmundson import cue_words, paragraph_starts
from summarizer.text.parsed import ParsedArticle
from summarizer.text.stopwords import stop_words
from summarizer.text.terms import read_words

SUMMARIZERS: Mapping[str, Any] = MappingProxyType(
    {
        "luhn": LuhnSummarizer,
        "edmundson": EdmundsonSummarizer,
        "lsa": LsaSummarizer,
        "text-rank": TextRankSummarizer,
        "lex-rank": LexRankSummarizer,
        "sum-basic": SumBasicSummarizer,
        "kl": KLSummarizer,
        "reduction": ReductionSummarizer,
    }
)
"""sumy's class for each method that both have."""

SUMY_METHODS = frozenset(SUMMARIZERS)


def rank_as_sumy(parsed: ParsedArticle, *, method: str) -> tuple[int, ...]:
    """Return the indexes of all sentences as sumy ranks them, best first.

    Args:
        parsed: the article.
        method: a name in `SUMY_METHODS`.

    Raises:
        InvalidOptionsError: sumy has no such method.
    """
    summarizer = make_sumy_summarizer(parsed, method=method)
    # The other methods would count the words of a heading as the article's.
    document = make_sumy_document(parsed, has_heading=method == "edmundson")
    ranked: list[Any] = []

    def take_all(infos: list[Any]) -> list[Any]:
        # sumy calls this in place of a count, with the sentences in order of rating.
        ranked.extend(infos)
        return infos

    with warnings.catch_warnings():
        # LSA warns of articles that have fewer words than sentences.
        warnings.simplefilter("ignore", UserWarning)
        summarizer(document, take_all)
    return tuple(info.order for info in ranked)


def make_sumy_summarizer(parsed: ParsedArticle, *, method: str) -> Any:
    """Build sumy's summarizer with our stems, stop words and cue words.

    Args:
        parsed: the article that it is for.
        method: a name in `SUMY_METHODS`.

    Raises:
        InvalidOptionsError: sumy has no such method.
    """
    if method not in SUMMARIZERS:
        raise InvalidOptionsError("method", method, f"sumy has: {', '.join(SUMMARIZERS)}")
    words = (*parsed.terms.words, *parsed.terms.title)
    stems = {word.lower: word.stem for word in words}

    def stem(word: str) -> str:
        if word in stems:
            return stems[word]
        return "".join(part.stem for part in read_words(word, language=parsed.language))

    summarizer = SUMMARIZERS[method](stem)
    if method == "edmundson":
        summarizer.bonus_words = cue_words("bonus", language=parsed.language)
        summarizer.stigma_words = cue_words("stigma", language=parsed.language)
        summarizer.null_words = stop_words(parsed.language)
    else:
        summarizer.stop_words = frozenset(word.lower for word in words if word.is_stop)
    return summarizer


def make_sumy_document(parsed: ParsedArticle, *, has_heading: bool) -> Any:
    """Build sumy's model of the article from our sentences, paragraphs and words.

    Args:
        parsed: the article.
        has_heading: whether its title heads the first paragraph.
    """
    tokenizer = _Words(parsed.language)
    paragraphs: list[list[Any]] = [[]]
    if has_heading and parsed.terms.title:
        paragraphs[0].append(Sentence(parsed.title, tokenizer, is_heading=True))
    for index, is_start in enumerate(paragraph_starts(parsed).tolist()):
        if is_start and index:
            paragraphs.append([])
        paragraphs[-1].append(Sentence(parsed.sentence_text(index), tokenizer))
    return ObjectDocumentModel([Paragraph(sentences) for sentences in paragraphs])


class _Words:
    """What sumy's sentences ask for their words."""

    def __init__(self, language: str) -> None:
        self._language = language

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return the words of a sentence as written."""
        return tuple(word.text for word in read_words(text, language=self._language))
