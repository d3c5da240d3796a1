"""sumy's whole call, as its users make it, but for the sentence model that it would download.

sumy splits with NLTK's `punkt_tab`, which is fetched at run time. Here the same Punkt classes run
with a list of abbreviations instead, and the words are NLTK's and sumy's own: NLTK's
`word_tokenize` (which splits every sentence once more) and sumy's word pattern.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser  # noqa: TID251 (the HTML parser is meant)
from sumy.utils import get_stop_words

from summarizer.ranking.edmundson import cue_words
from summarizer.ranking.sumy_methods import SUMMARIZERS

ABBREVIATIONS = "mr mrs ms dr prof gen sen rep gov st no jan feb sept oct nov dec u.s u.k inc corp"


class _Words:
    def __init__(self, sentences: PunktSentenceTokenizer) -> None:
        self._sentences = sentences
        self._words = NLTKWordTokenizer()

    def tokenize(self, text: str) -> list[str]:
        sentences = self._sentences.tokenize(text)
        return [word for sentence in sentences for word in self._words.tokenize(sentence)]


class _Tokenizer(Tokenizer):  # type: ignore[misc]
    def _get_sentence_tokenizer(self, language: str) -> PunktSentenceTokenizer:
        parameters = PunktParameters()
        parameters.abbrev_types.update(ABBREVIATIONS.split())
        return PunktSentenceTokenizer(parameters)

    def _get_word_tokenizer(self, language: str) -> _Words:
        return _Words(self._get_sentence_tokenizer(language))


def make_sumy_call(method: str, *, count: int) -> Callable[[str], tuple[Any, ...]]:
    """Build the function from text to sumy's chosen sentences: parse, tokenise, stem, rank.

    Args:
        method: a name in `SUMY_METHODS`.
        count: how many sentences.
    """
    tokenizer = _Tokenizer("english")
    stop_words = get_stop_words("english")
    summarizer = SUMMARIZERS[method](Stemmer("english"))
    if method == "edmundson":
        summarizer.bonus_words = cue_words("bonus", language="en")
        summarizer.stigma_words = cue_words("stigma", language="en")
        summarizer.null_words = stop_words
    else:
        summarizer.stop_words = stop_words

    def summarize(text: str) -> tuple[Any, ...]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            chosen: tuple[Any, ...] = summarizer(
                PlaintextParser.from_string(text, tokenizer).document, count
            )
        return chosen

    return summarize
