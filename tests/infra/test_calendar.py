"""The shipped calendar is what the announced holidays say."""

from infra import calendar


def test_the_shipped_calendar_is_the_generated_one() -> None:
    assert calendar.TARGET.read_text(encoding="utf-8") == calendar.calendar()
