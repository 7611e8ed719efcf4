"""What an alert that people have judged teaches the rules: a name to exclude, an alias, a test.

Whatever is proposed has been tried: an exclusion keeps this very article from alerting and leaves
the entity's own names found; a test comes out as it is written with the proposal in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from watcher.alerts.advice import advice, hindrance
from watcher.alerts.alert import Alert, Quote
from watcher.alerts.quote import added, is_whole, sentence, words
from watcher.alerts.raising import compile_rules, raise_alerts
from watcher.alerts.rehearse import rehearse
from watcher.alerts.wording import Sureness, sureness
from watcher.article import Article
from watcher.match import Index, Mention, find
from watcher.names.evidence import Verdict
from watcher.names.known import is_known
from watcher.text import fold, scripts_in
from watcher.watchlist import Rule, Rulebook, RuleTest, Watchlist
from watcher.watchlist.entity import Entity
from watcher.watchlist.hide import adds, hidden

_WORD = r"[^\W\d_](?:[\w’'-]*\w)?"
_LEFT = re.compile(rf"({_WORD})\s+$")
_RIGHT = re.compile(rf"^\s+({_WORD})")
_SURE = frozenset({Sureness.CERTAIN, Sureness.VERY_LIKELY})
_GONE = "with the rules as they are now, it raises no such alert"
_MOST = 2
"""Words on either side of a mention that may belong to the name of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A proposal.

    Attributes:
        entity: the entity.
        rule: the rule that alerted.
        excludes: names of other people that together keep the alert away, in the order of the
            article; empty if none were found that do.
        aliases: spellings that are not surely found without them.
        test: says how the rule shall decide on this from now on; None if nothing helps, or the rule
            has it already.
        says: what to know about it, in lines fit to be shown.
    """

    entity: Entity
    rule: Rule
    excludes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    test: RuleTest | None = None
    says: tuple[str, ...] = ()


def learn_wrong(
    alert: Alert, article: Article, rulebook: Rulebook, right: Iterable[Alert] = ()
) -> Lesson | None:
    """What to change so that this article does not alert for this entity.

    Args:
        alert: one that was wrong.
        article: its article, with the text.
        rulebook: what the files say now.
        right: alerts of the entity that were right; what they quote is found as before.

    Returns:
        None if the rule or the entity is gone from the files.
    """
    case = _Case.of(alert, article, rulebook)
    if case is None:
        return None
    if not case.quotes(case.entity):
        tests = [case.test(rulebook, case.entity, together=all_of) for all_of in (False, True)]
        test = next(filter(case.has, tests), tests[0])
        return case.lesson(test, says=(_GONE,))
    excludes, left = case.excludes(tuple(words(each) for one in right for each in one.quotes))
    if left:
        return case.lesson(says=case.helpless(left, excludes))
    taught = _with(rulebook, _excluding(case.entity, excludes))
    test = case.test(taught, case.entity, together=len(excludes) > 1)
    return case.lesson(test, excludes=excludes)


def learn_right(alert: Alert, article: Article, rulebook: Rulebook) -> Lesson | None:
    """What to keep of an alert that was right: its spellings, and a test; as for `learn_wrong`."""
    case = _Case.of(alert, article, rulebook)
    if case is None:
        return None
    known = case.known()
    found = dict.fromkeys(words(quote) for quote in alert.quotes if is_whole(quote))
    aliases = tuple(name for name in found if fold(name) not in known)
    learnt = replace(case.entity, names=(*case.entity.names, *aliases))
    if not case.quotes(learnt):
        return case.lesson(says=(_GONE, '"watcher explain" says what holds it back'))
    says = () if aliases else ("its spelling is found as it is, so no alias is needed",)
    test = case.test(_with(rulebook, learnt), learnt)
    return case.lesson(test, aliases=aliases, says=says)


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

    def lesson(
        self,
        test: RuleTest | None = None,
        *,
        excludes: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
        says: tuple[str, ...] = (),
    ) -> Lesson:
        """The proposal, without a test that the rule has already."""
        if test and self.has(test):
            test, says = None, (*says, "a test in the rule says so already")
        return Lesson(
            entity=self.entity,
            rule=self.rule,
            excludes=excludes,
            aliases=aliases,
            test=test,
            says=says,
        )

    def has(self, test: RuleTest) -> bool:
        """Whether the rule has a test already."""
        return _asked(test) in map(_asked, self.rule.tests)

    def quotes(self, entity: Entity) -> tuple[Quote, ...]:
        """What an alert for the entity would quote if it is as given, all others left aside."""
        found = self._mentions(entity)
        raised = raise_alerts(self.article, found, self._alone(entity), self.alert.raised)
        return raised[0].quotes if raised else ()

    def known(self) -> frozenset[str]:
        """The spellings, folded, that need no alias: they are listed, or surely found as it is."""
        listed = (*self.entity.names, *self.entity.weak)
        sure = (each.quote for each in self._mentions(self.entity) if sureness(each.score) in _SURE)
        return frozenset(fold(" ".join(name.split())) for name in (*listed, *sure))

    def excludes(self, right: tuple[str, ...]) -> tuple[tuple[str, ...], Quote | None]:
        """Names of other people that keep the alert away together, and what they cannot take away.

        They are found one after the other: each takes away the first full name that is left of the
        alert, and leaves the entity's own names found. Quadratic in their number alone.

        Args:
            right: how articles call the entity that are right.

        Returns:
            The names found so far beside the first mention that none takes away; None if all go.
        """
        own = self._found(self.entity, self._own(right))
        taught, chosen = self.entity, list[str]()
        while quotes := self.quotes(taught):
            wrong = next(filter(self._is_name, quotes), quotes[0])
            name = self._taking(wrong, taught, own)
            if not name:
                return tuple(chosen), wrong
            taught, chosen = _excluding(taught, (name,)), [*chosen, name]
        return tuple(chosen), None

    def helpless(self, left: Quote, excludes: tuple[str, ...]) -> tuple[str, ...]:
        """Why no exclusion keeps the alert away, what does, and what may."""
        book = self._alone(self.entity)
        why = hindrance(left, self.entity, excludes)
        return (*why, *advice(self.alert, self.article, book))

    def _taking(self, wrong: Quote, taught: Entity, own: frozenset[str]) -> str:
        """The first name that takes a mention away, and leaves these names found; "" if none."""
        for name in self._others(wrong):
            if self._is_own(name):
                continue
            more = _excluding(taught, (name,))
            if not self._holds(wrong, more) and self._found(more, own) == own:
                return name
        return ""

    def _is_own(self, name: str) -> bool:
        """Whether a name is the entity's own, in whatever script.

        In a script in which none of its names is written it is the only one it has there.
        """
        here = scripts_in(name)
        listed = self.entity.names
        return bool(hidden(self.entity, name)) or (
            name in {words(one) for one in self.alert.quotes if not self._is_longer(one)}
            and not any(here & scripts_in(each) for each in listed)
        )

    def _is_longer(self, one: Quote) -> bool:
        """Whether a mention is a full name with a part more than any that the entity has."""
        return adds(self.entity, added(one))

    def _is_name(self, one: Quote) -> bool:
        """Whether a mention is a full name, be it with a part more."""
        return is_whole(one) or self._is_longer(one)

    def _own(self, right: Iterable[str]) -> frozenset[str]:
        """What the entity is found by, in whatever script: a text each.

        Its names, what right alerts quote, and what is left of these quotes without the parts more.
        """
        entity, quotes = self.entity, self.alert.quotes
        weak = (". ".join((name, *entity.context)) for name in entity.weak)
        return frozenset((*entity.names, *weak, *right, *map(_bare, filter(added, quotes))))

    def _holds(self, one: Quote, entity: Entity) -> bool:
        """Whether a mention is still quoted for the entity as it is given."""
        here = (one.before, one.match, one.after)
        return any((q.before, q.match, q.after) == here for q in self.quotes(entity))

    def _mentions(self, entity: Entity) -> Sequence[Mention]:
        """Where the article names the entity if it is as given, all others left aside."""
        return find(self.article, compile_rules(self._alone(entity)))

    def _others(self, quote: Quote) -> Iterator[str]:
        """Names of somebody else that a mention may be, the shortest first.

        A part of a name alone is none of them: without it the entity itself would be lost.
        """
        before, after = _names(quote, _LEFT), _names(quote, _RIGHT)
        sizes = [(i, j) for i in range(len(before) + 1) for j in range(len(after) + 1)]
        for left, right in sorted(sizes, key=sum)[0 if self._is_name(quote) else 1 :]:
            yield " ".join((*before[len(before) - left :], words(quote), *after[:right]))

    def test(self, taught: Rulebook, proof: Entity, *, together: bool = False) -> RuleTest:
        """A test that says how the rule decides when it has been taught.

        Of the sentences that were quoted (or, together, of all of them as one text), and these
        under the headline, it takes the first that alerts for the entity as the proof has it; else
        the first of all.
        """
        sentences = tuple(dict.fromkeys(map(sentence, self.alert.quotes)))
        tried = list(self._tests((" ".join(sentences),) if together else sentences))
        book = self._alone(proof)
        index = compile_rules(book)
        telling = (each for each in tried if _alerted(book.rules[0], each, book, index))
        test = next(telling, tried[0])
        return replace(test, alert=_alerted(self.rule, test, taught, compile_rules(taught)))

    def _tests(self, texts: Sequence[str]) -> Iterator[RuleTest]:
        title = " ".join(self.article.title.split())
        for text in texts:
            yield RuleTest(text=text, alert=())
        for text in texts:
            if title and text != title:
                yield RuleTest(text=text, alert=(), title=title)

    def _found(self, entity: Entity, texts: Iterable[str]) -> frozenset[str]:
        """The texts in which the entity is found if it is as given."""
        index = compile_rules(self._alone(entity))
        return frozenset(text for text in texts if find(Article(text=text), index))

    def _alone(self, entity: Entity) -> Rulebook:
        rule = replace(self.rule, entities=frozenset({entity.id}), tests=())
        return Rulebook(watchlist=Watchlist((entity,)), rules=(rule,))


def _bare(one: Quote) -> str:
    """The parts of a mention that are of the name, without those it has more."""
    return " ".join(piece.found for piece in one.evidence if piece.verdict is Verdict.MATCHED)


def _asked(test: RuleTest) -> tuple[str, str, frozenset[str]]:
    """What a test asks, wherever it stands."""
    return test.text, test.title, frozenset(test.alert)


def _alerted(rule: Rule, test: RuleTest, rulebook: Rulebook, index: Index) -> tuple[str, ...]:
    """For whom a rule alerts on a test's text."""
    book = replace(rulebook, rules=(replace(rule, tests=(test,)),))
    return next(
        (failure.unwanted for failure in rehearse(book, partial(find, watchlist=index))), ()
    )


def _excluding(entity: Entity, names: tuple[str, ...]) -> Entity:
    """The entity with names of somebody else beside those it has."""
    return replace(entity, exclude=(*entity.exclude, *names))


def _with(rulebook: Rulebook, entity: Entity) -> Rulebook:
    """The rulebook with an entity in the place of the one with its id."""
    entities = tuple(entity if each.id == entity.id else each for each in rulebook.watchlist)
    return replace(rulebook, watchlist=Watchlist(entities))


def _names(quote: Quote, side: re.Pattern[str]) -> Sequence[str]:
    """The words beside a mention that may belong to the name, in the order of the text."""
    names: list[str] = []
    text = quote.before if side is _LEFT else quote.after
    while len(names) < _MOST and (found := side.search(text)):
        text = text[: found.start()] if side is _LEFT else text[found.end() :]
        if not _is_name(found[1], begins=side is _LEFT and not text.strip()):
            break
        names.append(found[1])
    return names[::-1] if side is _LEFT else names


def _is_name(word: str, *, begins: bool) -> bool:
    """Whether a word may be part of a name: by its capital, or because people are called so."""
    if is_known(fold(word)):
        return True
    return word[0].isupper() and not begins  # the first word of a sentence has a capital anyway
