"""Wordings have versions, and the newest is in force."""

import pytest

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.people import consents
from tests.builders import DATA

HEAD = "name,version,zh,en\n"


def test_the_shipped_table_has_what_applicants_agree_to() -> None:
    read = consents.read((DATA / "consents.csv").read_bytes())
    read.require(consents.APPLICATION, 1)
    with pytest.raises(Conflict) as refusal:
        read.require(consents.APPLICATION, 2)
    assert refusal.value.rule == "consent_outdated"


def test_the_newest_wording_is_in_force() -> None:
    read = consents.read(f"{HEAD}application,1,旧,old\napplication,2,新,new\n".encode())
    assert read.newest["application"].zh == "新"
    with pytest.raises(Conflict):
        read.require("application", 1)


@pytest.mark.parametrize(
    "rows", ["a,1,,en\n", "a,1,zh,\n", ",1,zh,en\n", "a,0,zh,en\n", "a,x,zh,en\n", "a,1,z,e\n" * 2]
)
def test_a_wording_without_words_or_version_is_refused(rows: str) -> None:
    with pytest.raises(Invalid):
        consents.read((HEAD + rows).encode())
