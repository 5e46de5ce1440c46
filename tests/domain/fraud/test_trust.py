"""Trust is a share with its numbers."""

import pytest

from chalicelib.domain.fraud import trust
from tests.suspects import NUMBERS, numbers


@pytest.mark.parametrize(
    ("judged", "verified", "percent"), [(0, 0, 75), (1, 0, 60), (1, 1, 80), (96, 93, 96), (100, 0, 3)]
)
def test_a_share_that_one_verdict_moves_little(judged: int, verified: int, percent: int) -> None:
    assert trust.trust(judged=judged, verified=verified, numbers=NUMBERS).percent == percent


def test_what_it_begins_with_is_the_townships_to_say() -> None:
    found = trust.trust(judged=0, verified=0, numbers=numbers(trust_true=1, trust_false=1))
    assert (found.percent, found.credit, found.doubt) == (50, 1, 1)
