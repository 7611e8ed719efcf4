"""`watcher compare`: how alike two names are, and why."""

from __future__ import annotations

import sys

import click

from watcher.alerts import digits, evidence_data, explain, isolate, sureness, tidy
from watcher.archive import Line, Refused, read_lines, write_line
from watcher.cli.group import FAILED, VERBS
from watcher.cli.verb import Verb
from watcher.names import Comparison, Kind, compare


@click.command(
    cls=Verb,
    short_help=VERBS["compare"],
    examples=[
        'watcher compare "Qasem Soleimani" "قاسم سليماني"',
        'watcher compare --kind organization "Hezbollah" "حزب الله" --json',
        "watcher compare --jsonl < pairs.jsonl > scored.jsonl",
    ],
    failed="a line could not be taken; the others are answered",
    wrong="the command is wrong",
)
@click.argument("names", nargs=-1, metavar="[A B]")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default=Kind.PERSON.value,
    show_default=True,
    help="What is named; it decides how the names are taken apart.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='Read {"a","b","kind"?} lines from standard input and answer each with a line.',
)
@click.pass_context
def command(
    ctx: click.Context, *, names: tuple[str, ...], kind: str, as_json: bool, jsonl: bool
) -> None:
    """Say how alike two names are, and why, part by part. Any script, any order of parts.

    With --jsonl the same object is written back with "score" (0 to 1), "same" (true or false) and
    "why" added; other keys pass through.
    """
    if jsonl:
        if names:
            raise click.UsageError("--jsonl reads pairs from standard input; give it no names")
        ctx.exit(_answer_lines(Kind(kind)))
    if len(names) != 2:
        raise click.UsageError(f"give two names, each in quotes; {len(names)} came")
    if not all(name.strip() for name in names):
        raise click.UsageError("give two names; one of these is empty")
    answer = compare(names[0], names[1], Kind(kind))
    if as_json:
        click.echo(write_line({"a": names[0], "b": names[1], "kind": kind} | _told(answer)))
    else:
        click.echo(_account(names[0], names[1], answer))


def _answer_lines(kind: Kind) -> int:
    code = 0
    for line in read_lines(sys.stdin.buffer, "standard input"):
        answer = line if isinstance(line, Refused) else _answer(line, kind)
        if isinstance(answer, Refused):
            click.echo(str(answer), err=True)
            code = FAILED
        else:
            click.echo(write_line(answer))
    return code


def _answer(line: Line, kind: Kind) -> dict[str, object] | Refused:
    try:
        chosen = _kind(line.text("kind", kind.value))
        return line.value | _told(compare(line.text("a"), line.text("b"), chosen))
    except ValueError as error:
        return Refused(line.place, str(error))


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise ValueError(f'"kind" is "person" or "organization", not "{tidy(name)}"') from None


def _told(answer: Comparison) -> dict[str, object]:
    return {
        "score": answer.score,
        "same": answer.same,
        "why": evidence_data(answer.evidence),
    }


def _account(a: str, b: str, answer: Comparison) -> str:
    verdict = "the same name" if answer.same else "not the same name"
    said = (
        f"{verdict} ({sureness(answer.score)}, {digits(answer.score)})"
        if answer.same
        else (f"{verdict} ({digits(answer.score)})")
    )
    return "\n".join(
        [f"{isolate(tidy(a))} · {isolate(tidy(b))}", said]
        + [f"  {why}" for why in explain(answer.evidence)]
    )
