from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from watcher.written import (
    LENGTH,
    OR_EMPTY,
    OR_ONE,
    Closed,
    Count,
    CountOrNone,
    Duration,
    FilePath,
    Flag,
    Id,
    Json,
    Line,
    Names,
    json_schema,
    listed,
    reference,
)


class Colour(StrEnum):
    """A colour."""

    RED = "red"


class Inner(Closed):
    """What stands inside.

    Attributes:
        every: how often; this line
            goes on.
        colour: which | colour.
    """

    also: ClassVar[tuple[Json, ...]] = (LENGTH,)

    every: Duration = timedelta(hours=36)
    colour: Colour = Colour.RED


class Other(Closed):
    """The other kind."""

    most: CountOrNone = 3


class Outer(Closed):
    """A file.

    It is told in two paragraphs.

    Attributes:
        id: a word.
        names: names.
        inner: one block.
        inners: several blocks.
        kinds: either kind.
        by_name: blocks by name.
        path: a path.
        zero: no time at all.
        flag: yes or no.
        sender: who sent it.
        nothing: may be left out.
    """

    id: Id
    names: Names = ()
    inner: Inner = Inner()
    inners: Annotated[tuple[Inner, ...], BeforeValidator(listed), OR_ONE] = ()
    kinds: Annotated[tuple[Inner | Other, ...], OR_EMPTY] = ()
    by_name: dict[Id, dict[str, Other]] = Field(default_factory=dict)
    path: FilePath = Path("var")
    zero: Duration = timedelta(0)
    flag: Flag = False
    sender: Line = Field(alias="from")
    nothing: Count | None = None


TOLD = json_schema(Outer, "Files")


def test_a_schema_is_of_draft_7_and_says_what_the_docstrings_say():
    assert TOLD["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert (TOLD["title"], TOLD["type"], TOLD["additionalProperties"]) == ("Files", "object", False)
    assert TOLD["description"] == "A file. It is told in two paragraphs."
    assert TOLD["properties"]["from"]["description"] == "who sent it."
    assert TOLD["required"] == ["id", "from"]
    inner = TOLD["definitions"]["Inner"]["anyOf"][0]
    assert inner["properties"]["every"]["description"] == "how often; this line goes on."
    assert TOLD["definitions"]["Other"]["properties"]["most"]["description"] == ""


def test_defaults_are_spelled_as_in_files_and_empty_ones_are_left_out():
    defaults = {key: each.get("default") for key, each in TOLD["properties"].items()}
    assert {key: value for key, value in defaults.items() if value is not None} == {
        "path": "var",
        "zero": "0s",
        "flag": False,
    }
    inner = TOLD["definitions"]["Inner"]["anyOf"][0]["properties"]
    assert (inner["every"]["default"], inner["colour"]["default"]) == ("36h", "red")


def test_a_block_may_be_written_in_other_ways_too():
    block, length = TOLD["definitions"]["Inner"]["anyOf"]
    assert block["type"] == "object"
    assert "title" not in block
    assert length == LENGTH


def test_nothing_stands_beside_a_reference():
    assert TOLD["properties"]["inner"] == {
        "allOf": [{"$ref": "#/definitions/Inner"}],
        "description": "one block.",
    }


def test_a_list_may_be_one_or_nothing():
    ways = TOLD["properties"]["names"]["anyOf"]
    assert [way["type"] for way in ways] == ["array", "string", "null"]
    assert TOLD["properties"]["inners"]["anyOf"][1:] == [
        {"$ref": "#/definitions/Inner"},
        {"type": "null"},
    ]


def test_a_page_tells_every_block_once():
    head = "| key | what may stand there | what it is for | if it is missing |\n|---|---|---|---|\n"
    assert reference(TOLD) == (
        "## Files\n\nA file. It is told in two paragraphs.\n\n"
        f"{head}"
        "| `id` | word | a word. | a fault |\n"
        "| `names` | name, or a list | names. |  |\n"
        "| `inner` | block or length of time | one block. |  |\n"
        "| `inners` | block or length of time, or a list | several blocks. |  |\n"
        "| `kinds` | list: block or length of time | either kind. |  |\n"
        "| `by_name` | block of such | blocks by name. |  |\n"
        "| `path` | path | a path. | `var` |\n"
        "| `zero` | length of time | no time at all. | `0s` |\n"
        "| `flag` | true or false | yes or no. | `false` |\n"
        "| `from` | text | who sent it. | a fault |\n"
        "| `nothing` | whole number | may be left out. |  |\n"
        "\n### `inner`\n\nWhat stands inside.\n\n"
        f"{head}"
        "| `every` | length of time | how often; this line goes on. | `36h` |\n"
        "| `colour` | `red` | which \\| colour. | `red` |\n"
        "\n### `kinds` › `most`\n\nThe other kind.\n\n"
        f"{head}"
        "| `most` | whole number or `none` |  | `3` |\n"
    )
