"""The page behind the link in an alarm's SMS: what each of those who were called reads on it, and when."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.api.sentences import texts
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.store.duty.alarms import find
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE, COURIER, GRID_MEMBER, VILLAGER
from tests.on_duty import PHONES, SECRET, link, on_duty, sms, step
from tests.outbox import Post, post

__all__ = ["post"]
HERE, ELSEWHERE = {"lat": 24.6085, "lon": 117.9795}, {"lat": 24.61815, "lon": 118.00683}
GAS, MANHOLE = "0106", "0301"
NAMES = {GAS: ("燃气泄漏/气瓶隐患", "Gas leak or cylinder hazard"), MANHOLE: ("井盖缺失", "Manhole cover missing")}
SECRECY = ("保密事项", "a confidential matter")
BUTTON = "我已收到，马上处置"


@pytest.fixture
def called(api: Client, post: Post) -> str:
    """A danger to life, which those on duty in village and centre have been called for; its id."""
    return alarmed(api, post)


def alarmed(api: Client, post: Post, kind: str = GAS, place: dict[str, float] = HERE) -> str:
    now = datetime.now(UTC)
    on_duty("village", at=now)
    on_duty("centre", at=now)
    body = {"text": "请马上来", "kind": kind, "location": {**place, "crs": "wgs84"}}
    id: str = api.post("/reports", body, by=COURIER).json["id"]
    step(post, id, now)
    return id


def next_call(post: Post, id: str) -> list[str]:
    alarm = find(id)
    assert alarm and alarm.next_at
    return step(post, id, alarm.next_at)


def act(api: Client, id: str, by: Actor, **action: Any) -> None:
    answer = api.post(f"/reports/{id}/actions", action, by=by)
    assert answer.status == 200, answer.text


def opens(api: Client, post: Post, whose: str) -> str:
    """What he reads who opens the link in the last SMS to him."""
    return read(api.get(f"/alarms/{link(post, PHONES[whose])}"))


def presses(api: Client, post: Post, whose: str) -> str:
    """What he reads who presses the button of that page."""
    return read(api.send("POST", f"/alarms/{link(post, PHONES[whose])}"))


def read(answer: Answer, status: int = 200) -> str:
    assert answer.status == status and answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def says(page: str, key: str, **blanks: tuple[str, str]) -> bool:
    """Whether the page says this, in both languages."""
    zh, en = texts()[f"alarm.{key}"]
    return all(
        sentence.format_map({name: words[place] for name, words in blanks.items()}) in page
        for place, sentence in enumerate((zh, en))
    )


def test_it_waits_for_an_answer_and_looking_is_none(api: Client, post: Post, called: str) -> None:
    for _ in range(2):
        page = opens(api, post, "centre#main")
        assert says(page, "waiting") and BUTTON in page and 'method="post"' in page
    assert not any(says(page, key) for key in ("yours", "over", "link_dead"))


def test_it_says_where_and_what_as_the_sms_does(api: Client, post: Post, called: str) -> None:
    page = opens(api, post, "village#main")
    assert says(page, "about", place=("深青村", "Shenqing Village"), matter=NAMES[GAS])
    assert f"深青村：{NAMES[GAS][0]}，" in sms(post, PHONES["village#main"])
    assert called not in page and "请马上来" not in page, "no more than that"


def test_of_a_confidential_matter_it_says_neither_like_the_sms(api: Client, post: Post) -> None:
    alarmed(api, post, SECRET)
    page = opens(api, post, "centre#main")
    assert says(page, "about", place=("（地点见系统）", "(see the report for the place)"), matter=SECRECY)
    assert "（地点见系统）：保密事项，" in sms(post, PHONES["centre#main"])
    assert "深青" not in page and "Shenqing" not in page


def test_what_becomes_confidential_is_not_named_any_more(api: Client, post: Post, called: str) -> None:
    act(api, called, CENTRE, action="reclassify", kind=SECRET, reason="另有隐情")
    page = opens(api, post, "village#main")
    assert SECRECY[0] in page and NAMES[GAS][0] not in page and "深青" not in page


def test_who_answers_reads_that_he_did_whenever_he_looks(api: Client, post: Post, called: str) -> None:
    for page in (presses(api, post, "centre#main"), opens(api, post, "centre#main"), presses(api, post, "centre#main")):
        assert says(page, "yours") and BUTTON not in page
        assert "position=117.98" in page and "24.60" in page, "where to go, in the system of Chinese maps"


def test_the_others_read_as_what_somebody_answered_and_when(api: Client, post: Post, called: str) -> None:
    presses(api, post, "centre#main")
    alarm = find(called)
    assert alarm and alarm.acknowledged_at
    at = f"{alarm.acknowledged_at.astimezone(ZONE):%Y-%m-%d %H:%M}"
    for page in (opens(api, post, "village#main"), presses(api, post, "village#main")):
        assert says(page, "others", who=("分拣中心", "Centre"), at=(at, at))
        assert BUTTON not in page and not says(page, "yours")
        assert "centre main" not in page and PHONES["centre#main"] not in page, "neither name nor phone"


def test_who_is_called_in_later_answers_like_the_first(api: Client, post: Post, called: str) -> None:
    assert next_call(post, called) == [PHONES["village#deputy"], PHONES["centre#deputy"]]
    assert BUTTON in opens(api, post, "village#deputy") and BUTTON in opens(api, post, "village#main")
    assert says(presses(api, post, "village#deputy"), "yours")
    for whose in ("village#main", "centre#main", "centre#deputy"):
        assert "已由他人确认收到：村居，" in opens(api, post, whose)


def test_an_answer_in_the_app_is_somebody_elses(api: Client, post: Post, called: str) -> None:
    api.post(f"/reports/{called}/alarm/acknowledgement", {}, by=VILLAGER)
    assert "已由他人确认收到：村居，" in opens(api, post, "centre#main")


@pytest.mark.parametrize("whose", ["centre#main", "village#main"])
def test_once_the_report_has_ended_it_is_over_whoever_had_answered(
    api: Client, post: Post, called: str, whose: str
) -> None:
    presses(api, post, "centre#main")
    act(api, called, CENTRE, action="cancel", reason="误报")
    page = opens(api, post, whose)
    assert says(page, "over") and not says(page, "yours") and "已由他人" not in page and BUTTON not in page


def test_once_staff_have_acted_it_is_over_and_the_button_answers_nothing(api: Client, post: Post, called: str) -> None:
    act(api, called, GRID_MEMBER, action="verify", basis="on_site", kind=GAS)
    assert says(opens(api, post, "village#main"), "over")
    assert says(presses(api, post, "village#main"), "over")
    lines = api.get(f"/reports/{called}", by=CENTRE).json["history"]
    assert "acknowledge" not in [line["action"] for line in lines]


def test_a_link_says_nothing_of_another_alarm(api: Client, post: Post, called: str) -> None:
    first = link(post, PHONES["centre#main"])
    alarmed(api, post, MANHOLE, ELSEWHERE)
    before = opens(api, post, "centre#main")
    assert NAMES[MANHOLE][0] in before and NAMES[GAS][0] not in before and "深青" not in before
    assert says(read(api.send("POST", f"/alarms/{first}")), "yours")
    assert opens(api, post, "centre#main") == before, "it still waits"
    assert NAMES[MANHOLE][0] not in read(api.get(f"/alarms/{first}"))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_none_says_only_that(api: Client, post: Post, called: str, method: str) -> None:
    token = link(post, PHONES["centre#main"])
    pages = {
        read(api.send(method, f"/alarms/{none}"), 404) for none in ("nonsense", token[:-1], called, token.swapcase())
    }
    (page,) = pages
    assert says(page, "link_dead") and BUTTON not in page
    assert not any(word in page for word in (called, "深青", *NAMES[GAS]))
