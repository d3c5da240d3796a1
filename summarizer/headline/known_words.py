"""Words whose class or whose company is known, from a treebank and other tagged text.

Knows the files that come with the package only: what a class means is not its task.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


@cache
def load_classes() -> Mapping[str, str]:
    """Load the classes that come with the package; once in each process."""
    text = (files("summarizer") / "data" / "headline_classes.json").read_text(encoding="utf-8")
    classes: dict[str, str] = {}
    for name, words in json.loads(text).items():
        classes |= dict.fromkeys(words.split(), name)
    return classes


class Compounds(NamedTuple):
    """Words that mean little without another beside them.

    Attributes:
        first_needs: by a word those after it that it is hardly seen without: "mental health".
        second_needs: by a word those before it: "ballistic missile".
    """

    first_needs: Mapping[str, frozenset[str]]
    second_needs: Mapping[str, frozenset[str]]


@cache
def load_compounds() -> Compounds:
    """Load the compounds that come with the package; once in each process."""
    text = (files("summarizer") / "data" / "headline_compounds.json").read_text(encoding="utf-8")
    needs = {
        name: {word: frozenset(others.split()) for word, others in words.items()}
        for name, words in json.loads(text).items()
    }
    return Compounds(**needs)
