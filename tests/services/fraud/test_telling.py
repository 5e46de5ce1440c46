"""He reads what was decided, what it changes for him, why, and until when he may appeal."""

import pytest

from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import Judgement, Penalty, Signal
from chalicelib.store.notifications import inbox
from tests.builders import COURIER
from tests.judging import appeal, decide, earned, hear, raised
from tests.suspects import FREEZE, order
from tests.suspicions import LATER

pytestmark = pytest.mark.usefixtures("staffed")


def worded(signal: Signal = Signal.SPEED) -> Finding:
    return raised(signal, zh="核查结果。", en="What was found.")


def heard() -> list[str]:
    """What the courier was told, the newest first."""
    return [one.zh for one in inbox.page(COURIER.id, limit=50, before=None, now=LATER)]


def test_a_penalty_says_how_many_points_and_what_the_reports_lose() -> None:
    earned()
    decide(worded(), order(Judgement.PENALISE, "r1", reason="积水。", penalty=Penalty.DECEIT))
    assert heard() == [
        "已按规则P92扣20分：核查结果。理由：积水。涉及的1件上报不再计分，已得积分收回。"
        "如有异议，可在2026-11-30 17:00前申诉。"
    ]


def test_the_last_word_says_that_redeeming_goes_on_and_what_comes_back() -> None:
    earned()
    made = worded()
    decide(made, order(Judgement.FREEZE, "r1", days=30))
    decide(made, order(Judgement.DISMISS, reason="照片无误"))
    after, before = heard()
    assert after == "核查结束，未发现问题：核查结果。此前收回的1件上报的积分予以退回。积分兑换已恢复。说明：照片无误。"
    assert before.startswith("您的积分兑换已暂停至2026-12-23 17:00：核查结果。理由：现场核查。到期自动恢复。")
    assert before.endswith("已得积分收回。如有异议，可在2026-11-30 17:00前申诉。")


def test_where_another_finding_freezes_it_is_not_said_to_go_on() -> None:
    made = worded()
    decide(made, FREEZE)
    decide(worded(Signal.PHOTO_SAME), FREEZE)
    decide(made, order(Judgement.WARN))
    (warned,) = [one for one in heard() if one.startswith("提醒")]
    assert warned == "提醒：核查结果。理由：现场核查。如有异议，可在2026-11-30 17:01前申诉。"


def test_an_answer_that_is_a_sentence_gets_no_second_full_stop() -> None:
    made = worded()
    decide(made, order(Judgement.WARN, reason="真的？"))
    assert "理由：真的？如有" in heard()[0]
    appeal(made)
    hear(made, False)
    assert heard()[0] == "您的申诉未成立，维持原决定：核查结果。说明：已复核。"
