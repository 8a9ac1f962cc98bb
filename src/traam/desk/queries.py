"""« Ma journée »: what awaits a person, the campaigns they lead, mandates, doors, messages."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from traam.access.actor import Actor, Mandate
from traam.catalogue.queries import works_by
from traam.desk import preparation
from traam.desk.awaiting import awaiting
from traam.desk.course import Course, courses
from traam.desk.followed import Inspected, Share, inspected, shares
from traam.desk.items import Item
from traam.desk.year import Step, steps_for
from traam.kit.layout import find
from traam.kit.text import of, plural, sentence
from traam.kit.together import Asking, answer, gather
from traam.people.naming import Names, names_of_limits, said_limits
from traam.people.queries import Given, delegations_given, names_of
from traam.people.reach import Limits
from traam.people.rules import Period, said
from traam.post.queries import for_person
from traam.post.texts import text_of
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary

MESSAGES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Door:
    """A useful address, and what is behind it."""

    label: str
    href: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate as its holder reads it."""

    role: str
    scopes: str
    period: str
    state: str  # « en cours », « à venir », « fini »
    is_in_force: bool
    delegated_by: str = ""
    delegated_to: tuple[Door, ...] = ()  # each leads to where it is withdrawn
    delegate: str = ""  # where it is delegated; empty when it may not be


@dataclass(frozen=True, slots=True)
class Heard:
    """A message received, by its subject, and where it is read."""

    subject: str
    href: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Day:
    """Everything that the page shows."""

    functions: str
    items: list[Item]
    courses: list[Course]
    shares: list[Share]
    inspected: list[Inspected]
    steps: list[Step]
    mandates: list[Held]
    doors: list[Door]
    messages: list[Heard] = field(default_factory=list)
    all_messages: str = ""


def day_of(actor: Actor, now: datetime) -> Day:
    """The day of a signed-in person."""
    words = vocabulary()
    roles = list(dict.fromkeys(mandate.role for mandate in actor.in_force))
    items, led, local, teams, given, named, messages = answer(_asked(actor, now))
    return Day(
        functions=sentence(", ".join(role.label for role in roles)),
        items=items,
        courses=led,
        shares=local,
        inspected=teams,
        steps=steps_for(roles),
        mandates=_mandates(actor, words, given, named),
        doors=_doors(actor, words),
        messages=messages,
        all_messages=find("my_messages"),
    )


_Read = tuple[
    list[Item], list[Course], list[Share], list[Inspected], list[Given], Names, list[Heard]
]


def _asked(actor: Actor, now: datetime) -> Asking[_Read]:
    """What awaits, the campaigns led, those of one's academies, the teams inspected, the
    delegations given, what the scopes of mandates are called, the messages."""
    parts: list[Asking[Any]] = [
        awaiting(actor, now),
        courses(actor, now),
        shares(actor),
        inspected(actor),
        delegations_given(actor.person or 0, actor.today),
        names_of_limits(one for each in actor.mandates for one in _limits(each).rows()),
        _messages(actor),
    ]
    items, led, local, teams, given, named, messages = yield from gather(parts)
    return items, led, local, teams, given, named, messages


def _mandates(actor: Actor, words: Vocabulary, given: list[Given], named: Names) -> list[Held]:
    names = names_of(each.delegated_by for each in actor.mandates if each.delegated_by)
    return [
        Held(
            role=each.role.label,
            scopes=said_limits(_limits(each), words=words, names=named),
            period=said(Period(each.starts_on, each.ends_on)),
            state=_state(each, actor.today),
            is_in_force=each.in_force(actor.today),
            delegated_by=names.get(each.delegated_by or 0, ""),
            delegated_to=_given(each, given),
            delegate=_delegate(each, actor.today),
        )
        for each in actor.mandates
    ]


def _given(mandate: Mandate, given: list[Given]) -> tuple[Door, ...]:
    """To whom this mandate is delegated; one exercised for someone else shows nothing."""
    if mandate.delegated_by is not None:
        return ()
    return tuple(
        Door(
            f"{each.to}, {said(each.period)}",
            reverse("withdraw_delegation", kwargs={"key": each.key}),
        )
        for each in given
        if each.mandate == mandate.key
    )


def _delegate(mandate: Mandate, today: date) -> str:
    is_over = mandate.ends_on is not None and mandate.ends_on <= today
    if mandate.delegated_by is not None or is_over:
        return ""
    return reverse("delegate", kwargs={"key": mandate.key})


def _state(mandate: Mandate, today: date) -> str:
    if mandate.in_force(today):
        return "en cours"
    return "à venir" if mandate.starts_on > today else "fini"


def _limits(mandate: Mandate) -> Limits:
    return Limits(
        academies=mandate.academies,
        disciplines=mandate.disciplines,
        themes=mandate.themes,
        teams=mandate.teams,
    )


def _academy(code: str, words: Vocabulary) -> str:
    entry = words.academy(code)
    return entry.name if entry else code


def _discipline(code: str, words: Vocabulary) -> str:
    term = words.term(scheme="disciplines", code=code)
    return term.label if term else code


def _published(count: int) -> str:
    if not count:
        return "Rien n’y est encore publié."
    return f"{plural(count, 'notice')} au catalogue."


def _search(**filters: str) -> str:
    return f"{reverse('search')}?{urlencode(filters)}"


def _doors(actor: Actor, words: Vocabulary) -> list[Door]:
    """Where this person will often go: their academies, their disciplines, the campaigns."""
    academies = sorted({code for each in actor.in_force for code in each.academies})
    disciplines = sorted({code for each in actor.in_force for code in each.disciplines})
    in_academy = works_by("academie") if academies else {}
    in_discipline = works_by("discipline") if disciplines else {}
    return [
        *(
            Door(
                sentence(f"académie {of(_academy(code, words))}"),
                reverse("academy", kwargs={"code": code}),
                _published(in_academy.get(code, 0)),
            )
            for code in academies
        ),
        *(
            Door(
                _discipline(code, words),
                _search(discipline=code),
                _published(in_discipline.get(code, 0)),
            )
            for code in disciplines
        ),
        *_answers(actor),
        Door("Campagnes", reverse("campaigns"), "Année par année, les thèmes et les académies."),
        Door("Dernières notices", _search(tri="recent"), "Ce qui vient d’entrer au catalogue."),
        *_figures(actor),
        *_rooms(actor),
    ]


def _answers(actor: Actor) -> list[Door]:
    """An academy's side of a call: whoever has begun nothing yet is awaited by nothing here."""
    doors = []
    if actor.may("application.begin") or actor.may("application.endorse"):
        text = "Répondre à un appel ouvert, et suivre ce qui est commencé."
        doors.append(Door("Candidatures", reverse("applications"), text))
    if actor.may("decision.read") and not actor.may("decision.follow"):
        text = "Ce qui vous a été annoncé, les remarques, le droit de réponse."
        doors.append(Door("Décisions", reverse("decisions"), text))
    return doors


def _figures(actor: Actor) -> list[Door]:
    """The indicators, for who reads the rows behind them; others have the site map."""
    if not actor.may("indicators.read"):
        return []
    text = "Ce que chaque campagne produit, chiffre par chiffre, avec les lignes qu’il compte."
    return [Door("Indicateurs", find("indicators"), text)]


def _rooms(actor: Actor) -> list[Door]:
    """« Préparation » for who opens it; for a DAN, the one room of it that is theirs too."""
    if preparation.is_open_to(actor):
        text = "Chargements, référentiels, personnes, suivi du service."
        return [Door("Préparation", find("preparation"), text)]
    if any(actor.may(right) for right in ("theme.submit", "theme.sign_ig")):
        text = "Les campagnes en préparation, leurs thèmes, ce que chaque appel attend."
        return [Door("Campagnes menées", find("prepared_campaigns"), text)]
    if actor.may("people.invite"):
        text = "Les comptes et les mandats de votre académie : inviter, donner un mandat."
        return [Door("Personnes", find("people"), text)]
    return []


def _messages(actor: Actor) -> Asking[list[Heard]]:
    latest = yield for_person(actor.person or 0)[:MESSAGES_SHOWN]
    return [
        Heard(
            text_of(kind=each.kind, params=each.params).subject,
            reverse("my_message", kwargs={"message": each.pk}),
            each.created_at,
        )
        for each in latest
    ]
