from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Shorts: TypeAlias = NDArray[np.int16]

class Letters:
    def __init__(
        self,
        paths: Mapping[int, int],
        onsets: Sequence[int],
        choices: Sequence[Sequence[bytes]],
    ) -> None: ...
    def readings(self, framed: str, most: int) -> dict[str, tuple[int, ...]]: ...

Keys: TypeAlias = tuple[NDArray[np.int64], Ints, Ints]
Side: TypeAlias = tuple[Mapping[str, int], int, int]

class Steps:
    def __init__(
        self, weights: Shorts, drops: Shorts, adds: Shorts, inner: Side, outer: Side
    ) -> None: ...
    def sum(self, inner: str, outer: str, least: int) -> int: ...

class Look:
    def __init__(
        self,
        letters: Letters,
        steps: Steps,
        spelled: tuple[Iterable[str], Callable[[str], str]],
        keys: Keys,
        names: Keys,
        slots: tuple[Ints, Ints, Ints],
    ) -> None: ...
    def forget(self) -> None: ...
    def ask(
        self,
        asked: tuple[Sequence[str], Mapping[int, tuple[Iterable[str], Sequence[str]]]],
        owners: NDArray[np.intp],
        most: int,
        few: int,
        least: int,
        one: int,
    ) -> tuple[Ints, Ints, Ints]: ...
