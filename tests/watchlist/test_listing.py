from __future__ import annotations

import pytest

from watcher.watchlist import read_watchlist

LINE = b'{"id": "a", "names": ["Qasem Soleimani"]}'
YAML = b"entities: [{id: a, name: Qasem Soleimani}]"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.jsonl", LINE),
        ("list.JSONL.gz", LINE),
        ("list.ndjson", LINE),
        ("-", LINE),
        ("-", b"\xef\xbb\xbf\n " + LINE),
        ("list.yaml", YAML),
        ("list.yml", b"{entities: [{id: a, name: Qasem Soleimani}]}"),
        ("-", YAML),
    ],
)
def test_a_list_is_read_whichever_way_it_is_written(name, data):
    listing = read_watchlist(name, data)
    assert [entity.name for entity in listing.watchlist] == ["Qasem Soleimani"]
    assert (listing.faults, listing.warnings) == ((), ())
    assert listing.watchlist.version == read_watchlist("list.yaml", YAML).watchlist.version


def test_good_lines_are_read_beside_bad_ones():
    watchlist, faults, warnings = read_watchlist("l.jsonl", LINE + b"\n{\n")
    assert len(watchlist) == 1
    assert len(faults) == 1
    assert warnings == ()


def test_yaml_with_a_fault_is_not_read():
    listing = read_watchlist("l.yaml", b"entities: [{id: a, namm: B}]")
    assert len(listing.watchlist) == 0
    assert [fault.hint for fault in listing.faults] == ['did you mean "name"?']
