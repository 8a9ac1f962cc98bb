"""The rows of the list, ready to be read: the few queries of a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, prefetch_related_objects

from traam.access.actor import Actor
from traam.applications.models import AnswerVersion, Application, Author
from traam.applications.queries.calls import core_with, deadline_of, form_of
from traam.applications.queries.people import INSPECTORS
from traam.applications.rules.answers import Facts, missing
from traam.applications.rules.life import ApplicationState
from traam.applications.screens.doors import Entrance
from traam.applications.screens.editing import UNTITLED, names
from traam.applications.screens.listing import Applications, standing
from traam.campaigns.rules.questions import Form, Option
from traam.kit.text import of, plural, short_instant

S = ApplicationState


@dataclass(frozen=True, slots=True)
class Row:
    """An application in the list: its state and how long, what to do and until when."""

    application: Application
    title: str
    standing: str
    todo: str
    deadline: str


def with_all(found: Applications, actor: Actor) -> Applications:
    """What the rows read: the first query of a fixed number, `is_mine` for whoever writes it."""
    mine = Author.objects.filter(application=OuterRef("pk"), person=actor.person)
    return found.select_related("extension", "questionnaire").annotate(is_mine=Exists(mine))


def rows(page: Iterable[Application], entrance: Entrance) -> list[Row]:
    """`entrance`: who reads, when; it has the calendars of the campaigns of these rows."""
    shown = list(page)
    drafts = [one for one in shown if one.state == S.DRAFT]
    waiting = [one for one in shown if one.state == S.AWAITING_AGREEMENT]
    prefetch_related_objects(drafts, "answers")
    prefetch_related_objects([*drafts, *waiting], INSPECTORS)
    rivals = _rivals(drafts)
    cores = {one.campaign_id: one.campaign for one in drafts}
    options = [Option(one.code, one.name) for one in entrance.academies] if drafts else []
    forms = {key: core_with(options, campaign) for key, campaign in cores.items()}
    actor, now = entrance.actor, entrance.now
    return [_row(one, forms, rivals, actor=actor, now=now) for one in shown]


def _rivals(drafts: list[Application]) -> dict[int, frozenset[str]]:
    """The fields of each draft where two texts wait."""
    found: dict[int, frozenset[str]] = {}
    waiting = AnswerVersion.objects.filter(
        application__in=drafts, is_rival=True, settled_at=None
    ).values_list("application_id", "field")
    for key, field in waiting:
        found[key] = found.get(key, frozenset()) | {field}
    return found


def _row(
    one: Application,
    cores: dict[int, Form],
    rivals: dict[int, frozenset[str]],
    *,
    actor: Actor,
    now: datetime,
) -> Row:
    todo = _todo(one, cores, rivals, actor)
    limit = deadline_of(one)
    ends = limit.closes_at if one.state == S.DRAFT else limit.grace_ends_at
    waits = one.state in (S.DRAFT, S.AWAITING_AGREEMENT, S.AWAITING_VISA)
    deadline = f"avant le {short_instant(ends)}" if ends and waits else ""
    return Row(one, one.title or UNTITLED, standing(one, now), todo, deadline)


def _todo(
    one: Application,
    cores: dict[int, Form],
    rivals: dict[int, frozenset[str]],
    actor: Actor,
) -> str:
    """Whose turn it is, in words, and what is left to do."""
    match S(one.state):
        case S.DRAFT:
            facts = Facts(
                academy=one.academy.code,
                inspectors=len(one.inspectors.all()),
                rivals=rivals.get(one.pk, frozenset()),
            )
            said = {each.field: each.value for each in one.answers.all()}
            count = len(missing(cores[one.campaign_id], form_of(one.questionnaire), said, facts))
            left = plural(count, "point manque", "points manquent") if count else "à soumettre"
            return left if one.is_mine else f"ses auteurs : {left}"  # type: ignore[attr-defined]
        case S.AWAITING_AGREEMENT:
            waited = [each for each in one.inspectors.all() if each.agreed_at is None]
            mine = any(each.person_id == actor.person for each in waited)
            return "votre accord" if mine else f"accord {of(names(each.person for each in waited))}"
        case S.AWAITING_VISA:
            return f"visa du DAN {of(one.academy.name)}"
    return ""
