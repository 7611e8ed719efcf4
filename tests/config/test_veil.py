"""No line that `check` shows holds a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config import check_all
from watcher.written import render

SLACK = "https://hooks.slack.example/T0/B0/qwertz"
KEY = "whsec_" + "QUFB" * 8
GOOD = "sources: [{folder: seeds}]\n"


def shown(folder: Path, channels: str, rest: str = GOOD) -> str:
    """What `check` prints of an operator's file."""
    (folder / "seeds").mkdir()
    (folder / "rules").mkdir()
    (folder / "rules" / "a.yaml").write_text("rules: []\nentities: []\n")
    path = folder / "watcher.yaml"
    path.write_text(f"{rest}channels: {channels}\n")
    checked = check_all(path, {})
    return "\n".join(map(render, [*checked.faults, *checked.warnings]))


@pytest.mark.parametrize(
    ("channels", "secret"),
    [
        (f"{{x: {{slack: {{webhook: '{SLACK}'}}}}}}", SLACK),
        (f"{{x: {{webhook: {{url: 'https://soc.example', secret: {KEY}}}}}}}", KEY),
        ("{x: {webhook: {url: 'https://soc.example', secret: whsec_abc}}}", "whsec_abc"),
        (f"{{x: {{webhook: {{url: 'https://soc.example', secret: {KEY}, sekret: a}}}}}}", KEY),
        ("{x: {mail: {server: m.example, from: a@b.c, to: a@b.c, password: hunter2}}}", "hunter2"),
        ("{x: {apprise: {url: 'tgram://123:abc/'}}, x: 1}", "tgram://123:abc/"),
        (f"[{{slack: {{webhook: '{SLACK}'}}}}]", SLACK),
    ],
)
def test_a_secret_that_stands_openly_is_shown_as_dots(
    tmp_path: Path, channels: str, secret: str
) -> None:
    told = shown(tmp_path, channels)

    assert secret not in told
    assert "•" * len(secret) in told


def test_the_caret_stays_below_what_is_wrong(tmp_path: Path) -> None:
    told = shown(tmp_path, f"{{x: {{slack: {{webhook: '{SLACK}', sorces: a}}}}}}")
    line, caret = next(
        (lines, told.splitlines()[number + 1])
        for number, lines in enumerate(told.splitlines())
        if "sorces: a" in lines
    )

    assert line[caret.index("^") :].startswith("sorces")


def test_where_a_secret_is_kept_is_no_secret(tmp_path: Path) -> None:
    told = shown(tmp_path, "{x: {slack: {webhook: {env: SLACK_URL}}}}")

    assert "SLACK_URL" in told
    assert "•" not in told
