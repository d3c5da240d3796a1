"""How far the reading of one source is; must not know how it is read."""

from __future__ import annotations

from collections.abc import Mapping

from workers.sources.records import Found, SourceContext, SourceProblem, SourceReport, SourceState


class SourceProgress:
    """One source being read: what it had last time, and what it came to so far."""

    def __init__(self, source: str, *, context: SourceContext) -> None:
        self.source = source
        self.context = context
        self.requests = 0
        self.pages = 0
        self.had = 0
        self.is_unchanged = True
        self.is_over = False
        self._before: SourceState = context.states.get(source, {})
        self._after: dict[str, Mapping[str, str]] = {}
        self._found = 0
        self._problems = 0
        self._ends_at = context.clock() + context.web.max_source_s

    @property
    def is_out_of_time(self) -> bool:
        """Whether no request may be begun any more."""
        return self.context.clock() >= self._ends_at

    def before(self, place: str) -> Mapping[str, str]:
        """Return how a file or document looked last time; empty if it was not there."""
        return self._before.get(place, {})

    def keep(self, place: str) -> None:
        """Note that a file or document cannot be seen, and may be as it was."""
        if place in self._before:
            self._after[place] = self._before[place]

    def pass_over(self, place: str) -> None:
        """Note that a file or document is as it was, with articles that were had."""
        self.keep(place)
        self.had += int(self.before(place).get("articles", 0))

    def renew(self, place: str, *, articles: int, **validators: str | None) -> None:
        """Note how a file or document looks now that all of it was read."""
        self.is_unchanged = False
        known = {name: value for name, value in validators.items() if value}
        if known:
            self._after[place] = {**known, "articles": str(articles)}

    def problem(
        self, place: str, *, code: str, message: str, attempts: int = 1, is_temporary: bool = False
    ) -> SourceProblem:
        """Return a problem of this source."""
        return SourceProblem(
            source=self.source,
            place=place,
            code=code,
            message=message,
            attempts=attempts,
            is_temporary=is_temporary,
        )

    def count(self, item: Found | SourceProblem) -> None:
        """Count what is handed out."""
        if isinstance(item, Found):
            self._found += 1
        else:
            self._problems += 1

    def report(self) -> SourceReport:
        """Return what the source came to."""
        return SourceReport(
            source=self.source,
            found=self._found,
            had=self.had,
            problems=self._problems,
            requests=self.requests,
            is_unchanged=self.is_unchanged and not self._found and not self._problems,
            state=self._after,
        )
