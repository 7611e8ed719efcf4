"""How alike many words are to the words of a list: `likeness` for thousands of pairs at once.

The very numbers that `likeness` gives, for a list whose words are known beforehand. What only a few
pairs need (names that people know, twins) is asked pair by pair; the letters of all others are
compared in arrays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.names.alike import KNOWN_ONE, KNOWN_TWO, NEARLY, TURNED, Word, compared, word_of
from watcher.names.core import BUILT
from watcher.names.grid import FAR, Places, Words, grid, ranges
from watcher.names.key import keys
from watcher.names.known import known, spellings
from watcher.names.plain import LEARNED, MOST, score_of, spelled
from watcher.names.ready import Forms, Listed, forms_of
from watcher.names.roman import romanise
from watcher.names.steps import HUNDREDTHS
from watcher.names.twin import are_twins, twins_of
from watcher.text import Script

Scores: TypeAlias = NDArray[np.float64]

_REMEMBERED = 1 << 12
"""Words of a list in one script that are kept ready to be compared."""

_NONE: Places = np.zeros(0, np.intp)


class _Spellings(NamedTuple):
    """Latin spellings of known names.

    Attributes:
        options: each once.
        numbers: those of each word of the list, one word after the other.
        starts: where those of each word begin, and where the last ones end.
        by_key: the spellings that have a key.
        outer: the spellings as the table of Latin reads them.
        sizes: their lengths.
    """

    options: Sequence[str]
    numbers: Places
    starts: Places
    by_key: Mapping[str, Places]
    outer: Words
    sizes: Places


class _Rows(NamedTuple):
    """Forms of the text and of the list to be compared.

    Attributes:
        one: the form of the text.
        two: the form of the list.
        left: whether that of the text is the left one, as `likeness` sorts the words.
    """

    one: Places
    two: Places
    left: NDArray[np.bool_]


class Many:
    """The words of a list in one script, to be compared with words of texts."""

    def __init__(self, listed: Listed) -> None:
        own, self._order, self._ranks = listed
        self._own, self._script = own, own.script

        # It must not know this list, or neither would go before the next search for garbage.
        @lru_cache(maxsize=_REMEMBERED)
        def word(number: int) -> Word:
            return word_of(own.words[number], own.script)

        self._word = word

    def likeness(
        self, words: Sequence[str], script: Script, pairs: tuple[Places, Places], least: float
    ) -> Scores:
        """How alike words are to words of the list.

        Args:
            words: folded words of a text, all different.
            script: theirs.
            pairs: of each pair the number of the word, rising, and that of the word of the list.
            least: nobody asks about anything below; at least 0.12.

        Returns:
            For each pair what `likeness` says; 0.0 or any number below `least` where that is less.
        """
        return (self._each if BUILT else self._at_once)(words, script, pairs, least)

    def _each(
        self, words: Sequence[str], script: Script, pairs: tuple[Places, Places], _: float
    ) -> Scores:
        """What `likeness` says of one pair after the other, where it is compiled."""
        asked = [word_of(word, script) for word in words]
        both = zip(pairs[0].tolist(), pairs[1].tolist(), strict=True)
        return np.array([compared(asked[a], self._word(b)) for a, b in both], float)

    def _at_once(
        self, words: Sequence[str], script: Script, pairs: tuple[Places, Places], least: float
    ) -> Scores:
        """What `likeness` says, in arrays."""
        if not len(pairs[0]):
            return np.zeros(0)
        theirs = forms_of(words, script)
        first = theirs.starts[pairs[0]], self._own.starts[pairs[1]]
        before = self._before(theirs.words, script, pairs)
        asked = theirs.forms, script
        spelled = self._plain(asked, _Rows(*first, before))
        found = spelled.copy()
        for pair, rows in _turned(theirs.starts, self._own.starts, pairs):
            scores = self._plain(asked, _Rows(*rows, before[pair])) * TURNED
            np.maximum.at(found, pair, scores)
        self._nearly(theirs, pairs, spelled, found)
        told = self._tell(theirs, pairs, spelled, found)
        self._part_twins(theirs, pairs, ~told & (found >= least), found)
        if script is self._script:
            found[self._same(theirs.forms, *first)] = 1.0
        return found

    def _same(self, forms: Sequence[str], one: Places, two: Places) -> NDArray[np.bool_]:
        """Which pairs of forms of a text and of the list are the same letters."""
        some, which = np.unique(two, return_inverse=True)
        numbers = {self._own.forms[form]: number for number, form in enumerate(some.tolist())}
        ids = np.array([numbers[self._own.forms[form]] for form in some.tolist()], np.intp)
        same: NDArray[np.bool_] = (
            np.array([numbers.get(form, -1) for form in forms], np.intp)[one] == ids[which]
        )
        return same

    def _before(
        self, words: Sequence[str], script: Script, pairs: tuple[Places, Places]
    ) -> NDArray[np.bool_]:
        """Of each pair whether the word of the text comes first, as `likeness` sorts them."""
        if script is not self._script:
            return np.full(len(pairs[0]), script < self._script)
        ranks = np.array([self._rank(word) for word in words], np.intp)
        return ranks[pairs[0]] <= self._ranks[pairs[1]]

    def _rank(self, word: str) -> int:
        """How many words of the list come before a word."""
        return bisect_left(self._order, word, key=self._own.words.__getitem__)

    def _plain(self, asked: tuple[Sequence[str], Script], rows: _Rows) -> Scores:
        """How alike forms are by their letters alone, as `plain` has it."""
        words, script = asked
        found = np.zeros(len(rows.one))
        if Script.HAN not in (script, self._script) and not (
            script is self._script is Script.HANGUL
        ):
            mine, theirs = self._script in LEARNED, script in LEARNED
            if script is self._script or not (mine or theirs):
                found = self._by_table(Script.LATIN, asked, rows)
            else:
                is_left = theirs and (not mine or script < self._script)
                rows = rows._replace(left=np.full(len(found), is_left))
                found = self._by_table(script if is_left else self._script, asked, rows)
        if script is self._script:
            found[self._same(words, rows.one, rows.two)] = MOST
        return found

    def _by_table(self, table: Script, asked: tuple[Sequence[str], Script], rows: _Rows) -> Scores:
        """Compare by one table of steps."""
        words, script = asked
        found = np.zeros(len(rows.left))
        for is_left in (True, False):
            chosen = np.flatnonzero(rows.left == is_left)
            if len(chosen):
                roman = not (is_left and script is table)
                spelled = [romanise(word, script) for word in words] if roman else words
                outer, two = self._outer(table, rows.two[chosen], turned=not is_left)
                pairs = rows.one[chosen], two
                found[chosen] = _scores(table, spelled, outer, pairs, turned=not is_left)
        return found

    def _outer(
        self, table: Script, forms: Places, *, turned: bool
    ) -> tuple[tuple[Words, Places], Places]:
        """Some forms of the list as a table reads them, their lengths, and which each is."""
        roman = not (turned and self._script is table)
        some, which = np.unique(forms, return_inverse=True)
        own = [self._own.forms[form] for form in some.tolist()]
        spelled = [romanise(form, self._script) for form in own] if roman else own
        sizes = np.array([len(word) for word in spelled], np.intp)
        return (grid(table, turned=turned).outer.read(spelled), sizes), which

    def _nearly(
        self, theirs: Forms, pairs: tuple[Places, Places], spelled: Scores, found: Scores
    ) -> None:
        """Hear the Latin spellings of a known name against the other word."""
        unsure = spelled < KNOWN_ONE
        if self._script is Script.LATIN:
            asked = np.flatnonzero(theirs.known[pairs[0]] & unsure)
            self._spelled(theirs, pairs, asked, found)
        if theirs.script is Script.LATIN:
            asked = np.flatnonzero(self._own.known[pairs[1]] & unsure)
            self._spelling(theirs, pairs, asked, found)

    def _spelled(
        self, theirs: Forms, pairs: tuple[Places, Places], asked: Places, found: Scores
    ) -> None:
        """The spellings of known words of the text against words of the list."""
        names = {int(n): spellings(theirs.forms[theirs.starts[n]]) for n in set(pairs[0][asked])}
        options = sorted({option for several in names.values() for option in several})
        numbers = {option: number for number, option in enumerate(options)}
        rows = [
            (numbers[option], form, int(pair))
            for pair in asked
            for form in [int(self._own.starts[pairs[1][pair]])]
            for option in names[int(pairs[0][pair])]
            if _may_be(option, self._own.forms[form])
        ]
        if rows:
            one, two, pair = (np.array(column, np.intp) for column in zip(*rows, strict=True))
            outer, form = self._outer(Script.LATIN, two, turned=False)
            scores = _scores(Script.LATIN, options, outer, (one, form), turned=False)
            same = np.array([options[a] == self._own.forms[b] for a, b, _ in rows], bool)
            scores[same] = MOST
            np.maximum.at(found, pair, scores * NEARLY)

    def _spelling(
        self, theirs: Forms, pairs: tuple[Places, Places], asked: Places, found: Scores
    ) -> None:
        """The words of the text against spellings of known words of the list."""
        listed = self._spellings
        many = listed.starts[pairs[1][asked] + 1] - listed.starts[pairs[1][asked]]
        option = listed.numbers[ranges(listed.starts[pairs[1][asked]], many)]
        pair = np.repeat(asked, many)
        word = pairs[0][pair]
        rows = np.flatnonzero(self._sharing(theirs, np.unique(word))[word, option])
        pair, option, form = pair[rows], option[rows], theirs.starts[word[rows]]
        if len(rows):
            outer = listed.outer, listed.sizes
            scores = _scores(Script.LATIN, theirs.forms, outer, (form, option), turned=True)
            numbers = {spelled: number for number, spelled in enumerate(listed.options)}
            own = np.array([numbers.get(spelled, -1) for spelled in theirs.forms], np.intp)
            scores[own[form] == option] = MOST
            np.maximum.at(found, pair, scores * NEARLY)

    def _sharing(self, theirs: Forms, words: Places) -> NDArray[np.bool_]:
        """By word of the text and spelling, whether they share a key."""
        sharing = np.zeros((len(theirs.words), len(self._spellings.options)), bool)
        for word in words.tolist():
            for key in keys(theirs.forms[theirs.starts[word]], Script.LATIN):
                sharing[word, self._spellings.by_key.get(key, _NONE)] = True
        return sharing

    @cached_property
    def _spellings(self) -> _Spellings:
        """The Latin spellings of the known words of the list."""
        own = self._own
        several = [
            spellings(own.forms[start]) if known_one else ()
            for start, known_one in zip(own.starts[:-1].tolist(), own.known.tolist(), strict=True)
        ]
        options = list(dict.fromkeys(option for options in several for option in options))
        numbers = {option: number for number, option in enumerate(options)}
        by_key: dict[str, list[int]] = {}
        for option, number in numbers.items():
            for key in keys(option, Script.LATIN):
                by_key.setdefault(key, []).append(number)
        return _Spellings(
            options,
            np.array([numbers[option] for each in several for option in each], np.intp),
            np.concatenate(([0], np.cumsum([len(each) for each in several], dtype=np.intp))),
            {key: np.array(of_key, np.intp) for key, of_key in by_key.items()},
            grid(Script.LATIN, turned=True).outer.read(options),
            np.array([len(option) for option in options], np.intp),
        )

    def _tell(
        self, theirs: Forms, pairs: tuple[Places, Places], spelled: Scores, found: Scores
    ) -> NDArray[np.bool_]:
        """Let the table of known names have the last word on two of them; where it had."""
        told: NDArray[np.bool_] = theirs.known[pairs[0]] & self._own.known[pairs[1]]
        for pair in np.flatnonzero(told).tolist():
            score = float(spelled[pair])
            is_one = known(*self._pair(theirs, pair, pairs))
            found[pair] = max(KNOWN_ONE, score) if is_one else min(KNOWN_TWO, score)
        return told

    def _part_twins(
        self,
        theirs: Forms,
        pairs: tuple[Places, Places],
        unsure: NDArray[np.bool_],
        found: Scores,
    ) -> None:
        """Part the pairs that are two names of twins."""
        one, two = pairs
        for pair in np.flatnonzero(unsure).tolist():
            left, right = self._pair(theirs, pair, pairs)
            sides = [spelled(left, theirs.script), spelled(right, self._script)]
            if not any(twins_of(side.word, side.script) for side in sides):
                continue
            words = theirs.words[one[pair]], self._own.words[two[pair]]
            if (self._script, words[1]) < (theirs.script, words[0]):
                sides.reverse()
            if are_twins(*sides):
                found[pair] = KNOWN_TWO

    def _pair(self, theirs: Forms, pair: int, pairs: tuple[Places, Places]) -> tuple[str, str]:
        one, two = pairs
        left = theirs.forms[theirs.starts[one[pair]]]
        return left, self._own.forms[self._own.starts[two[pair]]]


def _turned(
    starts: Places, own: Places, pairs: tuple[Places, Places]
) -> Iterator[tuple[Places, tuple[Places, Places]]]:
    """The pairs that have turned forms on one side, each with the forms to compare."""
    one, two = pairs
    for side, (mine, here) in enumerate(((starts, one), (own, two))):
        many = (mine[1:] - mine[:-1] - 1)[here]
        pair = np.repeat(np.arange(len(here)), many)
        if len(pair):
            turned = ranges(mine[here] + 1, many)
            rows = (turned, own[two[pair]]) if side == 0 else (starts[one[pair]], turned)
            yield pair, rows


def _scores(
    table: Script,
    words: Sequence[str],
    outer: tuple[Words, Places],
    rows: tuple[Places, Places],
    *,
    turned: bool,
) -> Scores:
    """The scores of words of a text with words of a list, by a table of steps."""
    lengths = np.array([len(word) for word in words], np.intp)
    order = np.argsort(lengths, kind="stable")
    place = np.empty(len(order), np.intp)
    place[order] = np.arange(len(order))
    one, two = place[rows[0]], rows[1]
    mine, theirs = lengths[rows[0]], outer[1][two]
    left, right = (theirs, mine) if turned else (mine, theirs)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = left / right
    fits = np.flatnonzero((ratio > 0.3) & (ratio < 3.4) & (left > 0) & (right > 0))
    fits = fits[np.argsort(one[fits], kind="stable")]
    found = np.zeros(len(one))
    if len(fits):
        table_of = grid(table, turned=turned)
        inner = table_of.inner.read([words[number] for number in order])
        sums = table_of.sums(inner, outer[0], (one[fits], two[fits]))
        found[fits] = _worth(table, turned=turned)[-sums.astype(np.intp)]
    return found


@cache
def _worth(table: Script, *, turned: bool) -> Scores:
    """By sum of steps, turned positive, the score it gives."""
    bias = grid(table, turned=turned).bias
    return np.array([score_of(bias - cost / HUNDREDTHS) for cost in range(1 - FAR)])


def _may_be(spelling: str, word: str) -> bool:
    """Whether two Latin words share a key."""
    return not keys(spelling, Script.LATIN).isdisjoint(keys(word, Script.LATIN))
