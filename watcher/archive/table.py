"""Parquet: rows as they lie, a few at a time; a row group that is broken does not cost the others.

The only module that knows pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from watcher.archive.document import (
    LARGEST,
    Document,
    Fields,
    Refused,
    from_record,
    too_large,
)
from watcher.archive.piece import Lost, Piece
from watcher.archive.unpack import why

ROWS = 64
"""Rows of a piece: about as much as one of lines."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table, each a document.

    Attributes:
        at: see `Piece`.
        name: the file.
        first: the number of the first row.
        shape: the columns, as pyarrow writes them.
        data: the rows, likewise.
        fields: what the columns of the documents are called.
    """

    at: int
    name: str
    first: int
    shape: bytes
    data: bytes
    fields: Fields

    def documents(self) -> Iterator[Document | Refused]:
        """One for each row; one without an id is called by its place."""
        schema = pa.ipc.read_schema(pa.py_buffer(self.shape))
        batch = pa.ipc.read_record_batch(pa.py_buffer(self.data), schema)
        for number in range(batch.num_rows):
            place = f"{self.name}:{self.first + number}"
            row = {name: batch[name][number] for name in schema.names}
            if any(map(_is_large, row.values())):
                yield too_large(place)
                continue
            try:
                value = {name: cell.as_py() for name, cell in row.items()}
            except (ValueError, OverflowError) as error:
                yield Refused(place, why(error))
            else:
                yield from_record(value, place, self.fields, ident=place)


def cut_table(path: str, fields: Fields) -> Iterator[Piece]:
    """The rows of a file, a few at a time, of the columns that are asked for.

    Raises:
        OSError, ValueError: it is no Parquet.
    """
    with parquet.ParquetFile(path, pre_buffer=False) as file:
        wanted = set(asdict(fields).values())
        columns = [name for name in file.schema_arrow.names if name in wanted]
        if fields.text not in columns:
            there = ", ".join(file.schema_arrow.names)
            message = f'there is no column "{fields.text}"; say which is meant of: {there}'
            yield Lost(0, path, Refused(path, f"{message} (--field text=…)"))
            return
        if twice := sorted({name for name in columns if columns.count(name) > 1}):
            yield Lost(0, path, Refused(path, f'there are two columns "{twice[0]}"; rename one'))
            return
        first, size = 1, Path(path).stat().st_size
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            # By its rows: asking a damaged column for its size ends the process.
            at = size * (first - 1 + rows) // max(1, file.metadata.num_rows)
            try:
                yield from _cut_group(file, group, (at, path, first, fields), columns)
            except (OSError, ValueError, NotImplementedError, pa.ArrowException) as error:
                yield Lost(at, path, Refused(f"{path}: row group {group + 1}", why(error)))
            first += rows


def _cut_group(
    file: parquet.ParquetFile, group: int, told: tuple[int, str, int, Fields], columns: list[str]
) -> Iterator[Rows]:
    at, path, first, fields = told
    for several in file.iter_batches(ROWS, row_groups=[group], columns=columns, use_threads=False):
        for batch in _apart(_plain(several)):
            shape = batch.schema.serialize().to_pybytes()
            yield Rows(at, path, first, shape, batch.serialize().to_pybytes(), fields)
            first += batch.num_rows


def _apart(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The rows together; each alone where they are so long that together they cost memory."""
    if batch.nbytes <= LARGEST:
        yield batch
        return
    for number in range(batch.num_rows):
        yield batch.slice(number, 1)


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows that can be sent to another process and be read there as Python's own values.

    Categories, as pandas writes them, hold numbers of words that lie elsewhere; and Python's times
    have no nanoseconds.
    """
    columns = []
    for column in batch.columns:
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()  # noqa: PLW2901 - the same column, plainer
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            column = column.cast(pa.timestamp("us", column.type.tz), safe=False)  # noqa: PLW2901
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _is_large(cell: pa.Scalar) -> bool:
    """Whether a cell of text is over the limit, before it is turned into a string."""
    buffer = getattr(cell, "as_buffer", None)
    found = buffer() if buffer else None
    return found is not None and found.size > LARGEST
