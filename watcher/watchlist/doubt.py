"""What an analyst should know of rules and exclusions before saving: legal, and seldom meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from watcher.watchlist.bind import Bound, Exclusion
from watcher.watchlist.check import Entry
from watcher.watchlist.draft import Census, Draft
from watcher.watchlist.form import RuleForm
from watcher.watchlist.hide import hidden, hides
from watcher.watchlist.language import LANGUAGES, MEANT
from watcher.watchlist.phrase import Phrase, read_phrase
from watcher.watchlist.status import Status
from watcher.written import Fault, Loaded


def doubts(drafts: Sequence[Draft], bound: Bound, census: Census) -> Iterator[Fault]:
    """Warnings about rules that no article can satisfy, and exclusions that hide too much."""
    off = {entity.id for entity in bound.rulebook.off.entities}
    for draft in drafts:
        for index, form in enumerate(draft.form.rules):
            if all(set() < census.watched(word) <= off for word in form.watch):
                yield from _asleep(form, draft.sound.loaded, index)
            yield from _contradictions(form, draft.sound.loaded, index)
            yield from _unspoken(form, draft.sound.loaded, index)
    entries = {entry.entity.id: entry for entry in bound.entries}
    for exclusion in bound.exclusions:
        yield from _hiding(exclusion, entries)


def _asleep(form: RuleForm, loaded: Loaded, index: int) -> Iterator[Fault]:
    """A rule for which there is nobody to be found."""
    if form.status is not Status.OFF:
        yield loaded.key_place("rules", index, "watch").warning(
            "everybody whom this rule watches is off",
            "write status: off here too, or take it from the entities",
        )


def _contradictions(form: RuleForm, loaded: Loaded, index: int) -> Iterator[Fault]:
    """Words that an article must hold and must not hold."""
    barred = [read_phrase(text) for text in form.unless]
    for spot, text in enumerate(form.every):
        if against := _barred_by(text, barred):
            yield loaded.place("rules", index, "all", spot).warning(
                f'no article can satisfy this: "{text}" must stand in it, and "{against}" must not',
                'take one of them from "all:" or "unless:"',
            )
    near = form.near.words if form.near else ()
    for key, texts in (("any", form.some), ("near", near)):
        if texts and all(_barred_by(text, barred) for text in texts):
            yield loaded.key_place("rules", index, key).warning(
                f'no article can satisfy this: all words of "{key}:" are barred by "unless:"',
                f'take some from "unless:", or add others to "{key}:"',
            )


def _unspoken(form: RuleForm, loaded: Loaded, index: int) -> Iterator[Fault]:
    """Languages that none is called by."""
    for spot, tag in enumerate(form.languages):
        code = tag.partition("-")[0]
        if len(code) == 2 and code not in LANGUAGES:
            meant = MEANT.get(code)
            yield loaded.place("rules", index, "languages", spot).warning(
                f'no language has the code "{code}", so no article can satisfy this',
                f"write {meant}" if meant else "write a code of ISO 639-1, like ar, fa or pt-br",
            )


def _barred_by(text: str, barred: Iterable[Phrase]) -> str:
    """The phrase that stands wherever the text stands; "" if none does."""
    phrase = read_phrase(text)
    return next((each.spelled for each in barred if _holds(phrase, each)), "")


def _holds(phrase: Phrase, inner: Phrase) -> bool:
    length = len(inner.words)
    return any(
        all(_covers(phrase, start + step, inner, step) for step in range(length))
        for start in range(len(phrase.words) - length + 1)
    )


def _covers(phrase: Phrase, at: int, inner: Phrase, place: int) -> bool:
    """Whether whatever one word of a phrase stands for, a word of the other does too."""
    if inner.open[place]:
        return phrase.words[at].startswith(inner.words[place])
    return phrase.words[at] == inner.words[place] and not phrase.open[at]


def _hiding(exclusion: Exclusion, entries: dict[str, Entry]) -> Iterator[Fault]:
    """Exclusions that are the name of somebody whom they concern, and those of nobody."""
    place = exclusion.loaded.place("exclusions", exclusion.index)
    if not exclusion.of:
        yield place.warning("this exclusion concerns no entity", "take it away, or mend its names")
    for entity_id in sorted(exclusion.of & entries.keys()):
        for name in exclusion.form.names:
            if own := hidden(entries[entity_id].entity, name):
                yield place.warning(
                    hides(name, own, f'"{entity_id}"'), 'name those whom it concerns: "of: […]"'
                )
