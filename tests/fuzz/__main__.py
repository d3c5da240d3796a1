"""Fuzzes the library with atheris: `python -m tests.fuzz --minutes 5`.

Starts from the examples. What breaks a promise is written beside the corpus and named; give that
file as an argument to run it again. Needs the `fuzz` extra.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

# atheris watches the branches of what is imported here.
with atheris.instrument_imports(include=["summarizer"], enable_loader_override=False):
    from tests.fuzz.inputs import write_case
    from tests.fuzz.target import run_one

_EXAMPLES = Path(__file__).parents[2] / "examples"
# No input of this length takes a hundredth of that.
_HANGS_AFTER_S = 20
_MAX_BYTES = 4_000


def main() -> None:
    """Read the arguments and hand over to atheris, which ends the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--corpus", type=Path, default=Path("build/fuzz"), help="kept between runs")
    parser.add_argument("--seed", type=int, default=0, help="0 for another one each time")
    parser.add_argument("again", type=Path, nargs="*", help="files to run once instead")
    arguments = parser.parse_args()
    if arguments.again:
        for path in arguments.again:
            run_one(path.read_bytes())
        return
    arguments.corpus.mkdir(parents=True, exist_ok=True)
    for path in _EXAMPLES.glob("*.txt"):
        (arguments.corpus / path.stem).write_bytes(write_case(path.read_text(encoding="utf-8")))
    atheris.Setup(
        [
            sys.argv[0],
            str(arguments.corpus),
            f"-max_total_time={round(60 * arguments.minutes)}",
            f"-timeout={_HANGS_AFTER_S}",
            f"-max_len={_MAX_BYTES}",
            f"-seed={arguments.seed}",
            f"-artifact_prefix={arguments.corpus.parent}/fuzz-",
            "-print_final_stats=1",
        ],
        run_one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
