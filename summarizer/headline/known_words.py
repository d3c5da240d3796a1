"""Words whose class is known, from what a treebank and other tagged text have.

Knows the file that comes with the package only: what a class means is not its task.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_classes() -> Mapping[str, str]:
    """Load the classes that come with the package; once in each process."""
    text = (files("summarizer") / "data" / "headline_classes.json").read_text(encoding="utf-8")
    classes: dict[str, str] = {}
    for name, words in json.loads(text).items():
        classes |= dict.fromkeys(words.split(), name)
    return classes
