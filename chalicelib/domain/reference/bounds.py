"""What a township's tables may say at most and at least: promises that are not the township's to break (DOMAIN §1, §6).

An edition is held to it when it is published. What is in force is used as it stands.
"""

from collections.abc import Mapping

from chalicelib.domain.errors import Invalid
from chalicelib.domain.exports.terms import LONGEST_KEPT

type Bounds = Mapping[str, tuple[float, float]]  # least and most, of each row

NUMBERS: Bounds = {
    "info_hours_urgent": (0.1, 0.5),  # DOMAIN §2: the clock of danger stops for half an hour, and no longer
    "info_hours": (0.5, 8),  # one working day
    "info_times": (0, 3),
    "submissions_per_day": (1, 500),
    "awaiting_verification": (1, 500),
    "remarks_per_hour": (1, 500),
    "look_ups_per_hour": (1, 500),
    "object_days": (1, 90),
    "reopen_days": (1, 365),
    "reopen_times": (1, 10),
    "reopen_percent": (1, 100),
    "extension_before_percent": (1, 100),
    "resume_least_hours": (8, 80),  # DOMAIN §2: a working day at least
    "suspend_days": (1, 90),
    "suspend_reviews": (1, 10),
    "part_percent": (1, 100),
    "return_times": (1, 10),
    "alarm_minutes": (0.1, 15),
    "alarm_repeat_minutes": (0.1, 60),
    "alarm_calls": (5, 100),  # main, deputy, centre, committee, and the committee once more
    "alarm_link_hours": (1, 72),
    "roster_check_hour": (0, 23),
    "digest_hour": (0, 23),
    "push_minutes": (1, 240),
    "quiet_hours": (1, 24),
    "login_code_minutes": (1, 15),
    "login_code_tries": (1, 10),  # of a million codes
    "login_wrong_day": (1, 100),
    "login_gap_seconds": (10, 3600),
    "login_codes_hour": (1, 20),
    "login_codes_day": (1, 50),
    "login_address_codes": (50, 10_000),  # fifty people may stand behind one address
    "login_address_tries": (50, 10_000),
    "sms_budget_hour": (1, 100_000),
    "sms_budget_warning": (1, 100),
    "access_token_minutes": (1, 60),
    "session_days": (1, 365),
    "session_idle_days": (1, 90),
    "session_grace_seconds": (0, 300),
    "idle_days": (1, 365),
    "export_days": (1, 3660),
    "export_hours": (1, 48),  # then the bucket lets go of an upload that was not completed
    "exports_per_day": (1, 200),
    "points_notice_days": (8, 180),  # before the last one
    "points_last_notice_days": (1, 7),
    "export_link_minutes": (1, 60),  # whoever has the link needs no token
    "statistics_months": (1, 120),
    "indicator_days": (31, 3700),
    "month_first_day": (1, 28),  # every month has one
    "month_corrections": (1, 12),
    "ranking_top": (3, 90),  # the first three are awarded; one batch names them and who is around the reader
    "ranking_grace_days": (0, 20),  # the awards of two months never fall into one, whose limit is one
    "small_group": (3, 1000),  # of two, each knows what the other did
    "recruitment_days": (1, 365),
    "recruitment_most": (1, 100_000),
    "application_address_hour": (1, 10_000),
    "applications_per_phone": (1, 20),
    "application_days": (1, 1095),
    "application_rejected_days": (1, 365),
    "erasure_days": (1, 30),
    "nearby_metres": (5, 300),  # places are filed so that no look reaches further
    "nearby_hours": (1, 720),
    "nearby_most": (1, 20),
    "corroborate_hours": (1, 168),
    "recurrence_metres": (1, 300),  # as far as one look around reaches
    "recurrence_days": (1, 365),
    "map_resolution": (7, 9),  # about 5 to 0.1 km²: a finer cell is somebody's door
    "map_least": (3, 100),  # of one or two reports the neighbours know whose they are
    "map_months": (1, 36),
    "gap_days": (1, 365),
    "routing_trial_days": (1, 366),
    "points_trial_days": (1, 366),
    "award_days": (1, 366),
    "handout_days": (1, 366),
    "adjust_alone_points": (0, 500),
    "adjust_most_points": (1, 10_000),
    "appeal_days": (7, 90),  # DOMAIN §3: seven days at least
    "appeal_answer_hours": (1, 160),
    "decided_days": (1, 730),
    "decided_least_hours": (0.5, 80),
    "meeting_items": (1, 32),  # gathered in one transaction of 100 items
    "page_link_days": (1, 365),
    "filters_per_drawer": (1, 100),  # a drawer is one item
    "recheck_offer_hours": (1, 168),
    "recheck_answer_hours": (1, 72),
    "rechecks_at_once": (1, 20),
    "blind_severity_percent": (0, 100),
    "blind_unchecked_percent": (0, 100),
    "blind_no_photo_percent": (0, 100),
    "blind_false_percent": (0, 100),
    "false_closing_days": (1, 365),
    "pick_up_days": (1, 90),
    "pick_up_reminder_hours": (1, 168),
    "hand_over_late_days": (1, 14),
    "moving_minutes": (2, 60),
    "parked_drafts": (1, 100),  # one item of the store
    "parked_draft_hour": (7, 21),
    "family_places": (0, 20),
    "check_in_minutes": (0, 720),
    "code_look_ups_per_hour": (10, 2000),  # of a million million codes
    "sentinels_grace_days": (0, 120),
    "sentinels": (1, 50),  # one item of the store, and one call for their names
    "honours_drawings": (1, 40),  # erased in one transaction of 100 items when the consent is withdrawn
    "honours_major": (2, 4),
    "photo_metres": (1000, 100_000),  # what a phone writes may be shifted by 580 m, and a place is where one stands
    "photo_hours": (1, 720),
    "trace_days": (90, 1095),  # longer than a month and all that is compared with it
    "speed_hours": (0.1, 24),
    "speed_least_metres": (200, 50_000),
    "speed_metres_minute": (300, 20_000),
    "verifier_least": (2, 1000),
    "verifier_percent": (1, 100),
    "false_danger_days": (1, 60),
    "false_danger_times": (2, 20),  # DOMAIN §3: a first false report is a warning
    "freeze_days": (1, 30),  # DOMAIN §3
    "finding_appeal_days": (7, 90),  # DOMAIN §3
    "team_most": (1, 70),  # dissolved in one transaction of 100 items
    "grid_couriers": (1, 100),
    "lookout_hours": (1, 72),  # dozens of people read what it says
    "lookouts_per_day": (1, 50),
    "trust_true": (0.1, 100),
    "trust_false": (0.1, 100),
    "slot_late_cancel_hours": (0, 168),
    "slot_late_cancels": (1, 100),
    "slot_late_cancel_days": (1, 366),
    "slot_waiting_most": (0, 50),  # one call reads all who wait, with their books
    "slot_metres": (20, 2000),
    "slot_early_minutes": (0, 240),
    "slot_tolerance_minutes": (0, 60),
    "slot_scan_late_days": (1, 14),
    "slot_absent_hours": (1, 168),
    "slot_dispute_days": (7, 90),  # DOMAIN §5: seven days at least
    "care_generate_days": (2, 14),  # all of them are read in one call and born in one transaction
    "care_offer_ahead_hours": (2, 336),
    "care_offer_minutes": (2, 240),
    "care_offer_from_hour": (0, 12),
    "care_offer_until_hour": (13, 24),
    "care_seek_again_minutes": (2, 720),
    "care_ring_next_hours": (0, 336),
    "care_alarm_before_minutes": (15, 720),
    "care_move_hours": (1, 72),
    "care_open_runs": (1, 4),  # DOMAIN §4
    "care_view_cancels": (1, 3),  # DOMAIN §4
    "care_view_cancel_days": (30, 365),
    "care_early_minutes": (30, 720),
    "care_ask_minutes": (1, 60),
    "care_late_cancel_minutes": (0, 1440),
    "care_meal_minutes": (15, 60),  # DOMAIN §4
    "care_gps_metres": (50, 1000),
    "care_code_tries": (1, 10),  # of ten thousand codes
    "care_wait_minutes": (1, 5),  # DOMAIN §4
    "care_ladder_1_minutes": (1, 60),
    "care_ladder_2_minutes": (2, 120),
    "care_ladder_3_minutes": (3, 240),
    "care_close_after_minutes": (15, 720),
    "care_late_steps_days": (1, 7),
    "care_insurance_needed": (0, 1),
    "care_door_before_minutes": (0, 60),  # DOMAIN §4: no longer than that
    "care_door_after_minutes": (0, 30),
    "care_door_late_minutes": (0, 120),
    "care_pause_days": (1, 366),
    "care_family_pause_days": (1, 90),
    "care_ask_days": (1, 14),  # nobody goes without his meals for long at the word of another
    "care_link_days": (1, 366),
    "care_look_ups_per_hour": (1, 500),
    "care_link_looks_per_hour": (10, 10_000),  # many may stand behind one address
    "care_link_acts_per_hour": (1, 100),
}
# Days. Of other kinds any number that the table itself takes.
RETENTION: Bounds = {
    "access_log": (1095, 36_499),  # DOMAIN §6: three years at least
    "sms_code": (1, 7),
    "lookout": (1, 90),
    "parked_draft": (1, 7),  # what was seen longer ago is not reported any more
    "export_file": (1, LONGEST_KEPT),
}


def check(table: str, values: Mapping[str, float], bounds: Bounds) -> None:
    """Whether every bounded row of a table is within its bounds. Raises Invalid (`reference_bounds`)."""
    for name, (least, most) in bounds.items():
        if name in values and not least <= values[name] <= most:
            raise Invalid(
                "reference_bounds", table=table, name=name, value=f"{values[name]:.9g}", least=least, most=most
            )
