"""Documents from the web, fetched so that neither we nor their sites come to harm.

Public addresses only, limits on everything, robots.txt respected, pauses kept. Must not know what
the documents are for.
"""

from workers.fetching.fetcher import PRODUCT, Fetcher, make_user_agent
from workers.fetching.records import Fetched, FetchLimits, Surroundings, resolve_host

__all__ = [
    "PRODUCT",
    "FetchLimits",
    "Fetched",
    "Fetcher",
    "Surroundings",
    "make_user_agent",
    "resolve_host",
]
