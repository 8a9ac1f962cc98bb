"""The questions of a call are composed, and published: no answer already given is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from traam.access.actor import Actor
from traam.access.web import require
from traam.applications import acts, telling
from traam.applications.models import Answer, Application
from traam.applications.queries import people
from traam.applications.queries.calls import draft, form_of, published
from traam.applications.rules.life import AWAITING, ApplicationState
from traam.applications.rules.migration import Loss, Migration, migrate
from traam.applications.writing import keep
from traam.campaigns.models import Campaign, Questionnaire
from traam.campaigns.rules.default_form import CORE_FIELDS
from traam.campaigns.rules.form_changes import FormChange, difference
from traam.campaigns.rules.form_faults import faults
from traam.campaigns.rules.questions import Form
from traam.campaigns.rules.signing import digest_of
from traam.journal.actions import record
from traam.kit.refusals import Refusal

NO_DRAFT = "Il n’y a pas de questions à publier : modifiez-les d’abord."


@dataclass(frozen=True, slots=True)
class FileLoss:
    """An application, and what it would lose."""

    code: str
    academy: str
    lost: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication would do: the difference, how many applications it would carry over, of
    which some already await an agreement or a visa, and what would be lost (then it is refused)."""

    change: FormChange
    file_count: int
    awaiting_count: int
    losses: tuple[FileLoss, ...]
    faults: tuple[str, ...] = ()

    @property
    def may_be_published(self) -> bool:
        return not self.losses and not self.faults

    def reasons(self) -> list[str]:
        """Why it is refused, in French."""
        told = [
            f"{one.code} ({one.academy}) : {loss.sentence}"
            for one in self.losses
            for loss in one.lost
        ]
        return [*self.faults, *told]


@transaction.atomic
def edit_questionnaire(
    *, campaign: Campaign, form: Form, now: datetime, actor: Actor | None
) -> Questionnaire:
    """Keep these questions as the draft of the next version; what is published is asked meanwhile.

    Raises `NotAllowed`, or `Refusal` with every fault of the form.
    """
    held = _held(campaign, actor)
    if found := faults(form, reserved=CORE_FIELDS):
        raise Refusal(*found)
    content = form.as_data()
    digest = digest_of(content)
    kept = draft(held)
    if kept is None:
        last = held.questionnaires.order_by("-number", "pk").first()
        number = last.number + 1 if last else 1
        kept = Questionnaire(campaign=held, number=number)
    elif kept.digest == digest:
        return kept
    kept.content, kept.digest = content, digest
    kept.save()
    _note("questionnaire.edit", kept, actor=actor, now=now)
    return kept


def _held(campaign: Campaign, actor: Actor | None) -> Campaign:
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if actor is not None:
        require(actor, "campaign.prepare", held.place())
    return held


def _note(verb: str, kept: Questionnaire, *, actor: Actor | None, now: datetime) -> None:
    record(
        actor=acts.person_of(actor),
        verb=verb,
        subject=f"questionnaire:{kept.campaign.year}",
        now=now,
        after={"number": kept.number, "digest": kept.digest},
    )


@transaction.atomic
def drop_draft(*, campaign: Campaign, now: datetime, actor: Actor | None) -> None:
    """Give up the draft; what is published stays. Twice is once."""
    kept = draft(_held(campaign, actor))
    if kept is not None:
        _note("questionnaire.drop", kept, actor=actor, now=now)
        kept.delete()


def foresee_publication(*, campaign: Campaign) -> Publication:
    """What publishing the draft would change and lose. Writes nothing. Raises `Refusal` when there
    is no draft."""
    kept = draft(campaign)
    if kept is None:
        raise Refusal(NO_DRAFT)
    return _Carrying(campaign, kept).foreseen()


class _Carrying:
    """Every application of a campaign, carried from its questions to the new ones: two queries."""

    def __init__(self, campaign: Campaign, kept: Questionnaire) -> None:
        self.campaign, self.kept, self.form = campaign, kept, form_of(kept)
        files = Application.objects.filter(campaign=campaign)
        self.files = list(
            files.select_related("questionnaire", "academy", "theme", "campaign").order_by("pk")
        )
        self.answers = _answers(campaign)
        self.forms: dict[int, Form] = {}

    def migrations(self) -> list[tuple[Application, Migration]]:
        return [
            (one, migrate(self._form(one.questionnaire), self.form, self._said(one)))
            for one in self.files
        ]

    def _form(self, questionnaire: Questionnaire) -> Form:
        if questionnaire.pk not in self.forms:
            self.forms[questionnaire.pk] = form_of(questionnaire)
        return self.forms[questionnaire.pk]

    def _said(self, one: Application) -> dict[str, Any]:
        return {field: answer.value for field, answer in self.answers.get(one.pk, {}).items()}

    def foreseen(self) -> Publication:
        before = published(self.campaign)
        carried = self.migrations()
        return Publication(
            change=difference(form_of(before) if before else Form(), self.form),
            file_count=len(carried),
            awaiting_count=sum(one.state in AWAITING for one, _ in carried),
            losses=tuple(
                FileLoss(one.code, one.academy.name, made.lost)
                for one, made in carried
                if made.lost
            ),
            faults=tuple(faults(self.form, reserved=CORE_FIELDS)),
        )


def _answers(campaign: Campaign) -> Mapping[int, dict[str, Answer]]:
    found: dict[int, dict[str, Answer]] = {}
    for answer in Answer.objects.filter(application__campaign=campaign).order_by("pk"):
        found.setdefault(answer.application_id, {})[answer.field] = answer
    return found


@transaction.atomic
def publish_questionnaire(
    *, campaign: Campaign, now: datetime, actor: Actor | None
) -> Questionnaire:
    """Ask the draft's questions from now on; the applications already begun follow, each answer
    under its identity, and their authors are told. Twice is once.

    Raises `NotAllowed`, or `Refusal` with all that would be lost.
    """
    held = _held(campaign, actor)
    kept = draft(held)
    if kept is None:
        if (present := published(held)) is not None:
            return present
        raise Refusal(NO_DRAFT)
    list(Application.objects.filter(campaign=held).select_for_update(of=("self",)).order_by("pk"))
    carrying = _Carrying(held, kept)
    foreseen = carrying.foreseen()
    if not foreseen.may_be_published:
        raise Refusal(*foreseen.reasons())
    kept.published_at = now
    kept.save(update_fields=["published_at"])
    for one, made in carrying.migrations():
        _rewrite(one, made, carrying.answers.get(one.pk, {}), actor=actor, now=now)
    Application.objects.filter(campaign=held).update(questionnaire=kept)
    _note("questionnaire.publish", kept, actor=actor, now=now)
    _tell(carrying.files, kept, foreseen, actor=actor, now=now)
    return kept


def _rewrite(
    one: Application,
    made: Migration,
    answers: Mapping[str, Answer],
    *,
    actor: Actor | None,
    now: datetime,
) -> None:
    """The answers whose shape changes with their question; the earlier shape stays a version."""
    for field in sorted(made.changed):
        version = answers[field].version + 1
        person = acts.person_of(actor)
        value = made.answers[field]
        keep(one.pk, field=field, value=value, version=version, person=person, now=now)


def _tell(
    files: list[Application],
    kept: Questionnaire,
    foreseen: Publication,
    *,
    actor: Actor | None,
    now: datetime,
) -> None:
    """The authors whose draft is asked something else."""
    if foreseen.change.is_empty:
        return
    for one in files:
        if one.state == ApplicationState.DRAFT:
            after = {"number": kept.number}
            event = acts.note("application.carry_over", one, actor=actor, now=now, after=after)
            to = people.authors(one)
            telling.tell(one, to, "applications/questions_changed", event=event, now=now)
