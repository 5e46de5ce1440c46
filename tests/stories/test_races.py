"""Several people at once: exactly one wins, and the others are told."""

from demo.client import Cast, Refused
from infra.local.cloud import Cloud
from tests.stories.steps import act, at_once, file, history

TIESHAN_2 = (24.61896, 118.00629)


def test_of_eight_verifications_at_once_exactly_one_wins(cast: Cast, cloud: Cloud) -> None:
    report = file(cast["centre"], "0303", *TIESHAN_2)

    def verify(_: int) -> str:
        try:
            return str(act(cast["grid_member2"], report, "verify", basis="photo")["status"])
        except Refused as refused:
            return refused.rule

    outcomes = at_once(verify)
    assert outcomes.count("with_centre") == 1, outcomes
    assert set(outcomes) - {"with_centre"} <= {"changed_meanwhile", "verified_before"}
    lines = [event for event in history(cloud) if event.subject_id == report["id"]]
    assert sorted(line.number for line in lines) == [1, 2]
