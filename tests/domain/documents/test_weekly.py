"""What a company is told: of no group so small that it could guess who it was."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.documents import weekly
from chalicelib.domain.documents.weekly import Company, Helped
from chalicelib.domain.figures.weeks import Effort
from tests.builders import VILLAGE

OTHER = "350211102201"


def effort(courier: str, village: str = VILLAGE, *, filed: int = 1, verified: int = 0, solved: int = 0) -> Effort:
    return Effort(village=village, courier_id=courier, filed=filed, verified=verified, solved=solved)


def test_a_companys_couriers_are_counted_once_whatever_the_villages() -> None:
    efforts = [effort("a"), effort("a", OTHER, verified=2), effort("b", solved=1), effort("c")]
    (company,) = weekly.companies(efforts, dict.fromkeys("abc", "圆通"), least=3)
    assert company == Company(name="圆通", couriers=3, filed=4, verified=2, solved=1)


def test_small_companies_stand_together_and_last() -> None:
    employers = {"a": "圆通", "b": "圆通", "c": "圆通", "d": "中通", "e": "中通", "f": "极兔"}
    found = weekly.companies([effort(one) for one in employers], employers, least=3)
    assert [(one.name, one.couriers) for one in found] == [("圆通", 3), (weekly.OTHERS, 3)]


def test_too_few_even_together_are_nowhere() -> None:
    employers = {"a": "圆通", "b": "圆通", "c": "圆通", "d": "中通"}
    found = weekly.companies([effort(one) for one in "abcd"], employers, least=3)
    assert [one.name for one in found] == ["圆通"]
    assert weekly.companies([effort("d")], employers, least=3) == ()


def test_who_has_no_employer_known_is_among_the_others() -> None:
    found = weekly.companies([effort(one) for one in "abc"], {"a": " ", "b": ""}, least=3)
    assert [(one.name, one.couriers) for one in found] == [("", 3)]


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.sampled_from(["圆通", "中通", "极兔", ""])))
def test_no_row_is_of_fewer_couriers_than_may_be_told_apart(employers: dict[str, str]) -> None:
    found = weekly.companies([effort(one) for one in employers], employers, least=3)
    assert all(one.couriers >= 3 for one in found)
    named = [one.name for one in found]
    assert len(named) == len(set(named))


def test_a_village_hears_how_many_helped_and_of_the_busiest_without_a_name() -> None:
    efforts = [effort("a", verified=1), effort("b", verified=4), effort("a", OTHER)]
    assert weekly.helped(efforts) == {VILLAGE: Helped(couriers=2, most=4), OTHER: Helped(couriers=1, most=0)}
