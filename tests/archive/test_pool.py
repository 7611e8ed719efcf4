from __future__ import annotations

import subprocess
import sys
import textwrap

# Each test is a program of its own: only a process with one thread may fork.


def run(program: str) -> subprocess.CompletedProcess[str]:
    text = "import os, signal, sys, time\nfrom watcher.archive.pool import share\n"
    return subprocess.run(
        [sys.executable, "-c", text + textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_results_come_in_the_order_of_the_pieces() -> None:
    result = run(
        """
        pieces = [0.05, 0.0, 0.02, 0.0, 0.01] * 4
        def wait(seconds):
            time.sleep(seconds)
            return seconds
        print(list(share(wait, pieces, 3)) == pieces)
        """
    )
    assert (result.stdout, result.stderr) == ("True\n", "")


def test_pieces_are_read_only_as_far_as_there_is_room() -> None:
    result = run(
        """
        read = []
        def pieces():
            for number in range(1000):
                read.append(number)
                yield number
        results = share(abs, pieces(), 2)
        next(results)
        print(len(read))
        results.close()
        """
    )
    assert (result.stdout, result.stderr) == ("6\n", "")


def test_without_pieces_nothing_is_started() -> None:
    result = run("print(list(share(abs, [], 2)))")
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_what_the_work_raises_reaches_the_caller() -> None:
    result = run("list(share(lambda piece: 1 // piece, [1, 0], 2))")
    assert "ZeroDivisionError" in result.stderr


def test_a_killed_process_is_told_in_words() -> None:
    result = run(
        """
        list(share(lambda piece: os.kill(os.getpid(), signal.SIGKILL), [1], 2))
        """
    )
    assert "WatcherError: a worker process was killed" in result.stderr


def test_the_processes_leave_when_the_command_is_killed() -> None:
    """The reader of their output would otherwise wait for ever for its end."""
    result = run(
        """
        def work(piece):
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        list(share(work, [1], 2))
        """
    )
    assert result.returncode == -9
