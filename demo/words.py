"""What the story calls things, Chinese and English."""

from datetime import UTC, datetime, timedelta

from demo.camera import LOCAL

type Words = tuple[str, str]

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Below this one counts seconds, above that days.
SHORT, DAYS = timedelta(minutes=2), timedelta(hours=48)

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
    "committee": ("镇党委", "committee"),
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
    """`限 09:12 前（1 小时）· due 09:12, in 1 h`, with the day where it is another, with seconds where these count."""
    due = datetime.fromisoformat(due_at).astimezone(LOCAL)
    left = due - now.astimezone(UTC)
    day = "" if due.date() == now.astimezone(LOCAL).date() else due.strftime("%m-%d ")
    at = f"{day}{due:%H:%M:%S}" if left < SHORT else f"{day}{due:%H:%M}"
    if left <= timedelta():
        return f"限 {at} 前（已过）· due {at}, past"
    zh, en = span(left)
    return f"限 {at} 前（{zh}）· due {at}, in {en}"


def span(time: timedelta) -> Words:
    """How long that is, as one would say it: `30 秒`, `45 分钟`, `3 小时 20 分`, `21 天`."""
    seconds, minutes = round(time / SECOND), round(time / MINUTE)
    if seconds < SHORT / SECOND:
        return f"{seconds} 秒", f"{seconds} s"
    if minutes < HOUR / MINUTE:
        return f"{minutes} 分钟", f"{minutes} min"
    if time > DAYS:
        return f"约 {round(time / DAY)} 天", f"some {round(time / DAY)} days"
    hours, rest = divmod(minutes, 60)
    return (f"{hours} 小时 {rest} 分", f"{hours} h {rest} min") if rest else (f"{hours} 小时", f"{hours} h")
