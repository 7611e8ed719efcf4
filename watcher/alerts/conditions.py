"""What a rule asks of an article besides a name: words, sources, languages; and how it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from watcher.article import Article
from watcher.match import Field, Mention, sheet_of
from watcher.watchlist import Conditions, read_phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question of a rule, and its answer.

    Attributes:
        key: the rule's key that asks, as analysts write it: `watch`, `min_score`.
        holds: whether the article is as the rule wants it.
        wanted: what the rule wants, in short: "0.80".
        found: what there is instead, or by what it holds: "0.72"; "" for nothing.
    """

    key: str
    holds: bool
    wanted: str = ""
    found: str = ""


def met(conditions: Conditions, article: Article) -> Iterator[Answer]:
    """What an article answers to each condition that a rule writes, the cheapest first."""
    if conditions.sources:
        yield _source(conditions.sources, article.source)
    if conditions.languages:
        yield _language(conditions.languages, article.language)
    for text in conditions.every:
        held = _holds(article, text)
        yield Answer(key="all", holds=held, wanted=text, found=text if held else "")
    if conditions.some:
        found = next((text for text in conditions.some if _holds(article, text)), "")
        yield Answer(key="any", holds=bool(found), wanted=_or(conditions.some), found=found)
    if conditions.unless:
        found = next((text for text in conditions.unless if _holds(article, text)), "")
        yield Answer(
            key="unless", holds=not found, wanted=f"no {_or(conditions.unless)}", found=found
        )


def near(
    conditions: Conditions, article: Article, mentions: Iterable[Mention]
) -> tuple[Mention, ...]:
    """The mentions that stand near one of the words asked for; all of them if none are."""
    if conditions.near is None:
        return tuple(mentions)
    asked, within = conditions.near.words, conditions.near.within
    return tuple(
        mention
        for mention in mentions
        if any(_is_near(article, mention, text, within) for text in asked)
    )


def answer_near(conditions: Conditions, counted: Sequence[Mention]) -> Iterator[Answer]:
    """The answer to `near:`, if a rule asks.

    Args:
        conditions: of the rule.
        counted: the mentions that stand near one of its words.
    """
    if conditions.near is None:
        return
    within = conditions.near.within
    where = "in the sentence" if within is None else f"within {within} words"
    wanted = f"{_or(conditions.near.words)} {where}"
    found = counted[0].quote if counted else ""
    yield Answer(key="near", holds=bool(counted), wanted=wanted, found=found)


def _is_near(article: Article, mention: Mention, text: str, within: int | None) -> bool:
    field = article.title if mention.field is Field.TITLE else article.text
    return sheet_of(field).near(read_phrase(text), mention.start, mention.end, within)


def _holds(article: Article, text: str) -> bool:
    phrase = read_phrase(text)
    return sheet_of(article.title).holds(phrase) or sheet_of(article.text).holds(phrase)


def _source(sources: Sequence[str], source: str) -> Answer:
    return Answer(key="sources", holds=source in sources, wanted=_or(sources), found=source)


def _language(languages: Sequence[str], language: str) -> Answer:
    """An article that does not say its language may be in any."""
    spoken = language.lower()
    holds = not spoken or any(spoken == each or spoken.startswith(f"{each}-") for each in languages)
    return Answer(key="languages", holds=holds, wanted=_or(languages), found=language)


def _or(texts: Iterable[str]) -> str:
    return " or ".join(texts)
