"""What a visit earns, or costs, whoever had it: which rule of `points_rules.csv`, how many times (DOMAIN §3, §4).

| deed               | of         | rule | where                                                     |
|--------------------|------------|------|-----------------------------------------------------------|
| `done`             | a meal     | P21  | it was handed over with a proof                           |
| `done`             | medicine   | P22  | … and its seal was whole                                  |
| `done`             | a knock    | P23  | it was logged                                             |
| `left_behind`      | a meal     | P21  | the photo of the door is the proof                        |
| `taken_over`       | a knock    | P23  | he rang, and nobody opened: that is what it is for        |
| `anomaly_verified` | any        | P24  | the report that came of it was found true                 |
| `no_show`          | any        | P93  | he had it, and did not come                               |

What is called back on the way, and what the village takes over by hand, earns nothing and costs nothing.
"""

from collections.abc import Callable, Mapping

from chalicelib.domain.care.record import TakenOver
from chalicelib.domain.care.terms import Service
from chalicelib.domain.happenings import Happening

type Facts = Mapping[str, object]
type Row = tuple[str, Callable[[Facts], bool]]


def _always(_: Facts) -> bool:
    return True


def _has_proof(facts: Facts) -> bool:
    return facts.get("proof") is not None


def _is_whole(facts: Facts) -> bool:
    return _has_proof(facts) and facts.get("seal_intact") is True


def _unanswered(facts: Facts) -> bool:
    return facts.get("why") == TakenOver.NO_ANSWER


EARNS: Mapping[tuple[str, Service], Row] = {
    ("done", Service.MEAL): ("P21", _has_proof),
    ("done", Service.MEDICINE): ("P22", _is_whole),
    ("done", Service.VISIT): ("P23", _always),
    ("left_behind", Service.MEAL): ("P21", _has_proof),
    ("taken_over", Service.VISIT): ("P23", _unanswered),
    **{("anomaly_verified", service): ("P24", _always) for service in Service},
    **{("no_show", service): ("P93", _always) for service in Service},
}


def earned(happening: Happening) -> tuple[tuple[str, int], ...]:
    """Which rules `person_id` earns by what happened to a visit, each with how many times; none for what earns none."""
    row = EARNS.get((happening.deed, Service(str(happening.facts["service"]))))
    if row is None or happening.person_id is None:
        return ()
    rule, holds = row
    return ((rule, 1),) if holds(happening.facts) else ()
