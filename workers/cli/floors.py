"""The least that an evaluation has to reach; must not know how it is measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import typer
from pydantic import ConfigDict, TypeAdapter, ValidationError

from summarizer.evaluation import Row
from summarizer.headline_evaluation import HeadlineRow
from workers.cli.console import say
from workers.cli.exits import ExitCode

Floors = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Set, method (or `headline`), metric, and the least mean."""

Means = Mapping[tuple[str, str, str], float]
"""The same, measured."""

# Nothing is below NaN, and everything below infinity.
_FLOORS = TypeAdapter(Floors, config=ConfigDict(allow_inf_nan=False))


def read_floors(path: Path) -> Floors:
    """Read a file of floors.

    Raises:
        typer.Exit: it cannot be read, or holds something else; what is wrong has been said.
    """
    try:
        return _FLOORS.validate_json(path.read_bytes())
    except OSError as error:
        say(f"{path}: {error}")
        raise typer.Exit(ExitCode.USAGE) from error
    except ValidationError as error:
        say(f"{path}: no JSON of sets, their methods, their metrics and the least mean of each")
        raise typer.Exit(ExitCode.USAGE) from error


def means_of_methods(rows: Iterable[Row]) -> Means:
    """Return the means of each set and method, `gain_over_lead` among them."""
    return {
        (row.group, row.method, metric): interval.mean
        for row in rows
        for metric, interval in {**row.scores, "gain_over_lead": row.gain}.items()
        if interval is not None
    }


def means_of_headlines(rows: Iterable[HeadlineRow]) -> Means:
    """Return the means of each set's headlines, and the share of them that breaks no rule."""
    means: dict[tuple[str, str, str], float] = {}
    for row in rows:
        broken = sum(row.violations.values())
        means[row.group, "headline", "rouge1"] = row.rouge1.mean
        means[row.group, "headline", "gain_over_opening"] = row.gain.mean
        means[row.group, "headline", "unbroken"] = 100.0 * (1.0 - broken / row.articles)
    return means


def hold_floors(means: Means, floors: Floors) -> None:
    """Say what is below its floor.

    Raises:
        typer.Exit: something is.
    """
    problems = below_floors(means, floors)
    for problem in problems:
        say(f"below the floor: {problem}")
    if problems:
        raise typer.Exit(ExitCode.ERROR)


def below_floors(means: Means, floors: Floors) -> list[str]:
    """Return a sentence for every mean that is below its floor, or was not measured."""
    problems = []
    for group, of_group in floors.items():
        for method, of_method in of_group.items():
            for metric, least in of_method.items():
                mean = means.get((group, method, metric))
                if mean is None:
                    problems.append(f"{group}: {metric} of {method} was not measured")
                elif round(mean, 2) < least:
                    problems.append(f"{group}: {metric} of {method} is {mean:.2f}, below {least}")
    return problems
