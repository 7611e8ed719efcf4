from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from watcher.cli import main


def compare(*args: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["compare", *args], input=given)


def plain(text: str) -> list[str]:
    return text.translate({0x2068: None, 0x2069: None}).splitlines()


def test_a_person_reads_the_verdict_and_a_line_a_part() -> None:
    result = compare("Qasem Soleimani", "قاسم سليماني")
    heading, verdict, *why = plain(result.stdout)
    assert result.exit_code == 0
    assert heading == "Qasem Soleimani · قاسم سليماني"
    assert verdict.startswith("the same name (")
    assert [line.split(" (")[0] for line in why] == ["  Qasem = قاسم", "  Soleimani = سليماني"]


@pytest.mark.parametrize("other", ["سمير المثالي", "Samira Mithal", "رضا مثالي"])
def test_a_person_is_promised_no_more_than_the_score(other: str) -> None:
    verdict = plain(compare("Samir al-Mithali", other).stdout)[1]
    score = json.loads(compare("Samir al-Mithali", other, "--json").stdout)["score"]
    shown = float(verdict.rstrip(")").replace("(", " ").split()[-1])
    assert 0 <= score - shown < 0.01


def test_other_names_are_told_apart() -> None:
    verdict = plain(compare("Qasem Soleimani", "قاسم رضائي").stdout)[1]
    assert verdict.startswith("not the same name (0.")


def test_json_gives_the_same_answer_to_a_program() -> None:
    answer = json.loads(compare("Qasem Soleimani", "قاسم سليماني", "--json").stdout)
    assert list(answer) == ["a", "b", "kind", "score", "same", "why"]
    assert answer["same"] is True
    assert 0.5 < answer["score"] <= 1
    assert [(line["part"], line["found"]) for line in answer["why"]] == [
        ("Qasem", "قاسم"),
        ("Soleimani", "سليماني"),
    ]


def test_lines_come_back_with_the_answer_and_their_other_keys() -> None:
    given = (
        '{"a":"Saif al-Adel","b":"سيف العدل","row":[7]}\n'
        '{"b":"قاسم رضائي","a":"Saif al-Adel","kind":null}\n'
    )
    result = compare("--jsonl", given=given)
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert list(first) == ["a", "b", "row", "score", "same", "why"]
    assert (first["row"], first["same"]) == ([7], True)
    assert (second["kind"], second["same"]) == (None, False)


def test_the_kind_of_a_line_goes_before_the_option() -> None:
    line = '{"a":"Bank of the East","b":"East Bank","kind":"person"}\n'
    assert (
        compare("--jsonl", "--kind", "organization", given=line).stdout
        == compare("--jsonl", given=line).stdout
    )


def test_bad_lines_are_told_by_number_and_the_others_answered() -> None:
    given = b'{"a":"x"}\n\xff\n{"a":"x","b":"y","kind":"ship"}\n{"a":"x","b":"x"}\n'
    result = compare("--jsonl", given=given)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.splitlines() == [
        'standard input:1: there is no "b"; write "b": "…"',
        "standard input:2: not UTF-8 at byte 1 of the line; write it in UTF-8",
        'standard input:3: "kind" is "person" or "organization", not "ship"',
    ]


@pytest.mark.parametrize(
    "args", [["one"], ["a", "b", "c"], ["--jsonl", "a", "b"], ["", "x"], ["x", " "]]
)
def test_a_wrong_command_says_what_to_give(args: list[str]) -> None:
    result = compare(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "names" in result.stderr


@pytest.mark.parametrize("odd", ["!?", "\udcff", "\x1b[31m"])
def test_strange_names_are_just_unlike_and_steer_no_terminal(odd: str) -> None:
    result = compare("Qasem Soleimani", odd)
    assert result.exit_code == 0
    assert "not the same name" in result.stdout
    assert "\x1b" not in result.stdout
