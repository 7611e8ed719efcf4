"""The package's own tables: tab-separated files with a header and a column for the source."""

from __future__ import annotations

import csv
from importlib.resources.abc import Traversable


def read_table(package: Traversable, name: str) -> list[dict[str, str]]:
    """Read `tables/<name>.tsv` of a package.

    Returns:
        One dictionary a row, keyed by the header, in the order of the file; cells are text, an
        empty cell is "".
    """
    lines = (package / "tables" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))
