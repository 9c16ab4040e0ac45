"""Small things that the other modules share."""

from __future__ import annotations

from typing import Final, Iterable, List, Optional


class Unset:
    """The type of :data:`UNSET`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset()
"""Stands for a field that is not given: in an update it leaves the stored value as it is, where
None would empty it.
"""


def nearest(word: str, names: Iterable[str]) -> Optional[str]:
    """The name that a slip was meant for, if any: by the rule of the library for names in JSON."""
    best = None
    limit = max(1, len(word) // 3)
    for name in names:
        if abs(len(name) - len(word)) > limit:
            continue
        distance = _distance(word.lower(), name.lower())
        if word and (distance < limit or (distance == limit and best is None)):
            best, limit = name, distance
    return best


def _distance(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour."""
    before: List[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                steps = min(steps, above[j - 2] + 1)
            row.append(steps)
    return row[-1]
