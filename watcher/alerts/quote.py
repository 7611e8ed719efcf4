"""A mention shown in its sentence, in the article's own words."""

from __future__ import annotations

from watcher.alerts.alert import Quote
from watcher.article import Article
from watcher.match.mention import Field, Mention
from watcher.names.evidence import Verdict
from watcher.text import sentence_around

_FULL = 2
"""Parts that are more than a given name or a family name alone."""
_ADDING = frozenset((Verdict.MATCHED, Verdict.EXTRA, Verdict.ASIDE))


def quote(article: Article, mention: Mention) -> Quote:
    """The sentence around a mention, parted at the mention.

    Args:
        article: the article the mention was found in, with its text.
        mention: where to look; its offsets count code points of its field.

    Returns:
        `before + match + after` is a piece of the title or the text exactly as it stands there.
    """
    text = article.title if mention.field is Field.TITLE else article.text
    first, last = sentence_around(text, mention.start, mention.end)
    return Quote(
        before=text[first : mention.start],
        match=text[mention.start : mention.end],
        after=text[mention.end : last],
        name=mention.name,
        score=mention.score,
        evidence=mention.evidence,
        field=mention.field,
    )


def words(one: Quote) -> str:
    """The words of a mention in one line; an article may break it."""
    return " ".join(one.match.split())


def sentence(one: Quote) -> str:
    """The sentence of a mention in one line."""
    return " ".join(f"{one.before}{one.match}{one.after}".split())


def is_whole(one: Quote) -> bool:
    """Whether a mention is a full name, each part of which was recognised."""
    whole = all(piece.verdict is Verdict.MATCHED for piece in one.evidence)
    return whole and len(one.match.split()) > 1


def added(one: Quote) -> tuple[str, ...]:
    """The words that a mention has beside a full name, such as a middle name; () if none.

    Also of a mention that is no full name, since parts are left out or support it.
    """
    verdicts = [piece.verdict for piece in one.evidence]
    if verdicts.count(Verdict.MATCHED) < _FULL or not _ADDING.issuperset(verdicts):
        return ()
    return tuple(piece.found for piece in one.evidence if piece.verdict is Verdict.EXTRA)
