"""How far somebody's reports have proved true (DOMAIN §3): a share, smoothed, with its numbers. It decides nothing."""

from dataclasses import dataclass

from chalicelib.domain.reference.numbers import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Of `judged` reports so many were `verified`, and are not forfeited. To these are added, as if they had been
    judged before, `credit` true ones and `doubt` others: so one verdict on a beginner moves little."""

    judged: int
    verified: int
    credit: float
    doubt: float

    @property
    def percent(self) -> int:
        """(verified + a) / (judged + a + b), where a is `credit` and b is `doubt`."""
        whole = self.judged + self.credit + self.doubt
        return round(100 * (self.verified + self.credit) / whole)


def trust(*, judged: int, verified: int, numbers: Numbers) -> Trust:
    """The trust that these counts give, by the numbers in force."""
    return Trust(judged=judged, verified=verified, credit=numbers.of("trust_true"), doubt=numbers.of("trust_false"))
