"""Untrusted bytes and files to items, with limits and a place for every problem.

Reads lazily and in order; must not know the store, the queue or the clock: the instant comes in as
an argument.
"""

from workers.intake.limits import Limits
from workers.intake.objects import PageItem
from workers.intake.problems import Problem, ProblemCode
from workers.intake.reading import read_paths

__all__ = ["Limits", "PageItem", "Problem", "ProblemCode", "read_paths"]
