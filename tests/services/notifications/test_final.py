"""The last message about a report says what became of it, and where everybody may read that."""

import pytest

from chalicelib.domain.reports.model import Action
from chalicelib.services.notifications import inbox, notices
from chalicelib.services.reports import contributors, public_pages
from chalicelib.store import history
from tests.bench.calls import counted
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, RULES
from tests.published import HOUR, act, closed, filed, merged, page_key, resolved

__all__ = ["page_key"]
pytestmark = pytest.mark.usefixtures("rules", "page_key")
KIND = RULES.taxonomy.kinds["0303"]
LINK = "https://fenjian.example.org/v1/p/"


def told(id: str = "r1") -> tuple[str, str]:
    """What its reporter reads of the last thing that happened to it."""
    line = history.of(id)[-1]
    for _ in range(2):
        notices.tell(line, now=line.at)
    messages = inbox.page(COURIER.id, limit=9, cursor=None, now=line.at).messages
    (found,) = [(one.zh, one.en) for one in messages if one.report_id == id and one.event_id == line.id]
    return found


def test_who_reported_it_reads_what_became_of_it_and_opens_the_page() -> None:
    closed()
    zh, en = told()
    assert zh.startswith(f"您上报的“{KIND.zh}”，市政园林已于2026-11-23解决：路面已修补。已核查办结，谢谢您。")
    assert en.startswith(f"You reported “{KIND.en}”; Municipal works & parks solved it on 2026-11-23: 路面已修补.")
    token = zh.partition(LINK)[2]
    assert token and en.endswith(f"{LINK}{token}")
    assert public_pages.show(token, now=NOW + 5 * HOUR)


def test_told_twice_it_is_one_message_with_one_link() -> None:
    closed()
    assert told() == told()


def test_of_a_confidential_matter_it_says_only_that_it_is_over() -> None:
    closed(kind="0906")
    said = " ".join(told())
    assert "保密事项" in said and LINK not in said and "{" not in said
    assert not [word for word in (RULES.taxonomy.kinds["0906"].zh, "修补", "市政") if word in said]


def test_where_the_centre_closed_the_page_no_link_is_sent() -> None:
    resolved()
    public_pages.close("r1", by=CENTRE, now=NOW + 3 * HOUR)
    act("r1", Action.CONFIRM, GRID_MEMBER, now=NOW + 4 * HOUR, solved=True)
    zh, _ = told()
    assert "路面已修补" in zh and LINK not in zh


def test_what_happened_since_is_not_told_with_it() -> None:
    closed()
    act("r1", Action.REOPEN, COURIER, now=NOW + 5 * HOUR, text="又坏了")
    ending = history.of("r1")[-2]
    notices.tell(ending, now=NOW + 6 * HOUR)
    (message,) = inbox.page(COURIER.id, limit=9, cursor=None, now=NOW + 6 * HOUR).messages
    assert "解决：路面已修补" in message.zh


def test_it_costs_one_query() -> None:
    closed()
    ending = history.of("r1")[-1]
    notices.tell(ending, now=NOW)
    with counted() as calls:
        notices.tell(ending, now=NOW)
    assert calls.names[0] == "Query" and "Query" not in calls.names[1:]
    assert calls.parameters("Query")["TableName"] == "fenjian-test-history"


def test_who_reported_the_same_reads_the_same_and_opens_the_same_page() -> None:
    filed("r2", by=COURIER2)
    resolved()
    merged("r2", "r1", now=NOW + 3 * HOUR)
    act("r1", Action.CONFIRM, GRID_MEMBER, now=NOW + 4 * HOUR, solved=True)
    act("r1", Action.REOPEN, COURIER, now=NOW + 6 * HOUR, text="又坏了")
    *_, closing, _ = history.of("r1")
    contributors.follow(closing, now=NOW + 5 * HOUR)
    (followed,) = [line for line in history.of("r2") if line.action is Action.FOLLOW]
    notices.tell(followed, now=followed.at)
    notices.tell(closing, now=closing.at)
    (his,) = inbox.page(COURIER2.id, limit=1, cursor=None, now=NOW + 6 * HOUR).messages
    (own,) = inbox.page(COURIER.id, limit=1, cursor=None, now=NOW + 6 * HOUR).messages
    assert (his.template, his.zh, his.en) == ("closed", own.zh, own.en) and LINK in his.zh
