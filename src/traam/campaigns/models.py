"""Campaigns and their themes, with the academies that take part in them.

What belongs to the call (calendar, double validation, the text that is signed) joins these tables
with the stages that need it.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from traam.campaigns.rules.life import UNKNOWN, CampaignState, Part, how_many_known
from traam.campaigns.rules.years import UNKNOWN_YEAR, Years
from traam.reference.models import Academy

YEAR_MAX = 9999


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def latest_first(self) -> Self:
        """The latest years first; what has no year comes last."""
        return self.order_by(F("last_year").desc(nulls_last=True), "-first_year", "pk")


class Campaign(models.Model):
    """What is done over one school year, or over a span of them."""

    year = models.CharField("années", max_length=20, unique=True)  # the part of its address
    first_year = models.PositiveSmallIntegerField("commence à l’automne de", null=True)
    last_year = models.PositiveSmallIntegerField("finit à l’été de", null=True)
    state = models.CharField(
        "état",
        max_length=12,
        choices=CampaignState.choices(),
        default=CampaignState.PREPARATION,
    )
    is_archive = models.BooleanField("archive", default=False)
    is_demonstration = models.BooleanField("démonstration", default=False)

    objects: ClassVar[models.Manager["Campaign"]] = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        verbose_name_plural = "campagnes"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | Q(last_year__gt=F("first_year")),
                name="campaign_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_archive=False) | Q(state="closed"),
                name="campaign_of_archive_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """« 2016-2017 », « année non connue »."""
        return "année non connue" if self.year == UNKNOWN_YEAR else self.year

    @property
    def years(self) -> Years:
        return Years(self.first_year, self.last_year)

    @property
    def state_label(self) -> str:
        return CampaignState(self.state).label


class Theme(models.Model):
    """What the academies of a campaign work on; what is not known of it stays empty."""

    code = models.SlugField("code", max_length=80, unique=True)  # given once: part of its address
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        related_name="themes",
        db_index=False,
        verbose_name="campagne",
    )
    title = models.TextField("intitulé", blank=True, default="")  # empty: not known
    transversal = models.BooleanField("transversal", default=False)
    discipline_text = models.CharField("discipline, comme donnée", max_length=300)
    cycle_text = models.TextField("cycles, comme donnés", blank=True, default="")
    academies_total = models.PositiveIntegerField("nombre d’académies", null=True)
    academies_complete = models.BooleanField("liste d’académies complète", default=False)
    productions_count = models.PositiveIntegerField("nombre de productions", null=True)
    cross_tests_count = models.PositiveIntegerField("nombre de tests croisés", null=True)
    note = models.TextField("note", blank=True, default="")
    source = models.TextField("source", blank=True, default="")
    natural_key = models.CharField("empreinte de la clé", max_length=64, unique=True)
    digest = models.CharField("empreinte du contenu", max_length=64)

    class Meta:
        verbose_name = "thème"
        verbose_name_plural = "thèmes"
        indexes: ClassVar = [
            models.Index(
                fields=["campaign", "-transversal", "discipline_text", "id"],
                name="campaign_themes_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def place(self) -> str:
        """« 7982 svt-2016-2017-1 »: its place in a list, the latest years first, then by code."""
        return f"{YEAR_MAX - (self.campaign.last_year or 0)} {self.code}"

    @property
    def shown_title(self) -> str:
        """The title, or « non connu »."""
        return self.title or UNKNOWN

    @property
    def shown_cycles(self) -> str:
        """« cycle 3, cycle 4 »: as given, a list as a sentence writes it; empty when not known."""
        return ", ".join(part.strip() for part in self.cycle_text.split("|"))

    @property
    def academies_known(self) -> str:
        """« 5 connues sur 7 ». Counts the academies at hand, associated ones left out."""
        members = [one for one in self.participations.all() if one.part != Part.ASSOCIATED]
        return how_many_known(
            known=len(members), total=self.academies_total, is_complete=self.academies_complete
        )


class ThemeTerm(models.Model):
    """A discipline, cycle or level of a theme: a word of a vocabulary, copied as it was."""

    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="terms", verbose_name="thème"
    )
    scheme = models.CharField("référentiel", max_length=40)
    code = models.CharField("code", max_length=100)
    label = models.CharField("libellé", max_length=300)

    class Meta:
        verbose_name = "terme d’un thème"
        verbose_name_plural = "termes des thèmes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["theme", "scheme", "code"], name="theme_has_a_term_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ThemeAcademy(models.Model):
    """The part of an academy in a theme."""

    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="participations", verbose_name="thème"
    )
    academy = models.ForeignKey(
        Academy,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="académie",
    )
    part = models.CharField("part", max_length=10, choices=Part.choices(), default=Part.RETAINED)
    named_as = models.CharField("nommée", max_length=200)  # in the words of the source
    place = models.CharField("place", max_length=90)  # a copy of the theme's: an academy's list

    class Meta:
        verbose_name = "académie d’un thème"
        verbose_name_plural = "académies des thèmes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theme", "academy"], name="theme_has_an_academy_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "place", "theme"], name="academy_themes_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.academy_id}"
