"""The routing is edited as a draft and published whole: checked, noted, once, and by one of two."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, StaleVersion, TooLarge
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.reference import area_editions, routing, rulebook, tables
from chalicelib.services.reference.tables import LARGEST
from chalicelib.store.people import access
from chalicelib.store.reference import reference
from tests.api.people import ELSEWHERE
from tests.area_files import SHIPPED, file, grid, rectangle, village
from tests.bench.calls import counted
from tests.builders import ADMIN, CENTRE, DATA, GRID, NOW, actor
from tests.domain.reference.test_routing import HEAD, row

ADMIN2 = actor("admin2", (Role.ADMIN, "350211102"))
LATER = NOW + timedelta(seconds=1)
BODY = (DATA / "routing.csv").read_bytes()
KEY = Key(caller_id=ADMIN.id, key="k", fingerprint="f")

pytestmark = pytest.mark.usefixtures("rules")


def text(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def save(*rows: str, version: int | None = None, by: Actor = ADMIN) -> int:
    return routing.save(text(*rows), version=version, by=by, now=NOW).version


def publish(version: int | None = None, by: Actor = ADMIN, key: Key | None = None) -> int:
    return routing.publish(version=version, key=key, by=by, now=LATER)


def rule(do: Callable[[], object]) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as refusal:
        do()
    return type(refusal.value), refusal.value.rule


def edition() -> int:
    reference.forget()
    return tables.read("routing", now=LATER).version


def test_a_draft_is_kept_until_it_is_published_and_changes_nothing_before() -> None:
    version = save(row("r", "0303", lead="D01"))
    held = routing.draft(by=ADMIN2, now=NOW)
    assert (held.version, held.base, held.by) == (version, 1, ADMIN.id)
    assert tables.read("routing", now=NOW).body == BODY
    assert publish(version) == 2
    assert tables.read("routing", now=LATER).body == held.body
    assert [one.lead for one in rulebook.in_force(now=LATER).routing.rules] == ["D01"]
    assert rule(lambda: routing.draft(by=ADMIN, now=LATER)) == (NotFound, "no_draft")


def test_who_published_it_is_in_the_access_record() -> None:
    save(row("r"))
    assert access.of("routing", limit=5) == []
    publish()
    [entry] = access.of("routing", limit=5)
    assert (entry.actor_id, entry.what, entry.details) == (ADMIN.id, What.CHANGED_REFERENCE, {"version": 2})


def test_a_draft_begins_where_the_edition_in_force_was_read_and_goes_on_where_it_was_read_itself() -> None:
    assert rule(lambda: save(row("r"), version=7)) == (StaleVersion, "stale_version")
    first = save(row("r"), version=1)
    assert rule(lambda: save(row("s"), version=1, by=ADMIN2)) == (StaleVersion, "stale_version")
    second = save(row("s"), version=first)
    assert second > first
    assert rule(lambda: save(row("t"), version=first, by=ADMIN2)) == (StaleVersion, "stale_version")
    assert save(row("s"), version=first) == second  # sent again


def test_a_discarded_draft_is_not_taken_for_the_next_one() -> None:
    first = save(row("r"))
    assert rule(lambda: routing.discard(version=7, by=ADMIN, now=NOW)) == (StaleVersion, "stale_version")
    routing.discard(version=first, by=ADMIN, now=NOW)
    routing.discard(version=first, by=ADMIN, now=NOW)
    second = routing.save(text(row("r")), version=1, by=ADMIN2, now=LATER).version
    assert rule(lambda: publish(first)) == (StaleVersion, "stale_version")
    assert publish(second) == 2


def test_of_two_who_publish_one_wins_and_the_other_is_told() -> None:
    version = save(row("r"))
    assert publish(version) == 2
    assert rule(lambda: publish(version, by=ADMIN2)) == (NotFound, "no_draft")
    assert edition() == 2


def test_published_between_anothers_look_and_his_write_the_other_is_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    version = save(row("r"))
    checked = routing.check(version=version, by=ADMIN2, now=LATER)
    assert publish(version) == 2
    monkeypatch.setattr(routing, "check", lambda **_: checked)
    assert rule(lambda: publish(version, by=ADMIN2)) == (StaleVersion, "changed_meanwhile")
    assert edition() == 2


def test_saved_between_the_look_and_the_publication_nothing_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = routing.check(version=save(row("r")), by=ADMIN, now=LATER)
    save(row("s"), by=ADMIN2)
    monkeypatch.setattr(routing, "check", lambda **_: checked)
    assert rule(publish) == (StaleVersion, "changed_meanwhile")
    assert edition() == 1 and b"\ns," in routing.draft(by=ADMIN, now=LATER).body


@pytest.mark.parametrize("name", ["taxonomy", "departments", "areas"])
def test_what_its_rules_name_stays_until_it_is_published(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    save(row("r"))
    checked = routing.check(version=None, by=ADMIN, now=LATER)
    held = reference.current(name, now=LATER)[name]
    reference.publish(name, held.body, base=1, by="another", now=LATER)
    monkeypatch.setattr(routing, "check", lambda **_: checked)
    assert rule(publish) == (StaleVersion, "changed_meanwhile")
    assert edition() == 1


def test_published_twice_with_one_key_it_is_one_edition() -> None:
    version = save(row("r"))
    assert publish(version, key=KEY) == publish(version, key=KEY) == 2
    assert edition() == 2 and len(access.of("routing", limit=5)) == 1


def test_a_draft_of_an_edition_that_is_past_must_begin_again() -> None:
    save(row("r"))
    reference.publish("routing", text(row("by-the-operator")), base=1, by="operator", now=NOW)
    assert rule(publish) == (StaleVersion, "draft_outdated")
    routing.discard(version=None, by=ADMIN, now=NOW)
    save(row("r"), version=2)
    assert publish() == 3


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        (row("x", lead="D99"), "routing_unknown"),
        (row("x", "0303", low=4), "routing_no_report"),
        (row("x", valid_until="2026-11-22"), "routing_past"),
        (row("r", "0303"), "routing_ambiguous"),
    ],
)
def test_a_draft_may_be_saved_unfinished_but_not_published(wrong: str, refused: str) -> None:
    save(row("good", "0303"), wrong)
    assert rule(publish) == (Invalid, refused)
    assert edition() == 1 and routing.draft(by=ADMIN, now=NOW).base == 1


def test_what_is_no_table_or_too_large_is_not_even_a_draft() -> None:
    def kept(body: bytes) -> tuple[type[DomainError], str]:
        return rule(lambda: routing.save(body, version=None, by=ADMIN, now=NOW))

    assert kept(b"id,kind\n") == (Invalid, "reference_columns")
    assert kept(text(row("x", "030"))) == (Invalid, "reference_cell")
    assert kept(b"x" * (LARGEST + 1)) == (TooLarge, "body_too_large")
    assert rule(lambda: routing.draft(by=ADMIN, now=NOW)) == (NotFound, "no_draft")


@pytest.mark.parametrize(
    ("by", "refused"), [(CENTRE, "role_needed"), (actor("a", (Role.ADMIN, ELSEWHERE)), "not_your_area")]
)
def test_only_the_townships_admin_may(by: Actor, refused: str) -> None:
    save(row("r"))
    for do in (
        lambda: save(row("s"), by=by),
        lambda: publish(by=by),
        lambda: routing.draft(by=by, now=NOW),
        lambda: routing.discard(version=None, by=by, now=NOW),
    ):
        assert rule(do) == (Forbidden, refused)


def test_the_routing_is_not_replaced_past_its_draft() -> None:
    refused = rule(lambda: tables.replace_table("routing", text(row("r")), base=None, by=ADMIN, now=NOW))
    assert refused == (Conflict, "routing_by_draft")


def replace(name: str, old: bytes, new: bytes) -> int:
    body = (DATA / f"{name}.csv").read_bytes()
    assert old in body
    return tables.replace_table(name, body.replace(old, new), base=None, by=ADMIN, now=LATER)


def test_later_editions_of_other_tables_leave_no_rule_dangling() -> None:
    save(row("pond", "0114", lead="D14"), row("answer", "1204", lead="C"), row("grid", area=GRID, lead="D22"))
    publish()
    taxonomy = (DATA / "taxonomy.csv").read_text(encoding="utf-8").splitlines()
    pond = next(line for line in taxonomy if line.startswith("0114")).encode() + b"\n"
    for do in (
        lambda: replace("taxonomy", pond, b""),
        lambda: replace("taxonomy", b"Policy enquiry,C,", b"Policy enquiry,D10,"),
        lambda: replace("departments", (DATA / "departments.csv").read_bytes().splitlines()[22] + b"\n", b""),
        lambda: area_editions.replace_all(ANOTHER_GRID, base=None, by=ADMIN, now=LATER),
    ):
        assert rule(do) == (Invalid, "reference_lacks")


ANOTHER_GRID = file(village(), grid(7, rectangle(0, 0, 1000, 1000)))


def test_a_rule_that_comes_in_between_check_and_publication_of_another_table_is_not_left_dangling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whichever of the two is stored first, the other is refused."""
    from chalicelib.domain.reference import coherence

    real = coherence.check

    def checked(*args: object, **kwargs: object) -> None:
        real(*args, **kwargs)  # type: ignore[arg-type]  # as it is called
        monkeypatch.undo()
        save(row("r"))
        publish()

    monkeypatch.setattr(coherence, "check", checked)
    renamed = rule(lambda: replace("departments", b"Civil affairs", b"Civil affairs office"))
    assert renamed == (StaleVersion, "changed_meanwhile") and edition() == 2


def test_new_areas_stand_on_the_routing_that_they_were_checked_against(monkeypatch: pytest.MonkeyPatch) -> None:
    held = area_editions._leaves_nothing_out
    monkeypatch.setattr(area_editions, "_leaves_nothing_out", lambda *args: (held(*args), save(row("r")), publish())[0])
    refused = rule(lambda: area_editions.replace_all(SHIPPED, base=None, by=ADMIN, now=LATER))
    assert refused == (StaleVersion, "changed_meanwhile")


def test_what_each_use_case_costs() -> None:
    with counted() as calls:
        version = save(row("r"))
        assert calls.names == ["BatchGetItem", "GetItem", "GetItem", "TransactWriteItems"]  # the first: areas, once
        calls.made.clear()
        routing.draft(by=ADMIN, now=NOW)
        assert calls.names == ["GetItem"]
        calls.made.clear()
        publish(version)
        assert calls.names == ["GetItem", "BatchGetItem", "GetItem", "TransactWriteItems"]
