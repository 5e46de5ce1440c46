"""What the auditor reads: everything that was done, nobody who reported."""

import msgspec

from chalicelib.domain.people import audit
from chalicelib.domain.reports.model import Action, Status
from tests.builders import COURIER, COURIER2
from tests.lines import event, standing, told
from tests.rechecking import blind_line

A, S = Action, Status
PROXY = {"person": "办事员甲", "phone": "13800000001", "at": "2026-11-23T01:00:00+00:00", "letter": "函13800000001号"}


def test_a_line_of_staff_names_its_actor_by_id() -> None:
    _, verified = told((A.VERIFY, S.WITH_VILLAGE))
    line = audit.line(verified)
    assert (line.actor_id, line.as_role, line.was, line.status) == (
        "grid_member",
        "grid_member",
        S.SUBMITTED,
        S.WITH_VILLAGE,
    )


def test_who_reported_is_nowhere_in_a_line() -> None:
    asked = standing(S.NEEDS_INFO, holder=f"courier:{COURIER.id}")
    details: dict[str, object] = {"post": f"courier:{COURIER.id}", "to": [COURIER.id, "centre"]}
    for role, actor in (("reporter", COURIER.id), ("timer", ""), ("grid_member", "grid_member")):
        given = event(A.FALL_DUE, asked, asked, actor_id=actor, as_role=role, details=details)
        assert COURIER.id not in msgspec.json.encode(audit.line(given)).decode()
    assert audit.line(given).details == {"post": "", "to": ["", "centre"]}


def test_who_looked_again_blindly_is_nowhere_in_a_line() -> None:
    line = audit.line(blind_line("not_solved", by=COURIER2.id))
    assert (line.actor_id, line.as_role, line.details["answer"]) == ("", "blind_rechecker", "not_solved")
    assert COURIER2.id not in msgspec.json.encode(line).decode()


def test_names_are_cut_to_the_surname_and_numbers_are_starred() -> None:
    now = standing(S.IN_HANDLING)
    details: dict[str, object] = {"proxy": PROXY, "department": "D04", "from": "350211102202001", "in_time": True}
    line = audit.line(event(A.ACCEPT, now, now, note="请联系13800000001", details=details))
    assert line.note == "请联系138****0001"
    assert line.details == {
        "proxy": {
            "person": "办***",
            "phone": "138****0001",
            "at": "2026-11-23T01:00:00+00:00",
            "letter": "函138****0001号",
        },
        "department": "D04",
        "from": "350211102202001",
        "in_time": True,
    }


def test_of_a_confidential_matter_neither_place_nor_words_are_shown_before_or_after_it_became_one() -> None:
    secret, plain = standing(S.WITH_CENTRE, confidential=True), standing(S.WITH_CENTRE)
    for was, now in ((secret, secret), (plain, secret), (secret, plain)):
        line = audit.line(event(A.RECLASSIFY, was, now, note="巷口第三家", details={"plan": "巷口"}))
        assert (line.village, line.note, line.details) == (None, "", {})
