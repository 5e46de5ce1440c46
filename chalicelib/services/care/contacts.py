"""Whom a courier rings who has a question: the village's duty phone stands for everybody."""

from datetime import datetime

from chalicelib.domain.duty.rosters import Slot, duty_days, on_duty
from chalicelib.domain.people.model import Post, Role
from chalicelib.store.duty import rosters


def duty_phone(village: str, township: str, *, now: datetime) -> str:
    """Who is on duty in the village, else in the centre; empty where nobody is. One batch."""
    posts = [Post(Role.VILLAGE, village).key, Post(Role.CENTRE, township).key]
    held = rosters.several(posts, duty_days(now))
    for post in posts:
        shift = on_duty(held.get(post, ()), now)
        for slot in Slot:
            if shift and (duty := shift.held(slot)):
                return duty.phone
    return ""
