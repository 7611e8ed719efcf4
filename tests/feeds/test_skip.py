"""What is passed over changes nothing of what is kept."""

from __future__ import annotations

import pytest

from watcher.feeds import xmlfeed
from watcher.feeds.sheet import Sheet
from watcher.feeds.skip import last_items, next_end, next_item, next_telling
from watcher.feeds.tags import Mark
from watcher.feeds.vocabulary import Slot
from watcher.feeds.xmlfeed import FIELDS_KEPT, JUNK, read_sheet

ITEM = "<item><title>{}</title><guid>{}</guid></item>"


def titles(sheet: Sheet) -> list[str]:
    return [item.first(Slot.TITLE) for item in sheet.items]


def taken(monkeypatch: pytest.MonkeyPatch) -> list[Mark]:
    """Every mark that will be looked at, as it is."""
    marks: list[Mark] = []

    class Watched(xmlfeed._Reader):
        def take(self, mark: Mark) -> None:
            marks.append(mark)
            super().take(mark)

    monkeypatch.setattr(xmlfeed, "_Reader", Watched)
    return marks


@pytest.mark.parametrize(
    ("source", "telling", "item", "end"),
    [
        ("<a><b:title>", 3, 12, 12),
        ("<a></x:TITLE >", 3, 14, 3),
        ("<titles><title/>", 8, 16, 16),
        ("<a><author><item>", 3, 3, 11),
        ("<!-- <item> -->", 0, 0, 0),
        ("<![CDATA[<item>]]>", 0, 0, 0),
        ("<a></rss>", 3, 3, 3),
        ("nothing", 7, 7, 7),
    ],
)
def test_the_next_that_counts(source, telling, item, end):
    assert next_telling(source, 0) == telling
    assert next_item(source, 0) == item
    assert next_end(source, 0, "media:title") == end


def test_where_the_last_items_begin():
    source = "<items><item/>x<ITEM a='1'><item>"
    assert last_items(source, 0, "item", 2) == (15, 1)
    assert last_items(source, 0, "item", 3) == (0, 0)
    assert last_items(source, 0, "x:item", 1) == (0, 0)


@pytest.mark.parametrize("count", [3, 4, 5, 6, 50])
def test_of_many_items_those_in_the_middle_are_passed_over(count, monkeypatch):
    marks = taken(monkeypatch)
    items = "".join(ITEM.format(number, number) for number in range(count))
    sheet = read_sheet(f"<rss><channel>{items}</channel></rss>", 0, 4)
    kept = [*range(2), *range(max(2, count - 2), count)]
    assert titles(sheet) == [str(number) for number in kept]
    assert (sheet.dropped, sheet.is_whole) == (count - len(kept), True)
    assert len(marks) < 60


def test_what_tells_nothing_is_passed_over_and_what_follows_is_read(monkeypatch):
    marks = taken(monkeypatch)
    junk = "<a><b/></c>" * 5 * JUNK
    body = f"{junk}<item>{junk}<author>{junk}</author><title>one</title>{junk}<guid>1</guid></item>"
    sheet = read_sheet(f"<rss><channel>{body}{junk}</channel></rss>", 0, 4)
    assert titles(sheet) == ["one"]
    assert sheet.items[0].first(Slot.GUID) == "1"
    assert sheet.is_whole
    assert len(marks) < 6 * JUNK


def test_of_a_field_without_measure_the_beginning_is_read_and_what_follows(monkeypatch):
    marks = taken(monkeypatch)
    monkeypatch.setattr(xmlfeed, "PIECES", 500)
    long = "<p>x</p>" * 5000
    item = f"<item><description>{long}</description><title>one</title></item>"
    sheet = read_sheet(f"<rss><channel>{item}<item><title>two</title></item>", 0, 4)
    assert titles(sheet) == ["one", "two"]
    assert len(marks) < 600


def test_of_an_item_without_measure_the_first_fields_are_read_and_the_next_item(monkeypatch):
    marks = taken(monkeypatch)
    many = "<link>x</link>" * 9 * JUNK
    sheet = read_sheet(f"<rss><item><title>one</title>{many}</item><item><title>two", 0, 4)
    assert titles(sheet) == ["one", "two"]
    assert len(sheet.items[0].said) == FIELDS_KEPT
    assert len(marks) < 2 * JUNK


def test_many_roots_are_one():
    roots = "<rss a='1' xml:base='/b/'>" * 99
    sheet = read_sheet(f"{roots}<item><title>one</title></item></rss>", 0, 4)
    assert titles(sheet) == ["one"]
    assert (sheet.about.given["a"], sheet.is_whole) == ("1", True)


@pytest.mark.parametrize("field", ["guid", "link"])
def test_half_an_address_is_none(field):
    whole = read_sheet(f"<rss><item><title>one</title><{field}>http://a.example/12</{field}>", 0, 4)
    half = read_sheet(f"<rss><item><title>one</title><{field}>http://a.example/1", 0, 4)
    assert [len(sheet.items[0].said) for sheet in (whole, half)] == [2, 1]
