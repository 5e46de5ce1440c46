"""Who decides what everybody may see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.errors import Conflict, DomainError
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import ContentType, Findings, Photo, Purpose, State
from chalicelib.domain.reports import publishing
from chalicelib.domain.reports.model import Action, Report, Status
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    COURIER2,
    EVERYONE,
    GRID_MEMBER,
    NOW,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
    report,
)

A, S = Action, Status
KEPT = timedelta(days=1095)
STAFF_AND_COURIER = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.VILLAGE, VILLAGE), (Role.CENTRE, TOWNSHIP))


def refusal(by: Actor, held: Report) -> str | None:
    try:
        publishing.marker(by, A.PUBLISH_PHOTO, held)
    except DomainError as refused:
        return refused.rule
    return None


def test_who_looked_or_deals_with_it_marks_photos() -> None:
    held = report(S.IN_HANDLING)
    found = {person.id: refusal(person, held) for person in EVERYONE}
    assert {id for id, rule in found.items() if rule is None} == {GRID_MEMBER.id, VILLAGER.id, CENTRE.id, WORKS.id}
    assert (found[COURIER.id], found[COMMITTEE.id], found[COURIER2.id]) == (
        "not_your_part",
        "not_your_part",
        "no_such_report",
    )


def test_nobody_marks_photos_of_his_own_report_whatever_posts_he_holds() -> None:
    assert refusal(STAFF_AND_COURIER, report(S.IN_HANDLING)) == "nobody_judges_his_own"
    filed_for = report(S.IN_HANDLING, reporter_id="someone", filed_by=VILLAGER.id)
    assert refusal(VILLAGER, filed_for) == "nobody_judges_his_own"


def test_where_the_centre_alone_verifies_the_grid_marks_nothing() -> None:
    held = report(S.IN_HANDLING)
    held = replace(held, nature=replace(held.nature, verify_by_centre=True))
    assert refusal(GRID_MEMBER, held) == "no_such_report"


def test_only_the_centre_closes_a_page() -> None:
    held = report(S.CLOSED)
    assert publishing.closer(CENTRE, A.CLOSE_PAGE, held) == "centre"
    for person in (VILLAGER, WORKS, COURIER):
        with pytest.raises(DomainError, match="not_your_part"):
            publishing.closer(person, A.CLOSE_PAGE, held)


def test_reporter_centre_village_and_lead_ask_for_links() -> None:
    held = report(S.CLOSED)
    assert [publishing.linker(who, held) for who in (COURIER, CENTRE, VILLAGER, WORKS)] == [
        "reporter",
        "centre",
        "village",
        "department",
    ]
    with pytest.raises(DomainError, match="not_your_part"):
        publishing.linker(GRID_MEMBER, held)


def photo(purpose: Purpose = Purpose.BEFORE, content_type: ContentType = ContentType.JPEG) -> Photo:
    (made,) = photo_rules.declare("r1", [(purpose, content_type)], by="c", now=NOW)
    return photo_rules.ready(made, Findings(sha256="0"))


def rule(held: Report, one: Photo) -> str | None:
    try:
        publishing.require_markable(held, one, kept=KEPT, now=NOW)
    except Conflict as refused:
        return refused.rule
    return None


def test_only_good_photos_of_the_problem_and_its_solution_are_marked() -> None:
    held = report(S.CLOSED)
    assert rule(held, photo()) is rule(held, photo(Purpose.AFTER)) is None
    unfit = [photo(Purpose.EVIDENCE), photo(content_type=ContentType.OGG)]
    unfit += [replace(photo(), state=state) for state in State if state is not State.READY]
    assert {rule(held, one) for one in unfit} == {"photo_not_markable"}


def test_nothing_of_what_is_not_for_everybody_is_marked() -> None:
    held = report(S.CLOSED)
    secret = replace(held, nature=replace(held.nature, confidential=True))
    long_ago = replace(held, ended_at=NOW - KEPT)
    assert {rule(one, photo()) for one in (secret, long_ago, report(S.INVALID))} == {"page_not_public"}
