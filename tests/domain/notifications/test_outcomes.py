"""What became of a report, in one sentence."""

import pytest

from chalicelib.domain.notifications import outcomes
from chalicelib.domain.notifications.messages import read
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.outcome import Outcome, Result
from tests.builders import DATA, GRID, NOW, RULES, TOWNSHIP, VILLAGE

MESSAGES = read((DATA / "messages.csv").read_bytes())
KIND = RULES.taxonomy.kinds["0303"]
SOLVED = Outcome(
    result=Result.SOLVED,
    status=Status.CLOSED,
    kind="0303",
    confidential=False,
    post="department:D04",
    answer="路面已修补",
    answered_at=NOW,
    ended_at=NOW,
)


def sentence(found: Outcome, *, discreet: bool = True) -> tuple[str, str]:
    return outcomes.sentence(found, RULES, MESSAGES, discreet=discreet)


def changed(**changes: object) -> Outcome:
    from dataclasses import replace

    return replace(SOLVED, **changes)  # type: ignore[arg-type]  # any field


def test_you_reported_it_somebody_solved_it_then_and_so() -> None:
    assert sentence(SOLVED) == (
        f"您上报的“{KIND.zh}”，市政园林已于2026-11-23解决：路面已修补。",
        f"You reported “{KIND.en}”; Municipal works & parks solved it on 2026-11-23: 路面已修补.",
    )


@pytest.mark.parametrize("result", Result)
def test_every_result_has_a_sentence_that_ends_well(result: Result) -> None:
    for answer in ("", "已处理。", "已处理"):
        zh, en = sentence(changed(result=result, answer=answer))
        assert zh.endswith("。") and en.endswith((".", "。")) and "{" not in zh + en
        assert "。。" not in zh and KIND.zh in zh and KIND.en in en


def test_a_long_answer_is_cut() -> None:
    zh, _ = sentence(changed(answer="长" * 500))
    assert zh.endswith("长" * 200 + "…")


def test_a_confidential_matter_is_told_without_what_it_is_unless_to_who_may_know() -> None:
    secret = changed(confidential=True)
    said = " ".join(sentence(secret))
    assert not [word for word in (KIND.zh, KIND.en, "修补", "市政", "Municipal") if word in said]
    assert "修补" in sentence(secret, discreet=False)[0]


def test_what_was_answered_in_confidence_is_not_sent_about() -> None:
    """A message is read over shoulders; what the matter is, is no secret any more."""
    zh, en = sentence(changed(secret=True))
    assert KIND.zh in zh and not [word for word in ("修补", "市政", "Municipal") if word in zh + en]
    assert "修补" in sentence(changed(secret=True), discreet=False)[0]


@pytest.mark.parametrize(
    ("post", "body"),
    [
        (Post(Role.VILLAGE, VILLAGE), "村居"),
        (Post(Role.GRID_MEMBER, GRID), "网格员"),
        (Post(Role.CENTRE, TOWNSHIP), "分拣中心"),
        (Post(Role.COMMITTEE, TOWNSHIP), "镇党委"),
        (Post(Role.DEPARTMENT, "D99"), "有关单位"),
        (None, "有关单位"),
    ],
)
def test_bodies_are_called_by_their_part(post: Post | None, body: str) -> None:
    assert outcomes.body(post.key if post else None, RULES, MESSAGES)[0] == body


def test_days_are_those_of_the_township() -> None:
    from datetime import UTC, datetime

    assert outcomes.day(datetime(2026, 11, 23, 16, 30, tzinfo=UTC)) == "2026-11-24"
