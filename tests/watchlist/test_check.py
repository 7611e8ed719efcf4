from __future__ import annotations

import pytest

from watcher.watchlist import Rate, often, read_rules


def warnings(*entities):
    text = "entities:\n" + "".join(f"  - {entity}\n" for entity in entities)
    reading = read_rules({"f": text})
    assert reading.faults == ()
    return [str(warning).replace(": warning:", "") for warning in reading.warnings]


@pytest.mark.parametrize(
    "entity",
    [
        "{id: a, name: Qasem Soleimani, short: Soleimani, not: Gholamreza Soleimani}",
        "{id: a, name: Qasem Soleimani, short: سليماني}",  # of another script: nobody can tell
        "{id: a, name: قاسم السليماني, short: سليماني}",
        "{id: a, name: 习近平}",
        "{id: a, name: 김정은, short: [金]}",
        "{id: a, name: Hezbollah, kind: organization}",
        "{id: a, name: Saif al-Adel, weak: [Ali, NO]}",
        "{id: a, weak: Ali Hassan, short: Hassan}",
    ],
)
def test_what_is_usual_is_not_warned_of(entity):
    assert warnings(entity) == []


@pytest.mark.parametrize(
    ("entity", "warning"),
    [
        ("{id: a, name: Soleimani}", 'f:2:19 "Soleimani" is one word, which many people share'),
        (
            "{id: a, name: Saif al-Adel, aliases: [Saif, x y]}",
            'f:2:49 "x y" is so short that it stands in many texts by chance',
        ),
        (
            "{id: a, name: NO, kind: organization}",
            'f:2:19 "NO" is so short that it stands in many texts by chance',
        ),
        (
            "{id: a, name: Qasem Soleimani, short: [Soleimani, Sulaimani]}",
            'f:2:55 "Sulaimani" is not a part of any name of the entity',
        ),
        (
            "{id: a, name: Qasem Soleimani, not: [Other One, QASEM  SOLEIMANI]}",
            'f:2:53 "QASEM SOLEIMANI" is a name of the entity itself, which it hides',
        ),
        (
            "{id: a, name: Qasem Soleimani, not: [Hossein Qasem Soleimani, قاسم سليماني]}",
            (
                'f:2:67 "قاسم سليماني" is but a spelling of "Qasem Soleimani", a name of the entity'
                " itself, which it hides"
            ),
        ),
        (
            "{id: a, name: Hezbollah, kind: organization, not: حزب الله}",
            (
                'f:2:55 "حزب الله" is but a spelling of "Hezbollah", a name of the entity itself,'
                " which it hides"
            ),
        ),
    ],
)
def test_what_is_seldom_meant_is_warned_of_at_its_place(entity, warning):
    assert warnings(entity)[-1] == warning


@pytest.mark.parametrize(
    "name",
    [
        "غلامرضا سليماني",
        "حسين قاسم سليماني",
        "سليماني",
        "Gholamreza Soleimani",
        "Ali",
        "قاسم محمدی",
    ],
)
def test_somebody_else_in_whatever_script_is_rightly_excluded(name):
    assert warnings(f"{{id: a, name: Qasem Soleimani, not: [{name}]}}") == []


def test_others_of_one_long_family_name_are_rightly_excluded():
    entity = "{id: a, name: Chen Vangargares Viesder, not: Nina Vangargares Viesder}"
    assert warnings(entity) == []


def test_a_name_of_two_entities_is_warned_of_with_both_places():
    assert warnings(
        "{id: a, name: Ali Hassan, aliases: [علي حسن]}",
        "{id: b, name: Other One, aliases: ALI HASSAN}",
    ) == ['f:3:39 "ALI HASSAN" is a name of "a" too: f:2:19']


def test_a_short_form_of_two_entities_is_usual():
    assert (
        warnings(
            "{id: a, name: Ali Hassan, short: Hassan}",
            "{id: b, name: Omar Hassan, short: Hassan}",
        )
        == []
    )


def test_what_alerts_too_often_is_warned_of_under_whichever_key_it_stands():
    text = "entities:\n  - {id: a, name: Abcd Efgh, weak: [Bcde Fghi], short: [Efgh]}\n"
    entries = read_rules({"f": text}).entries
    told = [
        Rate(entity=entity, name=name, articles=90, of=1000, weekly=weekly)
        for entity, name, weekly in (
            ("a", "Bcde Fghi", 1234.5),
            ("a", "Efgh", 20.0),
            ("a", "Abcd Efgh", 19.9),
            ("listed", "Abcd Efgh", 99.0),
        )
    ]
    assert [str(warning) for warning in often(entries, told)] == [
        (
            'f:2:37: warning: "Bcde Fghi" would alert 1,234 times a week by itself'
            " (90 of 1,000 articles on record)"
        ),
        (
            'f:2:57: warning: "Efgh" would alert 20 times a week by itself'
            " (90 of 1,000 articles on record)"
        ),
    ]
