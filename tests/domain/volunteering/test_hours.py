"""Minutes lie between nothing and the slot's length, points follow what was said last, statements add up."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.happenings import Happening, Thing, happened
from chalicelib.domain.volunteering import earning, statements
from chalicelib.domain.volunteering.attendance import Hours, Scan
from chalicelib.domain.volunteering.calling import appointed
from chalicelib.domain.volunteering.hours import measured
from chalicelib.domain.volunteering.model import Slot
from chalicelib.domain.volunteering.terms import COUNTED, Deed, SignUpState, VolunteerKind
from tests.builders import NOW, TOWNSHIP, VILLAGE
from tests.domain.volunteering.test_order import NUMBERS
from tests.volunteers import DAY, START, matter, terms

SLOT = Slot(id="s", township=TOWNSHIP, matter=matter(), terms=terms(), by="village", as_role="village")
MINUTES = st.integers(-600, 600)


@given(MINUTES, MINUTES)
def test_minutes_are_never_negative_nor_beyond_the_slot(came: int, went: int) -> None:
    def at(minutes: int) -> Scan:
        return Scan(at=START + timedelta(minutes=minutes), told_at=NOW)

    found = measured(SLOT, replace(appointed(SLOT, "c", now=NOW), check_in=at(came), check_out=at(went)), NUMBERS)
    assert found is not None and 0 <= found <= min(SLOT.length, max(went - came, 0))


def test_who_comes_early_and_leaves_early_by_minutes_has_all_of_it() -> None:
    scans = [Scan(at=START + timedelta(minutes=minutes), told_at=NOW) for minutes in (-10, 110)]
    assert measured(SLOT, replace(appointed(SLOT, "c", now=NOW), check_in=scans[0], check_out=scans[1]), NUMBERS) == 120


@given(st.lists(st.tuples(st.sampled_from(VolunteerKind), st.sampled_from(SignUpState), st.integers(0, 400))))
def test_a_statement_is_the_sum_of_what_is_confirmed(found: list[tuple[VolunteerKind, SignUpState, int]]) -> None:
    sign_ups = [
        replace(
            appointed(SLOT, "c", now=NOW),
            slot_id=f"s{number}",
            kind=kind,
            state=state,
            start=START + number * DAY,
            hours=Hours(minutes=minutes, by="grid", at=NOW) if state in COUNTED else None,
        )
        for number, (kind, state, minutes) in enumerate(found)
    ]
    said = statements.stated("all", sign_ups)
    assert said.minutes == sum(minutes for _, state, minutes in found if state in COUNTED)
    for one in said.sums:
        assert one.minutes == sum(line.minutes for line in said.lines if line.kind is one.kind)


def test_periods_touch_and_do_not_overlap() -> None:
    months = [f"2026-{month:02}" for month in range(1, 13)]
    spans = [statements.span(one) for one in months]
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert statements.span("2026") == (spans[0][0], spans[-1][1])
    assert [statements.span(f"2026-Q{n}") for n in (1, 4)] == [(spans[0][0], spans[2][1]), (spans[9][0], spans[11][1])]


def line(number: int, deed: Deed, *, kind: VolunteerKind = VolunteerKind.PATROL, **facts: object) -> Happening:
    """Something happens to the courier."""
    at: datetime = START + number * DAY
    told = {"kind": kind, "start": START.isoformat(), **facts}
    return happened(
        Thing.SLOT,
        "s",
        number=number,
        deed=deed,
        at=at,
        actor_id="x",
        as_role="village",
        township=TOWNSHIP,
        village=VILLAGE,
        person_id="c",
        facts=told,
    )


def earned(*lines: Happening) -> list[tuple[str, int]]:
    """By which rules, how many times; below nothing where it is taken back."""
    return [(one.rule, -one.times if one.reverses else one.times) for one in earning.earned(lines, lines[-1])]


def test_minutes_are_rounded_to_the_nearest_hour_half_an_hour_up() -> None:
    assert [earning.hours(minutes) for minutes in (0, 29, 30, 60, 89, 90, 120)] == [0, 0, 1, 1, 1, 2, 2]


def test_each_kind_earns_by_its_rule() -> None:
    for kind, rule in {
        VolunteerKind.PATROL: [("P31", 2)],
        VolunteerKind.TRAFFIC: [("P32", 2)],
        VolunteerKind.MUTUAL_AID: [("P35", 2)],
        VolunteerKind.PUBLICITY: [("P34", 1)],
    }.items():
        assert earned(line(1, Deed.CONFIRMED, kind=kind, minutes=120)) == rule
    assert earned(line(1, Deed.CONFIRMED, minutes=20)) == []


def test_a_mediation_earns_where_it_was_settled() -> None:
    kind = VolunteerKind.MEDIATION
    assert earned(line(1, Deed.MEDIATED, kind=kind, outcome="settled", minutes=60)) == [("P33", 1)]
    assert earned(line(1, Deed.MEDIATED, kind=kind, outcome="not_settled", minutes=60)) == []


def test_a_dispute_that_changes_hours_takes_back_and_gives_anew_and_else_nothing() -> None:
    confirmed = line(1, Deed.CONFIRMED, minutes=60)
    assert earned(confirmed, line(2, Deed.SETTLED, minutes=120, was=60)) == [("P31", 1), ("P31", -1), ("P31", 2)]
    assert earned(confirmed, line(2, Deed.SETTLED, minutes=75, was=60)) == [("P31", 1)]
    assert earned(confirmed, line(2, Deed.SETTLED, minutes=0, was=60)) == [("P31", 1), ("P31", -1)]


def test_an_absence_goes_when_he_was_there_after_all() -> None:
    absent = line(1, Deed.ABSENT)
    assert earned(absent) == [("P94", 1)]
    assert earned(absent, line(2, Deed.CHECKED_IN)) == [("P94", 1), ("P94", -1)]
    assert earned(absent, line(2, Deed.CHECKED_IN), line(3, Deed.CONFIRMED, minutes=60))[1:] == [
        ("P94", -1),
        ("P31", 1),
    ]
    assert earned(absent, line(2, Deed.SETTLED, minutes=60, was=0)) == [("P94", 1), ("P94", -1), ("P31", 1)]
    assert earned(absent, line(2, Deed.SETTLED, minutes=0, was=0)) == [("P94", 1)]


def test_in_whatever_order_and_however_often_it_is_told_the_entries_are_the_same() -> None:
    lines = [line(1, Deed.ABSENT), line(2, Deed.CHECKED_IN), line(3, Deed.CONFIRMED, minutes=60)]
    lines.append(line(4, Deed.SETTLED, minutes=120, was=60))
    whole = {one.id for one in earning.earned(lines, lines[-1])}
    for order in permutations(lines):
        told = [one.id for last in order for one in earning.earned(lines, last)]
        assert set(told) == whole
