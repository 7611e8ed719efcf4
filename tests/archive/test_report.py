from __future__ import annotations

import pytest

from watcher.archive import Refused, Report
from watcher.archive.report import TOLD


def some(number: int) -> Report:
    return Report(
        documents=1,
        size=2,
        mentions=3,
        entities=frozenset({f"e{number}"}),
        refused=1,
        told=(Refused(f"f:{number}", "why"),),
        notes=(f"f:{number}: what",),
    )


def test_reports_add_up_and_tell_the_first_refusals() -> None:
    whole = sum(map(some, range(TOLD + 5)), start=Report())
    assert (whole.documents, whole.size, whole.mentions) == (25, 50, 75)
    assert (len(whole.entities), whole.refused, len(whole.told)) == (25, 25, TOLD)
    assert whole.told[0] == Refused("f:0", "why")
    assert (len(whole.notes), whole.notes[0]) == (TOLD, "f:0: what")


def test_the_figures_say_what_was_unreadable_if_anything_was() -> None:
    assert str(some(1)) == "documents: 1 · mentions: 3 · entities: 1 · unreadable: 1"
    assert str(Report()) == "documents: 0 · mentions: 0 · entities: 0"


def test_a_report_comes_back_from_json() -> None:
    report = some(1) + some(2)
    assert Report.from_json(report.to_json()) == report
    before_notes = '{"documents": 1, "entities": [], "told": []}'
    assert Report.from_json(before_notes) == Report(documents=1)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"told": 1}', '{"told": [], "x": 1}'])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a report|Expecting"):
        Report.from_json(text)
