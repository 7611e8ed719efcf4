"""One page of the web, read as the daemon reads the pages of articles: for who asks about it."""

from __future__ import annotations

from watcher.article import Article
from watcher.config import Settings
from watcher.feeds import PageReader, Parser
from watcher.service.house import World
from watcher.service.outside import open_line


async def read_page(url: str, settings: Settings, world: World) -> Article:
    """The article on a page; its id is the address.

    Args:
        url: an http or https address.
        settings: say how the network may be used.
        world: everything from outside.

    Raises:
        FeedError: it cannot be fetched, its host does not want it, or there is no article on it.
    """
    line = open_line(settings)
    async with line.client, Parser() as parser:
        reader = PageReader(line.client, line.gate, parser, world.clock)
        text, _ = await reader.read(url)
    return Article(text=text, id=url, link=url)
