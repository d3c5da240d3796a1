"""Where the articles of a run come from: files, folders, feeds, sitemaps, pages, standard input.

Gets what fetches and what extracts as arguments; must not know schedules, the store or the queue.
"""

from workers.sources.pages import read_again, read_pages
from workers.sources.reading import read_source
from workers.sources.records import (
    Found,
    SourceCode,
    SourceContext,
    SourceKind,
    SourceProblem,
    SourceReport,
    SourceSpec,
    SourceState,
    WebLimits,
)
from workers.sources.specs import parse_source

__all__ = [
    "Found",
    "SourceCode",
    "SourceContext",
    "SourceKind",
    "SourceProblem",
    "SourceReport",
    "SourceSpec",
    "SourceState",
    "WebLimits",
    "parse_source",
    "read_again",
    "read_pages",
    "read_source",
]
