"""The call that an application answers: its deadline, its typed core, its questions."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from traam.applications.models import Application, Extension
from traam.applications.rules.deadline import Deadline, deadline
from traam.campaigns.models import Campaign, Questionnaire
from traam.campaigns.rules.default_form import core_for
from traam.campaigns.rules.questions import Form, Option
from traam.kit.clock import PARIS
from traam.reference.models import Academy, valid_on

FORMS_MAX = 64  # contents kept by a process
_FORMS: dict[str, Form] = {}  # by digest; a form is frozen


def deadline_of(application: Application) -> Deadline:
    """Its own deadline, the extension of its academy included."""
    extension = application.extension
    return deadline_for(application.campaign, extension=extension)


def deadline_for(campaign: Campaign, *, extension: Extension | None) -> Deadline:
    """The deadline of a call for an academy that has this extension, or none."""
    return deadline(
        campaign.calendar,
        grace_hours=campaign.call_rules.grace_hours,
        extended_until=extension.until if extension else None,
    )


def extension_of(*, campaign: Campaign, academy: int) -> Extension | None:
    """The extension of this academy (its key) that was given last, were it over."""
    found = Extension.objects.filter(campaign=campaign, academy=academy)
    return found.order_by("is_over", "-until", "-pk").first()


def extensions_of(
    *, campaigns: Iterable[Campaign], academies: Iterable[int]
) -> dict[tuple[int, int], Extension]:
    """By campaign and academy, the same; one query."""
    found = Extension.objects.filter(
        campaign__in=list(campaigns), academy__in=list(academies)
    ).order_by("-is_over", "until", "pk")
    return {(one.campaign_id, one.academy_id): one for one in found}  # the last one stays


def core_of(campaign: Campaign, *, today: date) -> Form:
    """The typed core, with the numbers and commitments of this campaign and today's academies."""
    return core_with(academy_options(today), campaign)


def core_with(academies: Sequence[Option], campaign: Campaign) -> Form:
    """The same, for who has the academies of the day at hand."""
    rules = campaign.call_rules
    return core_for(team_min=rules.team_min, commitments=rules.commitments, academies=academies)


def academy_options(today: date) -> list[Option]:
    """The academies of that day, as a question offers them."""
    found = Academy.objects.filter(valid_on(today)).order_by("name", "pk")
    return [Option(code, name) for code, name in found.values_list("code", "name")]


def form_of(questionnaire: Questionnaire) -> Form:
    """The questions of this version; read once for each content, since every page asks."""
    known = _FORMS.get(questionnaire.digest)
    return _kept(questionnaire) if known is None else known


def form_of_digest(digest: str, *, questionnaire: int) -> Form:
    """The same by its digest: the row of this key is read only when its content is not known."""
    known = _FORMS.get(digest)
    return _kept(Questionnaire.objects.get(pk=questionnaire)) if known is None else known


def _kept(questionnaire: Questionnaire) -> Form:
    if len(_FORMS) >= FORMS_MAX:
        _FORMS.clear()
    made = _FORMS[questionnaire.digest] = Form.read(questionnaire.content)
    return made


def published(campaign: Campaign) -> Questionnaire | None:
    """The questions that are asked now; None before any was published."""
    found = campaign.questionnaires.filter(published_at__isnull=False)
    return found.order_by("-number", "pk").first()


def draft(campaign: Campaign) -> Questionnaire | None:
    """The questions being composed, if any."""
    return campaign.questionnaires.filter(published_at=None).first()


def day_of(now: datetime) -> date:
    """The day it is in Paris."""
    return now.astimezone(PARIS).date()
