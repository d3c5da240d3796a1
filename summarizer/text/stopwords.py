"""Stop words of each language, from sumy's data files and from lists of our own.

Knows words only: it must not know what they are left out of.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

_SUMY_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic",
        "cs": "czech",
        "de": "german",
        "el": "greek",
        "en": "english",
        "es": "spanish",
        "fr": "french",
        "he": "hebrew",
        "it": "italian",
        "ja": "japanese",
        "ko": "korean",
        "pl": "polish",
        "pt": "portuguese",
        "sk": "slovak",
        "sv": "swedish",
        "th": "thai",
        "uk": "ukrainian",
        "zh": "chinese",
    }
)
# Languages that sumy lacks, and those whose list at sumy lacks words like the French "de".
_OWN_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "da": "da",
        "de": "de",
        "es": "es",
        "fi": "fi",
        "fr": "fr",
        "hu": "hu",
        "id": "id",
        "nb": "no",
        "nl": "nl",
        "nn": "no",
        "no": "no",
        "pt": "pt",
        "ro": "ro",
        "ru": "ru",
        "sw": "sw",
        "tr": "tr",
        "uk": "uk",
        "vi": "vi",
    }
)

STOP_WORD_LANGUAGES = frozenset(_SUMY_LISTS) | frozenset(_OWN_LISTS)
"""ISO 639-1 codes of the languages that have a list."""


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language, in lower case and with both kinds of apostrophe.

    Args:
        language: ISO 639-1 code; the set is empty for a language without a list.
    """
    words: set[str] = set()
    if language in _SUMY_LISTS:
        # The file, not `sumy.utils.get_stop_words`, whose module imports requests.
        path = files("sumy") / "data" / "stopwords" / f"{_SUMY_LISTS[language]}.txt"
        words.update(path.read_text(encoding="utf-8").lower().split())
    if language in _OWN_LISTS:
        path = files("summarizer") / "data" / "stopwords" / f"{_OWN_LISTS[language]}.txt"
        words.update(path.read_text(encoding="utf-8").split())
    return frozenset(words) | {word.replace("'", "’") for word in words}
