"""A list laid into arrays, and a file of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from watcher import Article, Watchlist, find
from watcher.match import compile_index
from watcher.match.laid import flat, laid_of, lay
from watcher.match.pack import pack, unpack
from watcher.names import Kind
from watcher.watchlist.entity import Entity

R = TypeVar("R")

MARK = bytes(range(32))
LIST = Watchlist(
    (
        Entity(id="it", names=("Qasem Soleimani", "Хасан Насралла"), exclude=("Qasim Salman",)),
        Entity(id="xi", names=("習近平", "Xi Jinping"), weak=("Xi",), min_score=0.7),
        Entity(id="wagner", names=("Wagner Group", "جماعة الحوثي"), kind=Kind.ORGANIZATION),
    )
)
TEXTS = (
    "Yesterday Qassem Soleimani met the Wagner Group. Soleimani said nothing.",
    "قال قاسم سليماني إن جماعة الحوثيين بخير وحسن نصرالله معهم.",
    "国家主席習近平说。",
    "Qasim Salman was there, and Хасаном Насраллой they spoke.",
)


def filed(watchlist: Watchlist) -> bytes:
    return b"".join(pack(dict(flat(lay(watchlist))), MARK))


@pytest.mark.parametrize("watchlist", [LIST, Watchlist(())])
def test_a_list_out_of_a_file_finds_what_the_list_finds(watchlist: Watchlist) -> None:
    arrays = unpack(memoryview(filed(watchlist)), MARK)
    assert arrays is not None
    for floors in (None, {"it": 0.5}, {"it": 0.9}):
        opened = compile_index(watchlist, floors, laid=laid_of(arrays))
        made = compile_index(watchlist, floors)
        for text in TEXTS:
            assert find(Article(text=text), opened) == find(Article(text=text), made)


def test_what_is_in_a_file_is_not_copied() -> None:
    arrays = unpack(memoryview(filed(LIST)), MARK)
    assert arrays is not None

    for name, array in flat(laid_of(arrays)):
        assert ".script." in name or array.size < 2 or np.shares_memory(array, arrays[name])
    assert not arrays["list.columns.owners"].flags.writeable


def test_the_same_list_makes_the_same_file() -> None:
    assert filed(LIST) == filed(LIST)


@pytest.mark.parametrize("pieces", [2, 3, 50])
def test_the_file_is_the_same_in_however_many_pieces_it_is_worked_out(pieces: int) -> None:
    def share(work: Callable[[range], R], size: int) -> list[R]:
        cuts = [size * cut // pieces for cut in range(pieces + 1)]
        return [work(range(*cut)) for cut in pairwise(cuts)]

    twice = Watchlist((*LIST, Entity(id="again", names=("Salman Salman", "Xi Nasrallah", "O. O."))))
    made = b"".join(pack(dict(flat(lay(twice, share))), MARK))

    assert made == filed(twice)


KINDS = st.sampled_from(["int8", "int16", "int32", "int64", "bool", "uint8", "float64"])
ARRAYS = st.dictionaries(
    st.text(max_size=3),
    KINDS.flatmap(
        lambda kind: arrays_of.arrays(kind, arrays_of.array_shapes(max_dims=2, min_side=0))
    ),
    max_size=3,
)


@settings(max_examples=40)
@given(ARRAYS)
def test_arrays_come_back_as_they_were(arrays: dict[str, np.ndarray]) -> None:
    file = b"".join(pack(arrays, MARK))
    found = unpack(memoryview(file), MARK)

    assert found is not None
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array, equal_nan=array.dtype.kind == "f")
    for size in range(0, len(file), 64):
        assert unpack(memoryview(file[:size]), MARK) is None


@given(st.integers(0, 400), st.integers(1, 255))
def test_a_head_that_was_changed_is_refused(place: int, change: int) -> None:
    file = bytearray(b"".join(pack({"one": np.arange(9), "two": np.zeros(3)}, MARK)))
    head = file.index(b"]]}") + 3 + 32
    place %= head
    file[place] ^= change

    assert unpack(memoryview(bytes(file)), MARK) is None


def test_a_file_made_from_something_else_is_refused() -> None:
    file = b"".join(pack({"one": np.arange(9)}, MARK))

    assert unpack(memoryview(file), bytes(32)) is None
    assert unpack(memoryview(file + b"\0"), MARK) is None
