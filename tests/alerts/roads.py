"""A watchlist with rules for the tests of the road, and roads through it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.news import HOUR, NOW, article
from watcher.alerts import (
    Limits,
    Memory,
    Question,
    Recall,
    Road,
    Silence,
    Step,
    Target,
    compile_rules,
    judge,
    walk,
)
from watcher.match import find
from watcher.names import Kind
from watcher.watchlist import Entity, Rule, Rulebook, Watchlist

WATCHLIST = Watchlist(
    (
        Entity(
            id="qasem",
            names=("Qasem Soleimani",),
            short=("Soleimani",),
            context=("Quds Force", "فيلق القدس"),
            exclude=("Gholam Qasem Soleimani",),
            tags=("irgc",),
        ),
        Entity(id="esmail", names=("Esmail Qaani",), weak=("Esmail",)),
        Entity(id="rustam", names=(), weak=("Rustam Qahramani",)),
        Entity(id="omar", names=("Omar Farouk",), exclude=("Omar Farouk", "Omer Faruk")),
        Entity(id="neither", names=(), weak=("Feridun Gul",), exclude=("Feridun Gul",)),
        Entity(id="other", names=("Kasem Suleiman",)),
        Entity(
            id="ofac:7",
            names=("Walid Marwan Greenfield", "Halabi"),
            exclude=("Omar Marwan Greenfield",),
            tags=("ofac", "SDGT"),
            origin="ofac",
        ),
        Entity(
            id="ofac:8",
            names=("Tarek Olmstead",),
            tags=("ofac",),
            min_score=1.0,
            origin="ofac",
        ),
        Entity(id="gas", names=("Gazprom",), kind=Kind.ORGANIZATION),
        Entity(id="state", names=("Исламское государство",), kind=Kind.ORGANIZATION),
        Entity(id="strict", names=("Walid Omar Brightwater",), min_score=0.97, tags=("x",)),
    ),
    version="l1",
)
COMMANDERS = Rule(
    id="commanders",
    entities=frozenset(("qasem", "esmail")),
    send_to=("desk", "soc"),
    cool_down=6 * HOUR,
)
LIMITS = Limits(max_age=timedelta(days=3))


def silence_on(target: Target, subject: str) -> Silence:
    """A silence that lasts."""
    return Silence(
        number=3,
        target=target,
        subject=subject,
        until=NOW + HOUR,
        why="known",
        by="ann",
        made=NOW - HOUR,
    )


def book(*rules: Rule) -> Rulebook:
    return Rulebook(watchlist=WATCHLIST, rules=rules or (COMMANDERS,), version="r1")


def road(
    text: str,
    entity: str = "qasem",
    *rules: Rule,
    memory: Memory | None = None,
    limits: Limits = LIMITS,
    **changes: Any,
) -> Road:
    """The road of a text, first seen now."""
    within = article(1, text=text, **{"title": "", **changes})
    rulebook = book(*rules)
    index = compile_rules(rulebook)
    return walk(Question(within, entity, NOW), rulebook, index, memory or Recall(), limits)


def retold(rule: Rule, hours: int) -> Road:
    """A story that was told some hours ago by the same rule, told again."""
    rulebook, memory = book(rule), Recall()
    index = compile_rules(rulebook)
    text = "Qasem Soleimani was there. He said that the war had ended for good, and left."
    first, again = (article(n, text=text, link=f"https://{n}.example/1") for n in (7, 8))
    at = NOW - hours * HOUR
    (dossier,) = judge([(first, find(first, index))], rulebook, memory, now=at)
    memory.learn(dossier)
    return walk(Question(again, "qasem", NOW), rulebook, index, memory, LIMITS)


def strict(**changes: Any) -> Rule:
    return replace(COMMANDERS, id="strict", **changes)


def told(steps: tuple[Step, ...], depth: int = 0) -> list[str]:
    """Steps as lines, without marks of direction, and without figures that are learned."""
    signs = {True: "+", False: "-", None: "."}
    lines = []
    for step in steps:
        says = step.says.translate({0x2068: None, 0x2069: None})
        says = re.sub(r"\b0\.\d\d\b", "0.##", says)
        lines.append(f"{'  ' * depth}{signs[step.holds]} {says}")
        lines += told(step.steps, depth + 1)
    return lines
