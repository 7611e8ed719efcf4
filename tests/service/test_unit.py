"""The systemd unit, as far as it can be judged without systemd, and by it where it is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "systemd" / "watcher.service"
EXPOSURE = 1.5


def service() -> dict[str, str]:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text())
    return dict(parser["Service"])


def test_it_runs_reloads_and_ends_as_the_daemon_promises() -> None:
    unit = service()
    assert unit["Type"] == "notify"
    assert unit["ExecStart"].endswith(" run -c /etc/watcher/watcher.yaml")
    assert unit["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert (unit["Restart"], unit["RestartPreventExitStatus"]) == ("on-failure", "2")
    assert unit["TimeoutStopSec"] == "20s"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_finds_it_sound_and_little_exposed(tmp_path: Path) -> None:
    unit = tmp_path / "watcher.service"
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text()))
    judge = ["systemd-analyze", "--man=no"]
    sound = subprocess.run([*judge, "verify", unit], capture_output=True, text=True, check=False)
    if "Failed to" in sound.stderr and "bus" in sound.stderr:
        pytest.skip("systemd cannot judge here")
    assert (sound.returncode, sound.stderr) == (0, "")
    judged = subprocess.run(
        [*judge, "security", "--offline=true", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"exposure level for watcher\.service: ([\d.]+)", judged.stdout)
    assert found
    assert float(found[1]) <= EXPOSURE
