"""Class trials: protocol, sessions, verdict in one row and its children."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich
from traam.campaigns.models import Campaign
from traam.groups.models import Team, academy_paths
from traam.people.models import User
from traam.productions.models import Production
from traam.trials.rules.life import Transferable, TrialState, Verdict


class TrialQuerySet(OverWhich, models.QuerySet["Trial"]):
    def closed(self) -> Self:
        """Those whose verdict has been given: what findings may rest on."""
        return self.filter(state=TrialState.CLOSED)


class Trial(models.Model):
    """A production tried in one class: protocol (before), sessions (during), verdict (after).

    `protocol_digest`: SHA-256 of the canonical protocol, taken when the first session is recorded;
    what changes afterwards is an `Amendment`. One trial is one class.
    """

    code = models.SlugField("code", max_length=80, unique=True)  # part of its address
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    production = models.ForeignKey(
        Production, on_delete=models.PROTECT, related_name="+", verbose_name="production essayée"
    )
    production_version = models.PositiveIntegerField("version essayée", default=0)
    team = models.ForeignKey(  # the team of who tries, not always that of the production
        Team, on_delete=models.PROTECT, related_name="+", verbose_name="équipe"
    )
    teacher = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="enseignant·e"
    )
    state = models.CharField(
        "état", max_length=10, choices=TrialState.choices(), default=TrialState.PLANNED
    )
    state_at = models.DateTimeField("dans cet état depuis")
    reason = models.TextField("motif", blank=True, default="")
    created_at = models.DateTimeField("commencé à")
    version = models.PositiveIntegerField("version", default=0)
    # Before: the protocol.
    hypothesis = models.TextField("hypothèse", blank=True, default="")
    success = models.TextField("ce qui serait une réussite", blank=True, default="")
    planned_for = models.DateField("prévu à partir du", null=True)
    protocol_digest = models.CharField("empreinte du protocole", max_length=64, blank=True)
    protocol_at = models.DateTimeField("protocole arrêté à", null=True)
    # The class: codes of vocabularies; no school's name is ever public.
    level = models.CharField("niveau", max_length=60, blank=True, default="")
    discipline = models.CharField("discipline", max_length=60, blank=True, default="")
    school_type = models.CharField("type d’établissement", max_length=60, blank=True, default="")
    school = models.CharField("établissement", max_length=200, blank=True, default="")
    is_priority = models.BooleanField("éducation prioritaire", null=True)
    equipment = models.CharField("équipement", max_length=200, blank=True, default="")
    pupils = models.PositiveSmallIntegerField("élèves", null=True)
    # After: the verdict.
    verdict = models.CharField(
        "verdict", max_length=14, choices=Verdict.choices(), blank=True, default=""
    )
    conclusion = models.TextField("ce que l’essai montre", blank=True, default="")
    gains_pupils = models.TextField("plus-values pour les élèves", blank=True, default="")
    gains_teaching = models.TextField("plus-values pour l’enseignement", blank=True, default="")
    obstacles = models.TextField("freins", blank=True, default="")
    levers = models.TextField("leviers", blank=True, default="")
    adaptations = models.TextField("adaptations faites", blank=True, default="")
    transferable = models.CharField(
        "transférable", max_length=8, choices=Transferable.choices(), blank=True, default=""
    )
    closed_at = models.DateTimeField("clos à", null=True)

    SCOPE_PATHS: ClassVar = {
        "team": "team__code",
        # The tester's group reads it, and the group of the production tested.
        "group_team": ("team__group__teams__code", "production__team__group__teams__code"),
        "theme": "team__group__theme__code",
        "academy": academy_paths("team"),
        "discipline": None,
        "author": "teacher",
        "state": "state",
        "started": Q(protocol_at__isnull=False),
        "closed": Q(state="closed"),
    }

    objects: ClassVar[models.Manager["Trial"]] = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = "essai en classe"
        verbose_name_plural = "essais en classe"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_at__isnull=False) & ~Q(verdict="")),
                name="trial_closed_has_a_verdict",
                violation_error_message="Un essai ne se clôt pas sans évaluation.",
            ),
            models.CheckConstraint(
                condition=~Q(state="abandoned") | ~Q(reason=""),
                name="trial_abandoned_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(protocol_at=None) | ~Q(protocol_digest=""),
                name="trial_started_has_a_protocol",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "state"], name="trials_by_state"),
            models.Index(fields=["teacher", "state"], name="trials_of_a_teacher"),
        ]

    def __str__(self) -> str:
        return self.code

    def place(self) -> Place:
        """Where it stands: its team, the group of that team and of the production tried with it;
        a query (none where fetched with it), another where the two groups differ."""
        team, tested = self.team, self.production.team
        groups = {one.group_id: one.group for one in (tested, team)}
        flags = set[Flag]()
        if self.protocol_at is not None:
            flags.add(Flag.STARTED)
        if self.state == TrialState.CLOSED:
            flags.add(Flag.CLOSED)
        return Place(
            academies=_academies(team),
            academy_names=(team.named,),
            themes=frozenset({team.group.theme.code}),
            teams=frozenset({team.code}),
            group_teams=frozenset(
                one.code for group in groups.values() for one in group.teams.all()
            ),
            authors=frozenset({self.teacher_id}),
            state=self.state,
            flags=frozenset(flags),
        )


def _academies(team: Team) -> frozenset[str]:
    """The team's own, and today's successor of it."""
    if team.academy is None:
        return frozenset()
    heir = team.academy.successor
    return frozenset({team.academy.code} | ({heir.code} if heir is not None else set()))


class TrialTerm(models.Model):
    """A competence at work in a trial, copied from its vocabulary as it was."""

    trial = models.ForeignKey(
        Trial, on_delete=models.CASCADE, related_name="terms", verbose_name="essai"
    )
    scheme = models.CharField("référentiel", max_length=40)
    code = models.CharField("code", max_length=100)
    label = models.CharField("libellé", max_length=300)

    class Meta:
        verbose_name = "compétence d’un essai"
        verbose_name_plural = "compétences des essais"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "scheme", "code"], name="trial_term_once"),
        ]

    def __str__(self) -> str:
        return self.label


class TrialEvent(models.Model):
    """An act on a trial, or on one of its observations, that says why: abandoned, reopened…"""

    trial = models.ForeignKey(
        Trial, on_delete=models.CASCADE, related_name="events", verbose_name="essai"
    )
    kind = models.CharField("acte", max_length=60)  # the journal's verb
    reason = models.TextField("motif", blank=True, default="")
    at = models.DateTimeField("à")
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "acte sur un essai"
        verbose_name_plural = "actes sur les essais"

    def __str__(self) -> str:
        return f"{self.trial_id} {self.kind}"


class Indicator(models.Model):
    """What the trial looks for; `key` is stable, so that observations refer to it."""

    trial = models.ForeignKey(
        Trial, on_delete=models.CASCADE, related_name="indicators", verbose_name="essai"
    )
    key = models.SlugField("clé", max_length=40)
    position = models.PositiveSmallIntegerField("rang")
    text = models.CharField("indicateur", max_length=300)
    withdrawn_at = models.DateTimeField("retiré à", null=True)  # by an amendment

    class Meta:
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "key"], name="indicator_key_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Amendment(models.Model):
    """A change of the protocol after its digest was taken: dated, with its reason."""

    trial = models.ForeignKey(
        Trial, on_delete=models.CASCADE, related_name="amendments", verbose_name="essai"
    )
    before = models.JSONField("protocole d’avant")
    after = models.JSONField("protocole d’après")
    reason = models.TextField("motif")
    digest = models.CharField("empreinte du protocole d’après", max_length=64)
    made_at = models.DateTimeField("fait à")
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "avenant au protocole"
        verbose_name_plural = "avenants au protocole"

    def __str__(self) -> str:
        return f"avenant {self.pk}"


class Session(models.Model):
    """A lesson in which the production was tried."""

    trial = models.ForeignKey(
        Trial, on_delete=models.CASCADE, related_name="sessions", verbose_name="essai"
    )
    held_on = models.DateField("le")
    minutes = models.PositiveSmallIntegerField("durée en minutes", null=True)
    location = models.CharField("lieu", max_length=200, blank=True, default="")
    note = models.TextField("ce qui s’est passé", blank=True, default="")
    recorded_at = models.DateTimeField("consignée à")
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "séance"
        verbose_name_plural = "séances"
        indexes: ClassVar = [models.Index(fields=["trial", "held_on"], name="sessions_by_date")]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.held_on}"
