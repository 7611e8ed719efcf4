from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from tests.servers import Reply, serve
from tests.service.desk import Desk
from watcher.cli import main


def send(desk: Desk, channel: str) -> Result:
    args = ["send-test", channel, "-c", str(desk.config)]
    return CliRunner(env=desk.environ()).invoke(main, args)


def test_the_sample_arrives_and_the_answer_is_told(tmp_path: Path) -> None:
    with serve(Reply(200, body=b"ok")) as server:
        channels = {"desk": f"{{slack: {{webhook: '{server.url}'}}}}"}
        desk = Desk(tmp_path, channels, private=(server.netloc,))
        result = send(desk, "desk")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "desk: 200 ok\n")
    assert "TEST" in server.requests[0].body.decode()
    assert not desk.database.exists()


def test_a_screen_shows_it(tmp_path: Path) -> None:
    result = send(Desk(tmp_path), "screen")
    assert (result.exit_code, "TEST of watcher" in result.stdout) == (0, True)


def test_a_refusal_is_told_with_its_reason_and_ends_with_1(tmp_path: Path) -> None:
    with serve(Reply(404, body=b"no_service")) as server:
        channels = {"desk": f"{{slack: {{webhook: '{server.url}'}}}}"}
        result = send(Desk(tmp_path, channels, private=(server.netloc,)), "desk")
    assert result.exit_code == 1
    assert "404 no_service" in result.stderr
    assert len(server.requests) == 1


def test_an_unknown_channel_ends_with_1_and_a_suggestion(tmp_path: Path) -> None:
    result = send(Desk(tmp_path), "scren")
    assert result.exit_code == 1
    assert 'there is no channel "scren"; did you mean "screen"?' in result.stderr


def test_a_missing_secret_is_no_fault_of_the_files(tmp_path: Path) -> None:
    result = send(Desk(tmp_path, {"desk": "{slack: {webhook: {env: MISSING}}}"}), "desk")
    assert result.exit_code == 1
    assert "MISSING is not set" in result.stderr
