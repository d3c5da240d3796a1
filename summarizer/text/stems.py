"""What each language does to a word before words are compared: its stemmer and its elisions.

Knows single words only: it must not know of sentences, articles or ranking.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from nltk.stem import snowball

Stem = Callable[[str], str]

MAX_STEMMED_CHARS = 40
"""Longer words are left whole: no language has them, and stemmers are not linear."""

_SNOWBALL: Mapping[str, str] = MappingProxyType(
    {
        "ar": "ArabicStemmer",
        "da": "DanishStemmer",
        "de": "GermanStemmer",
        "en": "EnglishStemmer",
        "es": "SpanishStemmer",
        "fi": "FinnishStemmer",
        "fr": "FrenchStemmer",
        "hu": "HungarianStemmer",
        "it": "ItalianStemmer",
        "nb": "NorwegianStemmer",
        "nl": "DutchStemmer",
        "nn": "NorwegianStemmer",
        "no": "NorwegianStemmer",
        "pt": "PortugueseStemmer",
        "ro": "RomanianStemmer",
        "ru": "RussianStemmer",
        "sv": "SwedishStemmer",
    }
)

# What NLTK lacks, from the project that makes the Snowball stemmers.
_SNOWBALL_PROJECT: Mapping[str, str] = MappingProxyType(
    {"el": "Greek", "id": "Indonesian", "pl": "Polish", "tr": "Turkish"}
)

# sumy's stemmers are loaded when the first such article comes: their package imports requests.
_SUMY: Mapping[str, str] = MappingProxyType(
    {
        "cs": "sumy.nlp.stemmers.czech",
        "sk": "sumy.nlp.stemmers.czech",
        "uk": "sumy.nlp.stemmers.ukrainian",
    }
)

STEMMED_LANGUAGES = frozenset(_SNOWBALL) | frozenset(_SNOWBALL_PROJECT) | frozenset(_SUMY)
"""ISO 639-1 codes of the languages whose inflections are folded."""

# Articles and pronouns written together with the next word: "l'économie", "dell'acqua".
_ELISION: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "ca": re.compile(r"^[dlmnst]'(?=\w)"),
        "fr": re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)"),
        "it": re.compile(
            r"^(?:[cdlmnstv]|un|gl|quest|quell|bell|sant|(?:a|da|de|ne|su|co)ll?)'(?=\w)"
        ),
    }
)

_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "\u00ad": None, "‑": "-"})


def fold(word: str, *, language: str) -> str:
    """Return the word in lower case, composed letters and plain apostrophes, without an elision.

    Args:
        word: one word.
        language: ISO 639-1 code.
    """
    folded = word.lower()
    if len(folded) > MAX_STEMMED_CHARS:
        # Putting the marks of a letter in order takes quadratic time: not for endless words.
        return folded
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded).translate(_PLAIN)
    elision = _ELISION.get(language)
    return elision.sub("", folded) if elision is not None else folded


def make_stemmer(language: str) -> Stem:
    """Build the function that turns a folded word into its stem.

    A word that holds a digit, or is longer than any word, is its own stem.

    Args:
        language: ISO 639-1 code; in one without a stemmer every word is its own stem.
    """
    stem = _stemmer_of(language)

    def stem_word(word: str) -> str:
        if len(word) > MAX_STEMMED_CHARS or not _is_alphabetic(word):
            return word
        return stem(word) or word

    return stem_word


def _is_alphabetic(word: str) -> bool:
    return word.isalpha() or word.replace("'", "").replace("-", "").isalpha()


def _stemmer_of(language: str) -> Stem:
    if language in _SNOWBALL:
        stemmer = getattr(snowball, _SNOWBALL[language])()
        stem: Stem = stemmer.stem
        return stem
    if language in _SNOWBALL_PROJECT:
        name = _SNOWBALL_PROJECT[language]
        module = importlib.import_module(f"snowballstemmer.{name.lower()}_stemmer")
        stem = getattr(module, f"{name}Stemmer")().stemWord
        return stem
    if language in _SUMY:
        stem_word: Stem = importlib.import_module(_SUMY[language]).stem_word
        # A script without cases would make it warn of mixed case.
        return lambda word: stem_word(word) if word.islower() else word
    return str
