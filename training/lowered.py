"""Write articles with summaries as older corpora have them: `python -m training.lowered FILE`.

Knows one file: it must not know methods.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from training.articles import lower_tokenised, read_rows


def main() -> None:
    """Print every row of a JSONL file, its text in lower case with every mark set off."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("file", type=Path)
    for row in read_rows(parser.parse_args().file):
        print(json.dumps({**row, "text": lower_tokenised(str(row["text"]))}))


if __name__ == "__main__":
    main()
