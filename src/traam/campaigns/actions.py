"""What happens to campaigns and themes: the archive is loaded. The call will bring its verbs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from traam.access.actor import Actor
from traam.access.web import require
from traam.campaigns import loading
from traam.campaigns.loading import ThemeFacts
from traam.campaigns.models import Campaign, Theme, ThemeAcademy, ThemeTerm
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.years import Years
from traam.journal.actions import record as note
from traam.kit.refusals import Refusal
from traam.kit.rows import Outcome, RawRow, Report, RowResult, read_rows
from traam.reference.models import Academy
from traam.reference.queries import vocabulary

SLUG_MAX = 50  # characters of the discipline in a theme's code


def load(*, content: bytes, name: str, now: datetime, actor: Actor | None, dry_run: bool) -> Report:
    """`take` the rows of a file. Raises `Refusal` on a file that cannot be read."""
    if actor is not None:
        require(actor, "archive.load")
    rows = read_rows(content=content, name=name, columns=loading.COLUMNS)
    return take(rows=rows, now=now, actor=actor, dry_run=dry_run)


@transaction.atomic
def take(*, rows: Sequence[RawRow], now: datetime, actor: Actor | None, dry_run: bool) -> Report:
    """Take the themes of these rows into their campaigns of the archive, which enter closed.

    One outcome for each row; all that is acceptable is taken together, or nothing is. A dry run
    says the same and leaves nothing.
    """
    if actor is not None:
        require(actor, "archive.load")
    report = _Loader().load(rows)
    note(
        actor=actor.person if actor else None,
        verb="archive.load",
        subject="archive:campaigns",
        now=now,
        after={outcome.value: count for outcome, count in report.counts().items()},
    )
    if dry_run:
        transaction.set_rollback(True)
    return report


class _Loader:
    """One file being loaded: what is there already, and what its earlier rows said."""

    def __init__(self) -> None:
        self.vocabulary = vocabulary()
        self.academies: Mapping[str, int] = dict(Academy.objects.values_list("code", "pk"))
        self.present = dict(Theme.objects.values_list("natural_key", "digest"))
        self.seen: dict[str, tuple[int, str]] = {}  # natural key: row and digest

    def load(self, rows: Iterable[RawRow]) -> Report:
        return Report(tuple(self._row(row) for row in rows))

    def _row(self, row: RawRow) -> RowResult:
        facts, remarks = loading.read(row, vocabulary=self.vocabulary)
        if facts is None:
            return RowResult(row.number, Outcome.REFUSED, remarks.reasons)
        key, digest = facts.natural_key(), facts.digest()
        first, known = self.seen.setdefault(key, (row.number, digest))
        if known != digest:
            reason = (
                f"La ligne {first} a la même année, la même discipline, le même thème et la même "
                f"source que la ligne {row.number}, mais pas le même contenu ; une seule est "
                f"attendue (la ligne {first} est gardée)."
            )
            return RowResult(row.number, Outcome.REFUSED, (reason,))
        if self.present.get(key) == digest:
            return RowResult(row.number, Outcome.UNCHANGED)
        try:
            campaign = archive_campaign(facts.years)
        except Refusal as refusal:
            return RowResult(row.number, Outcome.REFUSED, tuple(refusal.reasons))
        told = self._write(facts, campaign)
        self.present[key] = digest
        outcome = Outcome.MENDED if remarks.mended else Outcome.TAKEN
        return RowResult(row.number, outcome, (*told, *remarks.reasons))

    def _write(self, facts: ThemeFacts, campaign: Campaign) -> list[str]:
        """Put the theme in its campaign; what was updated, if it was there already."""
        fields = facts.fields()
        theme = Theme.objects.filter(natural_key=fields["natural_key"]).first()
        if theme is None:
            code = _new_code(facts)
            theme = Theme.objects.create(campaign=campaign, code=code, **fields)
            self._fill(theme, facts)
            return []
        changed = [name for name, value in fields.items() if getattr(theme, name) != value]
        for name in changed:
            setattr(theme, name, fields[name])
        theme.save(update_fields=changed)
        theme.terms.all().delete()
        theme.participations.all().delete()
        self._fill(theme, facts)
        return [f"Le thème « {theme.code} » était déjà chargé : il est mis à jour."]

    def _fill(self, theme: Theme, facts: ThemeFacts) -> None:
        ThemeTerm.objects.bulk_create(
            ThemeTerm(theme=theme, scheme=term.scheme, code=term.code, label=term.label)
            for term in facts.terms
        )
        ThemeAcademy.objects.bulk_create(
            ThemeAcademy(
                theme=theme,
                academy_id=self.academies[one.code],
                part=one.part,
                named_as=one.named_as,
            )
            for one in facts.participants
        )


def archive_campaign(years: Years) -> Campaign:
    """The campaign of the archive for these years, made when it is missing: closed from the start.

    Raises `Refusal` when these years are those of a campaign prepared here.
    """
    campaign, _ = Campaign.objects.get_or_create(
        year=years.address,
        defaults={
            "first_year": years.first,
            "last_year": years.last,
            "state": CampaignState.CLOSED,
            "is_archive": True,
        },
    )
    if not campaign.is_archive:
        raise Refusal(
            f"La campagne {campaign.label} n’est pas une archive : ses thèmes s’y préparent, ils "
            "ne s’y chargent pas."
        )
    return campaign


def _new_code(facts: ThemeFacts) -> str:
    """« svt-2016-2017-1 »: given once, in the order of entry."""
    discipline = slugify(facts.discipline_text)[:SLUG_MAX].strip("-") or "theme"
    start = f"{discipline}-{facts.years.address}-"
    codes = Theme.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [int(code.removeprefix(start)) for code in codes]
    return f"{start}{max(numbers, default=0) + 1}"
