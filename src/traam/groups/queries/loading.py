"""What a row of a file of teams means here: its campaign, theme, academy; and who awaits an
invitation. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from traam.access.roles import Role
from traam.campaigns import reading
from traam.campaigns.actions import moves_in
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.reading import Remarks
from traam.campaigns.rules.life import CampaignState
from traam.groups.joining import About
from traam.groups.models import Member, Team
from traam.groups.rules.carrying import folded
from traam.groups.rules.life import TeamState
from traam.kit.clock import day_of
from traam.kit.rows import Column, Kind, RawRow, shown
from traam.kit.together import Asking
from traam.people.models import User
from traam.people.waves import never_invited
from traam.reference.models import Academy
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary

ROLES: Mapping[str, Role] = {
    "référent": Role.REFERENT,
    "enseignant": Role.TEACHER,
    "inspecteur": Role.INSPECTOR,
    "partenaire": Role.PARTNER,
}
_WRITINGS = {frozenset(folded(word)): role for word, role in ROLES.items()} | {
    frozenset({word}): role
    for role, words in {
        Role.REFERENT: ("referente", "referents"),
        Role.TEACHER: ("enseignante", "professeur", "professeure"),
        Role.INSPECTOR: ("inspectrice", "ipr", "ien"),
    }.items()
    for word in words
}
COLUMNS: Mapping[str, Column] = {
    "year": Column(required=True, limit=40),
    "theme": Column(required=True, limit=2000),
    "academy": Column(required=True, limit=200),
    "role": Column(required=True, limit=40),
    "mail": Column(kind=Kind.MAIL, required=True, limit=254),
    "name": Column(required=True, limit=200),
    "discipline": Column(limit=200),
    "school": Column(limit=200),
    "level": Column(limit=100),
}
WORK = (CampaignState.ANNOUNCED, CampaignState.AT_WORK)
FIRST = (Role.REFERENT, Role.INSPECTOR, Role.TEACHER, Role.PARTNER)  # to be invited


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A row whose every word is known."""

    theme: Theme
    academy: Academy
    role: Role
    mail: str
    name: str
    about: About


@dataclass
class Reader:
    """Reads the rows of one file; campaigns, themes and academies are fetched once."""

    now: datetime
    words: Vocabulary = field(default_factory=vocabulary)
    campaigns: dict[str, Campaign | None] = field(default_factory=dict)
    themes: dict[int, list[Theme]] = field(default_factory=dict)
    academies: dict[str, Academy] = field(default_factory=dict)

    def read(self, row: RawRow) -> tuple[Found | None, Remarks]:
        """What a row says, and what is to be said of it; None when it is refused."""
        remarks = Remarks(mended=list(row.mended), refused=list(row.refused))
        if remarks.refused:
            return None, remarks
        theme, academy = self._theme(row, remarks), self._academy(row, remarks)
        role, about = self._role(row, remarks), self._about(row, remarks)
        if theme is None or academy is None or role is None or remarks.refused:
            return None, remarks
        return Found(
            theme=theme,
            academy=academy,
            role=role,
            mail=row.text("mail"),
            name=row.text("name"),
            about=about,
        ), remarks

    def _theme(self, row: RawRow, remarks: Remarks) -> Theme | None:
        campaign = self._campaign(row, remarks)
        if campaign is None:
            return None
        if campaign.pk not in self.themes:
            rows = Theme.objects.filter(campaign=campaign).select_related("campaign")
            self.themes[campaign.pk] = list(rows.order_by("pk"))
        given = row.text("theme")
        known = self.themes[campaign.pk]
        found = [one for one in known if one.code == given]
        found = found or [one for one in known if folded(one.title) == folded(given)]
        if len(found) == 1:
            return found[0]
        wanted = "son code (dans l’adresse de sa page) ou son intitulé exact"
        why = "n’est pas un thème" if not found else "est l’intitulé de plusieurs thèmes"
        remarks.refused.append(
            f"Champ « theme » : {shown(given)} {why} de la campagne {campaign.label} ; attendu : "
            f"{wanted}."
        )
        return None

    def _campaign(self, row: RawRow, remarks: Remarks) -> Campaign | None:
        year = reading.years(row.text("year"), remarks).address
        if remarks.refused:
            return None
        if year not in self.campaigns:
            self.campaigns[year] = Campaign.objects.filter(year=year).first()
        campaign = self.campaigns[year]
        if campaign is None:
            remarks.refused.append(
                f"Champ « year » : aucune campagne {shown(year)} ; préparez-la, ou chargez ses "
                "thèmes d’abord."
            )
        elif campaign.state not in WORK and not moves_in(campaign, self.now):
            remarks.refused.append(
                f"Champ « year » : la campagne {campaign.label} est « {campaign.state_label} » ; "
                "des équipes se chargent dans une campagne annoncée ou au travail, ou de l’année "
                "en cours."
            )
            return None
        return campaign

    def _academy(self, row: RawRow, remarks: Remarks) -> Academy | None:
        given = row.text("academy")
        years = reading.years(row.text("year"), Remarks())
        codes = reading.academies(
            [given], column="academy", over=years, vocabulary=self.words, remarks=remarks
        )
        for code in codes:
            if code not in self.academies:
                self.academies[code] = Academy.objects.select_related("successor").get(code=code)
            return self.academies[code]
        return None

    def _role(self, row: RawRow, remarks: Remarks) -> Role | None:
        given = row.text("role")
        words = folded(given) - {"e", "s", "rice", "ice"}
        role = _WRITINGS.get(words)
        if role is None:
            known = ", ".join(f"« {one} »" for one in ROLES)
            remarks.refused.append(f"Champ « role » : {shown(given)} ; attendu : {known}.")
        elif given not in ROLES:
            remarks.mended.append(f"Champ « role » : {shown(given)} est lu « {role.label} ».")
        return role

    def _about(self, row: RawRow, remarks: Remarks) -> About:
        disciplines = self.words.disciplines(row.text("discipline") or None)
        levels = self.words.levels(row.text("level") or None)
        types = self.words.school_types(row.text("level") or None)
        if disciplines.unread:
            remarks.mended.append(
                f"Champ « discipline » : {shown(row.text('discipline'))} n’est pas connue ; "
                "elle est laissée vide."
            )
        if row.text("level") and not levels.terms and not types.terms:
            remarks.mended.append(
                f"Champ « level » : {shown(row.text('level'))} n’est ni un niveau ni un type "
                "d’établissement connu ; laissé vide."
            )
        return About(
            discipline=disciplines.terms[0].code if disciplines.terms else "",
            level=levels.terms[0].code if levels.terms else "",
            school=row.text("school"),
            school_type=types.terms[0].code if types.terms else "",
        )


# -- invitations


@dataclass(frozen=True, slots=True)
class Wave:
    """A campaign at work, and those of its teams who were never invited, référents first."""

    campaign: Campaign
    people: list[User]
    members: int  # with an account, invited or not


def to_invite(campaign: Campaign, now: datetime) -> Asking[Wave]:
    """The members of its teams who were never invited; the others are only counted."""
    rows = Member.objects.filter(team__group__campaign=campaign, person__is_active=True)
    rows = rows.exclude(team__state=TeamState.WITHDRAWN).on(day_of(now))
    counted = rows.order_by().values("team__group__campaign")
    members, left = yield (
        counted.values_list(Count("person", distinct=True), flat=True),
        rows.filter(never_invited("person")).select_related("person"),
    )
    order = {role.value: place for place, role in enumerate(FIRST)}
    ranked = sorted(left, key=lambda one: (order.get(one.role, len(order)), one.team_id, one.pk))
    people = {one.person.pk: one.person for one in ranked if one.person is not None}
    return Wave(campaign, list(people.values()), sum(members))


def waves(now: datetime) -> Asking[list[Wave]]:
    """The campaigns at work that have teams, the latest first."""
    keys = Team.objects.values("group__campaign")
    rows = Campaign.objects.filter(pk__in=keys, state__in=WORK).latest_first()
    found = []
    for one in (yield rows):
        found.append((yield from to_invite(one, now)))
    return found
