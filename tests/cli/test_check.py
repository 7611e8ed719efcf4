from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.plain import CONFIG, lay_out
from watcher.cli import main

ROOT = Path(__file__).parent.parent.parent

RULES = """\
entities:
  - {id: qs, name: Qasem Soleimani}
  - {id: eq, name: Esmail Qaani}
rules:
  - id: r
    watch: [qs, eq]
    send_to: [screen]
    tests:
      - {text: قاسم سليماني, alert: [qs]}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration that is fine; the working directory."""
    monkeypatch.chdir(tmp_path)
    return lay_out(tmp_path, RULES)


def check(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, args)])


def test_what_is_fine_prints_nothing_but_the_figures(desk: Path) -> None:
    result = check()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "entities: 2 · rules: 1 · tests: 1 · faults: 0 · warnings: 0 · failing tests: 0\n"
    )


@pytest.mark.parametrize("path", [".", "watcher.yaml", "rules", "rules/r.yaml"])
def test_the_path_may_be_any_of_them(desk: Path, path: str) -> None:
    assert check(path).exit_code == 0


@pytest.mark.parametrize("path", [".", "rules", "watcher/cli/starter"])
def test_what_we_ship_is_fine_even_strictly(path: str) -> None:
    result = check("--strict", ROOT / path)
    assert (result.exit_code, result.stdout) == (0, "")


def test_faults_of_all_files_are_told_with_line_caret_and_hint(desk: Path) -> None:
    (desk / "watcher.yaml").write_text(f"{CONFIG}stat: var\n")
    (desk / "rules" / "r.yaml").write_text(RULES.replace("send_to", "sendto"))
    result = check()
    assert result.exit_code == 2
    told = result.stdout.splitlines()
    assert [line for line in told if line.startswith(("watcher.yaml:4:1", "rules/r.yaml:7:5"))]
    assert "    sendto: [screen]" in [line[4:] for line in told]
    assert "    ^" in [line[4:] for line in told]
    assert 'did you mean "send_to"?' in result.stdout
    assert result.stderr.startswith("faults: 2 ")


def test_a_failing_test_shows_the_text_and_why(desk: Path) -> None:
    rules = RULES.replace("alert: [qs]", "alert: []")
    (desk / "rules" / "r.yaml").write_text(rules)
    result = check()
    assert result.exit_code == 1
    heading, text, why = result.stdout.splitlines()
    assert heading.endswith('rule "r" should not alert for qs')
    assert heading.startswith("rules/r.yaml:9:")
    assert text == "  \u2068«قاسم سليماني»\u2069"
    assert "Soleimani = \u2068سليماني\u2069 (" in why
    assert result.stderr.endswith("failing tests: 1\n")


def test_a_test_is_run_whatever_is_wrong_elsewhere(desk: Path) -> None:
    rules = RULES.replace("alert: [qs]", "alert: []").replace("Esmail Qaani", "3")
    (desk / "rules" / "r.yaml").write_text(rules)
    result = check()
    assert result.exit_code == 2
    assert 'rule "r" should not alert for qs' in result.stdout
    assert result.stderr == "faults: 1 · warnings: 0 · failing tests: 1\n"


def test_a_test_that_found_nobody_says_so(desk: Path) -> None:
    (desk / "rules" / "r.yaml").write_text(RULES.replace("قاسم سليماني", "nobody at all"))
    result = check()
    assert result.exit_code == 1
    assert "    no name of the watchlist was found\n" in result.stdout


def test_a_name_that_was_nearly_found_says_what_speaks_against_it(desk: Path) -> None:
    rules = RULES.replace("text: قاسم سليماني", "text: Qasim Salamani")
    (desk / "rules" / "r.yaml").write_text(rules.replace("Soleimani}", "Soleimani, min_score: 1}"))
    result = check()
    assert result.exit_code == 1
    assert "    not sure enough: Qasem Soleimani" in result.stdout


def test_warnings_count_only_when_asked_to(desk: Path) -> None:
    (desk / "watcher.yaml").write_text(
        f"{CONFIG}network: {{allow_private: []}}\n".replace(
            "{terminal: {}}}", "{terminal: {}}, hook: {webhook: {url: https://x.example/}}}"
        )
    )
    assert check().exit_code == 0
    result = check("--strict")
    assert result.exit_code == 2
    assert "warning: " in result.stdout


def test_a_path_that_is_not_there_is_a_fault(desk: Path) -> None:
    result = check("none.yaml")
    assert result.exit_code == 2
    assert "none.yaml" in result.stdout


def test_a_failing_test_says_which_condition_is_not_met(desk: Path) -> None:
    rules = RULES.replace("    tests:", "    any: [oil, gas]\n    unless: قاسم\n    tests:")
    (desk / "rules" / "r.yaml").write_text(rules)
    result = check()
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2:] == [
        "    not met: any: oil or gas",
        "    not met: unless: \u2068no قاسم\u2069; there is \u2068قاسم\u2069",
    ]


def test_rules_are_written_out_with_every_key(desk: Path) -> None:
    result = check("--resolved", "rules")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "  - id: eq\n    name: Esmail Qaani\n    aliases: []\n" in result.stdout
    assert "    watch:\n      - eq\n      - qs\n" in result.stdout
    (desk / "again.yaml").write_text(result.stdout)
    again = check("--resolved", "again.yaml")
    assert again.stdout == result.stdout


def test_what_cannot_be_taken_is_not_written_out(desk: Path) -> None:
    (desk / "rules" / "r.yaml").write_text(RULES.replace("send_to", "sendto"))
    result = check("--resolved")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'did you mean "send_to"?' in result.stderr


def test_the_file_may_be_named_as_elsewhere(desk: Path) -> None:
    assert check("-c", str(desk)).exit_code == 0
    both = check("-c", str(desk), str(desk))
    assert (both.exit_code, "each say what to check" in both.stderr) == (2, True)


def test_a_list_of_sources_that_is_empty_is_told_as_such(desk: Path) -> None:
    config = desk / "watcher.yaml"
    config.write_text(re.sub(r"(?m)^sources:.*$", "sources: []", config.read_text()))
    assert '"sources:" is empty; write "- feed: ADDRESS" below it' in check().stdout
