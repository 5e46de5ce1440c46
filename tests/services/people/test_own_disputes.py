"""A copy of one's own data has what looked wrong, what was decided on it, and what one said against that."""

import pytest

from chalicelib.services.people import own_data
from chalicelib.services.people.own_parts import Piece
from chalicelib.services.points import appeals
from tests.builders import COURIER
from tests.judging import appeal, decide, earned, entries, raised
from tests.suspects import WARN
from tests.suspicions import LATER, staffed

pytestmark = pytest.mark.usefixtures("staffed")
__all__ = ["staffed"]


def pieces() -> list[Piece]:
    """The whole copy."""
    found = [own_data.copy(COURIER, limit=1, cursor=None, now=LATER)]
    while found[-1].cursor:
        found.append(own_data.copy(COURIER, limit=1, cursor=found[-1].cursor, now=LATER))
    return found


def test_a_copy_has_what_was_decided_about_him_and_what_he_said_against_it() -> None:
    made = raised()
    decide(made, WARN)
    appeal(made)
    earned("r7")
    against = next(iter(entries()))
    appeals.appeal(against, "应为较大", key=None, by=COURIER, now=LATER)
    whole = pieces()
    (finding,) = [one.finding for piece in whole for one in piece.findings]
    assert finding.id == made.id and finding.appeal and finding.appeal.text == "我当时就在现场"
    (disputed,) = [one for piece in whole for one in piece.appeals]
    assert (disputed.entry_id, disputed.text, disputed.decided_by) == (against, "应为较大", "")
    assert len([piece.trust for piece in whole if piece.trust]) == 1
