"""The rows of the list, ready to be read: the few queries of a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from traam.access.actor import Actor
from traam.applications.models import AnswerVersion, Application, Author, NamedInspector
from traam.applications.queries.calls import core_of, day_of, deadline_of, form_of
from traam.applications.rules.answers import Facts, missing
from traam.applications.rules.life import ApplicationState
from traam.applications.screens.editing import UNTITLED, names, of
from traam.applications.screens.listing import Applications, standing
from traam.campaigns.rules.questions import Form
from traam.kit.text import plural, short_instant

S = ApplicationState


@dataclass(frozen=True, slots=True)
class Row:
    """An application in the list: its state and how long, what to do and until when."""

    application: Application
    title: str
    standing: str
    todo: str
    deadline: str


def with_all(found: Applications) -> Applications:
    """What the rows read, in a fixed number of queries."""
    return found.select_related("extension", "questionnaire").prefetch_related(
        "campaign__milestones",
        "answers",
        Prefetch("authors", Author.objects.select_related("person")),
        Prefetch("inspectors", NamedInspector.objects.select_related("person")),
    )


def rows(page: Iterable[Application], *, actor: Actor, now: datetime) -> list[Row]:
    shown = list(page)
    rivals = _rivals(shown)
    cores = {one.campaign_id: one.campaign for one in shown if one.state == S.DRAFT}
    forms = {key: core_of(campaign, today=day_of(now)) for key, campaign in cores.items()}
    return [_row(one, forms, rivals, actor=actor, now=now) for one in shown]


def _rivals(shown: list[Application]) -> dict[int, frozenset[str]]:
    """The fields of each draft where two texts wait."""
    drafts = [one.pk for one in shown if one.state == S.DRAFT]
    found: dict[int, frozenset[str]] = {}
    waiting = AnswerVersion.objects.filter(
        application__in=drafts, is_rival=True, settled_at=None
    ).values_list("application_id", "field")
    for key, field in waiting if drafts else ():
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
            return left if _is_mine(one, actor) else f"ses auteurs : {left}"
        case S.AWAITING_AGREEMENT:
            waited = [each for each in one.inspectors.all() if each.agreed_at is None]
            mine = any(each.person_id == actor.person for each in waited)
            return "votre accord" if mine else f"accord de {names(each.person for each in waited)}"
        case S.AWAITING_VISA:
            return f"visa du DAN {of(one.academy.name)}"
    return ""


def _is_mine(one: Application, actor: Actor) -> bool:
    return any(each.person_id == actor.person for each in one.authors.all())
