"""Who stands around applications: the academy's people, those who judge, and whom to tell."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from traam.access.roles import Role
from traam.applications.models import Application, Author, NamedInspector
from traam.people.models import Mandate, ScopeKind, User
from traam.people.queries import deputies

WRITING_ROLES = (Role.REFERENT, Role.TEACHER, Role.CORRESPONDENT, Role.INSPECTOR)
JUDGING_ROLES = (Role.EXPERT, Role.GENERAL_INSPECTOR)
AUTHORS = Prefetch("authors", Author.objects.select_related("person"))  # with their names
INSPECTORS = Prefetch("inspectors", NamedInspector.objects.select_related("person"))


def holders(*, roles: Iterable[Role], academy: str, today: date) -> QuerySet[User]:
    """The open accounts that hold one of these roles for this academy (its code) today."""
    mandates = mandates_of(roles=roles, academy=academy, today=today)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=mandates.values("person"))
    return found


def mandates_of(*, roles: Iterable[Role], academy: str, today: date) -> QuerySet[Mandate]:
    """The mandates of these roles for this academy (its code) that count today."""
    scoped = Q(scopes__kind=ScopeKind.ACADEMY, scopes__code=academy)
    found: QuerySet[Mandate] = Mandate.objects.in_force(today)
    return found.filter(scoped, role__in=list(roles))


def acting(*, role: Role, academy: str, today: date) -> list[int]:
    """Those who hold this role for this academy, then those who act for them today."""
    mandates = mandates_of(roles=(role,), academy=academy, today=today)
    found = keys(holders(roles=(role,), academy=academy, today=today))
    return list(dict.fromkeys((*found, *deputies(mandates, today=today))))


def keys(people: QuerySet[User]) -> list[int]:
    return list(people.order_by("pk").values_list("pk", flat=True))


def delegates(*, academy: str, today: date) -> list[int]:
    """The digital delegates of this academy, and who acts for them."""
    return acting(role=Role.DIGITAL_DELEGATE, academy=academy, today=today)


def rectors(*, academy: str, today: date) -> list[int]:
    """The functional mailboxes of the rector, and who acts for them."""
    return acting(role=Role.RECTOR, academy=academy, today=today)


def authors(application: Application) -> list[int]:
    return list(application.authors.order_by("pk").values_list("person", flat=True))


def inspectors(application: Application, *, today: date) -> list[int]:
    """The inspectors that it names, and who acts for them."""
    found = list(application.inspectors.order_by("pk").values_list("person", flat=True))
    mandates = mandates_of(
        roles=(Role.INSPECTOR,), academy=application.academy.code, today=today
    ).filter(person__in=found)
    return list(dict.fromkeys((*found, *deputies(mandates, today=today))))


def may_join(application: Application, *, today: date) -> QuerySet[User]:
    """Who may be made a co-author: those of the academy who may write, and do not yet."""
    code = application.academy.code
    found = holders(roles=WRITING_ROLES, academy=code, today=today)
    return found.exclude(pk__in=application.authors.values("person")).order_by("name", "pk")


def may_agree(application: Application, *, today: date) -> QuerySet[User]:
    """The inspectors of the academy who are not named yet, and do not write the application."""
    code = application.academy.code
    found = holders(roles=(Role.INSPECTOR,), academy=code, today=today)
    found = found.exclude(pk__in=application.authors.values("person"))
    return found.exclude(pk__in=application.inspectors.values("person")).order_by("name", "pk")
