"""The people of an application: who writes it, who is asked to agree, and who else might be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from traam.access.actor import Actor
from traam.applications.forms.acts import PersonForm
from traam.applications.queries.calls import day_of
from traam.applications.queries.people import may_agree, may_join
from traam.applications.screens.editing import File
from traam.kit.jinja import url


@dataclass(frozen=True, slots=True)
class Writer:
    """Someone who writes it."""

    key: int
    name: str
    deposits: bool
    may_remove: bool


@dataclass(frozen=True, slots=True)
class Named:
    """An inspector who is asked to agree."""

    key: int
    name: str
    agreed: bool
    may_remove: bool
    by: str = ""  # who agreed in their name


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Both, with the forms to add some (None: nobody else may be)."""

    authors: Sequence[Writer]
    inspectors: Sequence[Named]
    join: PersonForm | None
    name: PersonForm | None
    action: str


def writers(file: File, *, may_edit: bool) -> list[Writer]:
    """From the people at hand (`queries.people.AUTHORS`)."""
    rows = sorted(file.application.authors.all(), key=lambda one: (not one.deposits, one.pk))
    return [
        Writer(one.person_id, str(one.person), one.deposits, may_edit and not one.deposits)
        for one in rows
    ]


def named(
    file: File, *, may_edit: bool, by: Mapping[int | None, str] = MappingProxyType({})
) -> list[Named]:
    """From the people at hand (`queries.people.INSPECTORS`); `by`: who agreed in whose name."""
    rows = sorted(file.application.inspectors.all(), key=lambda one: one.pk)
    return [
        Named(
            one.person_id,
            str(one.person),
            one.agreed_at is not None,
            may_edit,
            by.get(one.person_id, "") if one.agreed_at else "",
        )
        for one in rows
    ]


def people(file: File, *, actor: Actor) -> People:
    """For the step « l’équipe »."""
    application, today = file.application, day_of(file.now)
    join = _choices(may_join(application, today=today).exclude(pk=actor.person or 0))
    name = _choices(may_agree(application, today=today))
    return People(
        authors=writers(file, may_edit=True),
        inspectors=named(file, may_edit=True),
        join=_form("auteur", "Inviter quelqu’un de l’académie", join),
        name=_form("inspecteur", "Désigner un inspecteur, une inspectrice", name),
        action=url("application_people", code=application.code),
    )


def _choices(found: object) -> list[tuple[str, str]]:
    return [(str(one.pk), str(one)) for one in found]  # type: ignore[attr-defined]


def _form(prefix: str, label: str, choices: list[tuple[str, str]]) -> PersonForm | None:
    if not choices:
        return None
    help_text = "Par nom. Une personne absente de la liste doit d’abord être invitée par le DAN."
    return PersonForm(
        prefix=prefix, auto_id=f"%s-{prefix}", label=label, people=choices, help_text=help_text
    )
