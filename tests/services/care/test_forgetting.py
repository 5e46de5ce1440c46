"""Who is cared for no more is forgotten step by step, each at its time, and never while cared for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain import retention as rules
from chalicelib.domain.care.beneficiaries import BeneficiaryState, CareEnding
from chalicelib.domain.care.consents import Giver
from chalicelib.domain.care.sight import Field
from chalicelib.domain.photos import ContentType
from chalicelib.domain.places import Crs
from chalicelib.gateways import files
from chalicelib.services import retention
from chalicelib.services.care import consenting, forgetting, pausing, personal
from chalicelib.services.care.raising import Spot
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records
from chalicelib.store.reports import photos
from tests.builders import DATA, NOW, VILLAGER
from tests.cared_for import ELDER, FORM, assessed, consented, raised, sealing
from tests.honouring import rule

__all__ = ["sealing"]
DAY = timedelta(days=1)
SPOT = Spot(lat=24.60853, lon=117.97951, crs=Crs.WGS84)


@pytest.fixture(autouse=True)
def files_gone(rules: None, sealing: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    gone: list[str] = []
    monkeypatch.setattr(files, "delete_all", gone.extend)
    raised(spot=SPOT)
    consenting.record("b1", FORM, [ContentType.JPEG], key=None, by=VILLAGER, now=NOW)
    assessed()
    yield gone


def run(now: datetime, *, dry: bool = False) -> dict[str, retention.Tally]:
    """What a night does with these kinds; a walk through years of other reports is tried elsewhere."""
    terms = rules.read((DATA / "retention.csv").read_bytes())
    errand = retention.Run(now=now, dry=dry, may_go_on=lambda: True)
    return {kind: retention.LOOKS[terms[kind].way](terms[kind], errand) for kind in forgetting.KINDS}


def counts(now: datetime, **more: Any) -> tuple[int, ...]:
    return tuple(tally.count for tally in run(now, **more).values())


def end() -> None:
    pausing.end("b1", CareEnding.MOVED, version=None, key=None, by=VILLAGER, now=NOW)


def test_who_is_cared_for_stays_however_long() -> None:
    assert counts(NOW + 4000 * DAY) == (0, 0, 0)


def test_first_the_spot_goes_then_who_it_is_then_the_consents(files_gone: list[str]) -> None:
    end()
    assert counts(NOW + 59 * DAY) == (0, 0, 0)
    assert counts(NOW + 60 * DAY) == (1, 0, 0)
    shown = personal.reveal("b1", by=VILLAGER, what=[Field.DOOR], purpose="x", now=NOW)
    assert (shown.lat, shown.lon, shown.door) == (24.61, 117.98, ELDER.door)
    assert counts(NOW + 90 * DAY) == (0, 1, 0)
    assert (
        rule(lambda: personal.reveal("b1", by=VILLAGER, what=[Field.DOOR], purpose="x", now=NOW))
        == "personal_forgotten"
    )
    assert store.get("b1").masked == "" and len(records.consents("b1")) == 1 and files_gone == []
    assert counts(NOW + 1095 * DAY) == (0, 0, 1)
    assert records.consents("b1") == [] and "original/b1/consent-1" in files_gone
    assert [photo.state for photo in photos.of("b1")] == ["erased"]
    assert store.get("b1").state is BeneficiaryState.ENDED and counts(NOW + 4000 * DAY) == (0, 0, 0)


def test_days_without_a_run_are_made_up_for_in_one() -> None:
    end()
    assert counts(NOW + 2000 * DAY) == (1, 1, 1)
    assert records.consents("b1") == [] and store.sealed_of("b1") is None


def test_a_dry_run_tells_and_changes_nothing() -> None:
    end()
    assert counts(NOW + 2000 * DAY, dry=True) == (1, 1, 1)
    assert store.sealed_of("b1") is not None and len(records.consents("b1")) == 1


def test_who_consents_again_in_time_is_not_forgotten() -> None:
    consenting.withdraw("b1", Giver.OWN, by=VILLAGER, now=NOW)
    assert counts(NOW + 60 * DAY) == (1, 0, 0)
    consented(now=NOW + 61 * DAY)
    assert counts(NOW + 2000 * DAY) == (0, 0, 0)


def test_who_was_forgotten_can_only_be_entered_anew() -> None:
    consenting.withdraw("b1", Giver.OWN, by=VILLAGER, now=NOW)
    run(NOW + 90 * DAY)
    assert store.get("b1").state is BeneficiaryState.ENDED
    assert rule(lambda: consented(now=NOW + 91 * DAY)) == "beneficiary_state"
    assert raised("b2").id == "b2"


def test_a_crash_in_any_step_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    end()
    for name in ("reseal", "erase_person", "skip"):
        with monkeypatch.context() as patch:
            patch.setattr(f"chalicelib.store.care.forgetting.{name}", _crash)
            run(NOW + 2000 * DAY)
    assert counts(NOW + 2000 * DAY)[2] == 1 and store.sealed_of("b1") is None and records.consents("b1") == []


def _crash(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_who_was_entered_anew_stays_known_when_the_first_is_forgotten() -> None:
    end()
    raised("b2")
    run(NOW + 2000 * DAY)
    assert rule(lambda: raised("b3")) == "beneficiary_known"
