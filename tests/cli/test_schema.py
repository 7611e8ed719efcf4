"""The schemas that are shipped, and the page, are what the models say; and they say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import fastjsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from watcher.cli import main
from watcher.config import check_all

ROOT = Path(__file__).parent.parent.parent
STARTER = ROOT / "watcher" / "cli" / "starter"


def schema(*args: str) -> Result:
    result = CliRunner().invoke(main, ["schema", *args])
    assert result.exit_code == 0
    return result


@cache
def shipped(which: str) -> Any:
    return json.loads((STARTER / "schema" / f"{which}.json").read_text(encoding="utf-8"))


@cache
def validator(which: str) -> Any:
    return fastjsonschema.compile(shipped(which))


class Core(yaml.SafeLoader):
    """YAML 1.2, as editors read it: 22:00 is a text, and so is off."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"~|null|$"), ["~", "n", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[0-9]+$"), list("0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[0-9]+\.[0-9]*$"), list("01"))


def takes(which: str, text: str) -> bool:
    """Whether an editor that goes by our schema takes a file."""
    try:
        validator(which)(yaml.load(text, Core))
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


@pytest.mark.parametrize("which", ["rules", "config"])
def test_what_is_shipped_is_what_the_models_say(which):
    # To renew it: watcher schema WHICH > watcher/cli/starter/schema/WHICH.json
    path = STARTER / "schema" / f"{which}.json"
    assert schema(which).stdout == path.read_text(encoding="utf-8")


def test_the_page_is_what_the_models_say():
    # To renew it: watcher schema --reference > docs/reference.md
    page = ROOT / "docs" / "reference.md"
    assert schema("--reference").stdout == page.read_text(encoding="utf-8")


def test_the_page_speaks_as_the_files_are_written() -> None:
    page = schema("--reference").stdout
    assert "``" not in page, "an empty text is nothing to show"
    assert "None" not in page, "people write none"


def test_rules_are_what_most_people_want():
    assert schema().stdout == schema("rules").stdout


def keys(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key of every block of a schema."""
    if isinstance(value, dict):
        yield from value.get("properties", {}).items()
        for inner in value.values():
            yield from keys(inner)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


@pytest.mark.parametrize("which", ["rules", "config"])
def test_every_key_says_what_it_is_for(which):
    told = shipped(which)
    assert told["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert [key for key, each in keys(told) if not each["description"]] == []


@pytest.mark.parametrize("which", ["rules", "config"])
def test_nothing_stands_beside_a_reference(which):
    def look(value: Any) -> None:
        if isinstance(value, dict):
            assert "$ref" not in value or len(value) == 1
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for item in value:
                look(item)

    look(shipped(which))


@pytest.mark.parametrize(
    ("which", "path"),
    [
        ("rules", "rules/commanders.yaml"),
        ("rules", "watcher/cli/starter/rules/commanders.yaml"),
        ("config", "watcher.yaml"),
        ("config", "watcher/cli/starter/watcher.yaml"),
    ],
)
def test_our_own_files_are_taken_and_name_their_schema(which, path):
    text = (ROOT / path).read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (ROOT / path).parent.joinpath(first.partition("=")[2]).is_file()
    assert takes(which, text)


ENTITY = "entities: [{id: a, name: Abcd Efgh, tags: [t]}]\n"
RULE = "rules:\n  - id: r\n    watch: t\n    send_to: d\n"
RULES = [
    (f"{ENTITY}exclusions: [Abcd Else, {{names: [X Yz], of: t}}]\n", True),
    (f"{ENTITY}{RULE}    near: [a, b]\n", True),
    (f"{ENTITY}{RULE}    near: a\n", True),
    (f"{ENTITY}{RULE}    near: {{words: a, within: 3}}\n", True),
    (f"{ENTITY}{RULE}    near: {{within: 3}}\n", False),
    (f"{ENTITY}{RULE}    near: {{words: a, within: 0}}\n", False),
    (f"{ENTITY}{RULE}    digest: 1h\n", True),
    (f"{ENTITY}{RULE}    digest: {{at: [08:00], zone: UTC}}\n", True),
    (f"{ENTITY}{RULE}    digest: soon\n", False),
    (f"{ENTITY}{RULE}    quiet_hours: {{from: 22:00, to: 7:00, zone: UTC, days: [mon]}}\n", True),
    (f"{ENTITY}{RULE}    quiet_hours: [{{from: 22:00, to: 7:00, zone: UTC, days: sun}}]\n", True),
    (f"{ENTITY}{RULE}    quiet_hours: {{from: 22:00, to: 7:00}}\n", False),
    (f"{ENTITY}{RULE}    quiet_hours: {{from: ten, to: 7:00, zone: UTC}}\n", False),
    (f"{ENTITY}{RULE}    severity: high\n", True),
    (f"{ENTITY}{RULE}    severity: hihg\n", False),
    (f"{ENTITY}{RULE}    min_score: 0.9\n", True),
    (f"{ENTITY}{RULE}    min_score: 9\n", False),
    (f"{ENTITY}{RULE}    cool_down: 6h\n", True),
    (f"{ENTITY}{RULE}    cool_down: 6 hours\n", False),
    (f"{ENTITY}{RULE}    languages: [ar, pt-BR]\n    sources: [x, 12]\n", True),
    (f"{ENTITY}{RULE}    sendto: x\n", False),
    (f"{ENTITY}{RULE}    tests: [{{text: x, alert: a, source: s}}]\n", True),
    (f"{ENTITY}{RULE}    tests: [{{text: x}}]\n", False),
    (f"{ENTITY}rules:\n", True),
    ("entities: [{id: 7, name: Ab Cd, names: {arabic: [اب جد]}, born: 1957, status: off}]\n", True),
    ("entities: [{id: 7, name: Ab Cd, names: {arab: [اب جد]}}]\n", False),
    ("entities: [{name: Ab Cd}]\n", False),
    ("entities: [{id: a, name: [Ab, Cd]}]\n", False),
]


@pytest.mark.parametrize(("text", "fine"), RULES)
def test_the_schema_of_rules_says_what_check_says(tmp_path, text, fine):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    assert (not check_all(path, {}).faults) is fine
    assert takes("rules", path.read_text(encoding="utf-8")) is fine


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("sources: [{feed: https://x.example/rss, every: {from: 5m, to: 6h}}]\n", True),
        ("sources: [{feed: ftp://x.example/rss}]\n", False),
        ("sources: [{folder: ., every: 5 s}]\n", False),
        ("channels: {a: {terminal: {}}, b: {slack: {webhook: {env: X}}}}\nadmin: a\n", True),
        ("channels: {a: {webhook: {url: 'https://x.example', digest_over: none}}}\n", True),
        ("channels: {a: {webhook: {secret: {env: X}}}}\n", False),
        ("channels: {a: {screen: {}}}\n", False),
        ("max_age: none\nheartbeat: 1d\nnetwork: {hosts: {x.example: {at_once: 3}}}\n", True),
        ("lists: [{un: https://x.example/a.xml}, {ofac: [a.csv, b.csv], every: 6h}]\n", True),
        ("log: {level: loud}\n", False),
    ],
)
def test_the_schema_of_the_configuration_says_what_check_says(tmp_path, text, fine):
    path = tmp_path / "watcher.yaml"
    path.write_text(f"rules: rules\n{text}", encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(ENTITY, encoding="utf-8")
    assert (not check_all(path, {}).faults) is fine
    assert takes("config", path.read_text(encoding="utf-8")) is fine
