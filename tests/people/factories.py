"""Accounts, mandates and delegations for tests."""

from datetime import date

import factory

from traam.access.roles import Role
from traam.people.models import (
    Delegation,
    Mandate,
    MandateScope,
    RateCount,
    SavedView,
    ScopeKind,
    User,
)


class UserFactory(factory.django.DjangoModelFactory):
    """Someone invited, without a password."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(is_active=False)

    email = factory.Sequence(lambda n: f"personne{n}@ac-lille.invalid")
    name = factory.Sequence(lambda n: f"Personne {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        if extracted:
            self.set_password(extracted)
        else:
            self.set_unusable_password()
        self.save()


class MandateFactory(factory.django.DjangoModelFactory):
    """A mandate in force since September 2025, over nothing in particular."""

    class Meta:
        model = Mandate
        skip_postgeneration_save = True

    person = factory.SubFactory(UserFactory)
    role = Role.TEACHER
    starts_on = date(2025, 9, 1)

    @factory.post_generation
    def academies(self, create, extracted, **kwargs):
        for code in extracted or ():
            MandateScopeFactory(mandate=self, kind=ScopeKind.ACADEMY, code=code)

    @factory.post_generation
    def disciplines(self, create, extracted, **kwargs):
        for code in extracted or ():
            MandateScopeFactory(mandate=self, kind=ScopeKind.DISCIPLINE, code=code)


class MandateScopeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MandateScope

    mandate = factory.SubFactory(MandateFactory)
    kind = ScopeKind.ACADEMY
    code = "09"


class DelegationFactory(factory.django.DjangoModelFactory):
    """March 2026, to someone else."""

    class Meta:
        model = Delegation

    mandate = factory.SubFactory(MandateFactory)
    holder = factory.SelfAttribute("mandate.person")
    delegate = factory.SubFactory(UserFactory)
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 4, 1)


class SavedViewFactory(factory.django.DjangoModelFactory):
    """Of the list of applications, by the words of a title."""

    class Meta:
        model = SavedView

    person = factory.SubFactory(UserFactory)
    list_name = "applications"
    name = factory.Sequence(lambda n: f"Vue {n}")
    query = factory.Sequence(lambda n: f"q=mot{n}")


class RateCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RateCount

    cache_key = factory.Sequence(lambda n: f"clé-{n}")
    value = ""
