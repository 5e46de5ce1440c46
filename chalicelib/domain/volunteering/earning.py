"""What the hours of one volunteer in one slot earn (DOMAIN §3: P31–P35, P94), and what a later word puts right.

It follows from the slot's lines about him, up to one of them, and from nothing else: so it does not matter in which
order they are told, or how often. Hours are whole: minutes are rounded to the nearest hour, half an hour up (ADR 0051).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.happenings import Happening
from chalicelib.domain.volunteering.terms import Deed, MediationOutcome, VolunteerKind

K = VolunteerKind
BY_HOUR = {K.PATROL: "P31", K.TRAFFIC: "P32", K.MUTUAL_AID: "P35"}
SETTLED, PUBLICITY, ABSENT = "P33", "P34", "P94"
EARNING = frozenset({Deed.CHECKED_IN, Deed.CONFIRMED, Deed.SETTLED, Deed.ABSENT, Deed.MEDIATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """By a line, a rule is paid `times` over; or the entry that another line gave is taken back (`reverses`)."""

    line: Happening
    rule: str
    times: int = 1
    reverses: str = ""

    @property
    def id(self) -> str:
        """The id of its entry."""
        return f"{self.line.id}#{self.rule}{'#back' if self.reverses else ''}"


def hours(minutes: int) -> int:
    """Whole hours of minutes, to the nearest; half an hour counts as one."""
    return (minutes + 30) // 60


def concerns(line: Happening) -> bool:
    """Whether it may move points."""
    return line.deed in EARNING and line.person_id is not None


def earned(lines: Iterable[Happening], line: Happening) -> list[Earned]:
    """All that the lines about the same person come to, up to this one: each entry once, in order."""
    made: list[Earned] = []
    for one in lines:
        if one.person_id == line.person_id and one.number <= line.number and concerns(one):
            made += _step(made, one)
    return made


def _step(made: Sequence[Earned], line: Happening) -> list[Earned]:
    if line.deed == Deed.ABSENT:
        return [Earned(line=line, rule=ABSENT)]
    if line.deed == Deed.CHECKED_IN:
        return _taken_back(made, line, (ABSENT,))
    if line.deed == Deed.MEDIATED:
        return [Earned(line=line, rule=SETTLED)] if line.facts.get("outcome") == MediationOutcome.SETTLED else []
    came = _taken_back(made, line, (ABSENT,)) if _minutes(line) else []
    wanted = _hours(line)
    standing = _standing(made, (*BY_HOUR.values(), PUBLICITY))
    if [(one.rule, one.times) for one in standing] == [(one.rule, one.times) for one in wanted]:
        return came
    return came + _taken_back(made, line, [one.rule for one in standing]) + wanted


def _hours(line: Happening) -> list[Earned]:
    kind, minutes = K(str(line.facts["kind"])), _minutes(line)
    if kind is K.PUBLICITY:
        return [Earned(line=line, rule=PUBLICITY)] if minutes else []
    times = hours(minutes)
    return [Earned(line=line, rule=BY_HOUR[kind], times=times)] if times and kind in BY_HOUR else []


def _standing(made: Sequence[Earned], rules: Iterable[str]) -> list[Earned]:
    gone = {one.reverses for one in made}
    return [one for one in made if one.rule in rules and not one.reverses and one.id not in gone]


def _taken_back(made: Sequence[Earned], line: Happening, rules: Iterable[str]) -> list[Earned]:
    return [replace(one, line=line, reverses=one.id) for one in _standing(made, rules)]


def _minutes(line: Happening) -> int:
    return int(str(line.facts.get("minutes", 0)))
