from __future__ import annotations

from tests.alerts.roads import road
from watcher.alerts import Change, Scope, Stage, Step
from watcher.cli.steps import bold, lines, told_changes, verdict


def test_each_step_has_a_sign_in_its_colour() -> None:
    below = Step(stage=Stage.BAR, holds=False, says="c")
    steps = (
        Step(stage=Stage.WORDS, says="a"),
        Step(stage=Stage.NAME, holds=True, says="b", steps=(below,)),
    )
    assert list(lines(steps, colour=False)) == ["· a", "✓ b", "  ✗ c"]
    assert list(lines(steps, colour=True)) == [
        "\x1b[2m·\x1b[0m a",
        "\x1b[32m✓\x1b[0m b",
        "  \x1b[31m✗\x1b[0m c",
    ]
    assert (bold("a", colour=True), bold("a", colour=False)) == ("\x1b[1ma\x1b[0m", "a")


def test_a_change_says_how_sure_it_makes_the_entity() -> None:
    changes = (
        Change(scope=Scope.ENTITY, id="q", text="aliases: [x\x1b]", score=0.97),
        Change(scope=Scope.RULE, id="r", text="status: live"),
    )
    assert list(told_changes(changes)) == [
        "  entity q: write aliases: [x] → certain 0.97",
        "  rule r: write status: live",
    ]


def test_the_verdict_says_what_came_of_it() -> None:
    found = verdict(road("Walid Omar Brightwater spoke", "strict"))
    assert found.endswith("(strict) · found, no alert")
    assert verdict(road("nobody")).endswith("(qasem) · not found")
