"""Scripts that put no spaces between words: which characters they have, and their words.

Knows stretches of one script: it must not know of sentences or stems.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from itertools import pairwise
from types import MappingProxyType
from typing import Final

UNSPACED: Final = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese letters, for a regular expression's set."""

Segment = Callable[[str], list[str]]

# For each language the package that sumy's tokenizer needs, and sumy's name of the language.
_DICTIONARIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ja": ("tinysegmenter", "japanese"),
        "th": ("pythainlp", "thai"),
        "zh": ("jieba", "chinese"),
    }
)


def load_segmenter(language: str) -> Segment:
    """Return the function that splits a stretch of letters without spaces into words.

    With the package that sumy's tokenizer of the language needs (the extra `languages` brings all
    of them) these are words of a dictionary, otherwise all pairs of neighbouring characters, as is
    usual in retrieval. Korean and Hebrew have spaces: sumy's tokenizers for them drop or change
    words, and the Korean one needs Java.

    Args:
        language: ISO 639-1 code.
    """
    package, name = _DICTIONARIES.get(language, ("", ""))
    if not package or find_spec(package) is None:
        return split_pairs
    # Loaded with the first such article: the module imports requests.
    tokenizers = importlib.import_module("sumy.nlp.tokenizers").Tokenizer.SPECIAL_WORD_TOKENIZERS
    tokenizer = tokenizers[name]
    return lambda text: list(tokenizer.tokenize(text))


def split_pairs(text: str) -> list[str]:
    """Return every two neighbouring characters; the text itself if it is one.

    Args:
        text: letters of a script without spaces.
    """
    return [first + second for first, second in pairwise(text)] or [text]
