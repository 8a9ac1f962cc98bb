"""National groups, the academic teams they are made of, and the members of these teams."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from traam.access.place import Flag, Place
from traam.access.roles import Role
from traam.access.sql import OverWhich, Via
from traam.campaigns.models import Campaign, Theme
from traam.groups.rules.life import Bond, TeamState
from traam.people.models import Mandate, User
from traam.reference.models import Academy
from traam.selection.models import Participation

# Where the academies of a team are (`Team.academy_codes`): its own, today's, those bound to it.
OF_A_TEAM = ("academy__code", "academy__successor__code", "bonds__academy__code")


def academy_paths(*teams: str) -> tuple[str, ...]:
    """Where they are for a model that reaches its teams by these paths."""
    return tuple(f"{team}__{path}" for team in teams for path in OF_A_TEAM)


class NationalGroupQuerySet(OverWhich, models.QuerySet["NationalGroup"]):
    pass


class NationalGroup(models.Model):
    """Those who work on one theme: its experts and general inspection, and a team per academy.

    `continues`: the group of the campaign before, when the theme is carried over.
    """

    code = models.SlugField("code", max_length=80, unique=True)  # part of its address
    theme = models.OneToOneField(
        Theme, on_delete=models.PROTECT, related_name="+", verbose_name="thème"
    )
    campaign = models.ForeignKey(  # the theme's, repeated for lists
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="poursuit"
    )
    formed_at = models.DateTimeField("formé à")
    is_demonstration = models.BooleanField("démonstration", default=False)

    SCOPE_PATHS: ClassVar = {
        "theme": "theme__code",
        "academy": academy_paths("teams"),
        "discipline": Via("theme__terms__code", where=Q(theme__terms__scheme="disciplines")),
        "group_team": "teams__code",
    }

    objects: ClassVar[models.Manager["NationalGroup"]] = NationalGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "groupe national"
        verbose_name_plural = "groupes nationaux"

    def __str__(self) -> str:
        return self.code

    def place(self) -> Place:
        """Where it stands; two queries at most, whatever its teams (none where fetched with it)."""
        teams = self.placed_teams()
        return Place(
            themes=frozenset({self.theme.code}),
            academies=frozenset(code for one in teams for code in one.academy_codes),
            group_teams=frozenset(one.code for one in teams),
        )

    def placed_teams(self) -> list["Team"]:
        """Its teams, those that withdrew too, each with its academies: fetched once."""
        models.prefetch_related_objects([self], *places_of_teams())
        return list(self.teams.all())


class TeamQuerySet(OverWhich, models.QuerySet["Team"]):
    def living(self) -> Self:
        """Those that have not withdrawn."""
        return self.exclude(state=TeamState.WITHDRAWN)


class Team(models.Model):
    """The team of an academy in a national group, or of a participant that is not an academy.

    `participation`: the decision it was formed from; None for a team that moved in mid-year.
    `shares_with_partners`: what partners may read is decided by the team.
    """

    code = models.SlugField("code", max_length=80, unique=True)  # part of its address
    group = models.ForeignKey(
        NationalGroup, on_delete=models.PROTECT, related_name="teams", verbose_name="groupe"
    )
    participation = models.OneToOneField(
        Participation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="participation",
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="académie"
    )
    participant = models.CharField(  # « Polynésie française », where no academy answers
        "participant", max_length=200, blank=True, default=""
    )
    project = models.CharField("projet", max_length=300, blank=True, default="")
    summary = models.TextField("résumé du projet", blank=True, default="")
    state = models.CharField(
        "état", max_length=10, choices=TeamState.choices(), default=TeamState.AT_WORK
    )
    state_at = models.DateTimeField("dans cet état depuis")
    reason = models.TextField("motif", blank=True, default="")
    formed_at = models.DateTimeField("formée à")
    shares_with_partners = models.BooleanField("partage avec ses partenaires", default=False)
    version = models.PositiveIntegerField("version", default=0)

    SCOPE_PATHS: ClassVar = {
        "academy": OF_A_TEAM,
        "theme": "group__theme__code",
        "discipline": Via(
            "group__theme__terms__code", where=Q(group__theme__terms__scheme="disciplines")
        ),
        "team": "code",
        "group_team": "group__teams__code",
        "state": "state",
        "shared": Q(shares_with_partners=True),
    }

    objects: ClassVar[models.Manager["Team"]] = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "équipe"
        verbose_name_plural = "équipes"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(academy__isnull=False) | ~Q(participant=""),
                name="team_is_of_an_academy_or_a_participant",
            ),
            models.UniqueConstraint(
                fields=["group", "academy"],
                condition=~Q(state="withdrawn"),
                name="team_one_per_academy_in_a_group",
                violation_error_message="Cette académie a déjà une équipe dans ce groupe.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""),
                name="team_withdrawn_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def named(self) -> str:
        """« Lille », or the participant that is not an academy."""
        return self.academy.name if self.academy is not None else self.participant

    @property
    def academy_codes(self) -> frozenset[str]:
        """The academies it belongs to: its own, today's successor, those bound to it."""
        codes = {bond.academy.code for bond in self.bonds.all()}
        if self.academy is not None:
            codes.add(self.academy.code)
            if self.academy.successor is not None:
                codes.add(self.academy.successor.code)
        return frozenset(codes)

    def place(self) -> Place:
        """Where it stands; a few queries (none where fetched with it)."""
        theme = self.group.theme
        return Place(
            academies=self.academy_codes,
            academy_names=(self.named,),
            themes=frozenset({theme.code}),
            disciplines=frozenset(
                term.code for term in theme.terms.all() if term.scheme == "disciplines"
            ),
            teams=frozenset({self.code}),
            group_teams=frozenset(one.code for one in self.group.teams.all()),
            state=self.state,
            flags=frozenset({Flag.SHARED} if self.shares_with_partners else ()),
        )


class TeamBond(models.Model):
    """Another academy that works with a team, or is attached to its work."""

    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="bonds", verbose_name="équipe"
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, related_name="+", verbose_name="académie"
    )
    kind = models.CharField("lien", max_length=10, choices=Bond.choices())

    class Meta:
        verbose_name = "académie liée à une équipe"
        verbose_name_plural = "académies liées aux équipes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "academy"], name="team_bond_once"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.academy_id}"


def bonds_of_teams(path: str = "bonds") -> models.Prefetch[Any]:
    """What a team's academies need of its bonds; one query."""
    return models.Prefetch(path, TeamBond.objects.select_related("academy"))


def places_of_teams() -> tuple[models.Prefetch[Any] | str, ...]:
    """What a group's place needs of its teams; two queries (teams that were fetched with the group
    for another reason are completed)."""
    teams = models.Prefetch("teams", Team.objects.select_related("academy__successor"))
    return teams, "teams__academy__successor", bonds_of_teams("teams__bonds")


class MemberQuerySet(OverWhich, models.QuerySet["Member"]):
    def on(self, today: date) -> Self:
        """Those who are members on that day (the end is exclusive)."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)


class Member(models.Model):
    """Someone's part in a team, for a period (`ends_on` exclusive). Past members stay: history.

    `mandate`: what gives them their rights. `person` None: someone whom the application named and
    who is not invited yet; `source` then says where the name is read (an answer's key and item).
    """

    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="members", verbose_name="équipe"
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="personne"
    )
    mandate = models.ForeignKey(
        Mandate, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="mandat"
    )
    role = models.CharField("rôle", max_length=20, choices=Role.choices())
    discipline = models.CharField("discipline", max_length=60, blank=True, default="")  # its code
    level = models.CharField("niveau", max_length=60, blank=True, default="")  # its code
    school = models.CharField("établissement", max_length=200, blank=True, default="")
    school_type = models.CharField("type d’établissement", max_length=60, blank=True, default="")
    is_newcomer = models.BooleanField("participe pour la première fois", default=False)
    source = models.CharField("repris de", max_length=120, blank=True, default="")
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au (exclu)", null=True)

    SCOPE_PATHS: ClassVar = {
        "person": "person",
        "team": "team__code",
        "theme": "team__group__theme__code",
        "academy": academy_paths("team"),
    }

    objects: ClassVar[models.Manager["Member"]] = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "membre d’une équipe"
        verbose_name_plural = "membres des équipes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "person", "role"],
                condition=Q(ends_on=None),
                name="member_once_in_a_role",
                violation_error_message="Cette personne a déjà ce rôle dans l’équipe.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="member_ends_after_they_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.role}"
