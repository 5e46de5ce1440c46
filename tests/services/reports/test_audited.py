"""The auditor outside his own views: he reads no more there than in these, and each look is noted as his."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.figures import By
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import ContentType
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.riders import Wanted
from chalicelib.domain.reports.terms import Basis, Proxy, Watch
from chalicelib.services.figures import behind, figures
from chalicelib.services.figures.indicators import Question
from chalicelib.services.people import access
from chalicelib.services.reference import tables
from chalicelib.services.reports import intake, listings, outcomes, reports, responses, riders
from chalicelib.services.reports.listings import Filter
from chalicelib.store import history
from tests.bench.calls import counted
from tests.builders import (
    ADMIN,
    AUDITOR,
    CENTRE,
    COMMITTEE,
    COURIER,
    GRID,
    GRID_MEMBER,
    NOW,
    TOWNSHIP,
    VILLAGE,
    actor,
    draft,
)

pytestmark = pytest.mark.usefixtures("rules")
PHONE, STARRED = "13800000001", "138****0001"
A = Action


def submit(id: str, kind: str | None = "0303", **changes: Any) -> None:
    text = f"路面有个大坑，联系{PHONE}"
    intake.accept(id, draft(kind=kind, text=text, files=(ContentType.JPEG,), **changes), key=None, by=COURIER, now=NOW)


def act(id: str, action: Action, by: Actor, **said: Any) -> None:
    reports.act(id, Command(action=action, **said), version=None, key=None, by=by, now=NOW)


def proxied() -> None:
    """What a department without account does, the centre records, with who said so by which phone."""
    submit("r1")
    act("r1", A.VERIFY, GRID_MEMBER, basis=Basis.ON_SITE, text=f"报告人{PHONE}")
    act("r1", A.DISPATCH, CENTRE, department="D07", text=f"联系{PHONE}")
    act("r1", A.ACCEPT, CENTRE, proxy=Proxy(person="办事员甲", phone=PHONE, at=NOW, letter="函7号"))


def noted() -> list[tuple[What, str]]:
    entries = access.page(actor=AUDITOR.id, by=AUDITOR, now=NOW, limit=50, cursor=None).entries
    return [(one.what, one.subject) for one in entries if one.what is What.READ_HISTORY]


def told(found: object) -> str:
    return msgspec.json.encode(found).decode()


def test_he_reads_what_was_done_with_names_cut_and_numbers_starred() -> None:
    proxied()
    seen = reports.view("r1", by=AUDITOR, now=NOW)
    words = told((seen.text, seen.seen.report.excerpt, [(line.note, line.details) for line in seen.history]))
    assert PHONE not in words and "办事员甲" not in words and STARRED in words and "办***" in words
    assert [line.action for line in seen.history] == [A.SUBMIT, A.VERIFY, A.DISPATCH, A.ACCEPT]
    assert seen.seen.report.place.point and len(seen.photos) == 1
    whole = reports.view("r1", by=CENTRE, now=NOW)
    assert PHONE in whole.text and whole.history == history.of("r1"), "who works with it reads all"


def test_of_a_confidential_matter_he_reads_neither_words_nor_place_nor_sees_a_picture() -> None:
    submit("r1", "0801")
    seen = reports.view("r1", by=AUDITOR, now=NOW)
    report = seen.seen.report
    assert (seen.text, report.excerpt, seen.photos) == ("", "", [])
    assert (report.place.point, report.place.village, report.place.grid) == (None, None, None)
    assert [(line.note, line.details, line.standing.village) for line in seen.history] == [("", {}, None)]
    assert report.nature.kind == "0801" and report.place.township == TOWNSHIP


def test_what_has_become_confidential_has_no_words_from_before() -> None:
    submit("r1")
    act("r1", A.RECLASSIFY, CENTRE, kind="0701", text="巷口第三家")
    seen = reports.view("r1", by=AUDITOR, now=NOW)
    assert VILLAGE not in told([seen.text, seen.seen.report, seen.history])
    assert {line.note for line in seen.history} == {""}


def test_whose_own_part_in_it_is_more_reads_as_such() -> None:
    submit("r1", "0801")
    both = replace(AUDITOR, posts=(*AUDITOR.posts, *CENTRE.posts))
    seen = reports.view("r1", by=both, now=NOW)
    assert PHONE in seen.text and seen.seen.report.place.point and noted() == []


def area(by: Actor = AUDITOR, **wanted: Any) -> list[Any]:
    asked = Filter(village=VILLAGE, month=None, **wanted)
    return listings.area(asked, by=by, now=NOW, limit=9, cursor=None).reports


def test_in_a_list_of_an_area_he_finds_nothing_confidential_which_it_would_place() -> None:
    submit("r1")
    submit("secret", "0801")
    assert [(one.id, STARRED in one.excerpt, PHONE in one.excerpt) for one in area()] == [("r1", True, False)]
    assert area(grid=GRID, kind="0801") == []
    assert {one.id for one in area(CENTRE)} == {"r1", "secret"}


def test_what_is_supervised_he_finds_without_words_and_place_where_it_is_confidential() -> None:
    submit("secret", "0801")
    act("secret", A.SUPERVISE, COMMITTEE, watch=Watch.RED, text="限期办理")
    (one,) = listings.supervised(None, by=AUDITOR, now=NOW, limit=9, cursor=None).reports
    assert (one.id, one.excerpt, one.place.point, one.place.village) == ("secret", "", None, None)


def needs(by: Actor = AUDITOR, **wanted: Any) -> list[Any]:
    return riders.page(Wanted(**wanted), by=by, limit=9, cursor=None, now=NOW).needs


def test_of_couriers_own_needs_he_reads_no_village_of_a_confidential_one_nor_finds_it_by_that() -> None:
    submit("need", "1202")
    submit("secret", "1203")
    found = {one.id: (one.village, one.excerpt) for one in needs()}
    assert found["secret"] == (None, None)
    assert found["need"][0] == VILLAGE and STARRED in found["need"][1] and PHONE not in found["need"][1]
    assert [one.id for one in needs(village=VILLAGE)] == ["need"]
    assert {one.id for one in needs(CENTRE, village=VILLAGE)} == {"need", "secret"}


def counted_ones(by: Actor = AUDITOR) -> tuple[list[str], int]:
    asked = Question(by=By.KIND, first="2026-11-01", last="2026-11-30", area=VILLAGE)
    page = behind.page(asked, Column.FILED, by=by, limit=9, cursor=None, now=NOW)
    assert PHONE not in told(page.counted) or by is not AUDITOR
    return [one.report.id for one in page.counted], page.hidden


def test_behind_a_number_of_an_area_a_confidential_matter_is_counted_and_not_shown() -> None:
    for id, kind in (("r1", "0303"), ("secret", "0801")):
        submit(id, kind)
        for line in history.of(id):
            figures.count(line)
    assert counted_ones() == (["r1"], 1)
    assert counted_ones(CENTRE) == (["r1", "secret"], 0)


def test_what_became_of_a_confidential_matter_is_how_it_stands() -> None:
    submit("r1", "0801")
    found = outcomes.see("r1", by=AUDITOR, now=NOW)
    assert (found.outcome.kind, found.outcome.answer, found.photos) == (None, "", [])
    assert outcomes.see("r1", by=CENTRE, now=NOW).outcome.kind == "0801"


def test_what_staff_usually_say_leaves_the_place_of_a_confidential_matter_open_for_him() -> None:
    body = "kind,action,zh,en\n*,verify,在{place}看过,Seen in {place}\n".encode()
    tables.replace_table("responses", body, base=None, by=ADMIN, now=NOW)
    for id, kind in (("r1", "0303"), ("secret", "0801")):
        submit(id, kind)
    missing = {
        (id, by.id): one.missing
        for id in ("r1", "secret")
        for by in (AUDITOR, CENTRE)
        for one in responses.fitting(id, A.VERIFY, by=by, now=NOW)
    }
    assert {seen for seen, blanks in missing.items() if blanks} == {("secret", AUDITOR.id)} and len(missing) == 4


LOOKS: list[tuple[Callable[[], object], str]] = [
    (area, f"reports:{VILLAGE}:2026-11"),
    (lambda: listings.supervised(None, by=AUDITOR, now=NOW, limit=9, cursor=None), f"watched:{TOWNSHIP}"),
    (needs, f"lane:{TOWNSHIP}"),
    (counted_ones, f"figures:{TOWNSHIP}:{Column.FILED}:2026-11-01"),
]


@pytest.mark.parametrize(("look", "subject"), LOOKS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_look_at_a_list_is_noted_with_one_write(look: Callable[[], object], subject: str) -> None:
    look()
    with counted() as calls:
        look()
    assert [name for name in calls.names if name not in ("Query", "BatchGetItem", "GetItem")] == ["PutItem"]
    assert noted() == [(What.READ_HISTORY, subject)]


def test_nobody_elses_look_is_and_his_at_another_township_is_that_townships() -> None:
    area(CENTRE)
    area(COMMITTEE)
    needs(CENTRE)
    elsewhere = actor(AUDITOR.id, (Role.AUDITOR, "350211103"), (Role.VILLAGE, VILLAGE))
    area(elsewhere)
    assert noted() == []
