import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.people.phones import phone_of


@pytest.mark.parametrize(
    "written",
    [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "+86 138 0000 0001",
        "008613800000001",
        "１３８０００００００１",
    ],
)
def test_a_number_is_known_however_it_is_written(written: str) -> None:
    assert phone_of(written) == "13800000001"


@pytest.mark.parametrize("written", ["", "1380000000", "138000000011", "23800000001", "+1 3800000001x", "1380000000a"])
def test_what_is_no_mobile_number_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        phone_of(written)
