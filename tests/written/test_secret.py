from __future__ import annotations

import pickle

import pytest

from watcher.errors import ConfigError
from watcher.written import Closed, Secret, SecretRef, load, validate


class Holder(Closed):
    key: SecretRef


def reference(text, folder):
    value, faults = validate(Holder, load("f", f"key: {text}"), {"folder": folder})
    assert faults == ()
    return value.key


def test_a_secret_shows_itself_to_nobody():
    secret = Secret("hunter2")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == "hunter2"
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps(secret)


def test_secrets_are_equal_by_value():
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_a_reference_does_not_show_what_is_written_openly(tmp_path):
    assert "hunter2" not in repr(reference("hunter2", tmp_path))


def test_a_secret_is_found_where_it_is_kept(tmp_path):
    (tmp_path / "token").write_text("from a file\n")
    (tmp_path / "desk").write_text("from systemd\r\n")
    environ = {"TOKEN": "from the environment\n", "CREDENTIALS_DIRECTORY": str(tmp_path)}
    found = {
        text: reference(text, tmp_path).resolve(environ).reveal()
        for text in ["{env: TOKEN}", "{file: token}", "{credential: desk}", "openly"]
    }
    assert found == {
        "{env: TOKEN}": "from the environment",
        "{file: token}": "from a file",
        "{credential: desk}": "from systemd",
        "openly": "openly",
    }


def test_only_an_open_secret_is_plain(tmp_path):
    assert reference("openly", tmp_path).plain == Secret("openly")
    assert reference("{env: A}", tmp_path).plain is None
    assert SecretRef.openly("x").resolve({}) == Secret("x")


@pytest.mark.parametrize(
    ("text", "environ", "words"),
    [
        ("{env: TOKEN}", {}, "the environment variable TOKEN is not set; set it to the secret"),
        ("{env: TOKEN}", {"TOKEN": "\n"}, "the environment variable TOKEN is empty"),
        ("{file: none}", {}, "none cannot be read: No such file or directory"),
        ("{file: folder}", {}, "folder cannot be read: Is a directory"),
        ("{file: empty}", {}, "empty is empty; put the secret there"),
        ("{file: bytes}", {}, "bytes is not UTF-8 text; is it the right file?"),
        ("{file: huge}", {}, "huge is larger than 65536 bytes; is it the right file?"),
        ("{credential: desk}", {}, 'no systemd credential "desk": CREDENTIALS_DIRECTORY is not'),
        ("{credential: desk}", {"CREDENTIALS_DIRECTORY": "/nowhere"}, "(/nowhere/desk) cannot be"),
    ],
)
def test_a_missing_secret_says_where_it_was_looked_for(text, environ, words, tmp_path):
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "bytes").write_bytes(b"\xff")
    (tmp_path / "huge").write_text("x" * 70_000)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigError) as error:
        reference(text, tmp_path).resolve(environ)
    assert words in str(error.value)


ONE_WAY = "it must be said in one way where the secret is"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", ONE_WAY),
        ("{env: A, file: b}", ONE_WAY),
        ("{credential: ../a}", "a credential has a name, not a path"),
        ("{enf: A}", 'the key "enf" is not known here'),
        ("", "nothing stands where a block of keys is expected"),
        ("''", '"" stands where a block of keys is expected'),
        ("[a]", "a list stands where a block of keys is expected"),
    ],
)
def test_a_reference_that_is_none_is_refused(text, message):
    value, faults = validate(Holder, load("f", f"key: {text}"))
    assert value is None
    assert [fault.message for fault in faults] == [message]
