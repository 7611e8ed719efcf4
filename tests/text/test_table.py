"""The package's own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watcher.text.table import read_table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/good.tsv").write_text("letter\tfolded\tsource\n\t\t\nß\tss\tby hand\n")
    (tmp_path / "tables/short.tsv").write_text("letter\tfolded\nß\n")
    return tmp_path


def test_a_row_is_keyed_by_the_header_and_an_empty_cell_is_empty(package: Path) -> None:
    assert list(read_table(package, "good")) == [
        {"letter": "", "folded": "", "source": ""},
        {"letter": "ß", "folded": "ss", "source": "by hand"},
    ]


def test_a_row_that_lacks_a_cell_is_not_taken(package: Path) -> None:
    with pytest.raises(ValueError, match="shorter"):
        list(read_table(package, "short"))
