"""What the rules suggest for a report, to whom it is shown, and what it is compared with."""

from dataclasses import replace

import pytest

from chalicelib.domain.reference.routing import Routing
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.suggestions import Suggestion, shown, suggested
from tests.builders import RULES, report
from tests.domain.reference.test_routing import TODAY, read, row

S = Status
NO_RULES = replace(RULES, routing=Routing(rules=()))


def of(held: Report, *rows: str) -> Suggestion | None:
    return suggested(held, replace(RULES, routing=read(*rows), editions={"routing": 7, "taxonomy": 3}), day=TODAY)


def test_without_a_rule_the_taxonomy_says_who_leads_and_helps() -> None:
    found = of(report(kind="0101"))
    assert found == Suggestion(lead="D06", co_handlers=("D08", "V"), table="taxonomy", rule="0101", edition=3)


def test_every_kind_is_suggested_something_where_there_is_a_village() -> None:
    for code, kind in RULES.taxonomy.kinds.items():
        found = suggested(report(kind=code), NO_RULES, day=TODAY)
        assert found and found.lead == kind.lead and set(found.co_handlers) == {*kind.co_handlers} - {"C"}


def test_a_rule_goes_before_the_taxonomy_and_says_what_to_do() -> None:
    found = of(
        report(kind="0101"), row("r", "01", lead="D05", co="V", instruction_zh="先疏散", instruction_en="Clear it")
    )
    told = {"table": "routing", "rule": "r", "edition": 7, "lead": "D05", "co_handlers": ["V"]}
    assert found and found.told() == told and (found.zh, found.en) == ("先疏散", "Clear it")


def test_no_village_is_asked_where_there_is_none() -> None:
    outside = replace(report().place, grid=None, village=None)
    assert (found := of(report(kind="0101", place=outside))) and found.co_handlers == ("D08",)
    assert of(report(kind="0105", place=outside)) is None
    assert (found := of(report(kind="0105", place=outside), row("r", "0105", co="V D01"))) and found.co_handlers == (
        "D01",
    )


def test_what_nobody_has_classified_and_what_the_taxonomy_has_lost_is_left_to_people() -> None:
    assert of(report(kind=None), row("any")) is None
    lost = replace(report(), nature=replace(report().nature, kind="9999"))
    assert of(lost, row("any")) is None


@pytest.mark.parametrize(
    ("lead", "helpers", "followed"),
    [("D06", ("V", "D08"), True), ("D06", ("D08",), False), ("D06", (), False), ("D08", ("D06", "V"), False)],
)
def test_it_is_followed_by_the_same_lead_and_the_same_helpers_in_any_order(
    lead: str, helpers: tuple[str, ...], followed: bool
) -> None:
    found = of(report(kind="0101"))
    assert found and found.is_followed_by(lead, helpers) is followed


def test_it_is_shown_to_those_who_order_while_an_order_may_come() -> None:
    def is_shown(status: Status, *seen_as: Party) -> bool:
        return shown(report(status), RULES, day=TODAY, seen_as=seen_as) is not None

    open_to_order = {s for s in S if is_shown(s, Party.CENTRE)}
    ended = {S.RESOLVED, S.CLOSED, S.INVALID, S.DUPLICATE, S.WITHDRAWN, S.TRANSFERRED}
    assert open_to_order == set(S) - ended
    assert {party for party in Party if is_shown(S.WITH_CENTRE, party)} == {Party.CENTRE, Party.COMMITTEE}
    assert is_shown(S.WITH_CENTRE, Party.LEAD, Party.COMMITTEE)
