"""Whether it is true, where it lies, of what kind it is, and who of the pool does it."""

import msgspec

from chalicelib.api.actions.words import Act, GridCode, PersonId, Photos, ReportId, Severity, VillageCode
from chalicelib.api.shapes import KindCode, NeededText, Text
from chalicelib.domain.reports.terms import Basis, Outcome, RejectReason


class Verify(Act, frozen=True, kw_only=True, tag="verify"):
    """It is true. Without `outcome`: the village where it leads or helps with the kind, else the centre."""

    basis: Basis
    outcome: Outcome | None = None
    severity: Severity | None = None
    kind: KindCode | None = None
    text: Text = msgspec.field(default="", name="note")
    after_photos: Photos = ()


class Reject(Act, frozen=True, kw_only=True, tag="reject"):
    """It is not taken up."""

    reason: RejectReason
    text: Text = msgspec.field(default="", name="note")


class AskInfo(Act, frozen=True, kw_only=True, tag="ask_info"):
    """The reporter is asked; the clock stops until he answers, a working day at most."""

    text: NeededText = msgspec.field(name="question")


class Comment(Act, frozen=True, kw_only=True, tag="comment"):
    """A remark by staff; `internal` ones the reporter does not see."""

    text: NeededText
    internal: bool = False


class Claim(Act, frozen=True, kw_only=True, tag="claim"):
    """Somebody of the pool takes it."""

    text: Text = msgspec.field(default="", name="note")


class Assign(Act, frozen=True, kw_only=True, tag="assign"):
    """Somebody of the pool is named."""

    person: PersonId
    text: Text = msgspec.field(default="", name="note")


class HandOver(Act, frozen=True, kw_only=True, tag="hand_over"):
    """To a colleague; without `person` back into the pool."""

    person: PersonId | None = None
    text: Text = msgspec.field(default="", name="note")


class Relocate(Act, frozen=True, kw_only=True, tag="relocate"):
    """It lies in another grid, or in another village's part without grid."""

    grid: GridCode | None = None
    village: VillageCode | None = None
    text: Text = msgspec.field(default="", name="note")


class Reclassify(Act, frozen=True, kw_only=True, tag="reclassify"):
    """Another kind or severity; `class` says how urgent the repair is, once it was made safe."""

    kind: KindCode | None = None
    severity: Severity | None = None
    klass: str | None = msgspec.field(default=None, name="class")
    text: NeededText = msgspec.field(name="reason")


class Merge(Act, frozen=True, kw_only=True, tag="merge"):
    """The same matter as another report, `main`."""

    main: ReportId
    text: Text = msgspec.field(default="", name="note")


class Unmerge(Act, frozen=True, kw_only=True, tag="unmerge"):
    """It was another matter after all."""

    text: NeededText = msgspec.field(name="reason")
