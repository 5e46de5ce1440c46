"""What fills the blanks, and what stays unsaid."""

from dataclasses import replace

from chalicelib.domain.notifications.messages import read, same
from chalicelib.domain.notifications.wording import facts
from chalicelib.domain.reports.model import Action, Status
from tests.builders import DATA, RULES
from tests.lines import event, standing, told

A, S = Action, Status
MESSAGES = read((DATA / "messages.csv").read_bytes())
# Filled by who sends them.
ELSEWHERE = (
    *("points_", "login_", "sms_", "digest", "push_", "roster_", "meeting_", "outcome_", "page_"),
    *("weekly_", "company_", "finding_", "penalty_", "trust", "rank_", "prize_", "honours_", "sentinel", "award_"),
    *(
        "appeal_",
        "appeals_",
        "slot_",
        "team_",
        "lookout_",
        "activity_",
        "course_",
        "drafts_",
        "care_",
        "load_",
        "visit_danger_",
    ),
)
CONFIDENTIAL = next(kind for kind in RULES.taxonomy.kinds.values() if kind.confidential)


def test_names_come_from_the_rulebook_and_times_are_local() -> None:
    found = facts(told((A.DISPATCH, S.DISPATCHED))[1], RULES, MESSAGES)
    assert found["matter"] == (RULES.taxonomy.kinds["0303"].zh, RULES.taxonomy.kinds["0303"].en)
    assert found["department"] == ("市政园林", "Municipal works & parks")
    assert found["due"] == ("2026-11-23 17:00", "2026-11-23 17:00")


def test_a_confidential_matter_is_told_without_a_word_of_what_it_is() -> None:
    line = event(A.DISPATCH, standing(S.WITH_CENTRE), standing(S.DISPATCHED, kind=CONFIDENTIAL.code), note="在三楼")
    found = facts(line, RULES, MESSAGES)
    said = " ".join(word for both in found.values() for word in both)
    for secret in (CONFIDENTIAL.zh, CONFIDENTIAL.en, "三楼", "市政园林", "Municipal"):
        assert secret not in said
    assert found["matter"] == ("保密事项", "a confidential matter")


def test_what_has_no_kind_yet_is_called_so() -> None:
    assert facts(told(kind=None)[0], RULES, MESSAGES)["matter"][1] == "a matter not classified yet"


def test_what_the_edition_in_force_has_dropped_is_named_by_its_code() -> None:
    dropped = standing(S.DISPATCHED, department="D99")
    found = facts(event(A.DISPATCH, None, replace(dropped, kind="9999")), RULES, MESSAGES)
    assert found["matter"] == ("9999", "9999") and found["department"] == ("D99", "D99")


def test_a_long_note_is_cut() -> None:
    note = facts(event(A.COMMENT, None, standing(S.CLOSED), note="长" * 500), RULES, MESSAGES)["note"]
    assert note == ("长" * 200 + "…", "长" * 200 + "…")


def test_without_department_and_deadline_general_words_stand() -> None:
    found = facts(told((A.VERIFY, S.CLOSED))[1], RULES, MESSAGES)
    assert (found["department"][1], found["due"][1]) == ("the village", "the set date")


def test_every_blank_of_every_notice_can_be_filled() -> None:
    found = facts(told()[0], RULES, MESSAGES) | {"outcome": same(""), "page": same("")}  # those of the last one
    for template in MESSAGES.templates:
        if not template.startswith(ELSEWHERE):
            MESSAGES.render(template, found)


def test_no_sentence_in_chinese_goes_on_behind_a_blank_as_an_english_one_does() -> None:
    assert not [name for name, (zh, _) in MESSAGES.templates.items() if "} " in zh and name.startswith("points_")]
