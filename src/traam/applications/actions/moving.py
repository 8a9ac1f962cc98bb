"""An application is submitted, agreed to, sent back, taken back, withdrawn, restored, reopened."""

from datetime import datetime

from django.db import IntegrityError, transaction

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.policy import holder, opening_mandates
from traam.access.web import require
from traam.applications import acts, telling
from traam.applications.actions.people import need_depositor
from traam.applications.models import Application, NamedInspector
from traam.applications.queries import people
from traam.applications.queries.answers import missing_of
from traam.applications.queries.calls import day_of, deadline_of
from traam.applications.rules.life import APPLICATION_LIFE, AWAITING, LIVING, ApplicationState
from traam.campaigns.rules.life import ANNOUNCED_ON
from traam.kit.refusals import Refusal
from traam.kit.text import of
from traam.people.models import User

S = ApplicationState
WOULD_LAPSE = (
    "L’appel est clos : les auteurs ne pourraient plus rien modifier. Demandez d’abord au pilotage "
    "national plus de temps pour l’académie."
)
ANNOUNCED = "Les décisions sont annoncées : une candidature ne change plus."


@transaction.atomic
def submit(
    *, application: Application, now: datetime, actor: Actor | None, channel: str = ""
) -> None:
    """Ask the named inspectors for their agreement; refused with all that is missing. Twice is
    once. Raises `NotAllowed` or `Refusal`."""
    held = acts.held(application)
    if held.state == S.AWAITING_AGREEMENT and _is_writer(held, actor):
        return
    channel = acts.need_channel(channel)
    behalf = acts.may_write(held, "application.submit", actor=actor, channel=channel)
    acts.need_open(held, now=now)
    if actor is not None:
        need_depositor(held, actor)
    if lacking := missing_of(held, today=day_of(now)):
        raise Refusal(*(one.sentence for one in lacking))
    acts.move(held, "submit", now=now)
    held.inspectors.update(agreed_at=None)
    event = acts.note(
        "application.submit", held, actor=actor, now=now, behalf=behalf, channel=channel
    )
    until = deadline_of(held).grace_ends_at
    assert until is not None  # the call is open
    telling.submitted(held, event=event, now=now, today=day_of(now), until=until)


def _is_writer(held: Application, actor: Actor | None) -> bool:
    return actor is None or actor.person in acts.writers_place(held).authors


@transaction.atomic
def take_back(*, application: Application, now: datetime, actor: Actor | None) -> None:
    """Its author takes it back to write in it; agreements are void, inspectors and delegates told.

    Twice is once. Raises `NotAllowed` or `Refusal`.
    """
    held = acts.held(application)
    if held.state == S.DRAFT and _is_writer(held, actor):
        return
    _need_author(held, actor)
    acts.need_open(held, now=now)
    told = _now_awaited(held, now)
    before = acts.move(held, "take_back", now=now)
    held.inspectors.update(agreed_at=None)
    state = {"state": before}
    event = acts.note("application.take_back", held, actor=actor, now=now, before=state)
    telling.tell(held, told, "applications/taken_back", event=event, now=now)


def _need_author(held: Application, actor: Actor | None) -> None:
    """The right to submit, whatever the state: the table of moves judges it."""
    if actor is not None:
        place = acts.writers_place(held)
        draft = Place(
            academies=place.academies, authors=place.authors, state=S.DRAFT, flags=place.flags
        )
        if not actor.allows("application.enter_on_behalf", place):
            require(actor, "application.submit", draft)
        need_depositor(held, actor)


def _now_awaited(held: Application, now: datetime) -> list[int]:
    """Whose turn it is: they no longer have to act."""
    if held.state == S.AWAITING_VISA:
        return people.delegates(academy=held.academy.code, today=day_of(now))
    return people.inspectors(held, today=day_of(now))


@transaction.atomic
def agree(
    *,
    application: Application,
    now: datetime,
    actor: Actor | None,
    on_behalf_of: User | None = None,
    channel: str = "",
) -> None:
    """A named inspector agrees; once all have, the delegate is asked for the visa. Twice is once.

    `on_behalf_of`, `channel`: an agreement given by letter or mail and entered by those who may.
    Raises `NotAllowed` or `Refusal`.
    """
    held = acts.held(application)
    channel = acts.need_channel(channel)
    row = _agreeing(held, actor, on_behalf_of)
    if row.agreed_at is not None:
        return
    acts.need_time(held, now=now)
    row.agreed_at = now
    row.save(update_fields=["agreed_at"])
    everyone = not held.inspectors.filter(agreed_at=None).exists()
    if everyone:
        acts.move(held, "agree", now=now)
    behalf = row.person_id if row.person_id != acts.person_of(actor) else None
    event = acts.note(
        "application.agree", held, actor=actor, now=now, behalf=behalf, channel=channel
    )
    if behalf is not None:
        telling.agreed_for(held, behalf, event=event, now=now)
    if everyone:
        until = deadline_of(held).grace_ends_at
        assert until is not None
        telling.agreed(held, event=event, now=now, today=day_of(now), until=until)


def _agreeing(held: Application, actor: Actor | None, on_behalf_of: User | None) -> NamedInspector:
    """The row of whoever agrees. Raises `NotAllowed`, or `Refusal` when they are not named."""
    rows = {one.person_id: one for one in held.inspectors.order_by("pk")}
    if on_behalf_of is not None:
        acts.allowed(held, "application.enter_on_behalf", actor=actor)
        if held.state != S.AWAITING_VISA:
            APPLICATION_LIFE.after(ApplicationState(held.state), "agree")
        if on_behalf_of.pk not in rows:
            raise Refusal(f"{on_behalf_of} n’est pas désigné·e par cette candidature.")
        return rows[on_behalf_of.pk]
    if actor is None:
        raise Refusal("Dites au nom de qui l’accord est donné.")
    own = rows.get(actor.person or 0)
    if own is not None and own.agreed_at is not None and held.state in AWAITING:
        return own
    acts.allowed(held, "application.agree", actor=actor)
    place = held.place()
    names = [holder(actor, one) for one in opening_mandates(actor, "application.agree", place)]
    mine = [rows[key] for key in names if key in rows]
    return next((one for one in mine if one.agreed_at is None), mine[0])


@transaction.atomic
def send_back(*, application: Application, reason: str, now: datetime, actor: Actor | None) -> None:
    """The inspector or the delegate sends it back to its authors, who read why. The agreements are
    void. Raises `NotAllowed` or `Refusal`."""
    held = acts.held(application)
    why = acts.need_reason(reason)
    behalf = acts.allowed(held, "application.return", actor=actor)
    if not deadline_of(held).is_open(now):
        raise Refusal(WOULD_LAPSE)
    before = acts.move(held, "return", now=now, rank=None)
    held.inspectors.update(agreed_at=None)
    event = acts.note(
        "application.return",
        held,
        actor=actor,
        now=now,
        behalf=behalf,
        reason=why,
        before={"state": before},
    )
    agreed = before != S.AWAITING_AGREEMENT
    to = {
        *people.authors(held),
        *(people.inspectors(held, today=day_of(now)) if agreed else ()),
    }
    telling.tell(held, to, "applications/returned", event=event, now=now)


@transaction.atomic
def withdraw(*, application: Application, reason: str, now: datetime, actor: Actor | None) -> None:
    """It answers the call no more; all around it are told. Twice is once."""
    held = acts.held(application)
    behalf = acts.allowed(held, "application.withdraw", actor=actor)
    if held.state == S.WITHDRAWN:
        return
    why = acts.need_reason(reason)
    before = acts.move(held, "withdraw", now=now, rank=None)
    event = acts.note(
        "application.withdraw",
        held,
        actor=actor,
        now=now,
        behalf=behalf,
        reason=why,
        before={"state": before},
    )
    to = telling.around(held, today=day_of(now))
    telling.tell(held, to, "applications/withdrawn", event=event, now=now)


def restore(*, application: Application, reason: str, now: datetime, actor: Actor | None) -> None:
    """A withdrawn application is a draft again; its authors are told. Raises `Refusal` when the
    call is closed for its academy, or another answers the theme now."""
    _again(application, "restore", reason, now=now, actor=actor)


def reopen(*, application: Application, reason: str, now: datetime, actor: Actor | None) -> None:
    """A lapsed or deposited application is a draft again; the same conditions."""
    _again(application, "reopen", reason, now=now, actor=actor)


def _again(
    application: Application, step: str, reason: str, *, now: datetime, actor: Actor | None
) -> None:
    with transaction.atomic():
        held = acts.held(application)
        behalf = acts.allowed(held, "application.reopen", actor=actor)
        why = acts.need_reason(reason)
        if held.campaign.state in ANNOUNCED_ON:
            raise Refusal(ANNOUNCED)
        if not deadline_of(held).is_open(now):
            raise Refusal(WOULD_LAPSE)
        if held.state not in LIVING:
            _refuse_second(held)
        before = _moved_back(held, step, now=now)
        held.inspectors.update(agreed_at=None)
        event = acts.note(
            "application.restore" if step == "restore" else "application.reopen",
            held,
            actor=actor,
            now=now,
            behalf=behalf,
            reason=why,
            before={"state": before},
        )
        to = telling.around(held, today=day_of(now))
        telling.tell(held, to, "applications/reopened", event=event, now=now)


def _refuse_second(held: Application) -> None:
    others = Application.objects.filter(theme=held.theme, academy=held.academy)
    if other := others.filter(state__in=sorted(LIVING)).exclude(pk=held.pk).first():
        raise Refusal(
            f"L’académie {of(held.academy.name)} a depuis une autre candidature sur ce thème "
            f"({other.code}) : une seule est attendue."
        )


def _moved_back(held: Application, step: str, *, now: datetime) -> str:
    try:
        with transaction.atomic():
            return acts.move(held, step, now=now, rank=None)
    except IntegrityError:  # begun by someone else since it was looked for
        raise Refusal("Cette académie vient de commencer une autre candidature.") from None
