"""The names of a list as numbers, against the same names taken apart one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher import Watchlist
from watcher.match import roll
from watcher.match.bar import BAR, NEVER, bar_of
from watcher.match.listed import (
    Listed,
    Use,
    Word,
    enlist,
    family_parts,
    own_parts,
    telling,
    uses,
    words_of,
)
from watcher.match.roll import Roll, call
from watcher.names import Kind
from watcher.watchlist.entity import Entity

NAMES = st.lists(
    st.sampled_from(
        [
            *("Qasem", "SOLEIMANI,", "al-Adel", "bin Laden", "Nasr Allah", "Dr.", "A.", "Jr"),
            *("قاسم", "عبد الرحمن", "الحزب", "Владимир", "Путин", "김정은", "習近平", "המדינה"),
            *("Front", "Bank", "of", "Ltd", "?!", "Sheikh", "Adel", "Saif al-Din"),
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
TEXTS = st.lists(NAMES, max_size=2).map(tuple)


@st.composite
def watchlists(draw: st.DrawFn) -> Watchlist:
    ids = draw(st.lists(st.sampled_from("dbaecf"), max_size=4, unique=True))
    return Watchlist(
        tuple(
            Entity(
                id=one,
                names=(draw(NAMES), *draw(TEXTS)),
                weak=draw(TEXTS),
                short=draw(TEXTS),
                exclude=draw(TEXTS),
                kind=draw(st.sampled_from(Kind)),
                min_score=draw(st.none() | st.sampled_from([0.5, 0.9])),
            )
            for one in ids
        )
    )


def every(watchlist: Watchlist) -> Iterator[Listed]:
    for entity in watchlist:
        for text, use in uses(entity):
            if (listed := enlist(entity, text, use)).name.parts:
                yield listed


def roll_of(watchlist: Watchlist) -> Roll:
    called = call(watchlist)
    return Roll(watchlist.entities, called.columns, called.people)


def bits(places: list[int]) -> int:
    return sum(1 << place for place in places)


@settings(max_examples=30)
@given(watchlists())
def test_names_come_apart_as_they_would_one_by_one(watchlist: Watchlist) -> None:
    own, names = roll_of(watchlist), list(every(watchlist))

    assert [own[number] for number in range(len(own))] == names
    for use in Use:
        assert own.used(use).tolist() == [one.use is use for one in names]
    for entity in watchlist:
        numbers = [number for number, one in enumerate(names) if one.entity is entity]
        assert list(own.names_of(entity.id)) == numbers


@settings(max_examples=30)
@given(watchlists())
def test_what_is_kept_of_a_name_is_what_it_says(watchlist: Watchlist) -> None:
    columns, names = call(watchlist).columns, list(every(watchlist))

    assert columns.person.tolist() == [one.entity.kind == Kind.PERSON for one in names]
    assert columns.alone.tolist() == [len(one.core) == 1 for one in names]
    assert columns.own.tolist() == [bits(own_parts(one)) for one in names]
    assert columns.first.tolist() == [1 << one.core[0] for one in names]
    assert columns.family.tolist() == [bits(family_parts(one)) for one in names]
    shown = [{i for _, *ends in words_of(one.name, one.core) for i in ends} for one in names]
    assert columns.parts.tolist() == [bits(sorted(parts)) for parts in shown]


@settings(max_examples=30)
@given(watchlists(), st.dictionaries(st.sampled_from("abz"), st.sampled_from([0.4, 0.7, 1.0])))
def test_a_floor_lowers_the_bar_of_its_entity(
    watchlist: Watchlist, floors: dict[str, float]
) -> None:
    bars, lowest = roll_of(watchlist).bars(floors)

    own = [
        (min(bar_of(one.entity), floors.get(one.entity.id, 1.0)), one) for one in every(watchlist)
    ]
    assert bars.tolist() == [bar if one.use in (Use.FULL, Use.WEAK) else NEVER for bar, one in own]
    assert lowest == min([BAR, *(bar for bar, _ in own)])


@settings(max_examples=30)
@given(watchlists())
def test_words_are_numbered_once_and_know_where_they_stand(watchlist: Watchlist) -> None:
    called, names = call(watchlist), list(every(watchlist))
    words, entries = called.words, called.entries

    stands = {
        (number, word, (first, last))
        for number, one in enumerate(names)
        for word, first, last in words_of(one.name, one.core)
    }
    kept = {
        (int(entries.names[entry]), word, tuple(entries.places[entry].tolist()))
        for number, word in enumerate(words)
        for entry in entries.order[entries.starts[number] : entries.starts[number + 1]]
    }
    assert kept == stands
    for number in range(len(names)):
        own = slice(*entries.begins[[number, number + 1]])
        several = zip(entries.words[own].tolist(), entries.places[own].tolist(), strict=True)
        mine = {(number, words[word], tuple(place)) for word, place in several}
        assert mine == {one for one in stands if one[0] == number}
    for entry, name in enumerate(entries.names.tolist()):
        tells = telling(names[name].name.parts[entries.places[entry, 0]])
        assert 0 <= entries.tells[entry] / 10_000 - tells < 0.0001
    assert len(set(words)) == len(words)
    assert all(isinstance(word, Word) for word in words)


@pytest.mark.parametrize(
    ("kind", "name", "counts"),
    [
        (Kind.PERSON, "Omid", False),
        (Kind.PERSON, "Nasr Allah", True),
        (Kind.PERSON, "Sheikh Salman", True),
        (Kind.PERSON, "習近平", True),
        (Kind.PERSON, "김정은", True),
        (Kind.PERSON, "Qasem Soleimani", False),
        (Kind.ORGANIZATION, "Wagner", True),
        (Kind.ORGANIZATION, "Wagner Group", False),
        (Kind.ORGANIZATION, "blade_runner", False),
        (Kind.ORGANIZATION, "Wagner2", False),
    ],
)
def test_one_part_counts_alone_if_it_is_a_whole_name(
    kind: Kind, name: str, *, counts: bool
) -> None:
    full = Entity(id="it", names=(name,), kind=kind)
    weak = Entity(id="weak", names=(), weak=(name,), kind=kind)

    assert call(Watchlist((full, weak))).columns.counts.tolist() == [counts, False]


def test_who_is_not_on_the_list_has_no_names() -> None:
    own = roll_of(Watchlist((Entity(id="b", names=("Omid",)),)))

    for entity in "ac":
        with pytest.raises(KeyError):
            own.names_of(entity)
    with pytest.raises(IndexError):
        own[1]


def test_what_was_taken_apart_is_remembered_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll, "_REMEMBERED", 2)
    own = roll_of(Watchlist((Entity(id="it", names=("Omid Amiri", "Omid", "Amiri")),)))

    first = own[0]
    assert own[0] is first
    assert (own[1].name.text, own[2].name.text) == ("Omid", "Amiri")
    assert own[0] == first
