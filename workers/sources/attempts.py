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
    attempt = 0
    while True:
        if progress.is_out_of_time:
            limit = f"the source took longer than {context.web.max_source_s:g} s"
            return progress.problem(
                url, code=SourceCode.TIME_LIMIT, message=limit, attempts=attempt, is_temporary=True
            )
        attempt += 1
        progress.requests += 1
        try:
            return context.fetcher.fetch(url, etag=etag, last_modified=last_modified)
        except ServiceError as error:
            is_temporary = isinstance(error, FetchFailedError) and error.is_temporary
            if attempt >= context.web.attempts or not is_temporary:
                return progress.problem(
                    url,
                    code=error.code,
                    message=str(error),
                    attempts=attempt,
                    is_temporary=is_temporary,
                )
        if context.pause(pause_s):
            return progress.problem(
                url,
                code=SourceCode.STOPPED,
                message="told to stop",
                attempts=attempt,
                is_temporary=True,
            )
        pause_s *= _BACK_OFF
