"""`watcher init`: a working starter, so that the first alert needs no writing."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, count
from pathlib import Path

import click

from watcher.cli.group import VERBS
from watcher.cli.verb import Verb
from watcher.errors import WatcherError

_NEXT = """
Next, {where}:
  watcher run        the sample articles raise their alerts here, and it goes on watching
  watcher check      after each change to watcher.yaml or rules/
Put another text or HTML file into articles/ while it runs, or add a feed to watcher.yaml.
"""


@click.command(
    cls=Verb,
    short_help=VERBS["init"],
    examples=["watcher init desk", "cd desk && watcher run"],
    failed="something of it is there, or cannot be written; nothing was overwritten",
    wrong="the command is wrong",
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write a working starter into DIR (this folder if none is named).

    The starter is watcher.yaml, a rules file, and sample articles in Arabic, Persian, Russian and
    English. Nothing that is there is ever overwritten.
    """
    starter = _contents(files("watcher.cli") / "starter")
    there = [name for name in starter if (folder / name).exists()]
    if there:
        raise WatcherError(
            f"{_called(folder)} holds already: {', '.join(there)}; nothing was written. "
            f"Choose a folder that is not there yet: watcher init {_free(folder)}"
        )
    for name, content in starter.items():
        click.echo(_write(folder / name, content))
    where = "here" if folder == Path() else f"in {folder}"
    click.echo(_NEXT.format(where=where), nl=False, err=True)


def _called(folder: Path) -> str:
    return "this folder" if folder == Path() else str(folder)


def _free(folder: Path) -> Path:
    """A folder that is not there: desk in this one, else one beside it with a number."""
    asked = Path("desk") if folder.name in {"", ".."} else folder
    numbered = (asked.with_name(f"{asked.name}-{number}") for number in count(2))
    return next(path for path in chain([asked], numbered) if not path.exists())


def _contents(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    """Every file below a folder by its path, sorted."""
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found |= _contents(entry, f"{prefix}{entry.name}/")
        else:
            found[prefix + entry.name] = entry.read_bytes()
    return found


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WatcherError(f"{path} cannot be written ({reason}); choose another folder") from error
    return path
