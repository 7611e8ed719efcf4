"""Where no exclusion keeps a wrong alert away: why none does, and what does.

What is told as keeping it away has been tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from watcher.alerts.alert import Alert, Quote
from watcher.alerts.clean import isolate, shorten, shorten_start, tidy
from watcher.alerts.decide import Limits
from watcher.alerts.flip import flips
from watcher.alerts.proposal import Act, Change, Scope
from watcher.alerts.quote import is_whole, words
from watcher.alerts.raising import compile_rules
from watcher.alerts.recall import Recall
from watcher.alerts.road import Question, Road, walk
from watcher.alerts.wording import Sureness, explain, sureness
from watcher.article import Article
from watcher.names.evidence import Verdict
from watcher.text import fold
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.rulebook import Rulebook
from watcher.watchlist.status import Status

_AROUND = 60
"""Code points shown of a sentence on either side of a mention."""
_ELSE = (
    "if others bear the name, let the rule ask for words beside it (near), or name words against it"
    " (unless)"
)


def hindrance(left: Quote, entity: Entity, excludes: tuple[str, ...]) -> Iterator[str]:
    """Why no exclusion helps, in lines fit to be shown.

    Args:
        left: the mention that none takes away.
        entity: whom it was taken for.
        excludes: names that do take other mentions of the article away.
    """
    before, after = tidy(left.before).lstrip(), tidy(left.after).rstrip()
    around = (shorten_start(before, _AROUND), shorten(after, _AROUND))
    marked = isolate(f"«{tidy(words(left))}»".join(around))
    yield f"no exclusion helps: {_what(left, entity)}: {marked}"
    if excludes:
        names = " and ".join(f'"{isolate(tidy(name))}"' for name in excludes)
        yield f"to exclude {names} would not be enough"


def advice(alert: Alert, article: Article, rulebook: Rulebook) -> Iterator[str]:
    """What keeps an alert away besides exclusions, in lines fit to be shown.

    Args:
        alert: the alert.
        article: its article, with the text.
        rulebook: its rule and its entity alone, as the files have them.
    """
    book = _live(rulebook)
    index = compile_rules(book)
    question = Question(article, alert.entity, alert.raised)
    road = walk(question, book, index, Recall(), Limits())
    for change in flips(road, index.crowd):
        if _is_sane(change, road):
            yield f"this keeps it away: {tidy(str(change))}"
    yield _ELSE


def _what(left: Quote, entity: Entity) -> str:
    """What a mention is that cannot be excluded."""
    quoted = f'"{isolate(tidy(words(left)))}"'
    backing = [e for e in left.evidence if e.verdict in (Verdict.SHORT, Verdict.CONTEXT)]
    if backing:
        return f"{quoted} counts beside something else ({explain(backing)[0]})"
    if fold(words(left)) in map(fold, (*entity.names, *entity.weak)):
        return f"{quoted} is the name itself"
    if is_whole(left):
        return f"{quoted} is a spelling of the name itself"
    return f"{quoted} is read as the name ({', '.join(explain(left.evidence))})"


def _live(rulebook: Rulebook) -> Rulebook:
    """The rulebook as if nothing in it were on test, and nothing had been sent before."""
    entities = (replace(each, status=Status.LIVE) for each in rulebook.watchlist)
    rules = (replace(each, status=Status.LIVE) for each in rulebook.rules)
    return replace(rulebook, watchlist=Watchlist(tuple(entities)), rules=tuple(rules))


def _is_sane(change: Change, road: Road) -> bool:
    """Whether somebody may make a change without losing most of what is right.

    No bar tells a certain mention from those that are right, and a name called weak is lost in all
    articles that have nothing else of the entity.
    """
    if change.scope is Scope.ENTITY:
        return change.act is Act.LEAVE_OUT
    best = max(mention.score for mention in road.trace.mentions)
    return sureness(best) is not Sureness.CERTAIN
