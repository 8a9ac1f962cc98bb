"""Class trials: protocol, sessions, verdict in one row and its children; what was observed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich, Via
from traam.campaigns.models import Campaign
from traam.documents.models import StoredFile
from traam.groups.models import Team
from traam.people.models import User
from traam.productions.models import Production
from traam.productions.rules.life import Authorisation, Recognisable
from traam.trials.rules.life import Observer, Outcome, Transferable, TrialState, Verdict


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
        "academy": ("team__academy__code", "team__academy__successor__code"),
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
        """Where it stands: its team's place, the group of the production tested with it."""
        team, tested = self.team.place(), self.production.team.place()
        flags = set[Flag]()
        if self.protocol_at is not None:
            flags.add(Flag.STARTED)
        if self.state == TrialState.CLOSED:
            flags.add(Flag.CLOSED)
        return Place(
            academies=team.academies,
            academy_names=team.academy_names,
            themes=team.themes,
            teams=team.teams,
            group_teams=team.group_teams | tested.group_teams,
            authors=frozenset({self.teacher_id}),
            state=self.state,
            flags=frozenset(flags),
        )


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


class ObservationQuerySet(OverWhich, models.QuerySet["Observation"]):
    def standing(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Observation(models.Model):
    """What was seen, in a few words, for each indicator sought. No pupil's name has a field here.

    `key`: given by the device that wrote it: sending twice is once. `kept_at`: it came when
    its trial was already closed; it is offered to its teacher, and counts nowhere until taken.
    """

    key = models.UUIDField("clé d’envoi", unique=True)
    trial = models.ForeignKey(
        Trial, on_delete=models.PROTECT, related_name="observations", verbose_name="essai"
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        related_name="observations",
        verbose_name="séance",
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="notée par"
    )
    observer = models.CharField(
        "qui a observé", max_length=10, choices=Observer.choices(), default=Observer.SELF
    )
    seen_at = models.DateTimeField("vu à")
    seen = models.TextField("ce qui a été vu")
    location = models.CharField("lieu", max_length=200, blank=True, default="")
    pupils = models.PositiveSmallIntegerField("élèves présents", null=True)
    version = models.PositiveIntegerField("version", default=1)
    received_at = models.DateTimeField("reçue à")
    kept_at = models.DateTimeField("mise de côté à", null=True)
    withdrawn_at = models.DateTimeField("retirée à", null=True)
    reason = models.TextField("motif du retrait", blank=True, default="")
    proofread_at = models.DateTimeField("relue à", null=True)  # this very version, for the public
    proofread_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="relue par"
    )

    SCOPE_PATHS: ClassVar = {
        "team": "trial__team__code",
        "group_team": (
            "trial__team__group__teams__code",
            "trial__production__team__group__teams__code",
        ),
        "theme": "trial__team__group__theme__code",
        "academy": "trial__team__academy__code",
        "author": Via("trial__teacher"),
        "state": "trial__state",
        "started": Q(trial__protocol_at__isnull=False),
        "closed": Q(trial__state="closed"),
    }

    objects: ClassVar[models.Manager["Observation"]] = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "observation"
        verbose_name_plural = "observations"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(seen=""), name="observation_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(reason=""),
                name="observation_withdrawn_has_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["trial", "seen_at"], name="observations_by_date"),
        ]

    def __str__(self) -> str:
        return f"observation {self.pk}"

    def place(self) -> Place:
        """Where its trial stands."""
        return self.trial.place()


class Sight(models.Model):
    """What one observation says of one indicator."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="sights", verbose_name="observation"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="sights", verbose_name="indicateur"
    )
    outcome = models.CharField("constat", max_length=10, choices=Outcome.choices())

    class Meta:
        verbose_name = "indicateur observé"
        verbose_name_plural = "indicateurs observés"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["observation", "indicator"], name="sight_once"),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.outcome}"


class ObservationVersion(models.Model):
    """What an observation said at one version, before it was corrected."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="versions", verbose_name="observation"
    )
    number = models.PositiveIntegerField("version")
    content = models.JSONField("contenu")
    saved_at = models.DateTimeField("enregistrée à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "version d’une observation"
        verbose_name_plural = "versions des observations"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["observation", "number"], name="observation_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} v{self.number}"


class Picture(models.Model):
    """A picture joined to an observation: freed of its EXIF, with the question on pupils asked."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="pictures", verbose_name="observation"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier"
    )
    description = models.CharField("texte de remplacement", max_length=300, blank=True, default="")
    recognisable = models.CharField(
        "un élève est-il reconnaissable ?", max_length=8, choices=Recognisable.choices()
    )
    authorisation = models.CharField(
        "autorisation",
        max_length=12,
        choices=Authorisation.choices(),
        default=Authorisation.NOT_NEEDED,
    )
    added_at = models.DateTimeField("ajoutée à")

    class Meta:
        verbose_name = "image d’une observation"
        verbose_name_plural = "images des observations"

    def __str__(self) -> str:
        return f"image {self.pk}"
