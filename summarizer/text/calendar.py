"""The English names of days and months.

Knows single words in lower case: it must not know what stands beside them.
"""

from __future__ import annotations

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# Not "may", which without a capital is another word.
MONTHS = frozenset(
    "january february march april june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec".split()
)
