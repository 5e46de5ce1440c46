"""Long numbers in free text are starred, however they are written: a phone, an identity card, an account.

What is surely a date, a time or a pair of coordinates stays; in doubt it is starred.
"""

import re

from chalicelib.domain.people.model import masked_phone

# Digits of any script, with a few signs, blanks or invisible characters between them; no letter. Nothing that one part
# of the pattern takes could be another's, and nothing is given back: time grows with the text alone.
RUN = re.compile(r"\d(?:[\W_]{0,4}+\d)*+(?:[\W_]{0,4}+[XxＸｘ](?![^\W_]))?")
FEWEST_DIGITS = 7

DATE = r"20[0-9]{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
TIME = r"(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9](?![0-9])"
UNTIL = r"[ ]?[-–—~～]{1,2}[ ]?"
MOMENT = rf"{DATE}(?:[ ]{TIME}(?::[0-5][0-9](?![0-9]))?)?"
# East of 100°, and with places behind the point, so that none could be a mobile number or one with its area code.
LATITUDE, LONGITUDE = r"(?:1[89]|[2-4][0-9]|5[0-3])\.[0-9]", r"1[0-3][0-9]\.[0-9]"
BESIDE = "[,， ]{1,2}"
PAIR = rf"(?:{LATITUDE}{{4,8}}{BESIDE}{LONGITUDE}{{4,8}}|{LONGITUDE}{{4,8}}{BESIDE}{LATITUDE}{{4,8}})(?![0-9])"
# With these a run may begin: no number to call has as many digits in such places.
HARMLESS = re.compile(rf"{MOMENT}(?:{UNTIL}(?:{MOMENT}|{TIME}))?|{PAIR}")
# These must be all of it: more digits could make them a number after all.
HARMLESS_ALONE = re.compile(rf"{TIME}{UNTIL}{TIME}|{LATITUDE}{{3,6}}|{LONGITUDE}{{3,6}}")


def covered_digits(text: str) -> str:
    """The text with every long number starred in its middle."""
    return RUN.sub(lambda found: _covered(found[0]), text)


def _covered(run: str) -> str:
    if HARMLESS_ALONE.fullmatch(run):
        return run
    kept = found[0] if (found := HARMLESS.match(run)) else ""
    return kept + _starred(run[len(kept) :])


def _starred(run: str) -> str:
    """As `138****0001`, whatever stood between the digits; a blank where it began with something else."""
    number = "".join(sign for sign in run if sign.isalnum())
    if len(number.rstrip("XxＸｘ")) < FEWEST_DIGITS:
        return run
    return ("" if run[0].isdecimal() else " ") + masked_phone(number)
