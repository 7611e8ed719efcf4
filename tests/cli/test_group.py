from __future__ import annotations

import errno
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from watcher import __version__
from watcher.cli import main
from watcher.cli.group import VERBS, Verbs
from watcher.errors import ConfigError, RuleError, StoreError, WatcherError


def failing(error: Exception) -> click.Group:
    """The group with one verb, which fails."""

    @click.command()
    def verb() -> None:
        raise error

    class Failing(Verbs):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
            return verb

    return Failing("watcher", examples=())


def test_the_help_lists_every_verb_and_the_way_to_the_first_alert() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert main.list_commands(click.Context(main)) == list(VERBS)
    for verb in VERBS:
        assert f"\n  {verb} " in result.stdout
    assert "\nExamples:\n  watcher init desk\n  cd desk\n  watcher run\n" in result.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_listed_with_its_own_words_and_teaches_by_example(verb: str) -> None:
    command = main.get_command(click.Context(main), verb)
    assert command is not None
    assert command.get_short_help_str(100) == VERBS[verb]
    result = CliRunner().invoke(main, [verb, "--help"])
    assert result.exit_code == 0
    assert f"\nExamples:\n  watcher {verb}" in result.stdout


def test_what_is_below_a_list_need_not_be_called() -> None:
    assert "silence [OPTIONS] [COMMAND]" in CliRunner().invoke(main, ["silence", "--help"]).stdout


def test_the_version_is_the_package_s() -> None:
    assert CliRunner().invoke(main, ["-V"]).stdout == f"watcher, version {__version__}\n"


def test_the_marks_of_a_pasted_name_are_no_part_of_it() -> None:
    names = ["\u2068Qasem Soleimani\u2069", "\u2068قاسم سليماني\u2069", "--json"]
    told = json.loads(CliRunner().invoke(main, ["compare", *names]).stdout)
    assert (told["a"], told["b"]) == ("Qasem Soleimani", "قاسم سليماني")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["backtset"], 'there is no command "backtset"; did you mean "backtest"?\n'),
        (["xyzzy"], 'there is no command "xyzzy"\n'),
        (["outbox", "rety"], 'there is no command "rety"; did you mean "retry"?\n'),
        (["silence", "xyzzy"], 'there is no command "xyzzy"; write one of: add, remove\n'),
        (["--backtset"], "No such option"),
    ],
)
def test_an_unknown_verb_is_a_wrong_command_and_the_nearest_is_told(
    words: list[str], says: str
) -> None:
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command there is, by the words that call it."""
    yield above
    for name in group.list_commands(click.Context(group)):
        below = group.get_command(click.Context(group), name)
        if isinstance(below, click.Group):
            yield from commands(below, (*above, name))
        else:
            yield (*above, name)


@pytest.mark.parametrize("words", list(commands(main)), ids=" ".join)
def test_the_help_of_each_command_tells_its_exit_codes(words: tuple[str, ...]) -> None:
    said = CliRunner().invoke(main, [*words, "--help"]).stdout
    codes = said.partition("\nExit codes:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  (\d)  \S", codes, re.MULTILINE) == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("error", "code"),
    [(ConfigError("bad key"), 2), (RuleError("bad key"), 2), (StoreError("bad key"), 1)],
)
def test_what_is_raised_on_purpose_is_a_message_and_a_code(error: WatcherError, code: int) -> None:
    result = CliRunner().invoke(failing(error), ["check"])
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", "bad key\n")


def test_the_help_waits_neither_for_the_web_nor_for_the_scheduler() -> None:
    program = (
        "import sys, watcher.cli; sys.exit('httpx' in sys.modules or 'apscheduler' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_fault_that_is_no_full_disk_is_not_hidden() -> None:
    error = OSError(errno.EIO, "Input/output error")
    assert CliRunner().invoke(failing(error), ["verb"]).exception is error


@pytest.mark.parametrize("verb", ["alerts", "feeds", "history", "outbox", "silence"])
def test_no_line_of_what_is_below_a_command_is_cut_off(verb: str) -> None:
    said = CliRunner().invoke(main, [verb, "--help"]).stdout
    below = said.partition("Commands:\n")[2].partition("\n\n")[0]
    assert below
    assert "..." not in below
    assert below.endswith(".")


@pytest.mark.parametrize(
    "words",
    [
        ["alerts", "show", "x"],
        ["history", "show", "x"],
        ["silence", "add", "x", "--until", "2d", "--why", "x"],
        ["silence", "remove", "1"],
        ["outbox", "retry", "x"],
        ["outbox", "drop", "x"],
        ["feeds", "poll", "x"],
        ["feeds", "export"],
    ],
)
def test_the_operator_s_file_may_be_named_behind_a_command_below_another(
    words: list[str], tmp_path: Path
) -> None:
    here, other = tmp_path / "other.yaml", tmp_path / "first.yaml"
    behind = CliRunner().invoke(main, [*words, "-c", str(here)])
    last = CliRunner().invoke(main, [words[0], "-c", str(other), *words[1:], "-c", str(here)])
    assert (behind.exit_code, last.exit_code) == (2, 2)
    assert str(here) in behind.stderr
    assert last.stderr == behind.stderr
