"""A scan from inputs to an output: the order of the steps, in one process or many.

An input is cut into pieces; each is read and searched, here or in another process; what that gave
is written in the order of the input. So the output is the same however many share the work.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from watcher import __version__
from watcher.archive.cut import bundle, cut
from watcher.archive.document import Fields
from watcher.archive.holds import STDIN
from watcher.archive.parts import Parts, Unit, is_same, replacing, units
from watcher.archive.piece import Piece
from watcher.archive.pool import share
from watcher.archive.report import Report
from watcher.archive.search import Answer, Search
from watcher.archive.told import (
    HEADER,
    MARK,
    Tell,
    tell_lines,
    tell_lines_with_field,
    tell_rows,
    write_rows,
)
from watcher.errors import ConfigError, WatcherError
from watcher.match import Index
from watcher.watchlist import Watchlist

ALONE = 40_000
"""Bytes of text searched before other processes are called in: with a short list starting them
costs about as much, with a long one less. Until then each answer comes as soon as its document."""

TOGETHER = 16
"""Small files handed to a process at once."""

Task = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a scan is made; the defaults are those of the command.

    Attributes:
        min_score: the bar for every mention, 0.0 to 1.0; None for each entity's own.
        titles: tell mentions in titles too, each line with `field`.
        fields: what the fields of records are called.
        lines: standard input holds a document a line, not a text.
    """

    min_score: float | None = None
    titles: bool = False
    fields: Fields = field(default_factory=Fields)
    lines: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is done with inputs, and by how many.

    Attributes:
        search: what is done with a piece.
        options: of the reading.
        processes: how many may be used; with 1, each answer comes before more is read.
    """

    search: Search
    options: Options
    processes: int = 1


class Form(NamedTuple):
    """How an output is written: what stands before all mentions, each of them, and which."""

    head: str
    tell: Tell
    titles: bool


class Step(NamedTuple):
    """One step of a scan.

    Attributes:
        answer: what it gave.
        at: how many bytes of all inputs are behind it.
        unit: the inputs that it is of.
    """

    answer: Answer
    at: int
    unit: Unit


def lines_form(*, titles: bool) -> Form:
    """JSON lines."""
    return Form("", tell_lines_with_field if titles else tell_lines, titles)


def rows_form() -> Form:
    """CSV with its header; mentions in titles are always told."""
    return Form(MARK + write_rows([HEADER]), tell_rows, titles=True)


def form_of(output: Path, *, titles: bool) -> Form:
    """The form that a file's ending asks for: `.jsonl` (or `.ndjson`) or `.csv`.

    Raises:
        ConfigError: it is another.
    """
    match output.suffix.lower():
        case ".jsonl" | ".ndjson":
            return lines_form(titles=titles)
        case ".csv":
            return rows_form()
        case _:
            raise ConfigError(
                f"{output}: the ending does not say how to write; write .jsonl or .csv"
            )


def scan_file(
    source: str | Path, watchlist: Watchlist | Index, output: Path, options: Options | None = None
) -> Report:
    """Search one file and write what was found: the unit of work to spread over a cluster.

    What it writes depends on its arguments and the file alone, never on what ran before or beside
    it; the output appears under its name when it is whole. So it may be called again, anywhere, for
    what was lost. Joined in the order of the inputs, the outputs of many calls are the output of
    one `watcher scan --output` over all (of CSV, the first line of all but the first left out).

    Args:
        source: a file of any kind that `watcher scan` reads.
        watchlist: who to look for. An index (`compile_index`) is best made once a process; a
            watchlist is compiled at its first use and remembered while it lives.
        output: where to write, `.jsonl` or `.csv`; what is there is replaced.
        options: how.

    Returns:
        The figures, with the records that could not be taken. A file that cannot be read at all is
        one such record.

    Raises:
        WatcherError: the output cannot be written or is the file itself, or what reads such a file
            is not installed.
    """
    if is_same(Path(source), output):
        raise WatcherError(f"{output}: is what is to be searched; name another output")
    options = options or Options()
    form = form_of(output, titles=options.titles)
    search = Search(
        watchlist=watchlist, tell=form.tell, min_score=options.min_score, titles=form.titles
    )
    report = Report()
    with replacing(output) as file:
        file.write(form.head)
        for task, _ in _tasks((str(source),), options, 0):
            answer = search(task)
            file.write(answer.output)
            report += answer.report
    return report


def scan_stream(paths: Iterable[str], work: Work) -> Generator[Step]:
    """Search inputs and give each answer as soon as it is there and its turn has come.

    Args:
        paths: in the order of the output.
        work: how.
    """
    places: deque[tuple[int, Unit]] = deque()

    def tasks() -> Iterator[Task]:
        for unit, start in _placed(units(paths)):
            for task, at in _tasks(unit, work.options, start):
                places.append((at, unit))
                yield task

    with closing(_in_turn(work, tasks())) as answers:
        for answer in answers:
            yield Step(answer, *places.popleft())


def scan_parts(
    todo: Sequence[Unit], parts: Parts, work: Work, keep: Callable[[Answer], object] = bool
) -> Generator[Step]:
    """Search parts, writing each to its place; those before the one at work are done for good.

    Args:
        todo: those that are still to be done, in order.
        parts: where they are written.
        work: how.
        keep: called with each answer before its part is done.
    """
    places: deque[int | None] = deque()

    def tasks() -> Iterator[Task]:
        for unit, start in _placed(todo):
            for task, at in _tasks(unit, work.options, start):
                places.append(at)
                yield task
            places.append(None)
            yield ()

    with closing(_in_turn(work, tasks())) as answers:
        for unit in todo:
            report = Report()
            with parts.write(unit) as file:
                for answer in answers:
                    at = places.popleft()
                    if at is None:
                        break
                    file.write(answer.output)
                    keep(answer)
                    report += answer.report
                    yield Step(answer, at, unit)
            parts.finish(unit, report)


def settings_of(version: str, options: Options, form: str) -> str:
    """All that decides about what a part holds, besides its inputs.

    Args:
        version: of the watchlist, and of the rules where they matter.
        options: how is read and searched.
        form: how is written.
    """
    return repr((__version__, version, options, form))


def size_of(unit: Unit) -> int:
    """Bytes of the files of a part."""
    return sum(map(_size, unit))


def _in_turn(work: Work, tasks: Iterator[Task]) -> Generator[Answer]:
    """Search each task, in order: the first here, a long rest in several processes."""
    seen = 0
    for task in tasks:
        answer = work.search(task)
        yield answer
        seen += answer.report.size
        if work.processes > 1 and seen >= ALONE:
            with closing(share(work.search, tasks, work.processes)) as answers:
                yield from answers


def _placed(todo: Iterable[Unit]) -> Iterator[tuple[Unit, int]]:
    """Each part with how many bytes stand before it."""
    start = 0
    for unit in todo:
        yield unit, start
        start += size_of(unit)


def _tasks(unit: Unit, options: Options, start: int) -> Iterator[tuple[Task, int]]:
    """The pieces of a part as tasks, each with how many bytes are behind it."""
    if len(unit) == 1:
        for piece in cut(unit[0], options.fields, lines=options.lines):
            yield (piece,), start + piece.at
        return
    pieces = (piece for path in unit for piece in cut(path, options.fields))
    for task in bundle(pieces, TOGETHER):
        start += sum(piece.at for piece in task)
        yield task, start


def _size(path: str) -> int:
    try:
        return 0 if path == STDIN else Path(path).stat().st_size
    except OSError:
        return 0
