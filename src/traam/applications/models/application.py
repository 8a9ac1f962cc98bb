"""An academy's answer to a call, with those who write it and those it names."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich, Via
from traam.applications.rules.life import LIVING, MAY_READ, UNDEPOSITED, ApplicationState
from traam.campaigns.models import Campaign, Questionnaire, Theme, campaign_flags, flag_paths
from traam.people.models import User
from traam.reference.models import Academy


class Extension(models.Model):
    """More time to answer a call, for one academy; over at its instant, by itself or by an act."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="+", verbose_name="campagne"
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, related_name="+", verbose_name="académie"
    )
    until = models.DateTimeField("jusqu’à")
    reason = models.TextField("motif")
    given_at = models.DateTimeField("accordée à")
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="accordée par"
    )
    is_over = models.BooleanField("passée", default=False)

    class Meta:
        verbose_name = "prolongation"
        verbose_name_plural = "prolongations"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "academy"],
                condition=Q(is_over=False),
                name="extension_one_at_a_time",
                violation_error_message="Cette académie a déjà une prolongation en cours.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.academy_id}"


class ApplicationQuerySet(OverWhich, models.QuerySet["Application"]):
    def living(self) -> Self:
        """Neither withdrawn nor lapsed."""
        return self.filter(state__in=sorted(LIVING))

    def deposited(self) -> Self:
        """Those that the choice is made among."""
        return self.filter(state=ApplicationState.DEPOSITED)


class Application(models.Model):
    """One per academy, theme and campaign. What it says is in its answers; `title` is a copy."""

    code = models.SlugField("code", max_length=60, unique=True)  # part of its address
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="+", verbose_name="thème"
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, related_name="+", verbose_name="académie"
    )
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="+", verbose_name="questionnaire"
    )
    state = models.CharField(
        "état",
        max_length=20,
        choices=ApplicationState.choices(),
        default=ApplicationState.DRAFT,
    )
    state_at = models.DateTimeField("dans cet état depuis")
    title = models.CharField("intitulé", max_length=300, blank=True, default="")
    rank = models.PositiveSmallIntegerField("rang donné par l’académie", null=True)
    created_at = models.DateTimeField("commencée à")
    deposited_at = models.DateTimeField("déposée à", null=True)
    # Already in for its second year: taken whatever its score.
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="poursuit"
    )
    # More time for its academy: while it runs, the call is not closed for this application, unless
    # it is already deposited (or over): what is being judged stays so.
    extension = models.ForeignKey(
        Extension,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="prolongation",
    )
    channel = models.CharField("saisie d’après", max_length=100, blank=True, default="")

    SCOPE_PATHS: ClassVar = {
        "academy": "academy__code",
        "theme": "theme__code",
        "discipline": Via("theme__terms__code", where=Q(theme__terms__scheme="disciplines")),
        "author": "authors__person",
        "inspector": "inspectors__person",
        "cleared": Via("examiners__person", where=Q(examiners__standing__in=sorted(MAY_READ))),
        "state": "state",
        **flag_paths("campaign__state"),
        "call_closed": flag_paths("campaign__state")["call_closed"]
        & ~Q(extension__is_over=False, state__in=sorted(UNDEPOSITED)),
    }

    objects: ClassVar[models.Manager["Application"]] = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        verbose_name_plural = "candidatures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["theme", "academy"],
                condition=Q(state__in=sorted(LIVING)),
                name="application_one_per_academy_and_theme",
                violation_error_message=(
                    "Cette académie a déjà une candidature sur ce thème : une seule est attendue."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="deposited") | Q(deposited_at__isnull=False),
                name="application_deposited_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(rank=None) | Q(rank__gte=1), name="application_rank_from_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "state"], name="application_by_state"),
        ]

    def __str__(self) -> str:
        return self.code

    def place(self) -> Place:
        """Where it stands for `access`; a few queries, none where fetched with it."""
        flags = campaign_flags(self.campaign.state)
        has_time = self.extension is not None and not self.extension.is_over
        if has_time and self.state in UNDEPOSITED:
            flags -= {Flag.CALL_CLOSED}
        return Place(
            academies=frozenset({self.academy.code}),
            academy_names=(self.academy.name,),
            themes=frozenset({self.theme.code}),
            disciplines=frozenset(
                one.code for one in self.theme.terms.all() if one.scheme == "disciplines"
            ),
            authors=frozenset(one.person_id for one in self.authors.all()),
            inspectors=frozenset(one.person_id for one in self.inspectors.all()),
            cleared=frozenset(
                one.person_id for one in self.examiners.all() if one.standing in MAY_READ
            ),
            state=self.state,
            flags=flags,
        )


class ApplicationAcademy(models.Model):
    """An academy associated with a joint application."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="associated", verbose_name="candidature"
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, related_name="+", verbose_name="académie"
    )

    class Meta:
        verbose_name = "académie associée"
        verbose_name_plural = "académies associées"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "academy"], name="application_academy_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.academy_id}"


class Author(models.Model):
    """Someone who writes the application; `deposits`: the one who began it, and may submit it."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="authors", verbose_name="candidature"
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="personne"
    )
    deposits = models.BooleanField("soumet la candidature", default=False)

    class Meta:
        verbose_name = "auteur ou autrice"
        verbose_name_plural = "auteurs et autrices"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "person"], name="author_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.person_id}"


class NamedInspector(models.Model):
    """The inspector whom the application names, and their agreement."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="inspectors", verbose_name="candidature"
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="inspecteur·rice"
    )
    agreed_at = models.DateTimeField("accord donné à", null=True)

    class Meta:
        verbose_name = "inspecteur·rice désigné·e"
        verbose_name_plural = "inspecteur·rices désigné·es"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "person"], name="named_inspector_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.person_id}"
