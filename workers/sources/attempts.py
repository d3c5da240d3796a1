"""One document fetched patiently: what may succeed later is tried again.

Must not know what the document is.
"""

from __future__ import annotations

from workers.errors import FetchFailedError, ServiceError
from workers.sources.progress import SourceProgress
from workers.sources.records import Fetched, SourceCode, SourceProblem

_BACK_OFF = 4.0


def fetch_document(
    url: str,
    *,
    progress: SourceProgress,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Fetched | SourceProblem:
    """Return a document, or why it could not be had after so many attempts.

    Args:
        url: the document.
        progress: the source that asks.
        etag: its ETag last time.
        last_modified: its Last-Modified last time.
    """
    context = progress.context
    pause_s = context.web.first_pause_s
    attempts = 0
    while not progress.is_out_of_time:
        attempts += 1
        progress.requests += 1
        try:
            return context.fetcher.fetch(url, etag=etag, last_modified=last_modified)
        except ServiceError as error:
            is_temporary = isinstance(error, FetchFailedError) and error.is_temporary
            if attempts >= context.web.attempts or not is_temporary:
                return progress.problem(
                    url,
                    code=error.code,
                    message=str(error),
                    attempts=attempts,
                    is_temporary=is_temporary,
                )
        if context.pause(pause_s):
            return _end(progress, url, SourceCode.STOPPED, "told to stop", attempts)
        pause_s *= _BACK_OFF
    reason = f"the source took longer than {context.web.max_source_s:g} s"
    return _end(progress, url, SourceCode.TIME_LIMIT, reason, attempts)


def _end(
    progress: SourceProgress, url: str, code: SourceCode, message: str, attempts: int
) -> SourceProblem:
    """Return why nothing more of the source is asked for."""
    progress.is_over = True
    return progress.problem(url, code=code, message=message, attempts=attempts, is_temporary=True)
