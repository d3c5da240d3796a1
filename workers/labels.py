"""How large what a submitter writes on a batch may be; must not know batches.

Every poll carries name and metadata, so that none of them may be a document.
"""

from __future__ import annotations

from collections.abc import Mapping

from workers.errors import InvalidLabelError

MAX_NAME_CHARS = 4_096
MAX_KEY_CHARS = 1_024
MAX_PAIRS = 64
MAX_PAIR_NAME_CHARS = 256
MAX_PAIR_VALUE_CHARS = 4_096


def check_labels(
    *, display_name: str | None, metadata: Mapping[str, str], idempotency_key: str | None
) -> None:
    """Refuse what is larger than it may be.

    Raises:
        InvalidLabelError: one is.
    """
    _check("display_name", "it", display_name or "", MAX_NAME_CHARS)
    _check("idempotency_key", "it", idempotency_key or "", MAX_KEY_CHARS)
    if len(metadata) > MAX_PAIRS:
        problem = f"{len(metadata)} pairs are given, the limit is {MAX_PAIRS}"
        raise InvalidLabelError("metadata", problem)
    for name, value in metadata.items():
        _check("metadata", f"the key {name[:40]!r}", name, MAX_PAIR_NAME_CHARS)
        _check("metadata", f"the value of {name[:40]!r}", value, MAX_PAIR_VALUE_CHARS)


def _check(part: str, what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise InvalidLabelError(part, f"{what} has {len(text)} characters, the limit is {limit}")
