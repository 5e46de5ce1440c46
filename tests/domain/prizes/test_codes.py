"""Codes as people type them."""

import pytest

from chalicelib.api.ids import new_code
from chalicelib.domain.prizes.codes import ALPHABET, LENGTH, normal


@pytest.mark.parametrize("typed", ["7K3M9QXT", "7k3m-9qxt", " 7K3M 9QXT ", "7k3m9qxt"])
def test_case_blanks_and_dashes_do_not_matter(typed: str) -> None:
    assert normal(typed) == "7K3M9QXT"


def test_letters_that_look_like_digits_are_meant_as_such() -> None:
    assert normal("oOiIlL22") == "00111122"


@pytest.mark.parametrize("typed", ["", "7K3M9QX", "7K3M9QXTT", "7K3M9QXU", "7K3M9QX＊", "七K3M9QXT"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert normal(typed) is None


def test_what_is_drawn_is_a_code_and_has_no_look_alikes() -> None:
    drawn = {new_code() for _ in range(1000)}
    assert len(drawn) == 1000 and all(normal(code) == code for code in drawn)
    assert len(ALPHABET) == 32 and not set("ILOU") & set(ALPHABET) and LENGTH == 8
