"""What was found out about words, kept for the next time: most words of news were seen before.

It must not know what is found out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

_MOST = 1 << 15
# Longer strings are no words; they would only fill the memory.
_LONGEST = 64

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Remembered(dict[_Key, _Value]):
    """A mapping that asks a function for what it lacks; up to a bound, then it starts anew.

    What it has it gives at the speed of a dictionary: `functools.lru_cache` takes three times as
    long, and the words of a sentence are looked up one by one.

    Args:
        find: gives the value of a key.
    """

    def __init__(self, find: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: _Key) -> _Value:
        value = self._find(key)
        if isinstance(key, str) and len(key) > _LONGEST:
            return value
        if len(self) >= _MOST:
            self.clear()
        self[key] = value
        return value
