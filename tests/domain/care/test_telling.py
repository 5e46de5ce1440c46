"""Who hears of what happens to a visit."""

from string import Formatter

import pytest

from chalicelib.domain.care.telling import TOLD
from chalicelib.domain.notifications.messages import read
from tests.builders import DATA

TEMPLATES = read((DATA / "messages.csv").read_bytes()).templates
BLANKS = {"when", "place", "load", "until", "to", "asked"}


@pytest.mark.parametrize("deed", TOLD)
def test_there_are_words_for_it_in_both_languages_and_none_for_a_door_or_a_name(deed: str) -> None:
    for _, template in TOLD[deed]:
        for text in TEMPLATES[template]:
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= BLANKS


def test_every_message_of_care_is_sent_by_something() -> None:
    sent = {template for told in TOLD.values() for _, template in told}
    assert {name for name in TEMPLATES if name.startswith("care_") and not name.startswith("care_why_")} == sent
