"""Help certificates: of what somebody did himself, once, signed, and of whom he helped not a word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import pytest

from chalicelib.api.ids import new_id
from chalicelib.api.pages.certificate import page as drawn
from chalicelib.domain.care.certificates import Certificate, CertificateVerdict, HelpKind, NameShown
from chalicelib.domain.care.looking import Seen
from chalicelib.domain.care.terms import Service, VisitState
from chalicelib.domain.errors import NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.gateways import certificate_keys, page_keys, qr, secrets
from chalicelib.services.care import certifying, visited
from chalicelib.services.people import people
from chalicelib.store import history
from chalicelib.store.care import certificates as store
from chalicelib.store.people import people as people_store
from infra.operate.certificate_keys import CertificateKeys
from tests.builders import CENTRE, COURIER, COURIER2, NOW, TOWNSHIP, VILLAGE, VILLAGER
from tests.honouring import known, rule

HOUR = timedelta(hours=1)
ADDRESS = "203.0.113.9"
DONE = Seen(
    id="p1.20261123",
    beneficiary_id="b-secret",
    township=TOWNSHIP,
    village=VILLAGE,
    service=Service.MEDICINE,
    start=NOW,
    end=NOW + HOUR,
    state=VisitState.DONE,
    courier_id=COURIER.id,
    closed_at=NOW + timedelta(minutes=40),
)
DEED = f"visit:{DONE.id}"


class Vault:
    """Where the ring lies."""

    def __init__(self) -> None:
        self.text = '{"keys": []}'

    def get_secret_value(self, SecretId: str) -> dict[str, str]:
        return {"SecretString": self.text}

    def put_secret_value(self, SecretId: str, SecretString: str) -> None:
        self.text = SecretString


@pytest.fixture(autouse=True)
def keys(rules: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[CertificateKeys]:
    vault = Vault()
    monkeypatch.setattr(secrets, "read", lambda name: vault.text)
    monkeypatch.setattr(page_keys, "key", lambda: b"pages")
    certificate_keys.forget()
    known(COURIER, COURIER2, CENTRE)
    held(DONE, monkeypatch)
    made = CertificateKeys("test", vault=vault)
    made.ensure(NOW)
    yield made
    certificate_keys.forget()


def held(visit: Seen, patch: pytest.MonkeyPatch) -> None:
    def get(id: str) -> Seen:
        if id != visit.id:
            raise NotFound("no_such_visit", visit=id)
        return visit

    patch.setattr(visited, "get", get)


def issue(
    deed: str = DEED, shown: NameShown = NameShown.FULL, *, by: Actor = COURIER, key: Key | None = None
) -> Certificate:
    return certifying.issue(f"c{new_id(NOW)}", deed, shown, key=key, by=by, now=NOW)


def verify(token: str, now: datetime = NOW) -> certifying.Checked:
    return certifying.verify(token, address=ADDRESS, now=now)


def test_it_says_when_where_and_what_and_nothing_of_who_was_helped() -> None:
    made = issue()
    found = verify(made.token)
    assert found.verdict is CertificateVerdict.VALID and found.paper == made.paper
    said = made.paper
    assert (said.kind, said.village, said.minutes, said.name) == (HelpKind.MEDICINE, VILLAGE, 40, "员courier")
    text = unescape(drawn(found, qr.svg("https://example.org")))
    assert "送药" in text and "深青村" in text and "约 40 分钟" in text and "有效" in text
    stored = str([item.attribute_values for item in store.CertificateItem.scan()]) + text
    assert "b-secret" not in stored and "b-secret" not in made.token
    assert len(made.token) <= 200, "a path's parameter takes no more"


def test_its_holder_says_how_much_of_his_name_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert issue(shown=NameShown.NONE).paper.name == ""
    held(replace(DONE, id="p2.20261123"), monkeypatch)
    assert issue("visit:p2.20261123", NameShown.SURNAME).paper.name == "员"
    long = replace(people_store.get(COURIER.id), name="阿" * 40)
    people.enrol(long)
    held(replace(DONE, id="p3.20261123"), monkeypatch)
    made = issue("visit:p3.20261123")
    assert (
        made.paper.name == "阿" * 15
        and len(made.token) <= 200
        and verify(made.token).verdict is CertificateVerdict.VALID
    )


def test_nobody_has_one_of_what_he_did_not_do_or_not_finish(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rule(lambda: issue(by=COURIER2)) == "no_such_deed"
    assert rule(lambda: issue("visit:p9.20261123")) == "no_such_deed"
    assert rule(lambda: issue("slot:s1")) == "no_such_deed"
    assert rule(lambda: issue(by=CENTRE)) == "role_needed"
    held(replace(DONE, state=VisitState.ARRIVED), monkeypatch)
    assert rule(issue) == "deed_not_done"
    held(replace(DONE, state=VisitState.CANCELLED), monkeypatch)
    assert rule(issue) == "no_such_deed"


def test_a_deed_has_one_and_the_same_request_twice_is_one() -> None:
    key = Key(caller_id=COURIER.id, key="k", fingerprint="f")
    assert issue(key=key) == issue(key=key)
    assert rule(issue) == "certificate_issued"
    (mine,) = certifying.own(COURIER, limit=5, cursor=None).certificates
    assert certifying.show(mine.paper.id, by=CENTRE) == mine
    assert rule(lambda: certifying.show(mine.paper.id, by=COURIER2)) == "no_such_certificate"
    assert certifying.own(COURIER2, limit=5, cursor=None).certificates == []


def test_what_the_centre_revokes_is_told_to_whoever_verifies_it() -> None:
    made = issue()
    assert rule(lambda: revoke(made, by=VILLAGER)) == "role_needed"
    assert rule(lambda: revoke(made, " ")) == "reason_needed"
    revoke(made)
    assert rule(lambda: revoke(made)) == "certificate_revoked"
    found = verify(made.token)
    assert found.verdict is CertificateVerdict.REVOKED and "已撤销" in drawn(found, "")
    lines = history.happenings(f"certificate:{made.paper.id}")
    assert [(line.deed, line.person_id) for line in lines] == [("issued", COURIER.id), ("revoked", COURIER.id)]


def revoke(made: Certificate, reason: str = "冒名", by: Actor = CENTRE) -> Certificate:
    return certifying.revoke(made.paper.id, reason, key=None, by=by, now=NOW)


def test_what_was_altered_or_made_up_is_not_ours() -> None:
    token = issue().token
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        found = verify(token[:place] + other + token[place + 1 :])
        assert (found.verdict, found.paper) == (CertificateVerdict.NOT_OURS, None)
    for forged in ("", "x", token[:-4], token + "AAAA", "é" * 40, "A" * 200):
        assert verify(forged).verdict is CertificateVerdict.NOT_OURS
    assert "不是本平台签发" in drawn(verify("x"), "")


def test_what_an_old_key_signed_is_good_for_ever(keys: CertificateKeys) -> None:
    old = issue()
    keys.rotate(NOW)
    later = NOW + timedelta(days=400)
    assert certificate_keys.newest(now=NOW) == old.paper.key, "every process hears of a key before it signs"
    assert certificate_keys.newest(now=later) != old.paper.key
    assert verify(old.token, later).verdict is CertificateVerdict.VALID


def test_of_who_was_forgotten_none_counts() -> None:
    made = issue()
    store.forget(COURIER.id)
    found = verify(made.token)
    assert (found.verdict, found.paper) == (CertificateVerdict.REVOKED, None)


def test_no_key_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate_keys.forget()
    monkeypatch.setattr(secrets, "read", lambda name: '{"keys": []}')
    assert rule(issue) == "no_certificate_key"
