"""Codes of bags and doors, and the card inside."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care import proofs
from chalicelib.domain.care.proofs import Card

KEY = b"key"
words = st.text(min_size=1, max_size=40)


@given(words)
def test_a_bag_has_its_own_code_and_is_known_as_somebody_types_it(id: str) -> None:
    code = proofs.bag_code(KEY, id)
    assert len(code) == 8
    assert proofs.is_bag_code(KEY, id, f"{code[:4].lower()}-{code[4:]}")
    assert not proofs.is_bag_code(b"other", id, code)


@given(words)
def test_the_digits_are_four_and_of_this_visit(id: str) -> None:
    code = proofs.door_code(KEY, id)
    assert len(code) == 4 and code.isdigit()
    assert proofs.is_door_code(KEY, id, f" {code} ")
    assert not proofs.is_door_code(KEY, id, code[:3])


def test_what_is_no_code_at_all_is_refused() -> None:
    for typed in ("", "x", "١٢٣٤", "12345678901"):
        assert not proofs.is_bag_code(KEY, "v", typed)
        assert not proofs.is_door_code(KEY, "v", typed)


@given(words, st.integers(1, 10_000))
def test_a_card_is_read_as_it_was_written(id: str, number: int) -> None:
    card = Card(beneficiary_id=id, number=number)
    token = proofs.written(card, KEY)
    assert proofs.read(token, KEY) == card
    assert proofs.read(token, b"other") is None
    assert proofs.read(token + "A", KEY) is None


@given(st.text(max_size=80))
def test_no_other_word_is_a_card(token: str) -> None:
    assert proofs.read(token, KEY) is None
