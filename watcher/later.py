"""Names of a floor that are read from their files when somebody first asks for them.

What reads rules and settings comes with pydantic, which takes a third of the start of a command
that reads neither.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module


def later(package: str, *files: str) -> Callable[[str], object]:
    """The `__getattr__` of a package that leaves some of its public names for later.

    Args:
        package: its name; `__all__` says which names are public.
        files: its modules that hold them, those that others import first.
    """

    def find(name: str) -> object:
        if name in sys.modules[package].__all__:
            for file in files:
                module = import_module(f"{package}.{file}")
                if hasattr(module, name):
                    return getattr(module, name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return find
