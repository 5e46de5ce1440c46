"""The page of what was merged, once the centre has taken its links back: on both stores."""

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.people.model import Actor
from chalicelib.services.reports import public_pages
from chalicelib.services.reports.public_pages import Page
from tests.builders import CENTRE, COURIER, COURIER2, NOW
from tests.published import HOUR, head, merged, page_key, verified

__all__ = ["page_key"]
pytestmark = pytest.mark.usefixtures("rules", "page_key")
LATER = NOW + 5 * HOUR


def give(id: str = "r1", *, by: Actor = COURIER) -> str:
    return public_pages.give(id, by=by, now=LATER).token


def show(token: str) -> Page | None:
    return public_pages.show(token, now=LATER)


def refusal(id: str = "r1", *, by: Actor = COURIER) -> str:
    with pytest.raises(Conflict) as refused:
        give(id, by=by)
    return refused.value.rule


def test_closed_by_what_was_merged_the_page_it_leads_to_is_closed() -> None:
    verified("r1")
    verified("r2", by=COURIER2)
    merged("r2", "r1")
    token = give("r2", by=COURIER2)
    public_pages.close("r2", by=CENTRE, now=LATER)
    assert show(token) is None and refusal("r2", by=COURIER2) == refusal("r1") == "page_closed"
    assert (head("r1").page_closed, head("r2").page_closed) == (True, False)


@pytest.mark.parametrize("closed_one", ["r1", "r2"])
def test_opened_again_no_link_comes_back_to_life_whatever_was_merged_into_what(closed_one: str) -> None:
    for id in ("r1", "r2", "r3"):
        verified(id)
    old = give("r3")
    merged("r3", "r2")
    assert show(old)
    public_pages.close("r2", by=CENTRE, now=LATER)
    give("r2", by=CENTRE)
    assert show(old) is None
    merged("r2", "r1")
    public_pages.close(closed_one, by=CENTRE, now=LATER)
    new = give(closed_one, by=CENTRE)
    assert show(old) is None and show(new) and show(give("r3"))
