"""What is not a township's to solve goes to 110, 119, 120 or 12345; a child at risk to the police before all else."""

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import RejectReason, Service
from tests.builders import (
    CENTRE,
    COURIER,
    report,
)
from tests.deeds import Fields, do, offered, refusal

S, A = Status, Action
POLICE: Fields = {"service": Service.POLICE, "number": "3502110001"}


@pytest.mark.parametrize("service", Service)
def test_a_transfer_ends_it_under_their_number_until_it_is_taken_back(service: Service) -> None:
    change = do(report(S.WITH_CENTRE), A.TRANSFER, CENTRE, service=service, number="A1")
    assert (change.report.status, change.details) == (S.TRANSFERRED, {"service": service, "number": "A1"})
    back = do(change.report, A.TAKE_BACK, CENTRE, text="对方退回").report
    assert (back.status, back.due_at) == (S.WITH_CENTRE, report(S.WITH_CENTRE).due_at)
    assert refusal(change.report, A.TAKE_BACK, CENTRE) == (Invalid, "reason_needed")


@pytest.mark.parametrize(
    "fields", [{"service": Service.FIRE}, {"number": "A1"}, {"service": Service.FIRE, "number": " "}]
)
def test_a_transfer_names_service_and_number(fields: Fields) -> None:
    assert refusal(report(S.WITH_CENTRE), A.TRANSFER, CENTRE, **fields) == (Invalid, "service_and_number_needed")


def test_unverified_only_danger_and_what_the_centre_verifies_is_transferred() -> None:
    for kind in ("0301", "0801", "0902", "0705"):
        assert do(report(kind=kind), A.TRANSFER, CENTRE, **POLICE).report.status is S.TRANSFERRED
    assert refusal(report(), A.TRANSFER, CENTRE, **POLICE) == (IllegalAction, "transfer_after_verification")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (A.DISPATCH, {"department": "D10"}),
        (A.RETURN_TO_VILLAGE, {}),
        (A.COORDINATE, {}),
        (A.CANCEL, {}),
        (A.TRANSFER, {"service": Service.HOTLINE, "number": "A1"}),
    ],
)
def test_suspected_harm_to_a_child_goes_to_the_police_first(action: Action, fields: Fields) -> None:
    held = report(S.WITH_CENTRE, kind="0902")
    assert refusal(held, action, CENTRE, text="x", **fields) == (Conflict, "police_first")
    told = do(do(held, A.TRANSFER, CENTRE, **POLICE).report, A.TAKE_BACK, CENTRE, text="x").report
    do(told, action, CENTRE, text="x", **fields)


def test_a_child_at_risk_is_neither_rejected_nor_withdrawn_before_the_police_have_it() -> None:
    held = report(S.WITH_CENTRE, kind="0902")
    false: Fields = {"reason": RejectReason.FALSE}
    assert refusal(held, A.REJECT, CENTRE, **false) == (Conflict, "police_first")
    assert A.REJECT not in offered(held, CENTRE)
    assert refusal(report(kind="0902"), A.WITHDRAW, COURIER) == (Forbidden, "never_withdrawn")
    back = do(do(held, A.TRANSFER, CENTRE, **POLICE).report, A.TAKE_BACK, CENTRE, text="警方已处理").report
    assert do(back, A.REJECT, CENTRE, **false).report.status is S.INVALID


def test_what_is_transferred_counts_as_verified_as_grave_as_the_centre_says() -> None:
    held = report(S.WITH_CENTRE)
    change = do(held, A.TRANSFER, CENTRE, severity=1, **POLICE)
    assert (change.report.nature.severity, change.details["severity"]) == (1, 1)
    assert refusal(held, A.TRANSFER, CENTRE, severity=4, **POLICE) == (Invalid, "severity_4_is_class_e")
    unnamed = report(S.WITH_CENTRE, kind=None)
    assert refusal(unnamed, A.TRANSFER, CENTRE, severity=1, **POLICE) == (Invalid, "kind_needed")
