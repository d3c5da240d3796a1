"""Runs chaos by hand: `python -m tests.chaos --minutes 5 --seed 7`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import orjson

from tests.chaos.harness import run_chaos
from tests.chaos.plan import Deck, Plan

_DEFAULTS = Plan(seed=1, seconds=60)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1, help="how long faults go on")
    parser.add_argument("--seed", type=int, default=_DEFAULTS.seed, help="decides all but timing")
    parser.add_argument("--articles", type=int, default=_DEFAULTS.articles, help="at most")
    parser.add_argument("--deck", choices=list(Deck), default=_DEFAULTS.deck, help="which faults")
    parser.add_argument("--fsync", choices=("everysec", "always"), default=_DEFAULTS.fsync)
    parser.add_argument(
        "--pause", type=float, default=_DEFAULTS.pause_s, help="mean seconds between two"
    )
    parser.add_argument("--poison-every", type=int, default=_DEFAULTS.poison_every)
    parser.add_argument("--sentences", type=int, default=_DEFAULTS.sentences, help="an article")
    parser.add_argument(
        "--poll", type=float, default=_DEFAULTS.poll_s, help="seconds between two rounds of polls"
    )
    parser.add_argument("--slow", type=float, default=_DEFAULTS.slow_s, help="of a slow article")
    parser.add_argument("--server", type=Path, help="the server's binary")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.add_argument("--folder", type=Path, help="keep logs and files here")
    return parser.parse_args()


def main() -> int:
    """Run chaos; 1 if anything was violated."""
    arguments = _read_arguments()
    plan = Plan(
        seed=arguments.seed,
        seconds=arguments.minutes * 60,
        articles=arguments.articles,
        deck=Deck(arguments.deck),
        fsync=arguments.fsync,
        pause_s=arguments.pause,
        poison_every=arguments.poison_every,
        sentences=arguments.sentences,
        poll_s=arguments.poll,
        slow_s=arguments.slow,
    )
    with tempfile.TemporaryDirectory(prefix="chaos-") as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report = run_chaos(
            plan,
            folder,
            server=arguments.server,
            say=lambda line: print(line, file=sys.stderr),
        )
    print(orjson.dumps(report.to_dict()).decode() if arguments.json else report.to_text())
    return 1 if report.violations else 0


if __name__ == "__main__":
    sys.exit(main())
