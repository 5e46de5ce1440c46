"""Which patterns a plan may have: what of RFC 5545's RRULE a weekly round of meals can mean (DOMAIN §4).

By the day and no finer, since a plan has one visit a day; and only rules that go on falling on days, so that whoever
looks for the next one finds it. Where a rule ends it says so: `COUNT` or `UNTIL`.
"""

from collections.abc import Callable, Mapping
from datetime import date

from chalicelib.domain.errors import Invalid

LONGEST = 200  # characters
MOST_TIMES = 366
INTERVALS = {"DAILY": 30, "WEEKLY": 26, "MONTHLY": 12}
DAYS = frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"})
SURE_DAY = 28  # every month has it
NTHS = frozenset({1, 2, 3, 4, -1, -2, -3, -4})  # every month has these of each weekday

type Parts = Mapping[str, str]


def check(rule: str, *, starts_on: date) -> None:
    """Whether a pattern may be planned by; an empty one is once.

    Raises Invalid: `rule_malformed` for what is no RRULE, `rule_part` for what of it is not taken here, `rule_value`
    for a value that is none or too large, `rule_ends` where it ends twice or before it begins.
    """
    if not rule:
        return
    parts = _parts(rule)
    frequency = parts.get("FREQ", "")
    if frequency not in INTERVALS:
        raise Invalid("rule_part", part=f"FREQ={frequency}")
    for name, value in parts.items():
        if name not in ALLOWED[frequency]:
            raise Invalid("rule_part", part=name)
        if not CHECKS[name](value, frequency):
            raise Invalid("rule_value", part=f"{name}={value}")
    _check_together(parts)
    _check_end(parts, starts_on)


def _parts(rule: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in rule.split(";") if len(rule) <= LONGEST else [""]:
        name, equals, value = part.partition("=")
        if not equals or not name or not value or name in found:
            raise Invalid("rule_malformed")
        found[name] = value
    return found


def _check_together(parts: Parts) -> None:
    """Of a month's days, either numbers or weekdays; a position is one of weekdays that stand without one."""
    plain = parts.get("BYDAY") and all(day in DAYS for day in parts["BYDAY"].split(","))
    if "BYDAY" in parts and "BYMONTHDAY" in parts:
        raise Invalid("rule_part", part="BYDAY+BYMONTHDAY")
    if "BYSETPOS" in parts and not plain:
        raise Invalid("rule_part", part="BYSETPOS")


def _check_end(parts: Parts, starts_on: date) -> None:
    if "COUNT" in parts and "UNTIL" in parts:
        raise Invalid("rule_ends")
    if "UNTIL" in parts and date.fromisoformat(parts["UNTIL"]) < starts_on:
        raise Invalid("rule_ends")


def _is_interval(value: str, frequency: str) -> bool:
    return _number(value, 1, INTERVALS[frequency])


def _is_count(value: str, _: str) -> bool:
    return _number(value, 1, MOST_TIMES)


def _is_until(value: str, _: str) -> bool:
    try:
        return len(value) == len("20261231") and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _are_days(value: str, frequency: str) -> bool:
    """Weekdays; in a month also the second of them, or the last."""
    days = value.split(",")
    return len(set(days)) == len(days) and all(_is_day(day, frequency) for day in days)


def _is_day(text: str, frequency: str) -> bool:
    nth, day = text[:-2], text[-2:]
    return day in DAYS and (not nth or (frequency == "MONTHLY" and _nth(nth)))


def _are_month_days(value: str, _: str) -> bool:
    return all(_number(one, 1, SURE_DAY) or _number(one, -SURE_DAY, -1) for one in value.split(","))


def _are_positions(value: str, _: str) -> bool:
    return all(_nth(one) for one in value.split(","))


def _nth(text: str) -> bool:
    return _number(text, min(NTHS), max(NTHS)) and int(text) != 0


def _number(text: str, least: int, most: int) -> bool:
    digits = text.removeprefix("-")
    return digits.isdecimal() and digits.isascii() and len(digits) <= 3 and least <= int(text) <= most


CHECKS: Mapping[str, Callable[[str, str], bool]] = {
    "FREQ": lambda value, _: value in INTERVALS,
    "INTERVAL": _is_interval,
    "COUNT": _is_count,
    "UNTIL": _is_until,
    "WKST": lambda value, _: value in DAYS,
    "BYDAY": _are_days,
    "BYMONTHDAY": _are_month_days,
    "BYSETPOS": _are_positions,
}
COMMON = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL"})
ALLOWED: Mapping[str, frozenset[str]] = {
    "DAILY": COMMON,
    "WEEKLY": COMMON | {"BYDAY", "WKST"},
    "MONTHLY": COMMON | {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
}
