"""The tests that stand inside the rules, run before the rules come into force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from watcher.alerts.hear import Answer, Scene, answers, hear
from watcher.article import Article
from watcher.match.mention import Mention
from watcher.watchlist import Rulebook, Watchlist
from watcher.watchlist.rule import Rule, RuleTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A test inside a rule that came out otherwise than the analyst wrote.

    Attributes:
        where: "file:line:column" of the test; "" if it has no file.
        rule: the rule's id.
        text: the text of the test.
        missing: entities that the rule had to alert for and did not, as the test lists them.
        unwanted: entities that it alerted for and should not, in the order of the text.
        mentions: all that was found in the text, whether or not it reached the rule's bar: the
            account of why.
        unmet: what the rule asks of an article with an entity that is missing, and is not given.
    """

    where: str
    rule: str
    text: str
    missing: tuple[str, ...]
    unwanted: tuple[str, ...]
    mentions: tuple[Mention, ...]
    unmet: tuple[Answer, ...] = ()

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        said = [
            f"{verb} {', '.join(entities)}"
            for verb, entities in (
                ("should alert for", self.missing),
                ("should not alert for", self.unwanted),
            )
            if entities
        ]
        return f'{place}rule "{self.rule}" {" and ".join(said)}'


def rehearse(
    rulebook: Rulebook, find: Callable[[Article], Sequence[Mention]]
) -> tuple[Failure, ...]:
    """Run every test inside the rules.

    Args:
        rulebook: the rules with their tests, and the watchlist they belong to.
        find: gives the mentions of an article.

    Returns:
        The tests that failed, in the order of the rules; empty if all is as written.
    """
    watchlist = rulebook.watchlist
    outcomes = (_try(rule, test, watchlist, find) for rule in rulebook.rules for test in rule.tests)
    return tuple(failure for failure in outcomes if failure is not None)


def _try(
    rule: Rule,
    test: RuleTest,
    watchlist: Watchlist,
    find: Callable[[Article], Sequence[Mention]],
) -> Failure | None:
    article = _article(test, rule)
    mentions = tuple(find(article))
    scenes = _scenes(rule, watchlist, article, mentions)
    got = tuple(entity for entity, scene in scenes.items() if hear(rule, scene))
    missing = tuple(entity for entity in test.alert if entity not in got)
    unwanted = tuple(entity for entity in got if entity not in test.alert)
    if not missing and not unwanted:
        return None
    seen = (scenes[entity] for entity in missing if entity in scenes)
    asked = (answer for scene in seen for answer in answers(rule, scene))
    return Failure(
        where=test.where,
        rule=rule.id,
        text=test.text,
        missing=missing,
        unwanted=unwanted,
        mentions=mentions,
        unmet=tuple(dict.fromkeys(answer for answer in asked if not answer.holds)),
    )


def _article(test: RuleTest, rule: Rule) -> Article:
    """The article that a test stands for; of source and language, one that the rule asks for."""
    asked = rule.conditions
    return Article(
        text=test.text,
        title=test.title,
        source=test.source or next(iter(asked.sources), ""),
        language=test.language or next(iter(asked.languages), ""),
    )


def _scenes(
    rule: Rule, watchlist: Watchlist, article: Article, mentions: Sequence[Mention]
) -> dict[str, Scene]:
    """What the rule is asked about: each entity it watches and that was found, in order."""
    seen: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.entity in rule.entities:
            seen.setdefault(mention.entity, []).append(mention)
    return {each: Scene(watchlist[each], article, tuple(found)) for each, found in seen.items()}
