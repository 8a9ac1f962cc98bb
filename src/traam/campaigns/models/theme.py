"""Themes of a campaign: what they are about, who adopts them, which academies take part."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.access.place import Place
from traam.access.sql import OverWhich, Via
from traam.campaigns.models.campaign import Campaign, campaign_flags, flag_paths
from traam.campaigns.rules.life import CALL_OPENED_ON, UNKNOWN, Part, how_many_known
from traam.campaigns.rules.signing import TextState
from traam.people.models import User
from traam.reference.models import Academy

YEAR_MAX = 9999


class ThemeQuerySet(OverWhich, models.QuerySet["Theme"]):
    def public(self) -> Self:
        """Those that everyone may see: of the archive, or signed twice in a call that opened."""
        return self.filter(
            campaign__state__in=sorted(CALL_OPENED_ON),
            state__in=(TextState.ARCHIVED, TextState.SIGNED_TWICE),
        )

    def living(self) -> Self:
        """Those of a call, the withdrawn ones left out."""
        return self.exclude(state__in=(TextState.ARCHIVED, TextState.WITHDRAWN))


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
    # What the call adds; a theme of the archive keeps these empty and is never signed.
    state = models.CharField(
        "état", max_length=12, choices=TextState.choices(), default=TextState.ARCHIVED
    )
    problem = models.TextField("problématique", blank=True, default="")
    academies_min = models.PositiveSmallIntegerField("académies, au moins", null=True)
    academies_max = models.PositiveSmallIntegerField("académies, au plus", null=True)
    duration_years = models.PositiveSmallIntegerField("durée en années", default=1)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="poursuit"
    )
    # Counts every change of the text: what a form was filled from, to lose nothing of two writers.
    version = models.PositiveIntegerField("version", default=0)
    state_at = models.DateTimeField("dans cet état depuis", null=True)
    changed_at = models.DateTimeField("texte changé à", null=True)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="changé par"
    )

    SCOPE_PATHS: ClassVar = {
        "theme": "code",
        "discipline": Via("terms__code", where=Q(terms__scheme="disciplines")),
        "state": "state",
        **flag_paths("campaign__state"),
    }

    objects: ClassVar[models.Manager["Theme"]] = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "thème"
        verbose_name_plural = "thèmes"
        indexes: ClassVar = [
            models.Index(
                fields=["campaign", "-transversal", "discipline_text", "id"],
                name="campaign_themes_in_order",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(academies_min=None)
                | Q(academies_max=None)
                | Q(academies_max__gte=models.F("academies_min")),
                name="theme_max_is_not_under_min",
                violation_error_message="Le nombre maximal d’académies est sous le minimal.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def place(self) -> Place:
        """Where the theme stands; two queries at most (none where fetched with it)."""
        codes = {term.code for term in self.terms.all() if term.scheme == "disciplines"}
        return Place(
            themes=frozenset({self.code}),
            disciplines=frozenset(codes),
            state=self.state,
            flags=campaign_flags(self.campaign.state),
        )

    @property
    def list_place(self) -> str:
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


class Axis(models.Model):
    """A line of work that a theme proposes."""

    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="axes", verbose_name="thème"
    )
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("intitulé", max_length=300)
    text = models.TextField("précisions", blank=True, default="")

    class Meta:
        verbose_name = "axe d’un thème"
        verbose_name_plural = "axes des thèmes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theme", "position"], name="theme_axis_position_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """A discipline takes up a transversal theme, by an act of its own expert."""

    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="adoptions", verbose_name="thème"
    )
    discipline = models.CharField("discipline", max_length=60)  # its code
    label = models.CharField("libellé", max_length=300)
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="expert·e"
    )
    adopted_at = models.DateTimeField("adopté à")

    class Meta:
        verbose_name = "adoption d’un thème transversal"
        verbose_name_plural = "adoptions de thèmes transversaux"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["theme", "discipline"],
                name="theme_adopted_once_by_a_discipline",
                violation_error_message="Cette discipline a déjà adopté ce thème.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.discipline}"
