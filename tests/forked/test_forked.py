"""What several processes bring is what one would have worked out."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from io import BytesIO

import pytest

from watcher.forked import _brought

# A program of its own: only a process with one thread may fork.
PROGRAM = """if True:
    import json, os, signal, threading, time
    from watcher import forked
    from watcher.names import alone

    os.sched_getaffinity = lambda _: {0, 1, 2}
    here, told = os.getpid(), {}
    share = forked.hands()

    def done(some):
        return list(some), os.getpid() == here

    def ended(some):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return done(some)

    def failing(some):
        return done(some) if os.getpid() == here else 1 // 0

    def wrong(some):
        return 1 // 0 if os.getpid() == here else time.sleep(60)

    told["done"] = share(done, 7)
    told["few"] = share(done, 1)
    told["ended"] = share(ended, 7)
    told["failing"] = share(failing, 7)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    told["unheard"] = share(done, 7)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)

    def deaf(some):
        return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())

    told["deaf"] = share(deaf, 7)
    try:
        share(wrong, 7)
    except ZeroDivisionError:
        told["wrong"] = True
    try:
        os.waitpid(-1, 0)
    except ChildProcessError:
        told["children"] = 0
    fork, os.fork = os.fork, lambda: (_ for _ in ()).throw(OSError(11, "no room"))
    told["refused"] = share(done, 7)
    with_thread = threading.Thread(target=time.sleep, args=(60,), daemon=True)
    with_thread.start()
    told["threads"] = forked.hands() is alone
    os.sched_getaffinity = lambda _: {0}
    told["processors"] = forked.hands() is alone
    print(json.dumps(told), flush=True)
    os._exit(0)
"""

# More than a pipe holds, and nobody to read it. Who is left would keep the output open.
KILLED = """if True:
    import os, signal
    from watcher import forked

    os.sched_getaffinity = lambda _: {0, 1, 2}
    here = os.getpid()

    def work(some):
        if os.getpid() == here:
            os.kill(here, signal.SIGKILL)
        return bytes(1 << 20)

    forked.hands()(work, 3)
"""


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=50
    )
    assert ran.stderr == ""
    told: dict[str, object] = json.loads(ran.stdout)
    return told


def test_each_piece_is_worked_on_in_its_own_process(told: dict[str, object]) -> None:
    assert told["done"] == [[[0, 1], True], [[2, 3], False], [[4, 5, 6], False]]
    assert told["few"] == [[[], True], [[], False], [[0], False]]


@pytest.mark.parametrize("why", ["ended", "failing", "refused"])
def test_what_a_child_does_not_bring_is_worked_out_here(told: dict[str, object], why: str) -> None:
    assert told[why] == [[[0, 1], True], [[2, 3], True], [[4, 5, 6], True]]


def test_no_child_outlives_the_work(told: dict[str, object]) -> None:
    assert (told["wrong"], told["children"]) == (True, 0)


def test_children_are_gone_when_their_parent_was_killed() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLED], capture_output=True, text=True, check=False, timeout=50
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGKILL, "", "")


def test_children_hear_nothing_of_ctrl_c(told: dict[str, object]) -> None:
    assert told["deaf"] == [False, True, True]


def test_nobody_needs_to_hear_of_children(told: dict[str, object]) -> None:
    assert told["unheard"] == told["done"]


def test_nothing_is_forked_beside_a_thread_or_for_one_processor(told: dict[str, object]) -> None:
    assert (told["threads"], told["processors"]) == (True, True)


def test_what_was_cut_off_counts_for_nothing() -> None:
    assert _brought(BytesIO(b"\x03" + bytes(7) + b"abc")) == b"abc"
    assert _brought(BytesIO(b"\x03" + bytes(7) + b"ab")) is None
    assert _brought(BytesIO(b"")) is None
