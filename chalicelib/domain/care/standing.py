"""What is decided about a beneficiary: each function gives the next version, or refuses (docs/adr/0050)."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.care.beneficiaries import (
    Beneficiary,
    BeneficiaryDeed,
    BeneficiaryState,
    CareEnding,
    Need,
    NeedGround,
    NeedRefusal,
    NeedState,
    Pause,
    PausedBy,
)
from chalicelib.domain.care.beneficiary_life import require, settled
from chalicelib.domain.care.consents import Consent
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.reference.calendar import today
from chalicelib.domain.reference.numbers import Numbers

D = BeneficiaryDeed


def need(id: str, services: frozenset[Service], grounds: frozenset[NeedGround], *, by: str, now: datetime) -> Need:
    """A need as it is raised. Raises Invalid (`need_services_needed`, `need_grounds_needed`)."""
    if not services:
        raise Invalid("need_services_needed")
    if not grounds:
        raise Invalid("need_grounds_needed")
    return Need(id=id, services=services, grounds=grounds, raised_by=by, raised_at=now)


def raised(id: str, asked: Need, *, township: str, village: str, grid: str, masked: str) -> Beneficiary:
    """Somebody new, for whom a need was raised."""
    return Beneficiary(
        id=id,
        township=township,
        village=village,
        grid=grid,
        masked=masked,
        state=BeneficiaryState.RAISED,
        raised_by=asked.raised_by,
        raised_at=asked.raised_at,
        wanted=asked.services,
        need=asked.id,
    )


def wanted(one: Beneficiary, asked: Need, *, now: datetime) -> Beneficiary:
    """Another need. Raises IllegalAction, Conflict (`need_open`) while one waits."""
    require(one, D.WANTED)
    if one.need:
        raise Conflict("need_open", need=one.need)
    return settled(replace(one, need=asked.id, wanted=asked.services), now=now)


def edited(one: Beneficiary, *, masked: str, grid: str, revoke: bool, now: datetime) -> Beneficiary:
    """With other personal fields; `revoke`: the contact is another, so that his link is nobody's any more."""
    require(one, D.EDITED)
    link, until = (one.link + 1, None) if revoke else (one.link, one.linked_until)
    return settled(replace(one, masked=masked, grid=grid, link=link, linked_until=until), now=now)


def assessed(
    one: Beneficiary, asked: Need, services: frozenset[Service], *, by: str, now: datetime
) -> tuple[Beneficiary, Need]:
    """The centre accepts all or some of what was asked for.

    Raises IllegalAction, Conflict (`no_open_need`), Forbidden (`own_need`), Invalid (`assessed_beyond_need`).
    """
    _require_open(one, asked, D.ASSESSED, by)
    if not services or not services <= asked.services:
        raise Invalid("assessed_beyond_need")
    decided = replace(asked, state=NeedState.ACCEPTED, accepted=services, decided_by=by, decided_at=now)
    after = replace(one, services=one.services | services, wanted=frozenset(), need="")
    return settled(after, now=now), decided


def refused(one: Beneficiary, asked: Need, why: NeedRefusal, *, by: str, now: datetime) -> tuple[Beneficiary, Need]:
    """The centre refuses what was asked for. Raises IllegalAction, Conflict (`no_open_need`), Forbidden
    (`own_need`)."""
    _require_open(one, asked, D.REFUSED, by)
    decided = replace(asked, state=NeedState.REFUSED, refusal=why, decided_by=by, decided_at=now)
    return settled(replace(one, wanted=frozenset(), need=""), now=now), decided


def _require_open(one: Beneficiary, asked: Need, deed: BeneficiaryDeed, by: str) -> None:
    require(one, deed)
    if one.need != asked.id:
        raise Conflict("no_open_need")
    if asked.raised_by == by:  # nobody decides on what he raised himself, whatever posts he holds
        raise Forbidden("own_need")


def consented(one: Beneficiary, consent: Consent, *, now: datetime) -> Beneficiary:
    """A consent is in force, in the place of any before. Raises IllegalAction, Conflict (`consent_narrows`): who takes
    back a part takes back all of it, so that everything planned is stopped, and says anew what he agrees to."""
    require(one, D.CONSENTED)
    if not one.consented <= consent.services:
        raise Conflict("consent_narrows")
    after = replace(
        one, consent=consent.number, consents=consent.number, consented=consent.services, withdrawn=False, pauses=()
    )
    return settled(after, now=now)


def withdrawn(one: Beneficiary, *, now: datetime) -> Beneficiary:
    """The consent is taken back: nothing stands from now on. Raises IllegalAction."""
    require(one, D.WITHDRAWN)
    after = replace(
        one, consent=0, consented=frozenset(), withdrawn=True, pauses=(), link=one.link + 1, linked_until=None
    )
    return settled(after, now=now)


def paused(one: Beneficiary, pause: Pause, *, longest: timedelta, now: datetime) -> Beneficiary:
    """No visits for some days, instead of any pause before. Raises IllegalAction, Invalid (`pause_days`)."""
    require(one, D.STOP_ASKED if pause.asked else D.PAUSED)
    here = today(now)
    if not here <= pause.first <= pause.last or pause.last - here > longest:
        raise Invalid("pause_days", most=longest.days)
    return settled(replace(one, pauses=(pause,)), now=now)


def stop_asked(one: Beneficiary, *, numbers: Numbers, now: datetime) -> Beneficiary:
    """The family asks that it stop. A consent is not the family's to take back: for some days nothing is brought, the
    village asks who is cared for, and where nobody has, it goes on. Raises IllegalAction."""
    last = max([today(now + numbers.days("care_ask_days")), *(pause.last for pause in one.pauses)])
    pause = Pause(first=today(now), last=last, by=PausedBy.FAMILY, asked=True)
    return paused(one, pause, longest=last - today(now), now=now)


def resumed(one: Beneficiary, *, now: datetime) -> Beneficiary:
    """The pause is over, or does not begin. Raises IllegalAction, Conflict (`not_paused`)."""
    require(one, D.RESUMED)
    if not any(pause.last >= today(now) for pause in one.pauses):
        raise Conflict("not_paused")
    return settled(replace(one, pauses=()), now=now)


def ended(one: Beneficiary, why: CareEnding, *, now: datetime) -> Beneficiary:
    """It has ended for good. Raises IllegalAction."""
    require(one, D.ENDED)
    after = replace(
        one,
        ending=why,
        need="",
        wanted=frozenset(),
        consent=0,
        consented=frozenset(),
        pauses=(),
        link=one.link + 1,
        linked_until=None,
    )
    return settled(replace(after, stopped_at=now), now=now)


def touched(one: Beneficiary, deed: BeneficiaryDeed, *, now: datetime) -> Beneficiary:
    """The next version, in which nothing of where it stands has changed. Raises IllegalAction."""
    require(one, deed)
    return settled(one, now=now)


def complained(one: Beneficiary, *, now: datetime) -> Beneficiary:
    """The family complains. Raises IllegalAction."""
    return replace(touched(one, D.COMPLAINED, now=now), complaints=one.complaints + 1)


def linked(one: Beneficiary, until: datetime, *, now: datetime) -> Beneficiary:
    """The family contact is given a link that is good until then. Raises IllegalAction."""
    return replace(touched(one, D.LINKED, now=now), linked_until=until)


def unlinked(one: Beneficiary, *, now: datetime) -> Beneficiary:
    """Every link that was given is dead. Raises IllegalAction."""
    return replace(touched(one, D.UNLINKED, now=now), link=one.link + 1, linked_until=None)
