"""What must hold before something is said to be solved, or confirmed to be (DOMAIN §2, `data/closing.csv`)."""

from dataclasses import dataclass

from chalicelib.domain.errors import Invalid
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.closing import Conditions, Excused, Look
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import rechecking
from chalicelib.domain.reports.commands import Situation
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.matter import Nature
from chalicelib.domain.reports.model import Report
from chalicelib.domain.reports.terms import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What closing a report takes: so many `photos` of the result, or a reason where one `may_excuse`; a public answer
    of so many characters; a re-check on site. `zh`, `en`: why."""

    photos: int
    may_excuse: bool
    answer_chars: int
    on_site: bool
    zh: str
    en: str


def needs(report: Report, rules: Rulebook) -> Needs:
    """What closing it takes, of whoever holds it now."""
    rule = _of(report.nature, rules)
    return Needs(
        photos=rule.photos,
        may_excuse=_may_excuse(rule, report.holder),
        answer_chars=rule.answer_chars,
        on_site=rule.look is Look.ON_SITE,
        zh=rule.zh,
        en=rule.en,
    )


def claimed(on: Situation, origin: Post | None) -> dict[str, object]:
    """What changes when somebody says that it is solved: another person looks, and the reporter is asked anew."""
    return {
        "resolved_by": on.by.id,
        "origin": origin,
        "after_photos": on.command.after_photos,
        "answered": False,
        "disputed": False,
        **rechecking.given(on),
    }


def answer(on: Situation, nature: Nature) -> str:
    """What the reporter and the public are told. Raises Invalid (`answer_needed`, `answer_too_short`)."""
    return _long_enough(said.answer(on), _of(nature, on.rules))


def shown(on: Situation, nature: Nature) -> dict[str, object]:
    """The photos of the result, or why there are none, as the table asks of who holds it.

    Raises Invalid (`after_photo_or_reason_needed`, `after_photos_needed`).
    """
    rule, photos, why = _of(nature, on.rules), on.command.after_photos, on.command.no_photo_reason
    excused = bool(why.strip()) and not photos and _may_excuse(rule, on.report.holder)
    if not excused and len(set(photos)) < rule.photos:
        if rule.photos == 1 and not photos and _may_excuse(rule, on.report.holder):
            raise Invalid("after_photo_or_reason_needed")
        raise Invalid("after_photos_needed", least=rule.photos)
    return {"after_photos": list(photos), "no_photo_reason": why}


def on_the_spot(on: Situation, nature: Nature) -> None:
    """What a verifier solves himself he shows, and tells of where the table asks for words.

    Raises Invalid (`after_photo_needed`, `after_photos_needed`, `answer_too_short`).
    """
    rule, photos = _of(nature, on.rules), on.command.after_photos
    if not photos:
        raise Invalid("after_photo_needed")
    if len(set(photos)) < rule.photos:
        raise Invalid("after_photos_needed", least=rule.photos)
    _long_enough(on.command.text, rule)


def looked(on: Situation) -> dict[str, object]:
    """How the re-checker knows. Raises Invalid (`recheck_on_site`) where he must have been there."""
    basis = on.command.basis
    if _of(on.report.nature, on.rules).look is Look.ON_SITE and basis is not Basis.ON_SITE:
        raise Invalid("recheck_on_site")
    return {"basis": basis} if basis else {}


def _long_enough(text: str, rule: Conditions) -> str:
    if len(text.strip()) < rule.answer_chars:
        raise Invalid("answer_too_short", least=rule.answer_chars)
    return text


def _may_excuse(rule: Conditions, holder: Post | None) -> bool:
    of_village = holder is not None and holder.role is Role.VILLAGE
    return rule.excused is Excused.ANYONE or (rule.excused is Excused.VILLAGE and of_village)


def _of(nature: Nature, rules: Rulebook) -> Conditions:
    return rules.closing.of(nature.kind)
