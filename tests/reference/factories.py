"""Vocabularies made on the spot; none of them is a real one."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from traam.access.roles import Role
from traam.people.models import Mandate, User
from traam.reference.models import Academy, Alias, Region, Scheme, Status, Term, Version
from traam.reference.rules import fold


class SchemeFactory(DjangoModelFactory[Scheme]):
    class Meta:
        model = Scheme

    code = factory.Sequence(lambda n: f"scheme-{n}")
    edition = "2026"
    label = factory.Sequence(lambda n: f"Référentiel {n}")
    source = "un essai"
    licence = "libre"
    changed_at = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)

    class Params:
        opened = factory.Trait(is_open=True)


class TermFactory(DjangoModelFactory[Term]):
    """A term with its label for writing."""

    class Meta:
        model = Term
        skip_postgeneration_save = True

    scheme = factory.SubFactory(SchemeFactory)
    code = factory.Sequence(lambda n: f"terme-{n}")
    label = factory.Sequence(lambda n: f"Terme {n}")
    status = Status.CURRENT
    rank = factory.Sequence(lambda n: n + 1)

    class Params:
        arrived = factory.Trait(needs_review=True)

    @factory.post_generation
    def writing(self, create: bool, extracted: object, **kwargs: object) -> None:
        AliasFactory(term=self, text=self.label)


class AliasFactory(DjangoModelFactory[Alias]):
    class Meta:
        model = Alias

    term = factory.SubFactory(TermFactory)
    scheme = factory.SelfAttribute("term.scheme")
    text = factory.Sequence(lambda n: f"Écriture {n}")
    folded = factory.LazyAttribute(lambda alias: fold(alias.text))


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    term = factory.SubFactory(TermFactory)
    code = factory.SelfAttribute("term.code")
    name = factory.SelfAttribute("term.label")


class AcademyFactory(DjangoModelFactory[Academy]):
    class Meta:
        model = Academy

    term = factory.SubFactory(TermFactory)
    code = factory.SelfAttribute("term.code")
    name = factory.SelfAttribute("term.label")
    kind = "académie"
    region = factory.SubFactory(RegionFactory)
    departments = factory.LazyFunction(list)


class VersionFactory(DjangoModelFactory[Version]):
    class Meta:
        model = Version
        django_get_or_create = ("id",)

    id = 1
    digest = ""


def vocabulary_file(*terms: dict[str, Any], **header: Any) -> dict[str, Any]:
    """The object of a vocabulary file, as the pilot may send one."""
    base = {"scheme": "saveurs", "edition": "2026", "label": "Saveurs", "facet": "saveur"}
    return base | {"source": "un essai", "licence": "libre", "terms": list(terms)} | header


def pilot() -> User:
    """An account that may edit vocabularies."""
    return account(Role.PILOT)


def account(role: Role) -> User:
    user = User.objects.create_user(email=f"{role.value}@essai.invalid", name="Compte d’essai")
    Mandate.objects.create(person=user, role=role, starts_on=date(2020, 1, 1))
    return user
