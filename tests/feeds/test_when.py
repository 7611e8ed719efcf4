"""A date is read as it was meant, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.when import parse_when


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


NOON = at(2026, 5, 1, 12)
DAY = at(2026, 5, 1)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fri, 01 May 2026 15:00:00 +0300", NOON),
        ("Fri, 1 May 2026 12:00 PM", NOON),
        ("01 May 26 07:00 EST", NOON),
        ("01 May 99 12:00 UT", at(1999, 5, 1, 12)),
        ("Fri, 01 May 2026 12:00:00 (GMT)", NOON),
        ("Fri, 01 May 2026 15:00:00 GMT+0300", NOON),
        ("Fri, 01 May 2026 12:00:00 PST8PDT", NOON),
        ("Fri, 01 May 2026 12:00:00 +9900", NOON),
        ("Fri May  1 12:00:00 2026", NOON),
        ("Fri May 01 15:30:00 IRST 2026", NOON),
        ("May 1, 2026 12:30 AM", at(2026, 5, 1, 0, 30)),
        ("2026-05-01T15:00:00+03:00", NOON),
        ("2026-05-01T12:00Z", NOON),
        ("2026-05-01T12:00:00.123456Z", NOON),
        ("2026-05-01 07:00:00 -0500", NOON),
        ("2026-05-01", DAY),
        ("20260501T120000Z", NOON),
        ("20260501T1200", NOON),
        ("20260501", DAY),
        ("1777636800", NOON),
        ("1777636800000", NOON),
        ("Fri, 01 May 2026 24:00:00 GMT", at(2026, 5, 2)),
        ("Fri, 01 May 2026 25:00:00 GMT", DAY),
        ("Fri, 01 May 2026 12:00:60 GMT", at(2026, 5, 1, 12, 1)),
        ("01.05.2026 12:00", NOON),
        ("01.05.26, 12:00", NOON),
        ("13/05/2026", at(2026, 5, 13)),
        ("05/13/2026", at(2026, 5, 13)),
        ("05/05/2026", at(2026, 5, 5)),
        ("٢٠٢٦-٠٥-٠١ ١٢:٠٠", NOON),
        ("الجمعة 1 مايو 2026 - 12:00 م", NOON),
        ("1 أيار/مايو 2026", DAY),
        ("۱ مه ۲۰۲۶", DAY),
        ("1 мая 2026 г. 12:00", NOON),
        ("1 трав. 2026", DAY),
        ("1 de mayo de 2026", DAY),
        ("1er mai 2026 à 12h00", NOON),
        ("1. Mai 2026, 12:00 Uhr", NOON),
        ("1 Mayıs 2026 Cuma", DAY),
        ("1 במאי 2026", DAY),
        ("2026年5月1日 12:00", NOON),
        ("2026년 5월 1일 오후 12:00", NOON),
        ("2569-05-01", DAY),
        ("1 May 2569", DAY),
        ("جمعه ۱۱ اردیبهشت ۱۴۰۵ ساعت ۱۲:۰۰", NOON),
        ("1405/02/11", DAY),
        ("الخميس، 13 ذو القعدة 1447 هـ", at(2026, 4, 29)),
        ("1447-11-15T12:00:00Z", NOON),
        ("01\u200f/\u200f13\u200f/2026", at(2026, 1, 13)),
    ],
)
def test_what_is_meant(said, meant):
    assert parse_when(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "12:00",
        "May 2026",
        "2026",
        "2026-05",
        "1 May",
        "31 Apr 2026",
        "2026-13-01",
        "0000-00-00",
        "30/31/2026",
        "1404/12/30",
        "1447-12-31",
        "9999-12-31T23:00:00-12:00",
        "1" * 5000,
        "x" * 200 + "2026-05-01",
    ],
)
def test_what_is_no_date(said):
    assert parse_when(said) is None


@pytest.mark.parametrize("said", ["01/05/2026", "1-5-2026 12:00"])
def test_what_can_be_read_in_two_ways_is_not_read(said):
    assert parse_when(said) is None


@given(st.text(max_size=40) | st.text(alphabet="0123456789:-/.+TZ mayاردیبهشت", max_size=40))
def test_any_text_is_a_moment_or_none(said):
    found = parse_when(said)
    assert found is None or found.utcoffset().total_seconds() == 0


@given(st.integers(700_000_000, 4_000_000_000))
def test_what_programs_write_is_read(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)
    for form in ("%a, %d %b %Y %H:%M:%S +0000", "%Y-%m-%dT%H:%M:%SZ", "%Y%m%dT%H%M%SZ"):
        assert parse_when(moment.strftime(form)) == moment
