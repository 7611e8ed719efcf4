"""Arrays by name as the bytes of one file, and back without a copy.

The layout: a line that says what the file is; the fingerprint of all that the arrays were made
from; a table of the arrays in JSON, its length before it and its digest behind it; the arrays, each
where a processor likes to find it. The table tells how long the whole is, so a file that was cut
off is known, and so is one that was made from anything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_MARK = b"watcher compiled list 1\n"
FINGERPRINT = 32
"""Bytes of a fingerprint."""
_LENGTH = 8
_ALIGNED = 64


class _Row(NamedTuple):
    """An array in the table: its name, what it is made of, where it begins behind the table."""

    name: str
    kind: str
    shape: tuple[int, ...]
    begin: int


def pack(arrays: Mapping[str, NDArray[Any]], fingerprint: bytes) -> Iterator[bytes | memoryview]:
    """The bytes of a file that holds some arrays, in pieces.

    Args:
        arrays: of numbers or flags.
        fingerprint: of `FINGERPRINT` bytes.
    """
    rows, size = [], 0
    laid = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    for name, array in laid.items():
        rows.append(_Row(name, array.dtype.str, array.shape, size))
        size = _rounded(size + array.nbytes)
    table = json.dumps({"size": size, "rows": rows}).encode()
    head = b"".join((_MARK, fingerprint, len(table).to_bytes(_LENGTH, "little"), table))
    head += _digest(head)
    yield head
    yield _filling(len(head))
    for array in laid.values():
        if array.nbytes:
            yield array.data.cast("B")
            yield _filling(array.nbytes)


def unpack(data: memoryview, fingerprint: bytes) -> dict[str, NDArray[Any]] | None:
    """The arrays of a file, which are views of its bytes: nothing is read before it is asked for.

    Returns:
        None if the file is damaged, cut off, no such file or made from something else.
    """
    known = _MARK + fingerprint
    begin = len(known) + _LENGTH
    if bytes(data[: len(known)]) != known:
        return None
    end = begin + int.from_bytes(data[len(known) : begin], "little")
    behind = end + FINGERPRINT
    if bytes(data[end:behind]) != _digest(data[:end]):
        return None
    table = json.loads(bytes(data[begin:end]))
    first = _rounded(behind)
    if len(data) != first + table["size"]:
        return None
    return {row.name: _array(data, row, first) for row in (_Row(*row) for row in table["rows"])}


def _array(data: memoryview, row: _Row, first: int) -> NDArray[Any]:
    count = prod(row.shape)
    if not count:
        return np.zeros(row.shape, row.kind)
    return np.frombuffer(data, row.kind, count, first + row.begin).reshape(row.shape)


def _digest(head: bytes | memoryview) -> bytes:
    return blake2b(head, digest_size=FINGERPRINT).digest()


def _rounded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _filling(size: int) -> bytes:
    return bytes(_rounded(size) - size)
