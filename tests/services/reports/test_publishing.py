"""Who may decide on a photo, and what happens when two do at once: on both stores."""

from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Invalid, NotFound, StaleVersion
from chalicelib.domain.photos import Purpose
from chalicelib.domain.publications import FreeOf
from chalicelib.domain.reports.model import Action, Report
from chalicelib.services.reports import records
from chalicelib.store import history
from chalicelib.store.reports import publications as store
from tests.builders import CENTRE, COMMITTEE, COURIER, COURIER2, GRID_MEMBER, VILLAGER, WORKS
from tests.published import CORNER, LEFT_HALF, act, filed, head, photographed, publish, stored, verified, withdraw

pytestmark = pytest.mark.usefixtures("rules")
A = Action


def refusal(**given: Any) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as refused:
        publish(**given)
    return type(refused.value), refused.value.rule


@pytest.fixture
def marked() -> None:
    """A verified report whose photo the village has marked."""
    verified()
    photographed()
    publish()


def test_staff_with_a_part_in_it_mark_and_others_do_not(tables: str) -> None:
    verified()
    photographed()
    assert [refusal(by=who)[1] for who in (COURIER, COMMITTEE, COURIER2, WORKS)] == [
        "not_your_part",
        "not_your_part",
        "no_such_report",
        "no_such_report",
    ]
    assert [publish(by=who).number for who in (GRID_MEMBER, VILLAGER, CENTRE)] == [1, 2, 3]


def test_nothing_is_marked_before_somebody_has_found_the_report_true(tables: str) -> None:
    filed()
    photographed()
    assert refusal() == (Conflict, "page_not_public")


@pytest.mark.parametrize("kind", ["0701", "0906"])
def test_nothing_confidential_is_marked(tables: str, kind: str) -> None:
    verified(kind=kind)
    photographed()
    assert refusal(by=CENTRE) == (Conflict, "page_not_public")


@pytest.mark.parametrize("photo_id", ["before-2", "after-1", "../r2/before-1", "before-1/../../x", " "])
def test_a_photo_that_the_report_does_not_have_is_none(tables: str, photo_id: str) -> None:
    verified()
    photographed()
    verified("r2")
    photographed("r2", Purpose.AFTER, by=WORKS)
    assert refusal(photo_id=photo_id) == (NotFound, "no_such_photo")


def test_all_four_are_affirmed_and_rectangles_cover_something(tables: str) -> None:
    verified()
    photographed()
    assert refusal(free_of=frozenset({FreeOf.FACES, FreeOf.PLATES})) == (Invalid, "free_of_all_four")


def test_evidence_is_never_marked(tables: str) -> None:
    verified()
    photographed(purpose=Purpose.EVIDENCE)
    assert refusal(photo_id="evidence-1") == (Conflict, "photo_not_markable")


def test_who_read_an_older_word_is_told_so(marked: None) -> None:
    with pytest.raises(StaleVersion) as refused:
        publish("r1", "before-1", LEFT_HALF, version=0)
    assert refused.value.facts == {"version": 1}
    assert publish("r1", "before-1", LEFT_HALF, version=1).number == 2
    assert withdraw(version=2).number == 3


def test_the_same_request_again_is_one_word_drawn_or_not(marked: None) -> None:
    for _ in range(2):
        assert publish("r1", "before-1", LEFT_HALF, version=1).number == 2
    assert publish("r1", "before-1", LEFT_HALF, version=2).number == 3, "who has read it and asks for it anew"


def test_of_two_at_once_one_is_told_that_somebody_else_was_faster(
    marked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read the first word; the centre's is stored while the village's is on its way."""
    real = records.note

    def overtaken(*args: Any, **named: Any) -> object:
        with monkeypatch.context() as undisturbed:
            undisturbed.setattr(records, "note", real)
            publish("r1", "before-1", CORNER, by=CENTRE)
        return real(*args, **named)

    with monkeypatch.context() as slow, pytest.raises(Conflict) as refused:
        slow.setattr(records, "note", overtaken)
        publish("r1", "before-1", LEFT_HALF)
    assert refused.value.rule == "marked_meanwhile"
    said = stored().publication
    assert said and (said.number, said.rectangles, said.by) == (2, (CORNER,), CENTRE.id)
    assert [line.details["number"] for line in history.of("r1") if line.action is A.PUBLISH_PHOTO] == [1, 2]


def test_somebody_elses_act_on_the_report_meanwhile_does_no_harm(marked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    real, acted = store.put, list[Report]()

    def overtaken(*args: Any) -> None:
        if not acted:
            acted.append(act("r1", A.COMMENT, CENTRE, text="顺便一提"))
        real(*args)

    monkeypatch.setattr(store, "put", overtaken)
    assert publish("r1", "before-1", LEFT_HALF).number == 2
    assert [line.number for line in history.of("r1")] == list(range(1, head().version + 1))


def test_what_becomes_confidential_while_it_is_marked_is_not(marked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    real = records.note

    def overtaken(*args: Any, **named: Any) -> object:
        act("r1", A.RECLASSIFY, CENTRE, kind="0701", text="另有隐情")
        return real(*args, **named)

    monkeypatch.setattr(records, "note", overtaken)
    with pytest.raises(Conflict) as refused:
        publish("r1", "before-1", LEFT_HALF, by=CENTRE)
    assert refused.value.rule == "page_not_public"
    said = stored().publication
    assert said and said.number == 1


def test_what_became_confidential_is_still_taken_back(marked: None) -> None:
    act("r1", A.RECLASSIFY, CENTRE, kind="0701", text="另有隐情")
    assert withdraw(by=CENTRE).on is False


def test_what_nobody_marked_is_not_taken_back(tables: str) -> None:
    verified()
    photographed()
    with pytest.raises(Conflict, match="photo_not_marked"):
        withdraw()
