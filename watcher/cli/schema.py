"""`watcher schema`: what the files may hold, for editors (JSON Schema) and as a page for people."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from watcher.cli.group import VERBS
from watcher.cli.verb import Verb
from watcher.config.form import ConfigFile
from watcher.watchlist import RuleFile
from watcher.written import Closed, Json, json_schema, reference

_FILES: Mapping[str, tuple[type[Closed], str]] = {
    "rules": (RuleFile, "The analysts' files (rules/)"),
    "config": (ConfigFile, "The operator's file (watcher.yaml)"),
}

_HEAD = """# Reference

Every key of the files, as watcher itself knows them; `watcher schema --reference` writes this page.
[Rules](rules.md) and [Configuration](configuration.md) tell how they go together. A length of time
is a number with a unit: `30s`, `15m`, `6h`, `2d`. A key that does not stand here is a fault.
"""


@click.command(
    cls=Verb,
    short_help=VERBS["schema"],
    examples=[
        "watcher schema rules > schema/rules.json",
        "watcher schema config",
        "watcher schema --reference > reference.md",
    ],
    wrong="the command is wrong",
)
@click.argument("which", metavar="[rules|config]", default="rules", type=click.Choice([*_FILES]))
@click.option("--reference", "page", is_flag=True, help="Both files, as a page in Markdown.")
def command(*, which: str, page: bool) -> None:
    """Print what the analysts' files (rules) or watcher.yaml (config) may hold.

    It is a JSON Schema, draft-07. Editors with the YAML language server check and complete a file
    by it whose first line is `# yaml-language-server: $schema=PATH`, as in the starter that
    `watcher init` writes. `watcher check` goes further: it knows how all files go together.
    """
    if page:
        click.echo(reference_page(), nl=False)
    else:
        click.echo(schema_text(which), nl=False)


def schema_text(which: str) -> str:
    """The schema of one of the files, as it is shipped."""
    return json.dumps(_schema(which), ensure_ascii=False, indent=2) + "\n"


def reference_page() -> str:
    """The page of every key of both files."""
    return "\n".join((_HEAD, *(reference(_schema(which)) for which in _FILES)))


def _schema(which: str) -> Json:
    shape, title = _FILES[which]
    return json_schema(shape, title)
