"""Stop words of each language, from sumy's data files and from lists of our own.

Knows words only: it must not know what they are left out of.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
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
_OWN_LISTS = frozenset({"da", "fi", "hu", "id", "nb", "nl", "nn", "no", "ro", "ru", "sw", "tr", "vi"})

STOP_WORD_LANGUAGES = frozenset(_SUMY_LISTS) | _OWN_LISTS
"""ISO 639-1 codes of the languages that have a list."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language, in lower case and with both kinds of apostrophe.

    Args:
        language: ISO 639-1 code; the set is empty for a language without a list.
    """
    if language in _SUMY_LISTS:
        # The file, not `sumy.utils.get_stop_words`, whose module imports requests.
        path = files("sumy") / "data" / "stopwords" / f"{_SUMY_LISTS[language]}.txt"
    elif language in _OWN_LISTS:
        name = "no" if language in ("nb", "nn") else language
        path = files("summarizer") / "data" / "stopwords" / f"{name}.txt"
    else:
        return frozenset()
    words = frozenset(path.read_text(encoding="utf-8").lower().split())
    return words | {word.replace("'", "’") for word in words}
