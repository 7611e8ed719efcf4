from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from watcher.written import (
    Count,
    CountOrNone,
    Duration,
    DurationOrNone,
    FilePath,
    Flag,
    Id,
    Interval,
    Line,
    Lines,
    Name,
    Names,
    Score,
    Text,
    Url,
)


def read(kind, value, **context):
    return TypeAdapter(kind).validate_python(value, context=context)


def refusal(kind, value):
    with pytest.raises(ValidationError) as error:
        read(kind, value)
    return error.value.errors()[0]["msg"].removeprefix("Value error, ")


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Duration, "30s", timedelta(seconds=30)),
        (Duration, "15m", timedelta(minutes=15)),
        (Duration, "6h", timedelta(hours=6)),
        (Duration, " 2d ", timedelta(days=2)),
        (Duration, "0s", timedelta(0)),
        (Duration, timedelta(1), timedelta(1)),
        (Interval, "1s", timedelta(seconds=1)),
        (DurationOrNone, "none", None),
        (DurationOrNone, "3d", timedelta(days=3)),
        (CountOrNone, "none", None),
        (CountOrNone, "50", 50),
        (Count, "8", 8),
        (Count, 8, 8),
        (Score, "0.85", 0.85),
        (Score, "1", 1.0),
        (Score, 0, 0.0),
        (Flag, "true", True),
        (Flag, "No", False),
        (Flag, True, True),
        (Name, "  قاسم \n سليماني ", "قاسم سليماني"),
        (Name, "NO", "NO"),
        (Names, "one", ("one",)),
        (Names, ["one", "two"], ("one", "two")),
        (Lines, None, ()),
        (Id, "qasem-soleimani", "qasem-soleimani"),
        (Text, "two\nlines", "two\nlines"),
        (Line, "two\nlines", "two lines"),
        (Url, "https://example.org:8443/a?b=c", "https://example.org:8443/a?b=c"),
        (Url, "http://[::1]/rss", "http://[::1]/rss"),
    ],
)
def test_text_becomes_a_value(kind, written, value):
    assert read(kind, written) == value


@pytest.mark.parametrize(
    ("kind", "written", "message"),
    [
        (Duration, "3", '"3" is not a length of time; write 30s, 15m, 6h or 2d'),
        (Duration, "36501d", '"36501d" is over a hundred years; write 36500d or less'),
        (Duration, "9" * 101, f'"{"9" * 100}…" is not a length of time; write 30s, 15m, 6h or 2d'),
        (Duration, "1h30m", '"1h30m" is not a length of time; write 30s, 15m, 6h or 2d'),
        (Duration, "9999999d", '"9999999d" is not a length of time; write 30s, 15m, 6h or 2d'),
        (Duration, "٣د", '"٣د" is not a length of time; write 30s, 15m, 6h or 2d'),
        (Duration, None, "nothing is not a length of time; write 30s, 15m, 6h or 2d"),
        (Duration, ["1s"], "a list is not a length of time; write 30s, 15m, 6h or 2d"),
        (Interval, "0s", "this is too short; write 1s or more"),
        (Score, "1.1", '"1.1" is not a score; write a number from 0 to 1, like 0.85'),
        (Score, "nan", '"nan" is not a score; write a number from 0 to 1, like 0.85'),
        (Score, {}, "a block of keys is not a score; write a number from 0 to 1, like 0.85"),
        (Count, "0", '"0" is not a number of things; write a whole number from 1 up'),
        (Count, "x", '"x" is not a number of things; write a whole number from 1 up'),
        (Count, 0, "the number 0 is not a number of things; write a whole number from 1 up"),
        (Flag, "maybe", '"maybe" is neither yes nor no; write true or false'),
        (Name, "12-30", '"12-30" has no letter, so it cannot be a name'),
        (Name, "a" * 1001, "a name has at most 1000 letters, this one 1001"),
        (Name, " ", "this text is empty"),
        (Name, None, "nothing stands where a text is expected"),
        (Name, ["a"], "a list stands where a text is expected"),
        (Text, "a\x1b", "an invisible character (U+001B) stands in this text"),
        (Text, "a\ud800", "an invisible character (U+D800) stands in this text"),
        (Id, "two words", '"two words" has a space in it; write "two-words"'),
        (
            Url,
            "a.b:80/rss",
            '"a.b:80/rss" is not an http or https address; write https://a.b:80/rss',
        ),
        (Url, "news", '"news" is not an http or https address; write https://…'),
        (Url, "ftp://a.b", '"ftp://a.b" is not an http or https address; write https://…'),
        (Url, "https://", '"https://" is not an address of the web'),
        (Url, "https://a:0/", '"https://a:0/" is not an address of the web'),
        (Url, "https://a:x/", '"https://a:x/" is not an address of the web'),
        (Url, "https://[::1/", '"https://[::1/" is not an address of the web'),
        (Url, "https://a b/", '"https://a b/" is not an address of the web'),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(kind, written, message):
    assert refusal(kind, written) == message


def test_a_path_counts_from_the_folder_of_its_file():
    assert read(FilePath, "a/../b", folder=Path("/etc/watcher")) == Path("/etc/watcher/b")
    assert read(FilePath, "/var/x", folder=Path("/etc")) == Path("/var/x")
    assert read(FilePath, Path("rules"), folder=Path("/etc")) == Path("/etc/rules")
    assert read(FilePath, "a") == Path("a")


def test_no_limit_is_a_word_in_a_file_and_none_in_python():
    assert TypeAdapter(DurationOrNone).validate_python(None) is None
    with pytest.raises(ValidationError):
        read(DurationOrNone, None, folder=Path())


@given(st.integers(0, 36_500), st.sampled_from("smhd"))
def test_every_duration_up_to_a_hundred_years_is_read_and_leads_to_a_date(number, unit):
    length = read(Duration, f"{number}{unit}")
    assert length >= timedelta(seconds=number)
    today = datetime(2026, 5, 1, tzinfo=UTC)
    assert today - 2 * length <= today <= today + 2 * length


@given(st.text())
def test_a_line_read_twice_is_the_same_line(text):
    try:
        line = read(Line, text)
    except ValidationError:
        return
    assert read(Line, line) == line
    assert "\n" not in line
