"""Meetings of a group or of a team: who is convened, who came, and what was said."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from traam.access.place import Place
from traam.access.sql import OverWhich
from traam.groups.models.team import NationalGroup, Team, academy_paths
from traam.groups.rules.life import Answer, Attendance, MeetingMode, MeetingState
from traam.people.models import User

OF_ONE = Q(group__isnull=False, team__isnull=True) | Q(group__isnull=True, team__isnull=False)


class MeetingQuerySet(OverWhich, models.QuerySet["Meeting"]):
    pass


class Meeting(models.Model):
    """A meeting, national (of a group) or academic (of a team, under its inspector).

    `uid` and `sequence` are those of iCalendar (RFC 5545): the sequence grows at each change that
    the people convened must know.
    """

    group = models.ForeignKey(
        NationalGroup,
        on_delete=models.PROTECT,
        null=True,
        related_name="meetings",
        verbose_name="groupe",
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="meetings", verbose_name="équipe"
    )
    title = models.CharField("objet", max_length=200)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    mode = models.CharField("mode", max_length=10, choices=MeetingMode.choices())
    location = models.CharField("lieu", max_length=300, blank=True, default="")
    link = models.URLField("lien de connexion", max_length=500, blank=True, default="")
    agenda = models.TextField("ordre du jour", blank=True, default="")  # Markdown
    state = models.CharField(
        "état", max_length=10, choices=MeetingState.choices(), default=MeetingState.PLANNED
    )
    state_at = models.DateTimeField("dans cet état depuis")
    reason = models.TextField("motif", blank=True, default="")
    uid = models.UUIDField("identifiant de calendrier", unique=True)
    sequence = models.PositiveIntegerField("révision de calendrier", default=0)
    version = models.PositiveIntegerField("version", default=0)
    changed_at = models.DateTimeField("changée à", null=True)  # for calendars
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="proposée par"
    )

    SCOPE_PATHS: ClassVar = {
        "theme": ("group__theme__code", "team__group__theme__code"),
        "team": "team__code",
        "group_team": ("group__teams__code", "team__group__teams__code"),
        "academy": academy_paths("group__teams", "team"),
        "state": "state",
    }

    objects: ClassVar[models.Manager["Meeting"]] = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion"
        verbose_name_plural = "réunions"
        constraints: ClassVar = [
            models.CheckConstraint(condition=OF_ONE, name="meeting_of_a_group_or_a_team"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="La fin de la réunion doit suivre son début.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["starts_at"], name="meetings_by_date")]

    def __str__(self) -> str:
        return f"réunion {self.pk}"

    @property
    def owner(self) -> NationalGroup | Team:
        """The group or the team whose meeting it is."""
        owner = self.group or self.team
        assert owner is not None  # the database's constraint
        return owner

    def place(self) -> Place:
        """Where its group or its team stands."""
        return self.owner.place()


class Convened(models.Model):
    """Someone convened to a meeting: what they answered, whether they came."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="convened", verbose_name="réunion"
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="personne"
    )
    answer = models.CharField(
        "réponse", max_length=12, choices=Answer.choices(), default=Answer.AWAITED
    )
    attendance = models.CharField(
        "présence", max_length=8, choices=Attendance.choices(), default=Attendance.UNKNOWN
    )
    told_sequence = models.PositiveIntegerField("révision envoyée", null=True)

    class Meta:
        verbose_name = "personne convoquée"
        verbose_name_plural = "personnes convoquées"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="convened_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"


class MinutesSection(models.Model):
    """A section of a meeting's minutes, written by several people at once without loss: what two
    people wrote at once is merged from the version that they both began from."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="sections", verbose_name="réunion"
    )
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("titre", max_length=200)
    text = models.TextField("texte", blank=True, default="")  # Markdown
    version = models.PositiveIntegerField("version", default=0)
    changed_at = models.DateTimeField("changée à", null=True)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="changée par"
    )

    class Meta:
        verbose_name = "section d’un compte rendu"
        verbose_name_plural = "sections des comptes rendus"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="minutes_section_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SectionVersion(models.Model):
    """What a section said at one version: nothing written is lost."""

    section = models.ForeignKey(
        MinutesSection, on_delete=models.CASCADE, related_name="versions", verbose_name="section"
    )
    number = models.PositiveIntegerField("version")
    text = models.TextField("texte", blank=True, default="")
    saved_at = models.DateTimeField("enregistrée à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "version d’une section"
        verbose_name_plural = "versions des sections"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "number"], name="section_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} v{self.number}"


class Feed(models.Model):
    """The secret address of a calendar: a person's, or a group's as one of its people reads it."""

    token = models.CharField("jeton", max_length=64, unique=True)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", verbose_name="personne"
    )
    group = models.ForeignKey(
        NationalGroup, on_delete=models.CASCADE, null=True, related_name="+", verbose_name="groupe"
    )
    created_at = models.DateTimeField("créé à")
    revoked_at = models.DateTimeField("révoqué à", null=True)

    class Meta:
        verbose_name = "agenda par abonnement"
        verbose_name_plural = "agendas par abonnement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=Q(revoked_at=None),
                name="feed_one_for_a_group",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(group=None, revoked_at=None),
                name="feed_one_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"agenda {self.pk}"
