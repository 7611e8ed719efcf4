"""`watcher try`: a text typed or pasted, and what the rules find in it, live as they are saved."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import click

from watcher.alerts import Judged, Recall, isolate, judge, tidy
from watcher.article import Article
from watcher.cli.asked import given
from watcher.cli.group import VERBS
from watcher.cli.keyboard import Keyboard, is_terminal
from watcher.cli.marked import COLOUR, PLAIN, Marks, Passage, show
from watcher.cli.record import config_option
from watcher.cli.rules import Rules, read_all
from watcher.cli.verb import Worded
from watcher.errors import ConfigError, RuleError
from watcher.feeds import believable
from watcher.match import Mention, find
from watcher.text import Preface, parse_preface

_AWAITED = "nobody is looked for until that is mended; then the files are read again"
_GREETING = "type or paste a text; it is shown again whenever the rules are saved; Ctrl-D ends"


@click.command(
    cls=Worded,
    short_help=VERBS["try"],
    examples=[
        "watcher try",
        'watcher try "اجتمع اللواء قاسم سليماني بقيادات في بغداد"',
        "pbpaste | watcher try -c desk",
    ],
)
@click.argument("text", metavar="[TEXT|-]", default="")
@config_option
def command(*, text: str, config: Path) -> None:
    """Show whom the rules find in a text, and whom they would alert for.

    Without TEXT, a terminal is asked for one after the other: what is typed or pasted is shown with
    the names marked, and shown again whenever a file of rules is saved, so that a rule can be
    written beside it. Faults are told, and the rules before go on; if the files have some at the
    start, they are read when they are mended. Where there is no terminal, or for "-", standard
    input is read once. Front matter counts as in a folder. Nothing is recorded or sent.
    """
    asks = not text and is_terminal()
    rules = _reread(config, None) if asks and config.is_file() else read_all(config)
    # The channels come with all that the network needs.
    from watcher.channels import wants_colour  # noqa: PLC0415

    marks = COLOUR if wants_colour(sys.stdout, os.environ) else PLAIN
    if asks:
        click.echo(_GREETING, err=True)
        with suppress(KeyboardInterrupt):
            live(Keyboard(sys.stdin.fileno()), rules, config, marks)
    else:
        _tell(text if text and text != "-" else given().text, rules, marks)


def live(read: Callable[[], str | None], rules: Rules | None, config: Path, marks: Marks) -> None:
    """Show what is typed, and show it again whenever the files are saved, until there is no more.

    Args:
        read: what was typed since it was last asked; None if nothing was for a moment, "" at the
            end.
        rules: as they stand; None if they have faults.
        config: the operator's file.
        marks: around names.
    """
    from watcher.service import survey_plan  # noqa: PLC0415 - comes with all that the daemon needs

    standing = seen = survey_plan(config, os.environ)
    text = typed = ""
    while (some := read()) != "":
        before_that, seen = seen, survey_plan(config, os.environ)
        if some is not None:
            typed += some
        elif typed.strip():
            text, typed = typed, ""
            _tell(text, rules, marks)
        elif standing != seen == before_that:  # at rest: an editor may be amid its writing
            standing = seen
            before, rules = rules, _reread(config, rules)
            if rules is not before:
                click.echo("the rules are read anew", err=True)
                if text:
                    _tell(text, rules, marks)
    if typed.strip():
        _tell(typed, rules, marks)


def _reread(config: Path, before: Rules | None) -> Rules | None:
    """The rules as they are saved; those before, if what is saved has faults, which are told."""
    try:
        return read_all(config)
    except (ConfigError, RuleError) as error:
        goes_on = "the rules before go on" if before else _AWAITED
        click.echo(f"{error}\n{goes_on}", err=True)
        return before


def _tell(text: str, rules: Rules | None, marks: Marks) -> None:
    if rules is None:
        click.echo(_AWAITED, err=True)
        return
    for line in _lines(text.strip(), rules, marks):
        click.echo(line)


def _lines(text: str, rules: Rules, marks: Marks) -> Iterator[str]:
    """The text with the names marked, who that is, and what the rules would do."""
    said, now = parse_preface(text), datetime.now(UTC)
    published = believable(said.published, now)  # as a folder takes it
    article = Article(text=text, id="tried", language=said.language, published=published)
    mentions = find(article, rules.index)
    if not mentions:
        yield 'nobody is found; "watcher explain" says why not'
        return
    for passage in _passages(text, said, mentions):
        yield show(passage, marks, rules.rulebook.watchlist)
    found, age = [(article, mentions)], rules.settings.max_age
    (dossier,) = judge(found, rules.rulebook, Recall(), now=now, max_age=age)
    for judged in dossier.judged:
        yield f"  {_came(judged)}"
    alerted = {judged.alert.entity for judged in dossier.judged}
    for entity in dict.fromkeys(mention.entity for mention in mentions):
        if entity not in alerted:
            name = isolate(tidy(entity))
            yield f'  {name}: no rule alerts; "watcher explain --entity" says why'


def _passages(text: str, said: Preface, mentions: Sequence[Mention]) -> Iterator[Passage]:
    """The lines of front matter with names, such as its title, and the whole text behind it."""
    head = [mention for mention in mentions if mention.start < said.end]
    lines = groupby(head, lambda mention: text.rfind("\n", 0, mention.start) + 1)
    for start, named in lines:
        yield Passage(text, start, text.find("\n", start), tuple(named))
    if proper := text[said.end :].lstrip():
        yield Passage(text, len(text) - len(proper), len(text), tuple(mentions[len(head) :]))


def _came(judged: Judged) -> str:
    """What becomes of an alert."""
    alert, decision = judged.alert, judged.decision
    what = f"to {', '.join(map(tidy, judged.send_to))}" if judged.send_to else decision.reason
    return f"{isolate(tidy(alert.entity))}: alert by {tidy(alert.rule)}, {what}"
