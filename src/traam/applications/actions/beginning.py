"""An application is begun: empty, or with what was said last year."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from traam.access.actor import Actor
from traam.access.place import Flag, Place
from traam.access.web import require
from traam.applications import acts
from traam.applications.models import Application, Author, Extension
from traam.applications.queries import people
from traam.applications.queries.answers import answers_of
from traam.applications.queries.calls import (
    core_of,
    day_of,
    deadline_for,
    extension_of,
    form_of,
    published,
)
from traam.applications.rules.answers import has_shape, is_blank
from traam.applications.rules.migration import NONE, carry
from traam.applications.writing import keep
from traam.campaigns.models import Campaign, Questionnaire, Theme, campaign_flags
from traam.campaigns.rules.default_form import DEFAULT_FORM, NOT_CLONED
from traam.campaigns.rules.questions import Form, joined
from traam.campaigns.rules.signing import TextState, digest_of
from traam.kit.refusals import Refusal
from traam.kit.text import of
from traam.people.models import User
from traam.reference.models import Academy

NOT_PROPOSED = "Ce thème n’est pas proposé : il est retiré, ou ses signatures manquent."
NOT_WRITER = (
    "La personne au nom de qui la candidature est saisie doit avoir un mandat d’enseignant·e, de "
    "référent·e, d’IAN ou d’inspection dans cette académie."
)


@transaction.atomic
def begin(
    *,
    theme: Theme,
    academy: Academy,
    now: datetime,
    actor: Actor | None,
    clone_from: Application | None = None,
    channel: str = "",
    on_behalf_of: User | None = None,
) -> Application:
    """A draft, whose one author may submit it; the very same begun twice is one.

    `channel`: « courriel du 3 avril », when it is entered for `on_behalf_of` from a letter or a
    mail. Raises `NotAllowed`, or `Refusal` when the call is not open, or has this academy's answer.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=theme.campaign_id)
    channel = acts.need_channel(channel)
    extension = extension_of(campaign=campaign, academy=academy.pk)
    behalf = _allowed(campaign, academy, extension, actor=actor, channel=channel)
    limit = deadline_for(campaign, extension=extension)
    if not limit.is_open(now):
        raise Refusal(limit.why_closed(now))
    if theme.state != TextState.SIGNED_TWICE:
        raise Refusal(NOT_PROPOSED)
    author = _author(academy, on_behalf_of, actor=actor, behalf=behalf, now=now)
    if found := _living(theme, academy):
        return _same_or_refused(found, author)
    made = _made(theme, academy, campaign, now=now, extension=extension, channel=channel)
    if author is not None:
        Author.objects.create(application=made, person_id=author, deposits=True)
    if clone_from is not None:
        _clone(made, clone_from, actor=actor, now=now)
    after = {"theme": theme.code, "academy": academy.code}
    if clone_from is not None:
        after["from"] = clone_from.code
    acts.note(
        "application.begin",
        made,
        actor=actor,
        now=now,
        behalf=on_behalf_of.pk if on_behalf_of else behalf,
        channel=channel,
        after=after,
    )
    return made


def _allowed(
    campaign: Campaign,
    academy: Academy,
    extension: Extension | None,
    *,
    actor: Actor | None,
    channel: str,
) -> int | None:
    if actor is None:
        return None
    flags = campaign_flags(campaign.state)
    if extension is not None and not extension.is_over:
        flags -= {Flag.CALL_CLOSED}
    place = Place(academies=frozenset({academy.code}), academy_names=(academy.name,), flags=flags)
    right = "application.enter_on_behalf" if channel else "application.begin"
    require(actor, right, place)
    return actor.on_behalf_of(right, place)


def _author(
    academy: Academy,
    on_behalf_of: User | None,
    *,
    actor: Actor | None,
    behalf: int | None,
    now: datetime,
) -> int | None:
    """Whose application it is: the one it is entered for, or the one who begins it."""
    if on_behalf_of is None:
        return behalf or acts.person_of(actor)
    roles = people.WRITING_ROLES
    writers = people.holders(roles=roles, academy=academy.code, today=day_of(now))
    if actor is not None and not writers.filter(pk=on_behalf_of.pk).exists():
        raise Refusal(NOT_WRITER)
    return on_behalf_of.pk


def _living(theme: Theme, academy: Academy) -> Application | None:
    return Application.objects.filter(theme=theme, academy=academy).living().first()


def _same_or_refused(found: Application, author: int | None) -> Application:
    if author is not None and found.authors.filter(person=author).exists():
        return found
    raise Refusal(
        f"L’académie {of(found.academy.name)} a déjà une candidature sur ce thème ({found.code}) : "
        "une seule est attendue. Demandez à ses auteurs ou à ses autrices de vous y associer."
    )


def _made(
    theme: Theme,
    academy: Academy,
    campaign: Campaign,
    *,
    now: datetime,
    extension: Extension | None,
    channel: str,
) -> Application:
    made = Application(
        code=_new_code(campaign, academy),
        campaign=campaign,
        theme=theme,
        academy=academy,
        questionnaire=questions_of(campaign, now=now),
        state_at=now,
        created_at=now,
        extension=extension if extension and not extension.is_over else None,
        channel=channel,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # begun by someone else since it was looked for
        raise Refusal("Cette académie vient de commencer une candidature sur ce thème.") from None
    return made


def _new_code(campaign: Campaign, academy: Academy) -> str:
    """« 2026-2027-09-3 »: the third begun by this academy. The campaign is locked."""
    start = f"{campaign.year}-{academy.code.lower()}-"
    codes = Application.objects.filter(campaign=campaign, code__startswith=start)
    ends = (code.removeprefix(start) for code in codes.values_list("code", flat=True))
    return f"{start}{max((int(end) for end in ends if end.isdecimal()), default=0) + 1}"


def questions_of(campaign: Campaign, *, now: datetime) -> Questionnaire:
    """The published questions; those of `rules.md` where the campaign composed none."""
    found = published(campaign)
    if found is not None:
        return found
    content = DEFAULT_FORM.as_data()
    return Questionnaire.objects.create(
        campaign=campaign,
        number=1 + campaign.questionnaires.count(),
        content=content,
        digest=digest_of(content),
        published_at=now,
    )


def _clone(made: Application, source: Application, *, actor: Actor | None, now: datetime) -> None:
    """Take what last year's said and this year's form still asks; commitments are taken anew."""
    if actor is not None:
        require(actor, "application.read", source.place())
    if source.academy_id != made.academy_id:
        raise Refusal("Une candidature se reprend dans la même académie.")
    said = {field: one for field, one in answers_of(source).items() if field not in NOT_CLONED}
    for field, value in _carried(_forms(source, now), _forms(made, now), said).items():
        person = acts.person_of(actor)
        keep(made.pk, field=field, value=value, version=1, person=person, now=now)
    made.refresh_from_db(fields=["title"])
    if _continues(made, source, said):
        made.continues = source
        made.save(update_fields=["continues"])


def _forms(application: Application, now: datetime) -> Form:
    core = core_of(application.campaign, today=day_of(now))
    return joined(core, form_of(application.questionnaire))


def _carried(old: Form, new: Form, said: Mapping[str, Any]) -> dict[str, Any]:
    made = {}
    for question in new.questions:
        before, value = old.question(question.id), said.get(question.id)
        if before is None or is_blank(value):
            continue
        carried = carry(before, question, value)
        if carried is not NONE and has_shape(question, carried):
            made[question.id] = carried
    return made


def _continues(made: Application, source: Application, said: Mapping[str, Any]) -> bool:
    """Is it the second year of the same work: on the theme that follows, deposited for two years?
    Whether the first year was retained is for the choice to say."""
    follows = made.theme.continues_id is not None and made.theme.continues_id == source.theme_id
    return follows and source.deposited_at is not None and said.get("duration_years") == "two"
