"""A mention shown in its sentence, in the article's own words."""

from __future__ import annotations

from watcher.alerts.alert import Quote
from watcher.article import Article
from watcher.match.mention import Field, Mention
from watcher.text import sentence_around


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
    )
