"""The compiled loops, where they were built.

Built from `compiled.pyx` when the package is installed and a C++ compiler is at hand. All they give
is time: whoever uses them has the same loops in arrays.
"""

from __future__ import annotations

try:
    from watcher.names import compiled
except ImportError:  # pragma: no cover  one machine has them or it has not
    compiled = None  # type: ignore[assignment]

__all__ = ["BUILT", "compiled"]

BUILT = bool(compiled)
"""Whether there are any."""
