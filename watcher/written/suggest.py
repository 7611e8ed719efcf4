"""Did you mean …? The nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable

_LIKE = 65
"""Likeness in per cent below which a suggestion confuses; chosen on misspelt keys."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most like the word; "" if none is near. Linear in the number of choices."""
    # It costs as much as all the rest of this floor, and few words are misspelt.
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    found = process.extractOne(
        word,
        list(choices),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=_LIKE,
    )
    return str(found[0]) if found else ""


def there_is_no(what: str, name: str, choices: Iterable[str]) -> str:
    """Say that there is nothing of a name, and which was meant.

    Args:
        what: what somebody asked for, in a word.
        name: how they called it, in one line.
        choices: the names there are.
    """
    return f'there is no {what} "{name}"; {did_you_mean(name, choices)}'.rstrip("; ")


def did_you_mean(word: str, choices: Iterable[str], *, most: int = 12) -> str:
    """A hint for a word that is not among the choices.

    Args:
        word: what was written.
        choices: what could have been written.
        most: list the choices if nothing is near and there are no more than this many.

    Returns:
        `did you mean "send_to"?`, or `write one of: …`, or "" if there are too many to list.
    """
    known = sorted(set(choices))
    if near := nearest(word, known):
        return f'did you mean "{near}"?'
    if known and len(known) <= most:
        return f"write one of: {', '.join(known)}"
    return ""
