"""What is shown of a cell's month. The centre sees what there is; to everybody else a few reports are none.

A cell of a tenth of a square kilometre holds few households: where one or two reported noise, the neighbours know who.
So what is published is decided once for each cell and month, the same for whoever asks, and every answer is made of
that: one kind, a group, several months. Laying answers side by side then tells nothing that one of them does not:

- A group is shown from `least` reports on; below, it is not told from one without any.
- Its kinds are shown only if each that occurs has `least`. Else which of them are few cannot be told, and no kind's
  count follows from the group's: the same sum is also reached with the counts of any two kinds exchanged.
- `count` takes in what the groups hold back only where this is `least` together, and cannot be `least` − 1 in every
  one of them: so that each of them may as well have none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from chalicelib.domain.maps.counting import group_of

type Counts = Mapping[str, int]  # reports by the code of their kind or group


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Of a cell: reports by group and by kind. To the centre `count` is all of them, to others at least so many."""

    count: int = 0
    groups: Counts = field(default_factory=dict)
    kinds: Counts = field(default_factory=dict)

    def __add__(self, other: Self) -> "Shown":
        """Of several months: what each of them shows."""
        return Shown(
            count=self.count + other.count,
            groups=_together(self.groups, other.groups),
            kinds=_together(self.kinds, other.kinds),
        )

    def narrowed(self, *, group: str | None, kind: str | None) -> "Shown":
        """What is shown of one group, or of one kind, alone."""
        if kind:
            kinds = _only(self.kinds, [kind])
            return Shown(count=kinds.get(kind, 0), kinds=kinds)
        if group:
            groups = _only(self.groups, [group])
            kinds = _only(self.kinds, [code for code in self.kinds if group_of(code) == group])
            return Shown(count=groups.get(group, 0), groups=groups, kinds=kinds)
        return self


def exact(kinds: Counts) -> Shown:
    """All there is."""
    return Shown(count=sum(kinds.values()), groups=_grouped(kinds), kinds=dict(kinds))


def published(kinds: Counts, *, groups: int, least: int) -> Shown:
    """What everybody may see of a cell's month. `groups` is how many groups there are in all, with any report or none;
    `least` must be 3 or more: of fewer than two nothing could be exchanged.
    """
    whole = _grouped(kinds)
    shown = {group: count for group, count in whole.items() if count >= least}
    small = {group_of(kind) for kind, count in kinds.items() if 0 < count < least}
    return Shown(
        count=sum(shown.values()) + _rest(whole, shown, hidden=groups - len(shown), least=least),
        groups=shown,
        kinds={kind: count for kind, count in kinds.items() if group_of(kind) in shown.keys() - small and count},
    )


def _rest(whole: Counts, shown: Counts, *, hidden: int, least: int) -> int:
    """What the other groups hold together, where that says nothing of any one of them."""
    rest = sum(whole.values()) - sum(shown.values())
    return rest if least <= rest < hidden * (least - 1) else 0


def _grouped(kinds: Counts) -> dict[str, int]:
    groups: dict[str, int] = {}
    for kind, count in kinds.items():
        groups[group_of(kind)] = groups.get(group_of(kind), 0) + count
    return groups


def _together(some: Counts, more: Counts) -> dict[str, int]:
    return {code: some.get(code, 0) + more.get(code, 0) for code in sorted(some.keys() | more.keys())}


def _only(counts: Counts, codes: Iterable[str]) -> dict[str, int]:
    return {code: counts[code] for code in codes if code in counts}
