"""How much work a call is, told without a clock: the same on every machine, however busy."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable


def work(call: Callable[[], object]) -> int:
    """How many functions a call calls, those written in C among them."""
    profile = cProfile.Profile()
    profile.runcall(call)
    count: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return count
