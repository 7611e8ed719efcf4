"""What a YAML parser complains of, in words that an analyst knows.

The phrases on the left are those of libyaml 0.2 and of PyYAML's own parser; an unknown phrase is
passed on as it is.
"""

from __future__ import annotations

import re

import yaml

from watcher.written.fault import Fault
from watcher.written.source import Source

_COLON = (
    "a colon too many, or a line that is indented wrongly",
    'put text that holds ": " in quotes; begin keys of one block in the same column',
)
_INDENT = (
    "this line does not fit the block above it",
    "begin the keys (or dashes) of one block in the same column; close every quote and bracket",
)
_BRACKET = ("a comma or a closing bracket is missing", 'write lists as [one, two] or as "- one"')
_QUOTE = ("a quote is opened here and never closed", "close it, or take the quote away")

_PHRASES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("mapping values are not allowed", _COLON),
    ("could not find expected ':'", ("a colon is missing on this line", 'write "key: value"')),
    ("did not find expected ',' or", _BRACKET),
    ("expected ',' or", _BRACKET),
    ("found unexpected end of stream", _QUOTE),
    (
        "found unknown escape character",
        ('in double quotes "\\" begins an escape', "use single quotes, or write \\\\"),
    ),
    ("cannot start any token", ("text cannot begin with this character", "put it in quotes")),
    ("did not find expected", _INDENT),
    ("expected <block end>", _INDENT),
    ("block sequence entries are not allowed", ("a dash cannot stand here", _INDENT[1])),
)
_TAB = ("a tab stands here", "indent with spaces")
_BEGUN = ("end of stream", "could not find expected ':'")
"""Phrases of faults that are best told where the broken thing begins."""

_INDENTED_BY_TAB = re.compile(r"^ *\t")


def explain(error: yaml.YAMLError, source: Source) -> Fault:
    """The fault that a parser's error stands for, at its place."""
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if any(phrase in problem for phrase in _BEGUN):
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        return source.place(1, 1).fault(f"this is not YAML: {problem}")
    place = source.place(mark.line + 1, mark.column + 1)
    if _INDENTED_BY_TAB.match(place.line_text) or place.line_text[place.column - 1 :][:1] == "\t":
        tab = source.place(place.line, place.line_text.index("\t") + 1)
        return tab.fault(*_TAB)
    return place.fault(*_words(problem))


def tabs(source: Source, quoted: set[int]) -> tuple[Fault, ...]:
    """Every line that is indented with a tab.

    Args:
        source: the file.
        quoted: numbers of lines inside a quoted or literal text, where a tab is a letter.
    """
    if "\t" not in source.text:
        return ()
    return tuple(
        source.place(number, line.index("\t") + 1).fault(*_TAB)
        for number, line in enumerate(source.lines, 1)
        if _INDENTED_BY_TAB.match(line) and line.strip() and number not in quoted
    )


def _words(problem: str) -> tuple[str, str]:
    for phrase, words in _PHRASES:
        if phrase in problem:
            return words
    return f"this is not YAML: {problem}", ""
