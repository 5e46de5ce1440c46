"""How long what is kept."""

from datetime import timedelta

from chalicelib.domain import retention
from chalicelib.domain.retention import Then, Way
from tests.builders import DATA, NOW

TERMS = retention.read((DATA / "retention.csv").read_bytes())


def test_what_ended_before_the_term_is_due() -> None:
    assert TERMS["photo_original"].until(NOW) == NOW - timedelta(days=365)
    assert TERMS["report_text"].then is Then.ANONYMISE


def test_every_kind_that_is_looked_for_has_a_term() -> None:
    assert retention.WAYS.keys() <= TERMS.keys()


def test_a_kind_that_a_later_part_will_keep_is_known_and_has_nothing_to_look_at() -> None:
    assert {kind for kind, term in TERMS.items() if term.way is Way.NOTHING} == {
        "door_photo",
    }
