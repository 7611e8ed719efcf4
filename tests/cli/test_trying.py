"""`watcher try`: a text and what the rules make of it, at once and after each save."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.service.desk import Desk
from watcher.cli import main
from watcher.cli.keyboard import Keyboard
from watcher.cli.marked import PLAIN
from watcher.cli.rules import Rules, read_all
from watcher.cli.trying import live

TEXT = "Then قاسم سليماني left with Esmail Qaani."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def attempt(desk: Desk, *args: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["try", "-c", str(desk.config), *args], input=stdin)


def lines(text: str) -> list[str]:
    return text.translate({0x2068: None, 0x2069: None}).splitlines()


def test_a_text_is_shown_with_its_names_and_what_the_rules_would_do(desk: Desk) -> None:
    result = attempt(desk, TEXT)
    assert (result.exit_code, result.stderr) == (0, "")
    shown = lines(result.stdout)
    assert shown[0] == "  Then «قاسم سليماني» left with «Esmail Qaani»."
    assert shown[1].startswith("    Qasem Soleimani · ")
    assert shown[3:] == [
        "  qasem: alert by commanders, to screen",
        '  esmail: no rule alerts; "watcher explain --entity" says why',
    ]


def test_standard_input_is_read_once_where_there_is_no_terminal(desk: Desk) -> None:
    whole = attempt(desk, TEXT).stdout
    assert attempt(desk, stdin=TEXT).stdout == whole
    assert attempt(desk, "-", stdin=f"\n{TEXT}\n").stdout == whole
    assert attempt(desk, stdin="Nobody.").stdout == (
        'nobody is found; "watcher explain" says why not\n'
    )


def test_standard_input_is_read_in_whatever_encoding_as_scan_reads_it(desk: Desk) -> None:
    text = "وصل قاسم سليماني إلى بغداد أمس مع وفد كبير من القادة"
    assert attempt(desk, stdin=text.encode("windows-1256")).stdout == attempt(desk, text).stdout
    packed = attempt(desk, stdin=gzip.compress(text.encode()))
    assert (packed.exit_code, packed.stdout) == (1, "")
    assert "it is packed; unpack it on the way: zcat FILE | watcher" in packed.stderr


def test_front_matter_counts_as_in_a_folder(desk: Desk) -> None:
    desk.config.write_text(f"{desk.config.read_text()}max_age: 30d\n")
    head = "---\ntitle: Esmail Qaani is here\ntags: [x]\ndate: 2020-01-01\n---\n"
    shown = lines(attempt(desk, "-", stdin=f"{head}\nThen Qasem Soleimani left.\n").stdout)
    assert [line for line in shown if "·" not in line] == [
        "  title: «Esmail Qaani» is here",
        "  Then «Qasem Soleimani» left.",
        "  qasem: alert by commanders, too old",
        '  esmail: no rule alerts; "watcher explain --entity" says why',
    ]
    assert lines(attempt(desk, "--", head).stdout)[0] == "  title: «Esmail Qaani» is here"
    assert "too old" not in attempt(desk, "-", stdin=head.replace("2020", "1970") + TEXT).stdout


@pytest.mark.parametrize("text", ["---\ntitle: x", "---", "- Qasem Soleimani left"])
@pytest.mark.parametrize("verb", ["try", "explain"])
def test_a_text_that_begins_as_an_option_is_told_where_it_stands(
    desk: Desk, verb: str, text: str
) -> None:
    called = CliRunner().invoke(main, [verb, "-c", str(desk.config), text])
    assert called.exit_code == 2
    assert f'a text that begins with "-" stands behind "--": watcher {verb} -- "-…"' in (
        called.stderr.replace("main", "watcher")
    )
    called = CliRunner().invoke(main, [verb, "--tetx", text.strip("- ")])
    assert called.exit_code == 2
    assert "No such option" in called.stderr


def test_front_matter_that_is_not_understood_is_noted(desk: Desk) -> None:
    called = attempt(desk, "-", stdin=f"---\ndate: yesterday\n---\n{TEXT}")
    assert called.exit_code == 0
    assert called.stderr.startswith('note: standard input:2: "date: yesterday" is not read; write')


def test_what_is_held_says_why(desk: Desk) -> None:
    desk.rules.write_text(desk.rules.read_text().replace("watch:", "status: test\n    watch:"))
    assert "  qasem: alert by commanders, test" in lines(attempt(desk, TEXT).stdout)


def test_faulty_files_are_told(desk: Desk) -> None:
    desk.rules.write_text("rulse: []\n")
    result = attempt(desk, TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "rulse" in result.stderr


def save(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text)


def typing(desk: Desk, *steps: str | Callable[[], object] | None, rules: Rules | None) -> None:
    """Type what is text, do what is to be done in between, and be still for None."""
    rest = iter(steps)

    def read() -> str | None:
        step = next(rest, "")
        if callable(step):
            step()
            return None
        return step

    live(read, rules, desk.config, PLAIN)


def test_a_pasted_text_is_shown_when_all_of_it_has_come(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(
        desk,
        "Then Qasem\n",
        "Soleimani left.\n",
        None,
        None,
        "\n",
        None,
        "Nobody.\n",
        None,
        rules=read_all(desk.config),
    )
    assert [line for line in lines(capsys.readouterr().out) if "·" not in line] == [
        "  Then «Qasem Soleimani» left.",
        "  qasem: alert by commanders, to screen",
        'nobody is found; "watcher explain" says why not',
    ]


def test_what_was_typed_last_is_shown_at_the_end(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(desk, "Qasem Soleimani", rules=read_all(desk.config))
    assert "  «Qasem Soleimani»" in lines(capsys.readouterr().out)


def test_the_text_is_shown_again_when_the_rules_are_saved(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = desk.rules.read_text()
    more = rules.replace("watch: [qasem]", "watch: [qasem, esmail]")
    typing(
        desk,
        save(desk.rules, rules + "\n"),
        None,
        None,
        "Esmail Qaani\n",
        None,
        save(desk.rules, "rulse: []"),
        None,
        save(desk.rules, ""),  # amid its writing
        save(desk.rules, more),
        None,
        rules=read_all(desk.config),
    )
    out, err = capsys.readouterr()
    assert [line for line in lines(out) if line.startswith("  esmail")] == [
        '  esmail: no rule alerts; "watcher explain --entity" says why',
        "  esmail: alert by commanders, to screen",
    ]
    assert err.count("the rules are read anew\n") == 2
    assert "rulse" in err
    assert err.count("\nthe rules before go on\n") == 1


def test_faults_at_the_start_are_told_and_what_is_typed_waits_until_they_are_mended(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    config = desk.config.read_text()
    desk.config.write_text(config + "sorces: 1\n")
    typing(
        desk,
        "Qasem Soleimani\n",
        None,
        save(desk.config, config + "soon: 1\n"),
        None,
        save(desk.config, config),
        None,
        "Esmail Qaani",
        rules=None,
    )
    out, err = capsys.readouterr()
    assert "«Qasem Soleimani»" in out
    assert "«Esmail Qaani»" in out
    assert err.count("nobody is looked for until that is mended") == 2
    assert (err.count('"soon"'), err.count("the rules are read anew\n")) == (1, 1)


def test_the_keyboard_gives_what_has_come_and_never_half_a_letter() -> None:
    here, there = os.pipe()
    read = Keyboard(here, 0.01)
    assert read() is None
    os.write(there, "a\nق".encode()[:-1])
    assert read() == "a\n"
    assert read() is None
    os.write(there, "ق".encode()[-1:] + b"\xff")
    assert read() == "ق\ufffd"
    os.close(there)
    assert read() == ""
    os.close(here)


@pytest.mark.parametrize("faults", ["", "sorces: 1\n"])
def test_a_terminal_is_asked_until_it_ends(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    faults: str,
) -> None:
    desk.config.write_text(desk.config.read_text() + faults)
    here, there = os.pipe()
    os.write(there, b"Qasem Soleimani\n")
    os.close(there)
    with os.fdopen(here) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr("watcher.cli.trying.is_terminal", lambda: True)
        assert main(["try", "-c", str(desk.config)], standalone_mode=False) is None
    out, err = capsys.readouterr()
    assert ("«Qasem Soleimani»" in out) is not bool(faults)
    assert ("sorces" in err) is bool(faults)
    assert "type or paste a text" in err


def test_where_there_is_no_operator_s_file_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watcher.cli.trying.is_terminal", lambda: True)
    result = CliRunner().invoke(main, ["try", "-c", str(tmp_path / "watcher.yaml")])
    assert (result.exit_code, "No such file" in result.stderr) == (2, True)
