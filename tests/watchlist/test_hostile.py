"""What is wrong in every line costs no more than what is right: work is counted, not time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from watcher.watchlist import read_rules
from watcher.written import TOLD, render


def work(text: str) -> int:
    """How many lines of our code reading takes."""
    done = 0

    def count(frame: FrameType, event: str, arg: Any) -> Callable[..., Any]:
        nonlocal done
        done += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read_rules({"f": text})
    finally:
        sys.settrace(before)
    return done


def entities(number: int, more: str = "") -> str:
    return "entities:\n" + "".join(
        f"  - {{id: e{i}, name: Abcd Efgh{i}{more}}}\n" for i in range(number)
    )


RULE = "rules:\n  - id: r\n    send_to: x\n"
HOSTILE = {
    "keys that nobody knows": lambda n: "".join(f"k{i}: x\n" for i in range(n)),
    "unknown keys in entities": lambda n: entities(n, ", nickname: x, kidn: y"),
    "one id for all": lambda n: "entities:\n" + "  - {id: a, name: Ab Cdef}\n" * n,
    "one line": lambda n: f"entities: [{', '.join('{id: a, nam: b}' for _ in range(n))}]\n",
    "words that mean nobody": lambda n: (
        f"{entities(3)}{RULE}    watch: [{', '.join(f'zz{i}' for i in range(n))}]\n"
    ),
    "such words in a broken file": lambda n: (
        f"{entities(3)}{RULE}    send_to: y\n    watch: [{', '.join(f'zz{i}' for i in range(n))}]\n"
    ),
    "merge keys": lambda n: (
        "entities:\n" + "".join(f"  - {{<<: x, id: e{i}, name: Abcd E{i}}}\n" for i in range(n))
    ),
    "aliases": lambda n: f"entities: [{{id: a, name: &a Ab Cdef, tags: [{'*a, ' * n}]}}]\n",
    "deep nesting": lambda n: "entities: " + "[" * n,
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_twice_as_much_takes_no_more_than_twice_the_work(made):
    few, many = made(TOLD + 50), made(2 * TOLD + 100)
    work(few)  # what is learned at the first time is learned
    assert work(many) < 2.3 * work(few) + 1000


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(made):
    reading = read_rules({"f": made(TOLD + 50)})
    for told in (reading.faults, reading.warnings):
        assert len(told) <= TOLD + 1
        assert all(len(render(fault)) < 2000 for fault in told)
    if len(reading.faults) > TOLD:
        assert str(reading.faults[-1]).endswith(" more faults; mend these first")


def test_the_rest_is_counted_where_it_begins():
    reading = read_rules({"f": "".join(f"k{i}: x\n" for i in range(TOLD + 5)), "g": "x: y\n"})
    assert str(reading.faults[TOLD]) == (
        f"f:{TOLD + 1}:1: from here on there are 5 more faults; mend these first"
    )
    assert str(reading.faults[-1]) == 'g:1:1: the key "x" is not known here'
