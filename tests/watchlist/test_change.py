from __future__ import annotations

from watcher.watchlist import Change, Edit, How, Item, changes, read_items

BEFORE = """\
entities:
  - id: qasem
    name: Qasem Soleimani # dead
    aliases: [قاسم سليماني, Sulaimani]
    tags: irgc
  - {id: esmail, name: Esmail Qaani}
rules:
  - {id: irgc, watch: [irgc], send_to: [desk], tests: [{text: He came, alert: []}]}
exclusions:
  - {names: [Gholamreza Soleimani], of: [qasem]}
  - Ali Soleimani
"""
AFTER = {
    "who.yaml": """\
entities:
  - id: qasem
    name: Qasem
      Soleimani
    aliases: [Sulaimani, قاسم سليماني, Suleymani]
    tags: [irgc]
    not: Gholamreza
  - {id: ali, name: Ali Shamkhani}
""",
    "rules.yaml": """\
rules:
  - id: irgc
    watch: irgc
    send_to: desk
    cool_down: 6h
    tests:
      - {text: He came, alert: [qasem]}
exclusions:
  - {names: [Gholamreza Soleimani], of: qasem}
""",
}


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {file: text.encode() for file, text in files.items()}


def test_what_was_added_removed_and_changed_is_told_by_name_and_key():
    assert changes(encoded({"all.yaml": BEFORE}), encoded(AFTER)) == (
        Change(Item("entity", "ali"), How.ADDED),
        Change(Item("entity", "esmail"), How.REMOVED),
        Change(Item("exclusion", "Ali Soleimani"), How.REMOVED),
        Change(
            Item("entity", "qasem"),
            How.CHANGED,
            (
                Edit(
                    "aliases",
                    ("قاسم سليماني", "Sulaimani"),
                    ("Sulaimani", "قاسم سليماني", "Suleymani"),
                ),
                Edit("not", (), ("Gholamreza",)),
            ),
        ),
        Change(
            Item("rule", "irgc"),
            How.CHANGED,
            (
                Edit("tests", ("text: He came",), ("text: He came; alert: qasem",)),
                Edit("cool_down", (), ("6h",)),
            ),
        ),
    )


def test_layout_comments_and_places_change_nothing():
    moved = BEFORE.replace(" # dead", "").replace("[irgc]", "irgc").split("rules:")
    files = encoded({"b.yaml": f"rules:{moved[1]}", "a.yaml": moved[0]})
    assert changes(encoded({"all.yaml": BEFORE}), files) == ()


def test_of_a_list_what_came_and_what_went_can_be_told():
    field = Edit("aliases", ("one", "two"), ("two", "three"))
    assert (field.removed, field.added) == (("one",), ("three",))


def test_what_cannot_be_read_is_left_out():
    broken = encoded({"a.yaml": "entities: [", "b.yaml": "rules:\n  - {id: r}\n  - x\n  - {}\n"})
    assert set(read_items(broken)) == {Item("rule", name) for name in ("r", "x", "")}
