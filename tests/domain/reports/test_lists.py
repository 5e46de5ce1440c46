"""On which lists a report lies beside its holder's."""

from chalicelib.domain.reports.lists import entries
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Watch
from tests.builders import CENTRE, COMMITTEE, TOWNSHIP, WORKS, report
from tests.deeds import PHOTO, do, handled, rung

A, S = Action, Status


def test_a_report_lies_on_each_co_handlers_list_by_the_parts_own_deadline() -> None:
    held = handled("D03", "V")
    found = entries(held)
    assert {entry.list for entry in found.values()} == {"department:D03", f"village:{held.place.village}"}
    assert [entry.due_at for entry in found.values()] == [part.due_at for part in held.parts]


def test_what_is_supervised_lies_on_the_committees_list_until_it_ends() -> None:
    held = do(handled(), A.SUPERVISE, COMMITTEE, watch=Watch.YELLOW, text="请抓紧").report
    assert [(entry.list, entry.due_at) for entry in entries(held).values()] == [(f"watched:{TOWNSHIP}", held.due_at)]
    solved = do(held, A.RESOLVE, WORKS, text="x", after_photos=PHOTO).report
    assert "watch" in entries(solved)  # it may come back
    assert entries(do(held, A.CANCEL, CENTRE, text="重复").report) == {}


def test_what_the_ladder_supervises_lies_there_as_well() -> None:
    held = handled()
    assert held.due_at
    late = rung(held, held.due_at)[-1].report
    assert late.watch is Watch.YELLOW and "watch" in entries(late)


def test_an_ordinary_report_lies_with_its_holder_alone() -> None:
    assert entries(report(S.SUBMITTED)) == {}


def test_what_waits_for_its_class_lies_with_the_centre_whose_turn_it_is() -> None:
    held = do(handled(kind="0101"), A.MAKE_SAFE, WORKS, text="已围挡", after_photos=PHOTO).report
    assert {entry.list for entry in entries(held).values()} == {f"centre:{TOWNSHIP}"}
