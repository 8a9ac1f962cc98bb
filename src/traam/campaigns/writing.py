"""Writes themes into their campaigns of the archive, many at once. Decides nothing."""

from collections.abc import Mapping

from django.utils.text import slugify

from traam.campaigns.loading import ThemeFacts
from traam.campaigns.models import Campaign, Theme, ThemeAcademy, ThemeTerm
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.years import Years
from traam.reference.models import Academy

BATCH = 500  # themes
SLUG_MAX = 50  # characters of the discipline in a theme's code


class Writer:
    """Writes themes inside the caller's transaction: at `flush`, and before by whole batches."""

    def __init__(self) -> None:
        self.academies: Mapping[str, int] = dict(Academy.objects.values_list("code", "pk"))
        self.campaigns: dict[str, Campaign] = {}
        self.numbers: dict[str, int] = {}  # by beginning of a code, the last number given
        self.added: list[tuple[Theme, ThemeFacts]] = []
        self.changed: list[tuple[Theme, ThemeFacts]] = []

    def add(self, facts: ThemeFacts) -> None:
        """A new theme, in the campaign of its years, made if it is missing."""
        theme = Theme(
            campaign=self._campaign(facts.years), code=self._new_code(facts), **facts.fields()
        )
        self.added.append((theme, facts))
        if len(self.added) == BATCH:
            self.flush()

    def change(self, theme: Theme, facts: ThemeFacts) -> None:
        """What is known now of a theme that is there."""
        self.changed.append((theme, facts))
        if len(self.changed) == BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        added, changed = self.added, self.changed
        self.added, self.changed = [], []
        Theme.objects.bulk_create([theme for theme, _ in added])
        for theme, facts in changed:
            _update(theme, facts)
        keys = [theme.pk for theme, _ in changed]
        ThemeTerm.objects.filter(theme__in=keys).delete()
        ThemeAcademy.objects.filter(theme__in=keys).delete()
        self._fill([*added, *changed])

    def _fill(self, written: list[tuple[Theme, ThemeFacts]]) -> None:
        ThemeTerm.objects.bulk_create(
            ThemeTerm(theme=theme, scheme=term.scheme, code=term.code, label=term.label)
            for theme, facts in written
            for term in facts.terms
        )
        ThemeAcademy.objects.bulk_create(
            ThemeAcademy(
                theme=theme,
                academy_id=self.academies[one.code],
                part=one.part,
                named_as=one.named_as,
                place=theme.list_place,
            )
            for theme, facts in written
            for one in facts.participants
        )

    def _campaign(self, years: Years) -> Campaign:
        if years.address not in self.campaigns:
            self.campaigns[years.address], _ = Campaign.objects.get_or_create(
                year=years.address,
                defaults={
                    "first_year": years.first,
                    "last_year": years.last,
                    "state": CampaignState.CLOSED,
                    "is_archive": True,
                },
            )
        return self.campaigns[years.address]

    def _new_code(self, facts: ThemeFacts) -> str:
        """« svt-2016-2017-1 »: given once, in the order of entry."""
        discipline = slugify(facts.discipline_text)[:SLUG_MAX].strip("-") or "theme"
        start = f"{discipline}-{facts.years.address}-"
        if start not in self.numbers:
            self.numbers[start] = last_number(start)
        self.numbers[start] += 1
        return f"{start}{self.numbers[start]}"


def last_number(start: str) -> int:
    """The last number given after this beginning; « svt-2016-2017-1 » has none after « svt- »."""
    codes = Theme.objects.filter(code__startswith=start).values_list("code", flat=True)
    ends = (code.removeprefix(start) for code in codes)
    return max((int(end) for end in ends if end.isdecimal()), default=0)


def _update(theme: Theme, facts: ThemeFacts) -> None:
    fields = facts.fields()
    changed = [name for name, value in fields.items() if getattr(theme, name) != value]
    for name in changed:
        setattr(theme, name, fields[name])
    theme.save(update_fields=changed)
