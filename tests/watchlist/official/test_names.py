from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import Kind, parse
from watcher.watchlist.official.names import entity, spread, tidy

PERSON, ORGANIZATION = Kind.PERSON, Kind.ORGANIZATION


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("ORDAN, Marek", ["Marek ORDAN"]),
        ("DE LA ORDAN (SEGUNDO), Marek Ivan", ["Marek Ivan DE LA ORDAN (SEGUNDO)"]),
        ("ORDAN, Marek, Jr.", ["Marek ORDAN Jr."]),
        ("ORDAN, MAREK", ["ORDAN, MAREK"]),
        ("Ordan, Marek", ["Ordan, Marek"]),
        ("ORDAN,", ["ORDAN"]),
        ("YUSIF", ["YUSIF"]),
        ("Marek Ordan; Mark Ordan;", ["Marek Ordan", "Mark Ordan"]),
        ("Marek Ordan / Марек Ордан", ["Marek Ordan", "Марек Ордан"]),
        ("Marek ORDAN/", ["Marek ORDAN"]),
        ("Marek Ordan\nMark Ordan", ["Marek Ordan", "Mark Ordan"]),
        ("Marek Ordan, a.k.a. Abu Marek", ["Marek Ordan", "Abu Marek"]),
        ("Marek Ordan (a.k.a. Abu Marek; Abu M.)", ["Marek Ordan", "Abu Marek", "Abu M."]),
        ("Marek Ordan (previously listed as)", ["Marek Ordan"]),
        ("alias Toumba", ["Toumba"]),
        ("El Ordani (الأورداني)", ["El Ordani", "الأورداني"]),
        ("أوردان (Ordan; Urdan)", ["أوردان", "Ordan", "Urdan"]),
        ("Marek (original script: Марек Ордан)", ["Marek", "Марек Ордан"]),
        ("ORDAN, Marek (Cyrillic: ОРДАН, Марек)", ["Marek ORDAN", "Марек ОРДАН"]),
        ("ORDAN (ОРДАН), Marek", ["Marek ORDAN", "ОРДАН"]),
        (
            "ORDAN, Marek (Chinese Simplified: 马克; Chinese Traditional: 馬克)",
            ["Marek ORDAN", "马克", "馬克"],
        ),
        ("Marek Ordan (Note: Mark)", ["Marek Ordan (Note: Mark)"]),
        ("Previously listed as. In Arabic: مارك", ["مارك"]),
        ("“One-P”", ["One-P"]),
        ('"ORDAN, Marek"', ["Marek ORDAN"]),
        ("ЗИHНУРОВ, Вильдан", ["Вильдан ЗИHНУРОВ"]),  # its H is Latin, and stays
        ("Marek\u200f  Ordan\x00", ["Marek Ordan"]),
        (
            "Mohd Ordan; Mohammad Ordan b) M. J. Ordan",
            ["Mohd Ordan", "Mohammad Ordan", "M. J. Ordan"],
        ),
        ("a) Marek Ordan, b) Mark Ordan", ["Marek Ordan", "Mark Ordan"]),
        ("(a) Marek Ordan (b) Mark Ordan", ["Marek Ordan", "Mark Ordan"]),
        ("Marek Ordan, born in Kandahar on 01 Jan.1967", ["Marek Ordan"]),
        ("Marek Ordan (born 1970; Ordanville)", ["Marek Ordan"]),
        ("Marek Ordan (Date of birth: 25.5.1966", ["Marek Ordan"]),
        ("Ordan, Marek (DOB 1 Jan 1970), Passport no. 7", ["Ordan, Marek"]),
        ("Place of issue: Bamako, Mali", []),
        ("Max Born", ["Max Born"]),
        ("Born, Max", ["Born, Max"]),
        ("Marek Ordan (birth name)", ["Marek Ordan"]),
        ("Marek Ordan III (third)", ["Marek Ordan III"]),
        ("Marek (nee) ORDAN", ["Marek ORDAN"]),
        ("AA (initials)", ["AA"]),
        ("(金铁三)", ["金铁三"]),
        ("Marek Ordan)", ["Marek Ordan"]),
        ("(Marek Ordan", ["Marek Ordan"]),
        ("Marek (Mark) Ordan", ["Marek (Mark) Ordan"]),
        ("Marek Ordan (Mark)", ["Marek Ordan (Mark)"]),
        ("N/A", []),
        ("unknown", []),
        ("na", []),
        ("—", []),
        ("", []),
    ],
)
def test_a_persons_field_holds_these_names(field: str, names: list[str]) -> None:
    assert list(spread(field, PERSON)) == [(name, False) for name in names]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("KALDERA TRADING CO., LTD.", ["KALDERA TRADING CO., LTD."]),
        ("KALDERA PETROCHEMICAL (LLP)", ["KALDERA PETROCHEMICAL (LLP)"]),
        ("KALDERA (HOLDING)", ["KALDERA (HOLDING)"]),
        ("Kaldera (Beirut)", ["Kaldera (Beirut)"]),
        ("Kaldera Trade Bank (KTB) Branch", ["Kaldera Trade Bank (KTB) Branch"]),  # another's
        ("Kaldera Movement/Army (KM/A)", ["Kaldera Movement/Army (KM/A)"]),
        ("Kaldera (NORTH-EAST)", ["Kaldera (NORTH-EAST)"]),
        ("KALDERA (KALDERA)", ["KALDERA (KALDERA)"]),
        ("Kaldera J/V Corporation", ["Kaldera J/V Corporation"]),
        ("Kaldera (formerly Old Kaldera)", ["Kaldera", "Old Kaldera"]),
        ("Kaldera a.k.a Caldera", ["Kaldera", "Caldera"]),
        ("Russian Kaldera Fund", ["Russian Kaldera Fund"]),
        ("Russian: Калдера", ["Калдера"]),
        ('JSC Bank "Kaldera"', ['JSC Bank "Kaldera"']),
        ("«Kaldera» «Ordan»", ["«Kaldera» «Ordan»"]),
        ("Office for Ordan or Kaldera", ["Office for Ordan or Kaldera"]),
        (
            "Kaldera (قلديرة (original script); Caldera; Qaldira)",
            ["Kaldera", "قلديرة", "Caldera", "Qaldira"],
        ),
        ("Kaldera (Beirut; Ordanville)", ["Kaldera (Beirut, Ordanville)"]),
        ("Passport Kaldera, Born Free", ["Passport Kaldera, Born Free"]),
        ("Kaldera (birth name)", ["Kaldera (birth name)"]),
        ("Kaldera Section c) Branch", ["Kaldera Section", "Branch"]),
    ],
)
def test_an_organisations_field_holds_these_names(field: str, names: list[str]) -> None:
    assert list(spread(field, ORGANIZATION)) == [(name, False) for name in names]


@pytest.mark.parametrize(
    ("field", "kind", "names"),
    [
        ("KALDERA TRADE BANK (KTB)", ORGANIZATION, [("KALDERA TRADE BANK", False), ("KTB", True)]),
        (
            "Kaldera Trade and the Bank - Ordan (KTB- O)",
            ORGANIZATION,
            [("Kaldera Trade and the Bank - Ordan", False), ("KTB- O", True)],
        ),
        ("KTB ORDAN (KTB-O)", ORGANIZATION, [("KTB ORDAN", False), ("KTB-O", True)]),
        ("Marek Ordan or Urdan", PERSON, [("Marek Ordan", False), ("Urdan", True)]),
        ("Marek Ordan or Mark Ordan", PERSON, [("Marek Ordan", False), ("Mark Ordan", False)]),
    ],
)
def test_what_stands_beside_a_name_may_be_weak(
    field: str, kind: Kind, names: list[tuple[str, bool]]
) -> None:
    assert list(spread(field, kind)) == names


def test_an_entity_has_each_name_once_and_a_strong_one_is_not_weak() -> None:
    made = entity(
        "x:1",
        PERSON,
        ["ORDAN, Marek", "Marek ORDAN", ""],
        ["Grey", "Marek ORDAN", "Grey"],
        ["x", "SDGT", "", "x", " SDGT "],
    )
    assert made is not None
    assert (made.names, made.weak) == (("Marek ORDAN",), ("Grey",))
    assert (made.tags, made.kind) == (("x", "SDGT"), PERSON)


def test_an_entity_may_have_weak_names_only_but_not_none() -> None:
    weak = entity("x:1", ORGANIZATION, ["-"], ["Grey"], [])
    assert weak is not None
    assert (weak.names, weak.weak) == ((), ("Grey",))
    assert entity("x:1", ORGANIZATION, ["-", ""], ["7"], []) is None


def test_an_id_is_one_line_of_letters_or_none() -> None:
    made = entity("x:1\ud800\n\u202e2", PERSON, ["Marek"], [], [])
    assert made is not None
    assert made.id == "x:1 2"
    assert entity("x:\x00", PERSON, ["Marek"], [], []) is None


def test_a_turned_name_still_shows_its_family_name_to_the_parser() -> None:
    ((turned, _),) = spread("AL-ORDAN, Marek", PERSON)
    family = [part.text for part in parse(turned).parts if part.family]
    assert (turned, family) == ("Marek AL-ORDAN", ["AL-ORDAN"])
    assert parse(turned).listed


@given(st.text(max_size=80), st.sampled_from(list(Kind)))
def test_any_field_gives_tidy_names_with_a_letter(field: str, kind: Kind) -> None:
    for name, _ in spread(field, kind):
        assert name == tidy(name)
        assert any(char.isalpha() for char in name)


@pytest.mark.parametrize(
    "piece", [" ", ",", "(a)", "(", "a.k.a. ", ";", "alias ", "“", "or ", ", born", "(nee)"]
)
def test_a_field_without_end_is_read_in_bounded_time(piece: str) -> None:
    start = time.process_time()
    for kind in Kind:
        list(spread(piece * 200_000, kind))
    assert time.process_time() - start < 2
