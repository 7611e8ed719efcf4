"""Secrets: never written in a file of ours, never shown, read at the last moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ModelWrapValidatorHandler, PrivateAttr, model_validator

from watcher.errors import ConfigError
from watcher.written.kinds import FilePath, Line
from watcher.written.model import Closed
from watcher.written.value import Json

_LONGEST = 65_536
"""Bytes; a secret is a line or two, so a larger file is the wrong file."""

_FORMS = "{env: NAME}, {file: PATH} or {credential: NAME}"


class Secret:
    """A text that shows itself to nobody who does not ask for it by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The secret itself; for the last call before the network only."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


class SecretRef(Closed):
    """Where a secret is kept; exactly one of the places.

    Attributes:
        env: the name of an environment variable.
        file: a file that holds the secret and nothing else.
        credential: the name of a systemd credential.
    """

    also: ClassVar[tuple[Json, ...]] = ({"title": "the secret itself", "type": "string"},)

    env: Line | None = None
    file: FilePath | None = None
    credential: Line | None = None
    _plain: Secret | None = PrivateAttr(default=None)

    @property
    def plain(self) -> Secret | None:
        """The secret if it was written openly in the file; None (as it should be) if not."""
        return self._plain

    @classmethod
    def openly(cls, text: str) -> SecretRef:
        """A reference to a secret that is known already."""
        reference = cls.model_construct()
        reference._plain = Secret(text)  # noqa: SLF001 - the class's own
        return reference

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: Any, read: ModelWrapValidatorHandler[SecretRef]) -> SecretRef:
        if isinstance(value, str) and value.strip():
            return cls.openly(value.strip())
        kept = read(value)
        if [kept.plain, kept.env, kept.file, kept.credential].count(None) != 3:
            raise ValueError(f"it must be said in one way where the secret is; write {_FORMS}")
        if kept.credential and "/" in kept.credential:
            raise ValueError("a credential has a name, not a path; write {credential: NAME}")
        return kept

    def resolve(self, environ: Mapping[str, str]) -> Secret:
        """The secret itself, the newline at its end taken away.

        Args:
            environ: the process's environment; systemd names its folder of credentials there.

        Raises:
            ConfigError: it is not where it should be, or empty; says where it was looked for.
        """
        if self._plain is not None:
            return self._plain
        if self.env is not None:
            return _from_environment(self.env, environ)
        if self.file is not None:
            return _from_file(self.file, f"the secret's file {self.file}")
        return _from_credentials(str(self.credential), environ)


def _from_environment(name: str, environ: Mapping[str, str]) -> Secret:
    text = environ.get(name, "").rstrip("\r\n")
    if not text:
        state = "empty" if name in environ else "not set"
        raise ConfigError(f"the environment variable {name} is {state}; set it to the secret")
    return Secret(text)


def _from_credentials(name: str, environ: Mapping[str, str]) -> Secret:
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise ConfigError(
            f'there is no systemd credential "{name}": CREDENTIALS_DIRECTORY is not set;'
            f" add LoadCredential={name}:PATH to the unit and start watcher with systemd"
        )
    return _from_file(Path(folder) / name, f'the systemd credential "{name}" ({folder}/{name})')


def _from_file(path: Path, called: str) -> Secret:
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
        text = data.decode().rstrip("\r\n")
    except OSError as error:
        raise ConfigError(f"{called} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise ConfigError(f"{called} is not UTF-8 text; is it the right file?") from None
    if len(data) > _LONGEST:
        raise ConfigError(f"{called} is larger than {_LONGEST} bytes; is it the right file?")
    if not text:
        raise ConfigError(f"{called} is empty; put the secret there")
    return Secret(text)
