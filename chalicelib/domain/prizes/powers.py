"""Who does what with prizes (DOMAIN §1): the centre runs them, the place's village staff hand them over, too."""

from collections.abc import Callable

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.prizes.model import Prize, PrizeState
from chalicelib.domain.prizes.redemptions import Redemption

R = Role
KEEPERS = (R.CENTRE,)
ACCOUNTANTS = (R.CENTRE, R.AUDITOR)  # read purchases and movements
BACKSTAGE = frozenset({R.CENTRE, R.COMMITTEE, R.AUDITOR})  # see drafts and what is closed, besides villages


def require_keeper(by: Actor, township: str) -> None:
    """Raises Forbidden unless somebody edits this township's catalogue (`role_needed`, `not_your_area`)."""
    require_any(by, KEEPERS, township)


def require_accountant(by: Actor, township: str) -> None:
    """Raises Forbidden unless somebody reads purchases and movements (`role_needed`, `not_your_area`)."""
    require_any(by, ACCOUNTANTS, township)


def is_accountant(by: Actor, township: str) -> bool:
    """Whether somebody reads purchases and movements."""
    return any(by.holds(role, township) for role in ACCOUNTANTS)


def is_backstage(by: Actor, township: str) -> bool:
    """Whether somebody sees the whole catalogue, not only what is open."""
    in_village = any(post.role is R.VILLAGE and post.scope.startswith(township) for post in by.posts)
    return in_village or any(by.holds(role, township) for role in BACKSTAGE)


def require_sight(by: Actor, prize: Prize) -> None:
    """Raises NotFound (`no_such_prize`) of a draft for who is not backstage."""
    if prize.offer.state is PrizeState.DRAFT and not is_backstage(by, prize.township):
        raise NotFound("no_such_prize", prize=prize.id)


def require_courier(by: Actor, *, paused: Callable[[], bool]) -> None:
    """Raises Forbidden (`couriers_redeem`): nobody else has points; or (`courier_paused`), asked for only then."""
    if by.holds(R.COURIER, by.id):
        return
    if paused():
        raise Forbidden("courier_paused")
    raise Forbidden("couriers_redeem")


def hands_over(by: Actor, township: str, village: str | None) -> bool:
    """Whether somebody stands behind that counter."""
    return by.holds(R.CENTRE, township) or (village is not None and by.holds(R.VILLAGE, village))


def require_counter(by: Actor, redemption: Redemption) -> None:
    """Raises NotFound (`no_such_code`) where it is not fetched from him, Forbidden (`not_your_own_prize`)."""
    if not hands_over(by, redemption.township, redemption.pick_up.village):
        raise NotFound("no_such_code")
    require_other(by, redemption)


def require_lister(by: Actor, redemption: Redemption) -> None:
    """Raises NotFound (`no_such_redemption`) unless he finds it on the list of his counter, Forbidden
    (`not_your_own_prize`)."""
    if not hands_over(by, redemption.township, redemption.pick_up.village):
        raise NotFound("no_such_redemption", redemption=redemption.id)
    require_other(by, redemption)


def require_other(by: Actor, redemption: Redemption) -> None:
    """Raises Forbidden (`not_your_own_prize`) of one's own."""
    if by.id == redemption.courier_id:
        raise Forbidden("not_your_own_prize")


def require_own(by: Actor, redemption: Redemption) -> None:
    """Raises NotFound (`no_such_redemption`) unless it is his own."""
    if by.id != redemption.courier_id:
        raise NotFound("no_such_redemption", redemption=redemption.id)


def require_reader(by: Actor, redemption: Redemption) -> None:
    """Raises NotFound (`no_such_redemption`) unless it is his own, or fetched from him."""
    own = by.id == redemption.courier_id
    if not own and not hands_over(by, redemption.township, redemption.pick_up.village):
        raise NotFound("no_such_redemption", redemption=redemption.id)


def require_list(by: Actor, prize: Prize) -> None:
    """Raises Forbidden (`role_needed`) unless somebody may list who fetches the prize."""
    is_auditor = by.holds(R.AUDITOR, prize.township)
    if not is_auditor and not hands_over(by, prize.township, prize.offer.pick_up.village):
        raise Forbidden("role_needed", role=R.CENTRE)
