"""Trials, observations and cross-tests made on the spot."""

import uuid
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from tests.documents.factories import StoredFileFactory
from tests.groups.factories import NOW, TODAY, NationalGroupFactory, TeamFactory
from tests.people.factories import UserFactory
from tests.productions.factories import ProductionFactory
from traam.productions.rules.life import Recognisable
from traam.trials.models import (
    Agreement,
    Amendment,
    CrossTest,
    CrossTestPlan,
    Indicator,
    Observation,
    ObservationVersion,
    Picture,
    Session,
    Sight,
    Trial,
    TrialEvent,
    TrialTerm,
)
from traam.trials.rules.life import Outcome, TrialState, Verdict


class TrialFactory(DjangoModelFactory[Trial]):
    """A trial to be prepared, of a production of the same team."""

    class Meta:
        model = Trial

    class Params:
        at_work = factory.Trait(state=TrialState.AT_WORK, protocol_digest="0" * 64, protocol_at=NOW)
        closed = factory.Trait(
            state=TrialState.CLOSED,
            protocol_digest="0" * 64,
            protocol_at=NOW,
            closed_at=NOW,
            verdict=Verdict.PARTLY,
            conclusion="Les élèves ont corrigé seuls la moitié de leurs mesures.",
        )

    production = factory.SubFactory(ProductionFactory)
    team = factory.SelfAttribute("production.team")
    campaign = factory.SelfAttribute("team.group.campaign")
    code = factory.Sequence(lambda n: f"essai-{n}")
    teacher = factory.SubFactory(UserFactory)
    state_at = NOW
    created_at = NOW - timedelta(days=7)
    hypothesis = "Comparer ses mesures avec une autre classe fait repérer ses erreurs."
    success = "La moitié des élèves corrigent une mesure sans y être invités."
    level = "5e"
    school_type = "college"


class IndicatorFactory(DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator

    trial = factory.SubFactory(TrialFactory)
    key = factory.Sequence(lambda n: f"indicateur-{n}")
    position = factory.Sequence(lambda n: n + 1)
    text = "Un élève corrige une mesure sans y être invité."


class AmendmentFactory(DjangoModelFactory[Amendment]):
    class Meta:
        model = Amendment

    trial = factory.SubFactory(TrialFactory, at_work=True)
    before = factory.LazyFunction(dict)
    after = factory.LazyFunction(dict)
    reason = "La classe a changé."
    digest = "1" * 64
    made_at = NOW


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    trial = factory.SubFactory(TrialFactory, at_work=True)
    held_on = TODAY
    minutes = 55
    recorded_at = NOW


class ObservationFactory(DjangoModelFactory[Observation]):
    """What a teacher saw in a trial at work."""

    class Meta:
        model = Observation

    key = factory.LazyFunction(uuid.uuid4)
    trial = factory.SubFactory(TrialFactory, at_work=True)
    author = factory.SelfAttribute("trial.teacher")
    seen_at = NOW
    seen = "Trois groupes ont repris leurs mesures après la comparaison."
    received_at = NOW


class SightFactory(DjangoModelFactory[Sight]):
    class Meta:
        model = Sight

    observation = factory.SubFactory(ObservationFactory)
    indicator = factory.LazyAttribute(lambda one: IndicatorFactory(trial=one.observation.trial))
    outcome = Outcome.SEEN


class ObservationVersionFactory(DjangoModelFactory[ObservationVersion]):
    class Meta:
        model = ObservationVersion

    observation = factory.SubFactory(ObservationFactory)
    number = 1
    content = factory.LazyAttribute(lambda one: {"seen": one.observation.seen})
    saved_at = NOW


class PictureFactory(DjangoModelFactory[Picture]):
    class Meta:
        model = Picture

    observation = factory.SubFactory(ObservationFactory)
    file = factory.SubFactory(StoredFileFactory)
    description = "Un tableau de mesures"
    recognisable = Recognisable.NO
    added_at = NOW


class TrialEventFactory(DjangoModelFactory[TrialEvent]):
    class Meta:
        model = TrialEvent

    trial = factory.SubFactory(TrialFactory)
    kind = "trial.abandon"
    reason = "La classe a fermé."
    at = NOW


class TrialTermFactory(DjangoModelFactory[TrialTerm]):
    class Meta:
        model = TrialTerm

    trial = factory.SubFactory(TrialFactory)
    scheme = "crcn"
    code = "CRCN-1.3"
    label = "Traiter des données"


class AgreementFactory(DjangoModelFactory[Agreement]):
    """Asked from someone, and not answered yet."""

    class Meta:
        model = Agreement

    trial = factory.SubFactory(TrialFactory)
    partner = factory.SubFactory(UserFactory)
    state_at = NOW
    asked_at = NOW


class CrossTestPlanFactory(DjangoModelFactory[CrossTestPlan]):
    class Meta:
        model = CrossTestPlan

    group = factory.SubFactory(NationalGroupFactory)
    number = 1
    instance = factory.LazyFunction(dict)
    result = factory.LazyFunction(dict)
    digest = "0" * 64
    made_at = NOW


class CrossTestFactory(DjangoModelFactory[CrossTest]):
    """A shared production, to be tested by another team of its group."""

    class Meta:
        model = CrossTest

    production = factory.SubFactory(ProductionFactory, shared=True)
    tester = factory.LazyAttribute(lambda one: TeamFactory(group=one.production.team.group))
    state_at = NOW
    asked_at = NOW
