"""Where the command begins."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

import watcher
from watcher import __main__ as module


@contextmanager
def handlers_kept() -> Iterator[None]:
    """Give signals back to whoever had them, and what else the process had set, after the block."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    threshold = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        for number, handler in before.items():
            signal.signal(number, handler)


def test_it_runs_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["watcher", "--version"])
    with handlers_kept():
        with pytest.raises(SystemExit) as ended:
            module.start()
        assert gc.get_threshold() == module.COLLECT
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"watcher, version {watcher.__version__}\n"


def test_a_daemon_listens_before_all_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["watcher", "run", "--help"])
    with handlers_kept(), pytest.raises(SystemExit):
        module.start()
    assert "until stopped" in capsys.readouterr().out


def test_free_memory_is_given_back_where_the_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    gnu = SimpleNamespace(mallopt=lambda *said: told.append(said))
    for library in (gnu, SimpleNamespace()):
        monkeypatch.setattr(module.ctypes, "CDLL", lambda _, library=library: library)
        module.give_back()
    assert told == [(-1, module.FREE)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # other threads do not matter here
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_order_to_stop_ends_it_with_0(number: signal.Signals) -> None:
    child = os.fork()
    if not child:
        module.heed()
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), number)
        signal.pause()
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_the_surface_of_the_package_is_what_it_says() -> None:
    assert all(callable(getattr(watcher, name)) for name in watcher.__all__)
    with pytest.raises(AttributeError, match="module 'watcher' has no attribute 'nothing'"):
        _ = watcher.nothing  # type: ignore[attr-defined]
