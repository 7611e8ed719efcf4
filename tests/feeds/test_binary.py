from __future__ import annotations

import random

import pytest

from watcher.feeds import not_text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", ""),
        (b"Qasem Soleimani\x1b[0m\x0c\x1a", ""),
        (b"\0", ""),
        (b"a\0\0b", "is not text"),
        (b"%PDF-1.7", "is a PDF, not text"),
        (b"\x1f\x8b\x08", "is a packed file, not text"),
        (random.Random(1).randbytes(500), "is not text"),
    ],
)
def test_what_lies_among_texts_by_mistake_is_named(data: bytes, why: str) -> None:
    assert not_text(data, data.decode(errors="replace")) == why
