"""Whose a surname is that stands alone: what the words beside it say.

Another given name before it makes it another person's, an initial may be the person's own. Much
else that is written with a capital says nothing: titles, the first word of a sentence, acronyms,
whole names and surnames of others, words of other scripts.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import NamedTuple

from watcher.match.page import Page
from watcher.match.unit import CASED, FREE, Unit, is_borne, is_initial
from watcher.names import words
from watcher.text import Token, frequency, readings, script_of

_TITLES = words("title") | words("honorific")
_BODIES = frozenset(word for word in words("generic") if len(word) > 3)
"""Foundation, bank, party: beside one a surname is part of its name. Shorter rows are grammar."""
_OFTEN = 0.02
"""A word with a capital that a larger share of articles hold is a name of its own …"""
_MOSTLY = 0.65
"""… where no larger share of these hold it in lower case. Chosen on running text."""
_GRAMMAR = 0.9
"""A word that a larger share of articles holds is grammar, whoever bears it: של (of)."""
_INITIALS = 4
"""Nobody has more initials."""
_STOPS = frozenset(".!?…:;\n")
"""Behind these a sentence begins."""


class Claim(StrEnum):
    """Whose the words beside a surname say it is."""

    OWN = "a name or an initial beside it is the person's own"
    FREE = "nothing speaks against the person"
    DOUBTFUL = "a word beside it may be another given name"
    ANOTHER = "a name beside it is another given name"


class Bearer(NamedTuple):
    """What is known of the person whom a surname may stand for.

    Attributes:
        family: whether it is the family name that stands alone.
        words: the words of the person's whole names in the article, with and without affixes.
    """

    family: bool
    words: frozenset[str]


def claim(
    page: Page,
    unit: Unit,
    bearer: Bearer,
    taken: AbstractSet[int],
    others: Callable[[str], bool],
) -> Claim:
    """Whose a part of a name is that stands alone.

    Args:
        page: the text.
        unit: the part.
        bearer: whom it may stand for.
        taken: the words that whole names hold.
        others: whether a form is the surname of anybody introduced.
    """
    beside = _Beside(page, unit, bearer, taken, others)
    before = beside.before()
    if before is not Claim.FREE or unit.script not in CASED:
        return before
    return beside.behind()


class _Beside(NamedTuple):
    page: Page
    unit: Unit
    bearer: Bearer
    taken: AbstractSet[int]
    others: Callable[[str], bool]

    def before(self) -> Claim:
        """What the word before says."""
        place = self.unit.first - 1
        if place < 0 or not _is_open(self.page, place):
            return Claim.FREE
        own = self._own(place, _first_initial(self.page, place))
        word = self.page.words[place]
        if own is not None or word.folded in _TITLES or self._says_nothing(place):
            return own or Claim.FREE
        if self.unit.script in CASED and _is_ordinary(word):
            return Claim.FREE
        if _is_given(word):
            return Claim.ANOTHER
        if self.unit.script not in CASED or _opens(self.page, place):
            return Claim.FREE
        return Claim.DOUBTFUL if _runs_on(self.page, place) else Claim.FREE

    def behind(self) -> Claim:
        """What the word behind says, where capitals tell names."""
        place = self.unit.last + 1
        if place >= len(self.page.words) or not _runs_on(self.page, place - 1):
            return Claim.FREE
        own = self._own(place, place)
        if own is not None or self._says_nothing(place) or _is_spoken_of(self.page.words[place]):
            return own or Claim.FREE
        if not self.bearer.family:
            return Claim.ANOTHER
        # "… told May Boris Johnson": two names behind a surname are somebody else's whole name.
        return Claim.FREE if _goes_on(self.page, place) else Claim.DOUBTFUL

    def _own(self, place: int, initial: int) -> Claim | None:
        """What an initial or another name of the person says; None if the word is neither."""
        word = self.page.words[place]
        if not _forms(word).isdisjoint(self.bearer.words):
            return Claim.OWN
        return self._by_initial(initial) if _is_initial(self.page, place) else None

    def _by_initial(self, place: int) -> Claim:
        """An initial is the person's own if one of the person's other names begins so."""
        initial = self.page.words[place].folded
        own = self.bearer.words - {self.unit.folded}
        fits = any(word.startswith(initial) for word in own)
        return Claim.OWN if fits else Claim.ANOTHER

    def _says_nothing(self, place: int) -> bool:
        """Whether a word beside the surname does not go with it, whatever its capital."""
        word = self.page.words[place]
        script = script_of(word.folded)
        return (
            place in self.taken
            or script is not self.unit.script
            or any(self.others(form) for form in _forms(word))
            or (script in CASED and not self._is_loud(word))
        )

    def _is_loud(self, word: Token) -> bool:
        """Whether a word has a capital, and not as an acronym."""
        text, head = self.page.text, self.page.words[self.unit.head]
        acronym = word.end - word.start > 1 and text[word.start : word.end].isupper()
        if acronym and not text[head.start : head.end].isupper():
            return False
        return word.capital


def _is_open(page: Page, gap: int) -> bool:
    return page.gap(gap) is FREE


def _runs_on(page: Page, gap: int) -> bool:
    """Whether words on both sides of a gap stand in one line; a line break may part headings."""
    between = page.text[page.words[gap].end : page.words[gap + 1].start]
    return _is_open(page, gap) and "\n" not in between


def _is_initial(page: Page, place: int) -> bool:
    word = page.words[place]
    behind = page.text[word.end : word.end + 1]
    return (
        word.capital and behind == "." and is_initial(page.text[word.start : word.end], word.folded)
    )


def _first_initial(page: Page, place: int) -> int:
    """The first of the initials that end at a place: that of the given name."""
    least = max(place - _INITIALS + 1, 0)
    while place > least and page.gap(place - 1).open and _is_initial(page, place - 1):
        place -= 1
    return place


def _forms(word: Token) -> frozenset[str]:
    script = script_of(word.folded)
    return frozenset(reading.form for reading in readings(word.folded, script))


def _is_given(word: Token) -> bool:
    """Whether many people bear a word that is not grammar."""
    script = script_of(word.folded)
    if script not in CASED and frequency(word.folded) > _GRAMMAR:
        return False
    return any(is_borne(form, script) for form in _forms(word))


def _is_ordinary(word: Token) -> bool:
    """Whether news write a word in lower case too, and nobody bears it."""
    return frequency(word.folded) > 0 and word.folded not in _BODIES and not _is_given(word)


def _is_spoken_of(word: Token) -> bool:
    """Whether a word names something that news often speak of: Brexit, not a law or a tower."""
    often = frequency(word.folded, capital=True)
    return often >= _OFTEN and frequency(word.folded) < often * _MOSTLY and not _is_given(word)


def _opens(page: Page, place: int) -> bool:
    """Whether a sentence begins with a word, so that its capital says nothing."""
    if place == 0:
        return True
    before = page.text[page.words[place - 1].end : page.words[place].start]
    return not _STOPS.isdisjoint(before)


def _goes_on(page: Page, place: int) -> bool:
    """Whether another word with a capital follows."""
    return place + 1 < len(page.words) and _runs_on(page, place) and page.words[place + 1].capital
