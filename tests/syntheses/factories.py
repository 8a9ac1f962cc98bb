"""Findings and syntheses made on the spot."""

import uuid

import factory
from factory.django import DjangoModelFactory

from tests.groups.factories import NOW, NationalGroupFactory
from tests.people.factories import UserFactory
from tests.trials.factories import ObservationFactory, TrialFactory
from traam.syntheses.models import (
    Block,
    Counted,
    Erratum,
    Evidence,
    Finding,
    PublishedFinding,
    Remark,
    Sending,
    Signature,
    Sought,
    Synthesis,
    SynthesisEvent,
    SynthesisVersion,
)
from traam.syntheses.rules.life import (
    Addressee,
    Capacity,
    FindingKind,
    Support,
    SynthesisKind,
)


class FindingFactory(DjangoModelFactory[Finding]):
    class Meta:
        model = Finding

    group = factory.SubFactory(NationalGroupFactory)
    code = factory.Sequence(lambda n: f"constat-{n}")
    kind = FindingKind.GAIN_PUPILS
    text = "Comparer ses mesures avec une autre classe fait reprendre les siennes."
    created_at = NOW


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """An observation of a closed trial, as it was read."""

    class Meta:
        model = Evidence

    finding = factory.SubFactory(FindingFactory)
    observation = factory.LazyAttribute(
        lambda one: ObservationFactory(
            trial=TrialFactory(closed=True, production__team__group=one.finding.group)
        )
    )
    observation_key = factory.LazyAttribute(
        lambda one: one.observation.key if one.observation else uuid.uuid4()
    )
    observation_version = factory.LazyAttribute(
        lambda one: one.observation.version if one.observation else 1
    )
    support = Support.SUPPORTS
    added_at = NOW


class SoughtFactory(DjangoModelFactory[Sought]):
    class Meta:
        model = Sought

    finding = factory.SubFactory(FindingFactory)
    trial = factory.LazyAttribute(
        lambda one: TrialFactory(closed=True, production__team__group=one.finding.group)
    )
    added_at = NOW


class SynthesisFactory(DjangoModelFactory[Synthesis]):
    """The national synthesis of a group, being written."""

    class Meta:
        model = Synthesis
        skip_postgeneration_save = True

    group = factory.SubFactory(NationalGroupFactory)
    campaign = factory.SelfAttribute("group.campaign")
    kind = SynthesisKind.NATIONAL
    code = factory.Sequence(lambda n: f"synthese-{n}")
    state_at = NOW
    title = "Mesurer à plusieurs : ce que l’année nous apprend"
    created_at = NOW
    changed_at = NOW

    @factory.post_generation
    def teams(self, create: bool, extracted: object, **kwargs: object) -> None:
        if extracted:
            self.teams.set(extracted)


class BlockFactory(DjangoModelFactory[Block]):
    class Meta:
        model = Block

    synthesis = factory.SubFactory(SynthesisFactory)
    section = "findings"
    position = factory.Sequence(lambda n: n + 1)
    text = "Une phrase du texte."


class SynthesisVersionFactory(DjangoModelFactory[SynthesisVersion]):
    class Meta:
        model = SynthesisVersion

    synthesis = factory.SubFactory(SynthesisFactory)
    number = 1
    content = factory.LazyFunction(dict)
    digest = "0" * 64
    saved_at = NOW


class RemarkFactory(DjangoModelFactory[Remark]):
    class Meta:
        model = Remark

    synthesis = factory.SubFactory(SynthesisFactory)
    text = "Préciser le niveau."
    made_at = NOW


class SignatureFactory(DjangoModelFactory[Signature]):
    class Meta:
        model = Signature

    synthesis = factory.SubFactory(SynthesisFactory)
    capacity = Capacity.DNE
    person = factory.SubFactory(UserFactory)
    digest = "0" * 64
    signed_at = NOW


class ErratumFactory(DjangoModelFactory[Erratum]):
    class Meta:
        model = Erratum

    synthesis = factory.SubFactory(SynthesisFactory)
    number = 1
    text = "Lire « 5e » au lieu de « 6e »."
    published_at = NOW


class SynthesisEventFactory(DjangoModelFactory[SynthesisEvent]):
    class Meta:
        model = SynthesisEvent

    synthesis = factory.SubFactory(SynthesisFactory)
    kind = "synthesis.reopen"
    reason = "Un chiffre est à revoir."
    at = NOW


class SendingFactory(DjangoModelFactory[Sending]):
    class Meta:
        model = Sending

    synthesis = factory.SubFactory(SynthesisFactory)
    person = factory.SubFactory(UserFactory)
    addressee = Addressee.ACADEMY
    sent_at = NOW


class PublishedFindingFactory(DjangoModelFactory[PublishedFinding]):
    """The first finding of a synthesis that is published."""

    class Meta:
        model = PublishedFinding

    synthesis = factory.SubFactory(SynthesisFactory)
    finding = factory.LazyAttribute(lambda one: FindingFactory(group=one.synthesis.group))
    number = factory.Sequence(lambda n: n + 1)


class CountedFactory(DjangoModelFactory[Counted]):
    """An observation that it counts, of which nothing is displayed."""

    class Meta:
        model = Counted

    published = factory.SubFactory(PublishedFindingFactory)
    rank = factory.Sequence(lambda n: n + 1)
    observation_key = factory.LazyFunction(uuid.uuid4)
    observation_version = 1
    trial = factory.LazyAttribute(
        lambda one: TrialFactory(closed=True, production__team__group=one.published.synthesis.group)
    )
    support = Support.SUPPORTS
