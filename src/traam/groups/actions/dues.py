"""The due dates of a group: set from the campaign's calendar or one by one, changed, met."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.rules.calendar import Milestone
from traam.groups import steps
from traam.groups.actions.meetings import campaign_days
from traam.groups.models import Done, Due, Member, NationalGroup, Team
from traam.groups.rules.calendar import Dated, default_dues, outside
from traam.groups.telling import short
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.clock import day_of
from traam.kit.refusals import Refusal
from traam.kit.text import day as in_words
from traam.post.actions import send
from traam.reference.queries import holidays

TITLE_MAX = 200
LEAD, EDIT = "group.lead", "team.edit"
NO_CALENDAR = (
    "La campagne n’a pas de date de lancement ou de fin : posez chaque échéance à sa date, ou "
    "demandez au pilotage de compléter le calendrier."
)
NO_TITLE = "L’intitulé de l’échéance manque, ou dépasse 200 caractères."
OTHER_GROUP = "Cette équipe n’est pas du groupe dont c’est l’échéance."


def proposed(group: NationalGroup) -> tuple[Dated, ...]:
    """The usual due dates of a group, by its campaign's calendar, outside the holidays of its
    academies. Raises `Refusal` where the campaign has no launch or no end."""
    calendar = group.campaign.calendar
    first, last = calendar.at(Milestone.LAUNCH), calendar.at(Milestone.END)
    if first is None or last is None:
        raise Refusal(NO_CALENDAR)
    known = holidays()
    academies = [one.academy.code for one in group.teams.all() if one.academy is not None]

    def is_off(day: date) -> bool:
        return any(known.off(code, day) for code in academies)

    return default_dues(day_of(first), day_of(last), is_off)


@transaction.atomic
def set_defaults(*, group: NationalGroup, now: datetime, actor: Actor | None) -> list[Due]:
    """The usual due dates; those that the group has already are left as they are."""
    held = steps.held_group(group)
    behalf = allowed(actor, LEAD, held.place())
    made = _set(held, proposed(held), now=now)
    if made:
        _note_set(held, made, actor=actor, behalf=behalf, now=now)
        _tell("groups/dues_set", held, now=now, count=len(made))
    return made


def set_at_launch(*, group: NationalGroup, now: datetime, actor: Actor | None) -> None:
    """What a launch sets: the usual due dates of a group that has none, which the message of the
    launch leads to. Nothing where the campaign's calendar does not say its launch and its end."""
    if Due.objects.filter(group=group).exists():
        return
    try:
        dates = proposed(group)
    except Refusal:
        return
    if made := _set(group, dates, now=now):
        _note_set(group, made, actor=actor, behalf=None, now=now)


def _set(group: NationalGroup, dates: Iterable[Dated], *, now: datetime) -> list[Due]:
    have = set(Due.objects.filter(group=group).values_list("key", flat=True))
    return Due.objects.bulk_create(
        Due(group=group, key=one.key, title=one.title, due_on=one.due_on, changed_at=now)
        for one in dates
        if one.key not in have
    )


def _note_set(
    group: NationalGroup,
    made: list[Due],
    *,
    actor: Actor | None,
    behalf: int | None,
    now: datetime,
) -> None:
    count = {"due": len(made)}
    steps.note("due.set_defaults", group, actor=actor, behalf=behalf, now=now, after=count)


@transaction.atomic
def add_due(
    *, group: NationalGroup, title: str, due_on: date, now: datetime, actor: Actor | None
) -> Due:
    """One more due date, for every team of the group."""
    held = steps.held_group(group)
    behalf = allowed(actor, LEAD, held.place())
    named = _checked(held, title, due_on)
    key = f"echeance-{uuid4().hex[:12]}"
    due = Due.objects.create(group=held, key=key, title=named, due_on=due_on, changed_at=now)
    _note("due.add", due, actor=actor, behalf=behalf, now=now, after={"due_on": str(due_on)})
    _tell(
        "groups/due_added", held, now=now, title=short(named), due_on=in_words(due_on), due=due.pk
    )
    return due


@transaction.atomic
def change_due(*, due: Due, title: str, due_on: date, now: datetime, actor: Actor | None) -> Due:
    """Other words, or another date: told to the référents, and reminded anew. It never slides by
    itself."""
    held = _held(due)
    behalf = allowed(actor, LEAD, held.group.place())
    named = _checked(held.group, title, due_on)
    if (named, due_on) == (held.title, held.due_on):
        return held
    before: dict[str, Scalar] = {"due_on": str(held.due_on)}
    is_moved = held.due_on != due_on
    was = in_words(held.due_on)
    held.title, held.due_on, held.changed_at = named, due_on, now
    held.save(update_fields=["title", "due_on", "changed_at"])
    after: dict[str, Scalar] = {"due_on": str(due_on)}
    _note("due.change", held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    if is_moved:
        given: dict[str, str | int] = {
            "title": short(named),
            "was": was,
            "due_on": in_words(due_on),
            "due": held.pk,
        }
        _tell("groups/due_changed", held.group, now=now, **given)
    return held


@transaction.atomic
def remove_due(*, due: Due, now: datetime, actor: Actor | None) -> None:
    """The group asks for it no more; what was reminded and declared goes with it."""
    held = _held(due)
    group, title = held.group, held.title
    behalf = allowed(actor, LEAD, group.place())
    before: dict[str, Scalar] = {"due_on": str(held.due_on)}
    _note("due.remove", held, actor=actor, behalf=behalf, now=now, before=before)
    gone = held.pk
    held.delete()
    _tell("groups/due_removed", group, now=now, title=short(title), due=gone)


@transaction.atomic
def meet(*, due: Due, team: Team, now: datetime, actor: Actor | None) -> Done:
    """The team has met it: nobody is reminded any more. Twice is once.

    `actor` None: the data show it (a scenario was shared, a synthesis submitted).
    """
    held = _held(due)
    behalf = _edits(actor, held, team)
    done, is_new = Done.objects.get_or_create(
        due=held, team=team, defaults={"done_at": now, "done_by_id": person_of(actor)}
    )
    if is_new:
        after: dict[str, Scalar] = {"team": team.code}
        _note("due.meet", held, actor=actor, behalf=behalf, now=now, after=after)
    return done


@transaction.atomic
def take_back_met(*, due: Due, team: Team, now: datetime, actor: Actor | None) -> None:
    """It was said too soon."""
    held = _held(due)
    behalf = _edits(actor, held, team)
    if Done.objects.filter(due=held, team=team).delete()[0]:
        before: dict[str, Scalar] = {"team": team.code}
        _note("due.take_back", held, actor=actor, behalf=behalf, now=now, before=before)


def met_by_data(*, key: str, team: Team, now: datetime) -> None:
    """What the stages above call when a team does what a due date of this key asks: « shared »,
    « tested », « cross_tested », « synthesis ». Nothing where the group has no such date."""
    due = Due.objects.filter(group=team.group_id, key=key).first()
    if due is not None:
        meet(due=due, team=team, now=now, actor=None)


# -- what every act does


def _held(due: Due) -> Due:
    rows = Due.objects.select_related("group__theme", "group__campaign")
    return rows.select_for_update(of=("self",)).get(pk=due.pk)


def _edits(actor: Actor | None, due: Due, team: Team) -> int | None:
    """Whoever edits the team says so, or whoever leads the group."""
    if team.group_id != due.group_id:
        raise Refusal(OTHER_GROUP)
    place = due.group.place()
    if actor is not None and actor.allows(LEAD, place):
        return allowed(actor, LEAD, place)
    return allowed(actor, EDIT, team.place())


def _checked(group: NationalGroup, title: str, due_on: date) -> str:
    named = " ".join(title.split())
    found = [NO_TITLE] if not named or len(named) > TITLE_MAX else []
    first, last = campaign_days(group)
    if found := [*found, *outside(due_on, first=first, last=last)]:
        raise Refusal(*found)
    return named


def referents_of(teams: Iterable[Team], *, today: date) -> dict[int, list[int]]:
    """By team, its référents today."""
    rows = Member.objects.on(today).filter(
        team__in=list(teams), role=Role.REFERENT, person__is_active=True
    )
    found: dict[int, list[int]] = {}
    for team, person in rows.order_by("pk").values_list("team", "person"):
        if person is not None:
            found.setdefault(team, []).append(person)
    return found


def _tell(kind: str, group: NationalGroup, *, now: datetime, **params: str | int) -> None:
    """The référents of the group's living teams."""
    told = referents_of(Team.objects.living().filter(group=group), today=day_of(now))
    given = {"group": group.code, "theme": short(group.theme.shown_title), **params}
    for person in sorted({one for people in told.values() for one in people}):
        send(
            to=person,
            kind=kind,
            params=given,
            key=f"{kind}:{params.get('due', group.pk)}:{now.timestamp():.6f}:{person}",
            now=now,
        )


def _note(
    verb: str,
    due: Due,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: dict[str, Scalar] | None = None,
    after: dict[str, Scalar] | None = None,
) -> None:
    acting.note(
        verb, f"due:{due.pk}", actor=actor, now=now, behalf=behalf, before=before, after=after
    )
