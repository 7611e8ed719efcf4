from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.written import Spot, amend, load, write_line

NOT = Spot(("entities", 0), "not", ("aliases", "id"))
TESTS = Spot(("rules", 0), "tests", ("send_to", "id"))
TEST = {"text": "He said: no", "alert": ("qasem",)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "entities:\n  - id: a # who\n    name: A B\n",
            "entities:\n  - id: a # who\n    not: [Ali Reza]\n    name: A B\n",
            id="no such key",
        ),
        pytest.param(
            "entities:\n- name: A B\n  aliases:\n  - B\n  # none\n  id: a",
            "entities:\n- name: A B\n  aliases:\n  - B\n  not: [Ali Reza]\n  # none\n  id: a",
            id="behind a block",
        ),
        pytest.param(
            "entities:\n- aliases:\n    - B\n    # C\n   # n\n  # i\n  id: a\n",
            "entities:\n- aliases:\n    - B\n    # C\n   # n\n  not: [Ali Reza]\n  # i\n  id: a\n",
            id="behind a block and the comments within",
        ),
        pytest.param(
            "entities:\n  - aliases:\n      - B\n      # - C",
            "entities:\n  - aliases:\n      - B\n      # - C\n    not: [Ali Reza]\n",
            id="behind a comment that ends the file",
        ),
        pytest.param(
            "entities:\n  - name: A B\n    id: a",
            "entities:\n  - name: A B\n    id: a\n    not: [Ali Reza]\n",
            id="at the end of the file, without a newline",
        ),
        pytest.param(
            "entities:\r\n  - id: a\r\n    not: ['X, Y', \"Z\"] # two\r\n",
            "entities:\r\n  - id: a\r\n    not: ['X, Y', \"Z\", Ali Reza] # two\r\n",
            id="a list in brackets, ends of lines as on Windows",
        ),
        pytest.param(
            "entities:\n  - id: a\n    not: [\n      X, # one\n      Y,\n    ]\n",
            "entities:\n  - id: a\n    not: [\n      X, # one\n      Y, Ali Reza\n    ]\n",
            id="a list in brackets over several lines",
        ),
        pytest.param(
            "entities:\n  - {id: a, not: []}\n",
            "entities:\n  - {id: a, not: [Ali Reza]}\n",
            id="an empty list",
        ),
        pytest.param(
            "entities: [{id: a, name: A B }]\n",
            "entities: [{id: a, name: A B, not: [Ali Reza] }]\n",
            id="all in brackets",
        ),
        pytest.param(
            "entities:\n  - id: a\n    not: X, Y # one\n",
            'entities:\n  - id: a\n    not: ["X, Y", Ali Reza] # one\n',
            id="one by itself",
        ),
        pytest.param(
            "entities:\n  - id: a\n    not:\n    name: A\n",
            "entities:\n  - id: a\n    not: [Ali Reza]\n    name: A\n",
            id="a key without a value",
        ),
        pytest.param(
            "entities:\n  - id: a\n    not: ~ # none\n",
            "entities:\n  - id: a\n    not: [Ali Reza] # none\n",
            id="nothing",
        ),
        pytest.param(
            'entities:\n  - not:\n    - X # one\n\n    # two\n    - "Y"\n\n# end\n',
            'entities:\n  - not:\n    - X # one\n\n    # two\n    - "Y"\n    - Ali Reza\n\n# end\n',
            id="a list in lines",
        ),
        pytest.param(
            "\ufeffentities: [{id: a}]\n",
            "\ufeffentities: [{id: a, not: [Ali Reza]}]\n",
            id="a mark at the beginning",
        ),
        pytest.param(
            "entities:\n  - id: a\n    not: [Ali Reza]\n",
            "entities:\n  - id: a\n    not: [Ali Reza]\n",
            id="there already",
        ),
        pytest.param("entities: [{name: A}]\n---\n", None, id="two documents"),
        pytest.param("x: &x [X]\nentities:\n  - {id: a, not: *x}\n", None, id="an alias"),
        pytest.param("entities:\n  - id: a\n    not: |\n      X\n", None, id="a literal text"),
        pytest.param("entities:\n  - id: a\n    not: {a: b}\n", None, id="a block"),
        pytest.param("entities:\n  - name: a\n", None, id="nothing to put it behind"),
        pytest.param("entities: []\n", None, id="nobody"),
        pytest.param("entities: {a: b}\n", None, id="no list"),
        pytest.param("entities: [a]\n", None, id="no block"),
        pytest.param("entities: a\n", None, id="a text"),
        pytest.param("rules: []\n", None, id="no such section"),
    ],
)
def test_a_name_is_added_and_nothing_else_is_touched(before: str, after: str | None):
    assert amend(before, NOT, ["Ali Reza"]) == after


AN_ITEM = 'text: "He said: no"\n{0}  alert: [qasem]\n'


@pytest.mark.parametrize(
    ("before", "added", "after"),
    [
        ("  - id: r\n    send_to: [desk]\n", f"    tests:\n      - {AN_ITEM.format(' ' * 6)}", ""),
        (
            "  - id: r\n    tests:\n    - {text: x}\n    - alert: []\n      text: >\n       More\n",
            f"    - {AN_ITEM.format(' ' * 4)}",
            "",
        ),
        (
            "  - {id: r, tests: [{text: x, alert: []}",
            ', {text: "He said: no", alert: [qasem]}',
            "]}\n",
        ),
    ],
)
def test_a_block_is_added_in_the_style_of_its_list(before: str, added: str, after: str):
    amended = amend(f"rules:\n{before}{after}", TESTS, [TEST])
    assert amended == f"rules:\n{before}{added}{after}"


def test_a_section_is_added_at_the_end_of_the_file():
    spot = Spot((), "exclusions")
    item = {"names": ["Ali"], "of": ["a"]}
    added = "exclusions:\n  - names: [Ali]\n    of: [a]\n"
    assert amend("", spot, [item]) == added
    assert amend("rules: []", spot, [item]) == f"rules: []\n{added}"
    assert amend("- a\n", spot, [item]) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("قاسم سليماني", "قاسم سليماني"),
        ("al-Adel Jr.", "al-Adel Jr."),
        ("no", '"no"'),
        ("5th", '"5th"'),
        ("a: b", '"a: b"'),
        ("a ", '"a "'),
        ("\u2028", '"\\u2028"'),
    ],
)
def test_text_is_written_bare_where_that_is_safe(text: str, written: str):
    assert write_line(text) == written


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_whatever_is_written_is_read_back(text: str):
    assert load("", f"x: [{write_line(text)}]\n").value == {"x": [text]}


@given(
    st.sampled_from(["    not: [X]\n", "    not:\n      - X\n", "    not: X\n", "", "    not:\n"]),
    st.lists(st.sampled_from(["# said\n", "\n", "    tags: [a,  b]\n", "  # more\n"]), max_size=4),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
)
def test_what_was_there_stays_to_the_letter(held: str, around: list[str], name: str):
    before = f"entities:\n  - id: a\n{held}{''.join(dict.fromkeys(around))}    name: A\n"
    after = amend(before, NOT, [name])
    assert after is not None
    assert load("", after).value["entities"][0]["not"][-1] == name
    rest = iter(after)
    assert all(letter in rest for letter in before)
