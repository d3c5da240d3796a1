"""The library's error tree; it must not know who catches.

    SummarizerError                 anything the library refuses
      InvalidArticleError           the article cannot be summarised: mend or drop it
        EmptyArticleError           it holds no sentence
        TextTooLongError            it is longer than the limit
      InvalidOptionsError           the caller asked for something that does not exist

Families follow what the caller can do. Every class has a stable `code`, the one that batch results
and HTTP problems carry. Constructor arguments go to `Exception.__init__` unchanged and the sentence
is built in `__str__`, so that every error survives pickling between processes
(celery/celery#6990).
"""

from __future__ import annotations

from typing import ClassVar


class SummarizerError(Exception):
    """Anything the library refuses; catch this to catch them all."""

    code: ClassVar[str] = "summarizer_error"


class InvalidArticleError(SummarizerError):
    """The article cannot be summarised."""

    code = "invalid_article"


class EmptyArticleError(InvalidArticleError):
    """The article holds no sentence: nothing at all, or nothing left after cleaning."""

    code = "empty_article"

    def __init__(self, chars: int = 0) -> None:
        super().__init__(chars)
        self.chars = chars

    def __str__(self) -> str:
        if not self.chars:
            return "the article is empty"
        return f"the article holds no sentence in its {self.chars} characters"


class TextTooLongError(InvalidArticleError):
    """The article is longer than the library accepts."""

    code = "too_long"

    def __init__(self, chars: int, limit: int) -> None:
        super().__init__(chars, limit)
        self.chars = chars
        self.limit = limit

    def __str__(self) -> str:
        return f"the article has {self.chars} characters, the limit is {self.limit}"


class InvalidOptionsError(SummarizerError):
    """An option has a value that means nothing; names the option, the value and what is allowed."""

    code = "invalid_options"

    def __init__(self, option: str, value: object, allowed: str) -> None:
        super().__init__(option, value, allowed)
        self.option = option
        self.value = value
        self.allowed = allowed

    def __str__(self) -> str:
        return f"option {self.option!r} is {self.value!r}: {self.allowed}"
