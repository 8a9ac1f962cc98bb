"""Productions made on the spot, with what they hold."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from tests.documents.factories import StoredFileFactory
from tests.groups.factories import NOW, TeamFactory
from tests.people.factories import UserFactory
from traam.productions.models import (
    Aside,
    CoAuthor,
    Production,
    ProductionEvent,
    ProductionFile,
    ProductionLink,
    ProductionTerm,
    ProductionVersion,
    Reprise,
    ToolSheet,
)
from traam.productions.rules.life import FileUse, ProductionState


class ProductionFactory(DjangoModelFactory[Production]):
    """A scenario being written by a team."""

    class Meta:
        model = Production

    class Params:
        shared = factory.Trait(state=ProductionState.SHARED, shared_at=NOW)

    team = factory.SubFactory(TeamFactory)
    campaign = factory.SelfAttribute("team.group.campaign")
    code = factory.Sequence(lambda n: f"scenario-{n}")
    kind = "scenario"
    state_at = NOW
    title = factory.Sequence(lambda n: f"Mesurer la pousse d’un haricot, version {n}")
    hook = "Les élèves comparent leurs mesures avec celles d’une autre classe."
    aim = "Construire un protocole et en discuter les résultats."
    steps = "1. Poser le problème.\n2. Mesurer.\n3. Comparer."
    duration = "3 séances de 55 minutes"
    created_at = NOW - timedelta(days=30)
    changed_at = NOW


class AsideFactory(DjangoModelFactory[Aside]):
    """A text that waits to be settled."""

    class Meta:
        model = Aside

    production = factory.SubFactory(ProductionFactory)
    field = "aim"
    value = "Un autre objectif."
    saved_at = NOW


class ProductionTermFactory(DjangoModelFactory[ProductionTerm]):
    class Meta:
        model = ProductionTerm

    production = factory.SubFactory(ProductionFactory)
    scheme = "disciplines"
    code = factory.Sequence(lambda n: f"discipline-{n}")
    label = "SVT"


class CoAuthorFactory(DjangoModelFactory[CoAuthor]):
    class Meta:
        model = CoAuthor

    production = factory.SubFactory(ProductionFactory)
    person = factory.SubFactory(UserFactory)


class ProductionVersionFactory(DjangoModelFactory[ProductionVersion]):
    class Meta:
        model = ProductionVersion

    production = factory.SubFactory(ProductionFactory)
    number = factory.Sequence(lambda n: n + 1)
    content = factory.LazyAttribute(lambda one: {"title": one.production.title})
    digest = "0" * 64
    saved_at = NOW


class ProductionEventFactory(DjangoModelFactory[ProductionEvent]):
    class Meta:
        model = ProductionEvent

    production = factory.SubFactory(ProductionFactory)
    kind = "production.return"
    reason = "La durée manque."
    at = NOW


class RepriseFactory(DjangoModelFactory[Reprise]):
    class Meta:
        model = Reprise

    production = factory.SubFactory(ProductionFactory)
    source = factory.SubFactory(ProductionFactory)
    adapted = "Une séance de moins, en 5e."
    made_at = NOW


class ProductionLinkFactory(DjangoModelFactory[ProductionLink]):
    class Meta:
        model = ProductionLink

    production = factory.SubFactory(ProductionFactory)
    url = factory.Sequence(lambda n: f"https://exemple.fr/ressource/{n}")
    position = 1


class ProductionFileFactory(DjangoModelFactory[ProductionFile]):
    class Meta:
        model = ProductionFile

    production = factory.SubFactory(ProductionFactory)
    file = factory.SubFactory(StoredFileFactory)
    name = "fiche-eleve.txt"
    use = FileUse.ATTACHMENT
    position = 1
    added_at = NOW


class ToolSheetFactory(DjangoModelFactory[ToolSheet]):
    class Meta:
        model = ToolSheet

    code = factory.Sequence(lambda n: f"outil-{n}")
    label = "Un tableur en ligne"
