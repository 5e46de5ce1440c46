"""What a draft would have changed: side by side, and in sums."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.suggestions import Suggestion
from chalicelib.domain.reports.trials import Order, Totals, Trial, is_judged, ordered
from tests.builders import CENTRE, NOW, SANITATION, VILLAGE, VILLAGER, WORKS, report
from tests.deeds import Fields, dispatched, do

S, A = Status, Action


def suggestion(lead: str, *helpers: str, zh: str = "") -> Suggestion:
    return Suggestion(lead=lead, co_handlers=helpers, zh=zh, table="routing", rule="r", edition=1)


def trial(order: Order | None, now: Suggestion | None, draft: Suggestion | None, *, named: bool = True) -> Trial:
    return Trial(report=report(), ordered=order, in_force=now, draft=draft, named=named)


D04 = Order(lead="D04", co_handlers=("V", "D08"))


def test_another_lead_or_another_helper_is_a_change_and_another_sentence_a_rewording() -> None:
    now = suggestion("D04", "D08", "V")
    assert not trial(D04, now, suggestion("D04", "V", "D08")).changes
    assert trial(D04, now, suggestion("D04", "V")).changes and trial(D04, now, suggestion("D01", "D08", "V")).changes
    assert trial(D04, now, None).changes and not trial(D04, None, None).changes
    reworded = trial(D04, now, suggestion("D04", "V", "D08", zh="先围挡"))
    assert reworded.rewords and not reworded.changes


def test_what_was_ordered_is_held_against_both() -> None:
    better = trial(D04, suggestion("D04"), suggestion("D04", "D08", "V"))
    assert (better.followed, better.would_follow) == (False, True)
    assert not trial(None, suggestion("D04"), suggestion("D04")).followed


TRIALS = st.builds(
    trial,
    st.sampled_from([None, D04]),
    st.sampled_from([None, suggestion("D04", "D08", "V"), suggestion("D01")]),
    st.sampled_from(
        [None, suggestion("D04", "D08", "V"), suggestion("D04", "D08", "V", zh="先围挡"), suggestion("D01")]
    ),
    named=st.booleans(),
)


@given(trials=st.lists(TRIALS), cut=st.integers(0, 20))
def test_totals_are_the_same_however_the_pages_are_cut(trials: list[Trial], cut: int) -> None:
    whole = Totals().plus(trials)
    assert Totals().plus(trials[:cut]).plus(trials[cut:]) == whole
    assert whole.reports == len(trials) == whole.changed + whole.reworded + whole.same
    assert whole.withheld == sum(not one.named for one in trials)
    assert max(whole.followed, whole.would_follow) <= whole.ordered <= whole.reports


def test_the_last_order_is_what_counts() -> None:
    assert ordered(report(S.WITH_CENTRE)) is None
    given_to = dispatched("D04", "D03")
    assert ordered(given_to) == Order(lead="D04", co_handlers=("D03",))
    moved = do(given_to, A.REASSIGN, CENTRE, department="D01", text="x").report
    assert ordered(moved) == Order(lead="D01", co_handlers=())
    said: Fields = {"text": "已修", "no_photo_reason": "夜间", "overrule": "不影响通行"}
    done = do(do(given_to, A.ACCEPT, WORKS).report, A.RESOLVE, WORKS, **said).report
    assert ordered(done) == Order(lead="D04", co_handlers=("D03",))


def test_what_the_centre_sent_to_the_village_was_ordered_and_what_the_verifier_did_was_not() -> None:
    held = do(report(S.WITH_CENTRE), A.DISPATCH, CENTRE, department="V").report
    assert ordered(held) == Order(lead="V", co_handlers=())
    done = do(held, A.RESOLVE, VILLAGER, text="已清", no_photo_reason="夜间").report
    assert done.origin == Post(Role.VILLAGE, VILLAGE) and ordered(done) == Order(lead="V", co_handlers=())
    assert ordered(report(S.WITH_VILLAGE)) is None
    asked = do(held, A.ASK_INFO, VILLAGER, text="哪一栋？").report
    assert asked.status is S.NEEDS_INFO and ordered(asked) == Order(lead="V", co_handlers=())


def test_only_what_somebody_took_up_is_judged() -> None:
    def judged(held: Report) -> bool:
        return is_judged(replace(held, ordered_at=None))

    assert not judged(report()) and judged(report(S.WITH_CENTRE)) and judged(report(S.CLOSED))
    assert not any(
        judged(report(status, verified_by=SANITATION.id)) for status in (S.INVALID, S.WITHDRAWN, S.DUPLICATE)
    )
    assert is_judged(report(S.WITH_CENTRE, verified_by=None, ordered_at=NOW - timedelta(hours=1)))
