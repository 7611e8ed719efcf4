"""What an alert that people have judged teaches the rules: a name to exclude, an alias, a test.

Whatever is proposed has been tried: an exclusion keeps this very article from alerting and leaves
the entity's own names found; a test comes out as it is written with the proposal in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from watcher.alerts.alert import Alert, Quote
from watcher.alerts.raising import compile_rules, raise_alerts
from watcher.alerts.rehearse import rehearse
from watcher.article import Article
from watcher.match import Index, find
from watcher.names import Verdict
from watcher.names.known import is_known
from watcher.text import fold
from watcher.watchlist import Rule, Rulebook, RuleTest, Watchlist
from watcher.watchlist.entity import Entity

_WORD = r"[^\W\d_](?:[\w’'-]*\w)?"
_LEFT = re.compile(rf"({_WORD})\s+$")
_RIGHT = re.compile(rf"^\s+({_WORD})")
_MOST = 2
"""Words on either side of a mention that may belong to the name of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A proposal.

    Attributes:
        entity: the entity.
        rule: the rule that alerted.
        exclude: the name of somebody else; "" if none was found that helps.
        aliases: spellings that the entity's names do not have yet.
        test: says how the rule shall decide on this from now on; None if nothing helps.
        says: what to know about it, each in a line.
    """

    entity: Entity
    rule: Rule
    exclude: str = ""
    aliases: tuple[str, ...] = ()
    test: RuleTest | None = None
    says: tuple[str, ...] = ()


def learn_wrong(alert: Alert, article: Article, rulebook: Rulebook) -> Lesson | None:
    """What to change so that this article does not alert for this entity.

    Args:
        alert: one that was wrong.
        article: its article, with the text.
        rulebook: what the files say now.

    Returns:
        None if the rule or the entity is gone from the files.
    """
    case = _Case.of(alert, article, rulebook)
    if case is None:
        return None
    if not case.alerts(case.entity):
        says = ("with the rules as they are now, this article raises no such alert",)
        return replace(case.lesson(), test=case.test(rulebook, case.entity), says=says)
    exclude = next(filter(case.helps, case.others()), "")
    if not exclude:
        match = _match(alert.quotes[0])
        why = f'no exclusion helps: "{match}" is written as the name itself'
        return replace(case.lesson(), says=(why, "ask for words near it, or raise min_score"))
    taught = _with(rulebook, replace(case.entity, exclude=(*case.entity.exclude, exclude)))
    return replace(case.lesson(), exclude=exclude, test=case.test(taught, case.entity))


def learn_right(alert: Alert, article: Article, rulebook: Rulebook) -> Lesson | None:
    """What to keep of an alert that was right: its spellings, and a test; as for `learn_wrong`."""
    case = _Case.of(alert, article, rulebook)
    if case is None:
        return None
    known = {fold(name) for name in (*case.entity.names, *case.entity.weak)}
    found = dict.fromkeys(_match(quote) for quote in alert.quotes if _is_whole(quote))
    aliases = tuple(name for name in found if fold(name) not in known)
    learnt = replace(case.entity, names=(*case.entity.names, *aliases))
    says = () if aliases else ("its spelling is known already",)
    test = case.test(_with(rulebook, learnt), learnt)
    return replace(case.lesson(), aliases=aliases, test=test, says=says)


@dataclass(frozen=True, slots=True)
class _Case:
    """An alert, its article, and what the files say now of its entity and rule."""

    alert: Alert
    article: Article
    entity: Entity
    rule: Rule

    @classmethod
    def of(cls, alert: Alert, article: Article, rulebook: Rulebook) -> _Case | None:
        rule = next((rule for rule in rulebook.rules if rule.id == alert.rule), None)
        if rule is None or alert.entity not in rulebook.watchlist:
            return None
        return cls(alert, article, rulebook.watchlist[alert.entity], rule)

    def lesson(self) -> Lesson:
        return Lesson(entity=self.entity, rule=self.rule)

    def alerts(self, entity: Entity) -> bool:
        """Whether the article alerts for the entity if it is as given, all others left aside."""
        book = self._alone(entity)
        found = find(self.article, compile_rules(book))
        return bool(raise_alerts(self.article, found, book, self.alert.raised))

    def helps(self, exclude: str) -> bool:
        """Whether excluding a name keeps the alert away, and nothing of the entity's own."""
        taught = replace(self.entity, exclude=(*self.entity.exclude, exclude))
        return not self.alerts(taught) and self._found(taught) == self._found(self.entity)

    def others(self) -> Iterator[str]:
        """Names of somebody else that the mentions may be, the shortest of each first."""
        for quote in self.alert.quotes:
            before, after = _names(quote, _LEFT), _names(quote, _RIGHT)
            sizes = [(i, j) for i in range(len(before) + 1) for j in range(len(after) + 1)]
            for left, right in sorted(sizes, key=sum):
                yield " ".join((*before[len(before) - left :], _match(quote), *after[:right]))

    def test(self, taught: Rulebook, proof: Entity) -> RuleTest:
        """A test that says how the rule decides when it has been taught.

        Of the sentences that were quoted, and these under the headline, it takes the first that
        alerts for the entity as the proof has it; else the first of all.
        """
        tried = list(self._tests())
        book = self._alone(proof)
        index = compile_rules(book)
        telling = (each for each in tried if _alerted(book.rules[0], each, book, index))
        test = next(telling, tried[0])
        return replace(test, alert=_alerted(self.rule, test, taught, compile_rules(taught)))

    def _tests(self) -> Iterator[RuleTest]:
        sentences = tuple(dict.fromkeys(map(_sentence, self.alert.quotes)))
        title = " ".join(self.article.title.split())
        for text in sentences:
            yield RuleTest(text=text, alert=())
        for text in sentences:
            if title and text != title:
                yield RuleTest(text=text, alert=(), title=title)

    def _found(self, entity: Entity) -> list[bool]:
        """Which of the entity's own names are found if it is as given."""
        index = compile_rules(self._alone(entity))
        return [bool(find(Article(text=name), index)) for name in self.entity.names]

    def _alone(self, entity: Entity) -> Rulebook:
        rule = replace(self.rule, entities=frozenset({entity.id}), tests=())
        return Rulebook(watchlist=Watchlist((entity,)), rules=(rule,))


def _alerted(rule: Rule, test: RuleTest, rulebook: Rulebook, index: Index) -> tuple[str, ...]:
    """For whom a rule alerts on a test's text."""
    book = replace(rulebook, rules=(replace(rule, tests=(test,)),))
    return next(
        (failure.unwanted for failure in rehearse(book, partial(find, watchlist=index))), ()
    )


def _with(rulebook: Rulebook, entity: Entity) -> Rulebook:
    """The rulebook with an entity in the place of the one with its id."""
    entities = tuple(entity if each.id == entity.id else each for each in rulebook.watchlist)
    return replace(rulebook, watchlist=Watchlist(entities))


def _names(quote: Quote, side: re.Pattern[str]) -> Sequence[str]:
    """The words beside a mention that may belong to the name, in the order of the text."""
    words: list[str] = []
    text = quote.before if side is _LEFT else quote.after
    while len(words) < _MOST and (found := side.search(text)):
        text = text[: found.start()] if side is _LEFT else text[found.end() :]
        if not _is_name(found[1], begins=side is _LEFT and not text.strip()):
            break
        words.append(found[1])
    return words[::-1] if side is _LEFT else words


def _is_name(word: str, *, begins: bool) -> bool:
    """Whether a word may be part of a name: by its capital, or because people are called so."""
    if is_known(fold(word)):
        return True
    return word[0].isupper() and not begins  # the first word of a sentence has a capital anyway


def _match(quote: Quote) -> str:
    """The words of a mention in one line; an article may break it."""
    return " ".join(quote.match.split())


def _sentence(quote: Quote) -> str:
    return " ".join(f"{quote.before}{quote.match}{quote.after}".split())


def _is_whole(quote: Quote) -> bool:
    """Whether a mention is a full name, each part of which was recognised."""
    whole = all(piece.verdict is Verdict.MATCHED for piece in quote.evidence)
    return whole and len(quote.match.split()) > 1
