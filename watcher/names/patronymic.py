"""Patronymics: told by their endings, and the father's name taken out of them."""

from __future__ import annotations

import re
from functools import lru_cache

from watcher.text import Script

_ENDINGS = {
    Script.CYRILLIC: re.compile(
        r"(?:[оеаiі]в[иіi]ч|[ьі]?[иіi]ч|[оеаў]в?[ўв]?н[ауы]|[ои]вна|ич?на|[иі]вна|оглы|кызы)$"
    ),
    Script.LATIN: re.compile(
        r"(?:[oeaiy][vw][iy]?(?:ch|c|tj|tch|tsch|ts|cz|tsj|s)|[oeaiy][vuw]n[ay]|yevna|ichna|ogly|qyzy)$"
    ),
}
_SOFT = {Script.CYRILLIC: "ьіиийы", Script.LATIN: "iyj'"}
_LEAST = 2


def is_patronymic(folded: str, script: Script) -> bool:
    """Whether a folded word ends as patronymics do."""
    return len(father(folded, script)) >= _LEAST if script in _ENDINGS else False


@lru_cache(maxsize=1 << 12)
def father(folded: str, script: Script) -> str:
    """The stem of the father's name in a patronymic, "" if it is none: grigor of Grigoryevich."""
    if script not in _ENDINGS:
        return ""
    match = _ENDINGS[script].search(folded)
    if not match or match.start() < _LEAST:
        return ""
    return folded[: match.start()].rstrip(_SOFT[script])
