"""What stands in a table instead of a secret."""

from chalicelib.domain.login.keyed import keyed, matches


def test_a_digest_depends_on_key_purpose_and_every_part() -> None:
    one = keyed(b"key", "phone", "13800000001")
    assert matches(one, keyed(b"key", "phone", "13800000001"))
    others = [keyed(b"other", "phone", "13800000001"), keyed(b"key", "address", "13800000001"), keyed(b"key", "phone")]
    assert not any(matches(one, other) for other in others)


def test_parts_do_not_run_together() -> None:
    assert keyed(b"k", "p", "ab", "c") != keyed(b"k", "p", "a", "bc") != keyed(b"k", "p", "abc")
    assert keyed(b"k", "p", "1:a") != keyed(b"k", "p", "1", "a")
