"""What slots of words of a text cost for the slots of a list, remembered.

Worked out when first asked for, by the same steps as whole words; the slots of a language are few,
so that most are asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.names.grid import Costs, Grid, Places, Words, grid
from watcher.names.plain import table_of
from watcher.names.roman import romanise
from watcher.text import Script

Slots: TypeAlias = NDArray[np.int32]

_UNKNOWN = 1
"""No cost: costs are never above 0."""
_CELLS = 1 << 24
"""Costs that are remembered."""
_SLOTS = 1 << 16
"""Slots of words of texts that are remembered."""


class Tolls:
    """What slots of words of a text cost for the slots of a list, remembered.

    Attributes:
        script: of the text.
        bias: the logit of two words is this and the costs of their slots, by hundred.
        grid: the steps that they cost.
        listed: the slots of the list, as the steps see them.
    """

    def __init__(self, listed: Sequence[str], theirs: Script, script: Script) -> None:
        self.script = script
        table, turned = _table(theirs, script)
        self.grid: Grid = grid(table, turned=turned)
        self.bias = self.grid.bias
        self._is_roman = script not in (table, Script.LATIN)
        is_read = theirs in (table, Script.LATIN)
        self.listed = listed if is_read else [_romanised(slot, theirs) for slot in listed]
        self._forget()

    def trim(self) -> None:
        """Forget all costs if they, or the slots, are too many."""
        if self._used > _CELLS or len(self._spelled) > _SLOTS:
            self._forget()

    def _forget(self) -> None:
        self._numbers: dict[tuple[str, int], tuple[int, int]] = {}
        self._spelled: list[str] = []
        self._cells = np.full(1 << 12, _UNKNOWN, np.int16)
        self._used = 0

    def spell(self, slot: str) -> str:
        """A slot of a word of a text as the steps see it."""
        return _romanised(slot, self.script) if self._is_roman else slot

    @cached_property
    def _outer(self) -> Words:
        return self.grid.outer.read_slots(self.listed)

    def of(self, slot: str, sound: tuple[int, int]) -> tuple[int, int]:
        """The number of a slot and where its costs begin, as if all slots of the list had one.

        Args:
            slot: of a word of the text.
            sound: the first slot of its class on the list, and how many there are.
        """
        first, many = sound
        found = self._numbers.get((slot, first))
        if found is None:
            found = len(self._spelled), self._used - first
            self._numbers[slot, first] = found
            self._spelled.append(self.spell(slot))
            self._used += many
        return found

    def sums(self, slots: Places, bases: Places, listed: Slots) -> Costs:
        """What each of some slots costs for a slot of the list."""
        if self._used > len(self._cells):
            more = np.full(max(self._used, 2 * len(self._cells)), _UNKNOWN, np.int16)
            more[: len(self._cells)] = self._cells
            self._cells = more
        cells = bases + listed
        costs: Costs = self._cells[cells]
        new = np.flatnonzero(costs == _UNKNOWN)
        if len(new):
            codes, which = np.unique(slots[new] * len(self.listed) + listed[new], return_index=True)
            some, one = np.unique(codes // len(self.listed), return_inverse=True)
            inner = self.grid.inner.read_slots([self._spelled[n] for n in some.tolist()])
            found = self.grid.sums(inner, self._outer, (one, codes % len(self.listed)))
            self._cells[cells[new[which]]] = found
            costs = self._cells[cells]
        return costs


def _table(listed: Script, script: Script) -> tuple[Script, bool]:
    """By whose table two words are compared, and whether the listed one is that script's."""
    table, _ = table_of(*sorted((listed, script)))
    return table or Script.LATIN, table is listed and table is not Script.LATIN


def _romanised(slot: str, script: Script) -> str:
    bare = slot.strip("^$")
    return slot.replace(bare, romanise(bare, script)) if bare else slot
