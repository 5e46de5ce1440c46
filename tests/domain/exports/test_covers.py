"""Who sees what of a report in a file: the table, cell by cell."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.exports import covers
from chalicelib.domain.exports.covers import Shown, cover
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.people.model import Role
from chalicelib.domain.reports.model import Status
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, NOW, RULES, TOWNSHIP, VILLAGE, VILLAGER, actor, report

ASKERS = {"centre": CENTRE, "admin": ADMIN, "committee": COMMITTEE, "auditor": AUDITOR, "village": VILLAGER}

# Text, spot, reporter: ✓ clear, ~ masked, ✗ hidden; – not in the file. With personal data granted it says `+`.
TABLE = """
              plain  confidential  held-by-village  centre-only
centre        ~✓~    ~✓✗           ~✓✗              ~✓✗
centre+       ✓✓✓    ✓✓✓           ✓✓✓              ✓✓✓
admin         ~✓~    –             –                –
admin+        ✓✓✓    –             –                –
committee     ~✓✗    ~✓✗           ~✓✗              ~✓✗
auditor       ~✓✗    ✗✗✗           ✗✗✗              ✗✗✗
village       ~✓✗    –             ~✓✗              –
"""
SIGNS = {Shown.CLEAR: "✓", Shown.MASKED: "~", Shown.HIDDEN: "✗"}
HEAD, *LINES = (line.split() for line in TABLE.strip("\n").splitlines())

MATTERS: dict[str, dict[str, Any]] = {
    "plain": {},
    "confidential": {"confidential": True},
    "held-by-village": {"confidential": True, "village_held": True},
    "centre-only": {"confidential": True, "verify_by_centre": True},
}


def job(who: str, **changes: Any) -> Job:
    asker = ASKERS[who.rstrip("+")]
    fields: dict[str, Any] = {
        "id": "e1",
        "township": TOWNSHIP,
        "requester_id": asker.id,
        "posts": asker.posts,
        "first": "2026-11-01",
        "last": "2026-11-30",
        "villages": (VILLAGE,),
        "kind": None,
        "status": None,
        "purpose": "月度分析",
        "ground": "contact" if who.endswith("+") else None,
        "created_at": NOW,
        "give_up_at": NOW,
        "forget_at": NOW,
    }
    return Job(**(fields | changes))


def matter(name: str) -> Any:
    changes = dict(MATTERS[name])
    held = changes.pop("village_held", False)
    made = report(Status.WITH_CENTRE, village_held=held)
    return replace(made, nature=replace(RULES.taxonomy.nature("0303"), **changes))


@pytest.mark.parametrize(
    ("who", "what", "signs"), [(who, *cell) for who, *c in LINES for cell in zip(HEAD, c, strict=True)]
)
def test_a_role_sees_of_a_matter_what_the_table_says(who: str, what: str, signs: str) -> None:
    found = cover(job(who), matter(what))
    assert ("".join(SIGNS[one] for one in (found.text, found.spot, found.reporter)) if found else "–") == signs


def test_the_table_has_every_role_that_may_export() -> None:
    assert {role for role, _, _ in covers.COVERS} == {Role(line[0].rstrip("+")) for line in LINES}


def test_another_township_s_reports_are_never_in_the_file() -> None:
    for who in ASKERS:
        posts = tuple(replace(post, scope="350211103") for post in ASKERS[who].posts)
        stranger = job(who, township="350211103", posts=posts)
        assert cover(stranger, matter("plain")) is None


def test_ones_own_secret_report_is_in_nobody_s_file_for_that() -> None:
    """Who reported may see it, but a file is made for an office."""
    mine = replace(matter("confidential"), reporter_id=VILLAGER.id, filed_by=VILLAGER.id)
    assert cover(job("village"), mine) is None


def test_a_villages_staff_take_their_own_village() -> None:
    elsewhere = actor("v2", (Role.VILLAGE, "350211102003"))
    assert cover(job("village", requester_id=elsewhere.id, posts=elsewhere.posts), matter("plain")) is None


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打我电话13800000001谢谢", "打我电话138****0001谢谢"),
        ("138 0000 0001", "138****0001"),
        ("138-0000-0001", "138****0001"),
        ("１３８００００００１２", "１３８****００１２"),
        ("身份证11010519491231002X。", "身份证110****002X。"),
        ("座机6081234", "座机*******"),
        ("3号楼2单元501", "3号楼2单元501"),
        ("2026-11-23 08:00 第100 200号", "2026-11-23 08:00 第100 200号"),
        ("0592-6081234", "059****1234"),
    ],
)
def test_long_numbers_in_a_text_are_starred(text: str, masked: str) -> None:
    assert covers.covered_text(text, Shown.MASKED) == masked
    assert covers.covered_text(text, Shown.CLEAR) == text
    assert covers.covered_text(text, Shown.HIDDEN) is None


def test_names_and_phones_are_clear_masked_or_hidden() -> None:
    assert [covers.covered_name("陈小明", shown) for shown in Shown] == ["陈小明", "陈**", None]
    assert [covers.covered_phone("13800000001", shown) for shown in Shown] == ["13800000001", "138****0001", None]
