"""Where the summaries of a run go: files for people and for programs, in a folder for each run.

Gets results as JSON has them; must not know schedules, the store or the queue.
"""

from workers.outputs.records import (
    OutputFormat,
    OutputItem,
    RunInfo,
    RunProblem,
    read_output_item,
)
from workers.outputs.writing import FILE_NAMES, make_writer, write_outputs

__all__ = [
    "FILE_NAMES",
    "OutputFormat",
    "OutputItem",
    "RunInfo",
    "RunProblem",
    "make_writer",
    "read_output_item",
    "write_outputs",
]
