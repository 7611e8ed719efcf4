from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from watcher.watchlist import Entity, Rule, RuleTest
from watcher.watchlist.rulebook import list_version, rules_version, versioned

ONE = Entity(id="a", names=("Qasem Soleimani",))
OTHER = Entity(id="b", names=("قاسم",), min_score=0.5)
RULE = Rule(id="r", entities=frozenset({"a", "b"}), send_to=("desk",))


def test_a_version_is_short_and_stays_the_same_for_ever():
    assert list_version([ONE, OTHER]) == list_version([ONE, OTHER])
    assert len(list_version([ONE, OTHER])) == 12
    assert list_version([]) == list_version(())


def test_order_and_file_change_no_version():
    assert list_version([ONE, OTHER]) == list_version([OTHER, ONE])


def test_any_change_of_who_is_watched_or_told_changes_the_version():
    now = rules_version(list_version([ONE]), [RULE])
    changed = [
        rules_version(list_version([OTHER]), [RULE]),
        rules_version(list_version([ONE]), []),
        rules_version(
            list_version([ONE]), [Rule(id="r", entities=frozenset({"a"}), send_to=("desk",))]
        ),
        rules_version(
            list_version([ONE]), [Rule(id="r", entities=RULE.entities, send_to=("soc",))]
        ),
        rules_version(
            list_version([ONE]),
            [
                Rule(
                    id="r",
                    entities=RULE.entities,
                    send_to=("desk",),
                    cool_down=timedelta(hours=1),
                )
            ],
        ),
        rules_version(
            list_version([ONE]),
            [Rule(id="r", entities=RULE.entities, send_to=("desk",), min_score=0.9)],
        ),
    ]
    assert len({now, *changed}) == 7


def test_a_digest_tells_which_entities_are_looked_for_and_in_which_order():
    both = (ONE, OTHER)
    lists = [versioned(both, found) for found in (both, both[::-1], (ONE,), ())]

    assert {each.version for each in lists} == {list_version(both)}
    assert len({each.digest for each in lists}) == 4
    assert versioned(both[::-1], both).digest == lists[0].digest
    assert replace(lists[0], version="else").digest == ""


def test_a_test_changes_nothing_that_is_sent():
    tested = Rule(
        id="r",
        entities=RULE.entities,
        send_to=("desk",),
        tests=(RuleTest(text="x", alert=()),),
    )
    assert rules_version(list_version([ONE]), [tested]) == rules_version(
        list_version([ONE]), [RULE]
    )


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_names_have_one_version_only_if_they_are_the_same(one, other):
    versions = {list_version([Entity(id="x", names=(name,))]) for name in (one, other)}
    assert len(versions) == len({one, other})
