"""The package's own tables: tab-separated files with a header and a column for the source."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable


def read_table(package: Traversable, name: str) -> Iterator[dict[str, str]]:
    """Read `tables/<name>.tsv` of a package.

    Yields:
        One dictionary a row, keyed by the header, in the order of the file; cells are text, an
        empty cell is "".

    Raises:
        ValueError: a row has more cells than the header, or fewer.
    """
    with (package / "tables" / f"{name}.tsv").open(encoding="utf-8") as file:
        header = next(file).rstrip("\n").split("\t")
        for line in file:
            yield dict(zip(header, line.rstrip("\n").split("\t"), strict=True))
