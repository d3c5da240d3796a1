"""Extractive headlines and paragraphs for news: text in, `Summary` out.

Every word of a summary stands in the article and can be traced by its offset. The library knows no
queue, network, clock or environment, and fetches nothing at run time.
"""

from summarizer.errors import (
    EmptyArticleError,
    InvalidArticleError,
    InvalidOptionsError,
    SummarizerError,
    TextTooLongError,
)
from summarizer.models import (
    Article,
    Headline,
    Keyword,
    Paragraph,
    Removed,
    RemovedKind,
    Sentence,
    Span,
    Summary,
    SummaryWarning,
    WarningCode,
)
from summarizer.options import HEADLINE_PRESETS, Avoid, Options
from summarizer.pipeline import summarize, summarize_many
from summarizer.ranking import METHODS, Method
from summarizer.version import ENGINE_VERSION, __version__

__all__ = [
    "ENGINE_VERSION",
    "HEADLINE_PRESETS",
    "METHODS",
    "Article",
    "Avoid",
    "EmptyArticleError",
    "Headline",
    "InvalidArticleError",
    "InvalidOptionsError",
    "Keyword",
    "Method",
    "Options",
    "Paragraph",
    "Removed",
    "RemovedKind",
    "Sentence",
    "Span",
    "SummarizerError",
    "Summary",
    "SummaryWarning",
    "TextTooLongError",
    "WarningCode",
    "__version__",
    "summarize",
    "summarize_many",
]
