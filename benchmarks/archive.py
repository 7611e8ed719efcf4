"""How much faster several processes search one archive, and what memory each has for itself.

Usage: python -m benchmarks.archive LIST.jsonl[.gz] ARTICLES.jsonl[.gz] [--mb 3] [--processes 1 2]

LIST and ARTICLES are as in `benchmarks.speed`. The list is compiled once; each number of processes
begins from there in a process of its own, so that none finds words that another has read. Prints a
row for each: seconds of the wall clock; how much faster than the first row by the clock, and by the
processor time of the one that reads and writes and of the busiest that searches, which is what the
clock would say if the machine had nothing else to do; the private memory (Private_Clean and
Private_Dirty of /proc/PID/smaps_rollup) of the process that has most, at its highest; and the
fingerprint of the output, which must be the same in all rows.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from hashlib import sha256
from multiprocessing import active_children, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed import size_of, stream, watchlist
from watcher.archive import Options, Search, Work, lines_form, scan_stream
from watcher.match import Index, compile_index

_PRIVATE = re.compile(r"^Private_(?:Clean|Dirty): +(\d+) kB$", re.MULTILINE)


def private(pid: int | None) -> float:
    """Megabytes that nobody shares with a process; 0 if it has gone."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(map(int, _PRIVATE.findall(told))) / 1024


def busy(pid: int | None) -> float:
    """Seconds that a process has worked; 0 if it has gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def scan(path: str, index: Index, processes: int, told: Connection) -> None:
    form = lines_form(titles=False)
    search = Search(watchlist=index, tell=form.tell)
    written = sha256()
    most = longest = looked = 0.0
    began, worked = time.monotonic(), time.process_time()
    work = Work(search=search, options=Options(), processes=processes)
    for step in scan_stream([path], work):
        written.update(step.answer.output.encode())
        if time.monotonic() - looked > 0.2:
            looked = time.monotonic()
            most = max([most, *(private(child.pid) for child in active_children())])
            longest = max([longest, *(busy(child.pid) for child in active_children())])
    longest += time.process_time() - worked
    told.send((time.monotonic() - began, longest, most, written.hexdigest()[:12]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--mb", type=float, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    index = compile_index(watchlist(asked.list))
    articles = stream(asked.articles, asked.mb, asked.seed)
    print(f"{len(index.listed)} names, {len(articles)} articles, {size_of(articles):.1f} MB")
    context = get_context("fork")
    first: tuple[float, float] | None = None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number, article in enumerate(articles):
                file.write(json.dumps({"id": number, "text": article.text}) + "\n")
        for processes in asked.processes:
            ours, theirs = context.Pipe()
            command = context.Process(target=scan, args=(str(path), index, processes, theirs))
            command.start()
            seconds, longest, most, written = ours.recv()
            command.join()
            first = first or (seconds, longest)
            print(
                f"{processes} processes: {seconds:.1f} s,"
                f" {first[0] / seconds:.2f} times by the clock,"
                f" {first[1] / longest:.2f} by the processors,"
                f" {most:.0f} MB private, output {written}",
                flush=True,
            )


if __name__ == "__main__":
    main()
