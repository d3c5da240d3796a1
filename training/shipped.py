"""Where the package keeps what was learned."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "summarizer" / "data"
