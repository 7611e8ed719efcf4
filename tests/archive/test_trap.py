from __future__ import annotations

import time

import pytest

pytest.importorskip("resiliparse")

from resiliparse.parse.html import HTMLTree

from watcher.archive.trap import (
    DEEPEST,
    MOST_ATTRIBUTES,
    MOST_REOPENED,
    MOST_TAGS,
    is_deep,
    is_trap,
)


def attributes(number: int) -> str:
    return " ".join(f"a{each}" for each in range(number))


def unclosed(kinds: int, paragraphs: int) -> str:
    """Formatting that each paragraph opens again."""
    return f"<p>{''.join(f'<b x={n}>' for n in range(kinds))}</p>{'<p>x</p>' * paragraphs}"


@pytest.mark.parametrize(
    "source",
    [
        "<i></b>" * (MOST_TAGS // 2 + 1),
        f"<a {attributes(MOST_ATTRIBUTES + 1)}>",
        f"</a {attributes(MOST_ATTRIBUTES + 1)}>",
        f'<a title=">" {attributes(MOST_ATTRIBUTES)}>',
        f"<!-- <a x='--><a/{attributes(MOST_ATTRIBUTES + 1)}>",
        f"<script>'<a '</script><a\n{attributes(MOST_ATTRIBUTES + 1)}>",
        "<a " * 400 + "x='" + "<b" * 1_000_000,
        unclosed(100, 1000),
        unclosed(100, 1000).replace("</p>", "<!--" + "</b>" * 100 + "--></p>", 1),
        "<p>" + "".join(f'<b x=">{n}">' for n in range(100)) + "<p>" * 1000,
    ],
)
def test_what_costs_hours_or_gigabytes_is_seen_before_it_is_parsed(source: str) -> None:
    began = time.process_time()
    assert is_trap(source)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a < b, c <d",
        "<i></i>" * (MOST_TAGS // 2),
        f"<a {attributes(MOST_ATTRIBUTES)}>",
        '<img src="data:' + "x y " * 10_000 + '">',
        "<div title='<b>bold</b>'>" * 200,
        unclosed(20, 1000),
        "<b class=x>" * (MOST_REOPENED // 1000),
    ],
)
def test_pages_that_people_read_are_no_traps(source: str) -> None:
    assert not is_trap(source)


@pytest.mark.parametrize(
    "source",
    [
        '<a="' * 1_000_000,
        "<" * 2_000_000,
        "<a" * 1_000_000,
        "<a '<a' " * 400_000,
        ("<a " + "'<a' " * 400 + ">") * 1000,
        "<a x='" * 300_000,
    ],
)
def test_looking_costs_time_linear_to_the_length(source: str) -> None:
    began = time.process_time()
    is_trap(source)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("pair", ["<div>", "<div></x>", "<div><!--</div>-->", "<z title='</z>'>"])
def test_what_lies_too_deep_is_seen_whatever_seems_to_close_it(pair: str) -> None:
    assert is_deep(HTMLTree.parse(pair * DEEPEST))
    assert not is_deep(HTMLTree.parse(pair * (DEEPEST - 3)))
