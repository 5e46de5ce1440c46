"""What became of a report, as each of those concerned reads it: on both stores."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Purpose
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.outcome import Result
from chalicelib.services.reports import outcomes, public_pages
from chalicelib.services.reports.outcomes import Told
from chalicelib.store.people import access
from tests.builders import AUDITOR, CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, RULES, WORKS
from tests.published import HOUR, act, closed, drawn, filed, merged, photographed, resolved, verified

pytestmark = pytest.mark.usefixtures("rules")
A = Action
KIND = RULES.taxonomy.kinds["0303"].zh
LATER = NOW + 5 * HOUR


def see(id: str = "r1", *, by: Actor = COURIER) -> Told:
    return outcomes.see(id, by=by, now=LATER)


def photos(told: Told) -> list[tuple[str, str, bool]]:
    return [(one.photo.report_id, one.photo.id, one.own) for one in told.photos]


@pytest.fixture
def joined() -> None:
    """A report that is closed, and somebody else's that was merged into it; both with photos, two of them public."""
    verified()
    filed("r2", by=COURIER2)
    merged("r2", "r1")
    photographed("r1")
    photographed("r2", by=COURIER2)
    act("r1", A.DISPATCH, CENTRE, now=NOW + HOUR, department="D04")
    act("r1", A.ACCEPT, WORKS, now=NOW + 2 * HOUR)
    photographed("r1", Purpose.AFTER, by=WORKS)
    photographed("r1", Purpose.AFTER, by=WORKS)
    drawn("r1", "after-1")
    act("r1", A.RESOLVE, WORKS, now=NOW + 3 * HOUR, text="路面已修补", no_photo_reason="已拍")
    act("r1", A.CONFIRM, GRID_MEMBER, now=NOW + 4 * HOUR, solved=True)


def test_its_reporter_reads_who_solved_it_when_and_how(joined: None) -> None:
    told = see()
    assert told.sentence[0] == f"您上报的“{KIND}”，市政园林已于2026-11-23解决：路面已修补。"
    assert (told.outcome.result, told.outcome.answer, told.has_page) == (Result.SOLVED, "路面已修补", True)
    assert (told.reported_at, told.outcome.ended_at) == (NOW, NOW + 4 * HOUR)


def test_who_joined_it_reads_the_same_by_his_own_report(joined: None) -> None:
    told = see("r2", by=COURIER2)
    assert told.sentence == see().sentence and told.outcome == see().outcome and told.report_id == "r2"


def test_ones_own_photos_are_seen_always_and_others_once_they_are_public(joined: None) -> None:
    assert photos(see()) == [("r1", "before-1", True), ("r1", "after-1", False)]
    assert photos(see("r2", by=COURIER2)) == [("r2", "before-1", True), ("r1", "after-1", False)]
    assert photos(see(by=CENTRE)) == [("r1", "after-1", False)]


def test_of_a_closed_page_others_photos_are_given_to_nobody_and_ones_own_stay(joined: None) -> None:
    public_pages.close("r1", by=CENTRE, now=LATER)
    assert photos(see()) == [("r1", "before-1", True)] and photos(see(by=CENTRE)) == []
    assert photos(see("r2", by=COURIER2)) == [("r2", "before-1", True)] and not see("r2", by=COURIER2).has_page


def test_once_its_time_is_over_there_is_no_page_to_ask_for(joined: None) -> None:
    over = NOW + 4 * HOUR + timedelta(days=1095)
    told = [outcomes.see("r1", by=COURIER, now=at) for at in (over - timedelta(seconds=1), over)]
    assert [one.has_page for one in told] == [True, False]
    assert [len(one.photos) for one in told] == [2, 1]


def test_others_are_public_copies_and_ones_own_are_not(joined: None) -> None:
    own, public = see().photos
    assert all("/shown/r1/before-1/" in link.url for link in own.links)
    assert all("/public/r1/after-1/1/" in link.url for link in public.links) and len(public.links) == 2


def test_what_was_merged_and_merged_again_is_followed_to_where_it_is_dealt_with() -> None:
    for id in ("r1", "r2", "r3"):
        filed(id, by=COURIER2 if id == "r3" else COURIER)
    merged("r3", "r2")
    merged("r2", "r1")
    act("r1", A.CANCEL, CENTRE, text="误报")
    assert see("r3", by=COURIER2).outcome.result is Result.WITHDRAWN


def test_of_what_has_become_confidential_who_joined_it_reads_only_that(joined: None) -> None:
    filed("r4", by=COURIER2)
    verified("r3")
    merged("r4", "r3")
    photographed("r3")
    drawn("r3")
    act("r3", A.RECLASSIFY, CENTRE, kind="0701", text="另有隐情")
    told = see("r4", by=COURIER2)
    said = " ".join(told.sentence)
    assert "保密事项" in said and RULES.taxonomy.kinds["0701"].zh not in said and KIND not in said
    assert (told.outcome.kind, told.outcome.post, told.photos, told.has_page) == (None, None, [], False)


def test_what_was_answered_in_confidence_is_not_told_to_who_joined_it_afterwards(tables: str) -> None:
    verified(kind="0701")
    act("r1", A.DISPATCH, CENTRE, department="D04")
    act("r1", A.ACCEPT, WORKS)
    act("r1", A.RESOLVE, WORKS, text="已找双方当事人谈话调解", no_photo_reason="涉密")
    act("r1", A.RECLASSIFY, CENTRE, kind="0303", text="不涉密")
    filed("r2", by=COURIER2)
    merged("r2", "r1")
    told = see("r2", by=COURIER2)
    assert (told.outcome.answer, told.outcome.post) == ("", None) and "谈话" not in " ".join(told.sentence)
    assert see().outcome.answer == "已找双方当事人谈话调解"


def test_its_own_reporter_reads_what_it_is_even_then(tables: str) -> None:
    verified(kind="0701")
    assert RULES.taxonomy.kinds["0701"].zh in see().sentence[0]


def test_strangers_are_not_told_that_it_exists(joined: None) -> None:
    for id in ("r1", "r9"):
        with pytest.raises(NotFound):
            see(id, by=COURIER2)


def test_an_auditors_look_is_noted(joined: None) -> None:
    see(by=AUDITOR)
    assert [entry.what for entry in access.of("r1", limit=5)] == ["read_history"]


def test_before_the_end_it_says_how_far_it_is() -> None:
    filed()
    assert see().outcome.result is Result.WAITING and not see().has_page
    resolved("r2")
    assert see("r2").outcome.result is Result.SAID_SOLVED and see("r2").has_page
    closed("r3")
    act("r3", A.REOPEN, COURIER, now=LATER, text="又坏了")
    assert see("r3").outcome.result is Result.OPEN and see("r3").outcome.answer == ""
