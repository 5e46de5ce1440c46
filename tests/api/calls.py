"""Situations of the table, in its order: those of modules of calls that follow each other in it."""

from typing import Any

from tests.api import (
    activity_calls,
    award_calls,
    beneficiary_calls,
    care_calls,
    care_run_calls,
    certificate_calls,
    duty_calls,
    finding_calls,
    handout_calls,
    honour_calls,
    login_calls,
    lookout_calls,
    meeting_calls,
    prize_calls,
    public_calls,
    recheck_calls,
    reporting_calls,
    routing_calls,
    slot_calls,
    team_calls,
)

BEFORE_ACTS: dict[str, Any] = {
    **login_calls.SITUATIONS,
    **duty_calls.SITUATIONS,
    **routing_calls.SITUATIONS,
    **meeting_calls.SITUATIONS,
    **public_calls.SITUATIONS,
    **reporting_calls.SITUATIONS,
    **recheck_calls.SITUATIONS,
    **prize_calls.SITUATIONS,
    **finding_calls.SITUATIONS,
}
AFTER_VOLUME: dict[str, Any] = {
    **award_calls.SITUATIONS,
    **honour_calls.SITUATIONS,
    **handout_calls.SITUATIONS,
    **activity_calls.SITUATIONS,
    **care_calls.SITUATIONS,
    **beneficiary_calls.SITUATIONS,
    **certificate_calls.SITUATIONS,
    **care_run_calls.SITUATIONS,
    **slot_calls.SITUATIONS,
    **team_calls.SITUATIONS,
    **lookout_calls.SITUATIONS,
}
