"""Words of anti-fraud."""

from enum import StrEnum


class Signal(StrEnum):
    """What looks wrong. Each is told with its evidence to a person, and does nothing by itself."""

    PHOTO_SAME = "photo_same"  # the very file was sent before
    PHOTO_ALIKE = "photo_alike"  # nearly the same picture was sent before
    PHOTO_TIME = "photo_time"  # taken at another time, as the camera says
    PHOTO_PLACE = "photo_place"  # taken at another place, as the camera says
    SPEED = "speed"  # two places sooner after one another than anybody rides
    VERIFIER = "verifier"  # one person verifies nearly all of one reporter's
    RECHECK = "recheck"  # a blind re-check found undone what was said to be solved
    FALSE_REPORT = "false_report"  # rejected as false
    FALSE_DANGER = "false_danger"  # danger to life reported falsely, more than once


class FindingState(StrEnum):
    """Where a finding stands. `lapsed`: what was heard since has done away with it, before anybody decided."""

    OPEN = "open"
    LAPSED = "lapsed"
    DISMISSED = "dismissed"
    WARNED = "warned"
    FROZEN = "frozen"
    PENALISED = "penalised"
    APPEALED = "appealed"
    LIFTED = "lifted"  # the appeal was upheld: nothing of the decision remains
    CONFIRMED = "confirmed"  # the appeal was refused: the decision stays
    OVERTURNED = "overturned"  # the verdict that it stood on has changed: nothing of the decision remains


class Judgement(StrEnum):
    """What a person of the centre may decide on a finding."""

    DISMISS = "dismiss"
    WARN = "warn"
    FREEZE = "freeze"
    PENALISE = "penalise"


class Penalty(StrEnum):
    """Rules of `points_rules.csv` that only a decision applies."""

    FALSE = "P91"
    DECEIT = "P92"
