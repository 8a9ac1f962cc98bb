"""What the groups' calendar awaits from a person: the next meeting, the next due date, what is
late."""

from datetime import datetime, timedelta

from django.urls import reverse

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.desk.items import Item
from traam.groups.models import Meeting
from traam.groups.queries import dues, meetings
from traam.groups.queries.dues import Owed
from traam.groups.rules.life import Answer
from traam.kit.text import day, instant, plural, relative, sentence
from traam.kit.together import Part

ROOM = "groups"
DOOR_OPENS = timedelta(minutes=30)  # before a meeting, its link comes first


def next_meeting(actor: Actor, now: datetime) -> Part[Item]:
    """The next meeting to which this person is convened; its link when it is about to begin."""
    if not actor.may("team.read"):
        return
    coming = yield from meetings.next_for(actor, now=now)
    if not coming:
        return
    first, page = coming[0], reverse("meeting", kwargs={"key": coming[0].pk})
    if first.link and first.starts_at - DOOR_OPENS <= now:
        yield Item(
            f"Réunion : {first.title}", _when(first, now), "Se connecter", ROOM, at=first.link
        )
        return
    awaited = [one for one in coming if one.my_answer == Answer.AWAITED]  # type: ignore[attr-defined]
    shown = awaited[0] if awaited else first
    more = _other_answers(len(awaited) - 1)
    yield Item(
        f"{'Viendrez-vous ? ' if awaited else 'Prochaine réunion : '}{shown.title}",
        f"{_when(shown, now)}{more}",
        "Répondre" if awaited else "Voir la réunion",
        ROOM,
        at=reverse("meeting", kwargs={"key": shown.pk}) if awaited else page,
    )


def _other_answers(count: int) -> str:
    """That other meetings wait too: the date that is said is the first one's alone."""
    if count < 1:
        return ""
    others = plural(count, "autre réunion attend", "autres réunions attendent")
    return f" {others} aussi votre réponse."


def _when(meeting: Meeting, now: datetime) -> str:
    if meeting.starts_at <= now:
        return f"Elle a commencé {relative(meeting.starts_at, now)}."
    return f"{sentence(instant(meeting.starts_at))} ({relative(meeting.starts_at, now)})."


def meetings_to_close(actor: Actor, now: datetime) -> Part[Item]:
    """The meetings that took place and that nobody has declared held."""
    if not (actor.may("group.lead") or actor.may("team.edit")):
        return
    for one in (yield meetings.to_close(actor, now=now)):
        yield Item(
            f"Présences à relever : {one.title}",
            f"La réunion est finie {relative(one.ends_at, now)}.",
            "Relever les présences",
            ROOM,
            at=reverse("meeting_hold", kwargs={"key": one.pk}),
        )


def due_dates(actor: Actor, now: datetime) -> Part[Item]:
    """The next due date of one's team; for an inspector, what the teams they follow let pass."""
    if not actor.may("team.write"):
        return
    owed = yield from dues.owed_by(actor, today=actor.today)
    mine = [one for one in owed if one.role != Role.INSPECTOR]
    if mine:
        yield _next(mine[0], actor)
    for one in owed:
        if one.role == Role.INSPECTOR and one.due.due_on < actor.today:
            yield Item(
                f"Échéance passée, équipe {one.team.named} : {one.due.title}",
                f"{_theme(one)} : elle était pour le {day(one.due.due_on)}. Les référents sont "
                "prévenus.",
                "Voir le calendrier",
                ROOM,
                at=_calendar(one),
            )


def _next(one: Owed, actor: Actor) -> Item:
    is_late = one.due.due_on < actor.today
    said = "Échéance passée" if is_late else "Prochaine échéance"
    left = (one.due.due_on - actor.today).days
    when = day(one.due.due_on)
    text = f"{_theme(one)} : " + (
        f"elle était pour le {when}." if is_late else f"pour le {when}{_left(left)}."
    )
    return Item(f"{said} : {one.due.title}", text, "Voir le calendrier", ROOM, at=_calendar(one))


def _theme(one: Owed) -> str:
    """A person may be in several teams of one academy: each has its theme."""
    return one.due.group.theme.shown_title


def _left(days: int) -> str:
    return f" (dans {plural(days, 'jour')})" if days else " (aujourd’hui)"


def _calendar(one: Owed) -> str:
    page = reverse("group_calendar", kwargs={"code": one.due.group.code})
    return f"{page}#equipe-{one.team.pk}"


def late_dates(actor: Actor, now: datetime) -> Part[Item]:
    """For the pilots, what was escalated to them and is not met yet."""
    if not actor.may("participation.launch"):
        return
    late = yield from dues.late_for_pilot(today=actor.today)
    for due, count in late.items():
        yield Item(
            f"{plural(count, 'équipe')} en retard : {due.title}",
            f"{due.group.theme.shown_title} : l’échéance était pour le {day(due.due_on)}. Les "
            "référents et les inspecteurs sont prévenus.",
            "Voir le calendrier",
            ROOM,
            at=reverse("group_calendar", kwargs={"code": due.group.code}),
        )
