"""What the story calls things, Chinese and English."""

from datetime import UTC, datetime

from demo.camera import LOCAL

type Words = tuple[str, str]

STATUS: dict[str, Words] = {
    "submitted": ("待核实", "to be verified"),
    "needs_info": ("待补充", "waiting for its reporter"),
    "with_village": ("村居办理", "with the village"),
    "with_centre": ("待分拣", "with the sorting centre"),
    "dispatched": ("已派发", "dispatched, to sign"),
    "in_handling": ("办理中", "in handling"),
    "resolved": ("待回访", "resolved, to re-check"),
    "closed": ("办结", "closed"),
    "invalid": ("不属实", "invalid"),
    "withdrawn": ("已撤回", "withdrawn"),
}

PARTS: dict[str, Words] = {
    "courier": ("快递员", "courier"),
    "newcomer": ("新快递员", "new courier"),
    "grid_member": ("网格员", "grid member"),
    "village": ("村居", "village"),
    "centre": ("分拣中心", "sorting centre"),
    "department": ("职能部门", "department"),
    "admin": ("管理员", "admin"),
}

# What the clock does by itself, by the effect that the history names; `{}` is whose turn it is.
RUNGS: dict[str, Words] = {
    "remind_holder": ("提醒{}", "reminds the {}"),
    "village_may_verify": ("逾期，村居也可以核实", "lets the village verify it too"),
    "centre_may_verify": ("仍无人核实，转由分拣中心核实", "hands it to the sorting centre"),
    "sign_by_default": ("逾期视为签收", "signs by default"),
}


def part(key: str) -> Words:
    """What somebody is: of `grid_member2`, grid member."""
    return PARTS[key.partition(":")[0].rstrip("0123456789")]


def role(post: str) -> Words:
    """What the holder of a post is: of `village:350211102202`, village."""
    return PARTS[post.partition(":")[0]]


def status(name: str) -> str:
    """`待核实 to be verified`."""
    return " ".join(STATUS.get(name, (name, "")))


def clock(at: datetime) -> str:
    """`08:12:05`, in the township."""
    return at.astimezone(LOCAL).strftime("%H:%M:%S")


def deadline(due_at: str, *, now: datetime) -> str:
    """`限 09:12 前（1 小时）due 09:12, in 1 h`, with the day where it is another."""
    due = datetime.fromisoformat(due_at).astimezone(LOCAL)
    day = "" if due.date() == now.astimezone(LOCAL).date() else due.strftime("%m-%d ")
    hours = f"{(due - now.astimezone(UTC)).total_seconds() / 3600:.1f}".removesuffix(".0")
    return f"限 {day}{due:%H:%M} 前（{hours} 小时）· due {day}{due:%H:%M}, in {hours} h"
