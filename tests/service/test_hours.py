"""Quiet hours and digests of rules, on real files and a real store, with a clock of our own."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.service.desk import Desk
from watcher.service import Report, World, run_once

START = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)  # the night that loses an hour in Berlin
ENDS = datetime(2026, 3, 29, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
QUIET = "    quiet_hours: {from: 22:00, to: 07:00, zone: Europe/Berlin}\n"
DIGEST = "    digest: {at: 07:00, zone: Europe/Berlin}\n"


def desk(folder: Path, more: str) -> Desk:
    made = Desk(folder)
    made.rules.write_text(made.rules.read_text().replace("    tests:", f"{more}    tests:"))
    made.put("one.txt", "First report: Qasem Soleimani was there.")
    made.put("two.txt", "Second report: Qasem Soleimani went away.")
    return made


def once(on: Desk, at: datetime) -> tuple[Report, str]:
    out = io.StringIO()
    world = World(
        environ=on.environ(), stdout=out, stderr=io.StringIO(), clock=lambda: at, chance=lambda: 0.5
    )
    return asyncio.run(run_once(on.config, world)), out.getvalue()


def test_what_is_raised_in_quiet_hours_is_told_when_they_end(tmp_path: Path) -> None:
    on = desk(tmp_path, QUIET)
    report, shown = once(on, START)
    assert (shown, report.failed, report.next_try) == ("", False, ENDS)
    assert once(on, ENDS - MINUTE)[1] == ""
    report, shown = once(on, ENDS)
    assert shown.count("commanders") == 2
    assert (report.failed, len(report.outcomes)) == (False, 2)
    assert once(on, ENDS + MINUTE)[1] == ""


def test_the_alerts_of_a_digest_go_as_one_message(tmp_path: Path) -> None:
    on = desk(tmp_path, DIGEST)
    assert once(on, START)[1] == ""
    report, shown = once(on, ENDS)
    assert shown.startswith("2 alerts\n")
    assert (report.failed, len(report.outcomes)) == (False, 1)


def test_of_a_rule_on_test_nobody_is_told(tmp_path: Path) -> None:
    on = desk(tmp_path, "    status: test\n")
    report, shown = once(on, START)
    assert (shown, report.failed) == ("", False)
    assert "alerts: 2 · sent: 0 · held: 2" in str(report)
