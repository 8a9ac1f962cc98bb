"""A campaign is prepared: copied from last year's in one act, then its calendar, its rules and its
letter are set."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.place import Place
from traam.campaigns import acts, telling
from traam.campaigns.actions.texts import add_theme, draft_again
from traam.campaigns.contents import brief_says, theme_text
from traam.campaigns.models import Brief, Campaign, MilestoneDate, Questionnaire, Theme
from traam.campaigns.rules.calendar import Calendar, Milestone, moved_closing
from traam.campaigns.rules.call import CallRules
from traam.campaigns.rules.default_form import DEFAULT_FORM
from traam.campaigns.rules.life import CALL_OPENED_ON, MOVE_CLOSING, CampaignState
from traam.campaigns.rules.signing import digest_of
from traam.campaigns.rules.texts import ThemeText
from traam.campaigns.rules.years import Years
from traam.kit.refusals import Refusal, need_read

FROZEN = (
    "Les règles, les poids et la grille sont gelés : un premier avis a été ouvert. Ils ne changent "
    "plus pour cette campagne."
)
COMMITTED = (
    "Les engagements font partie du cahier des charges signé : ils ne changent plus une fois "
    "l’appel ouvert. Reprenez d’abord l’appel."
)
WHY_MOVED = "Il y faut un motif, en une phrase."
TOO_LONG = 3  # school years
LETTER_MAX = 6_000  # characters


@transaction.atomic
def prepare(
    *,
    years: Years,
    copy_from: Campaign | None,
    now: datetime,
    actor: Actor | None,
    themes: tuple[str, ...] = (),
    is_demonstration: bool = False,
) -> Campaign:
    """A campaign to prepare. From another one: its rules, letter, cahier des charges, questions,
    the themes asked for (codes, carried on as drafts), and its calendar moved by the years.

    Raises `NotAllowed`, or `Refusal` when these years have a campaign already.
    """
    behalf = acts.allowed(actor, "campaign.prepare", Place())
    address = _address(years, is_demonstration=is_demonstration)
    if faults := _years_faults(years, address):
        raise Refusal(*faults)
    campaign = Campaign.objects.create(
        year=address,
        first_year=years.first,
        last_year=years.last,
        state=CampaignState.PREPARATION,
        state_at=now,
        is_demonstration=is_demonstration,
        rules=copy_from.rules if copy_from else {},
        letter=copy_from.letter if copy_from else "",
        copied_from=copy_from,
    )
    after = {"copied_from": copy_from.year if copy_from else ""}
    acts.note("campaign.prepare", campaign, actor=actor, behalf=behalf, now=now, after=after)
    _copy_brief(campaign, copy_from, now=now, actor=actor)
    _copy_questionnaire(campaign, copy_from)
    if copy_from is not None:
        _copy_calendar(campaign, copy_from)
        _copy_themes(campaign, copy_from, themes, now=now, actor=actor)
    return campaign


def _address(years: Years, *, is_demonstration: bool) -> str:
    """« 2026-2027 »; « demo-2024-2025 » for a campaign of the demonstration in a year of which the
    archive holds the real one."""
    archived = Campaign.objects.filter(year=years.address, is_archive=True)
    is_taken = is_demonstration and archived.exists()
    return f"demo-{years.address}" if is_taken else years.address


def _years_faults(years: Years, address: str) -> list[str]:
    if years.first is None or years.last is None:
        return ["Les années manquent : donnez l’automne où la campagne commence."]
    if not 0 < years.last - years.first <= TOO_LONG:
        return [f"Une campagne dure d’une à {TOO_LONG} années scolaires (reçu : {years.address})."]
    if Campaign.objects.filter(year=address).exists():
        return [f"La campagne {years.address} existe déjà : ouvrez-la plutôt que d’en faire deux."]
    return []


def _copy_brief(
    campaign: Campaign, source: Campaign | None, *, now: datetime, actor: Actor | None
) -> None:
    found = Brief.objects.filter(campaign=source).first() if source else None
    Brief.objects.create(
        campaign=campaign,
        text=found.text if found else "",
        state_at=now,
        changed_at=now,
        changed_by_id=acts.person_of(actor),
    )


def _copy_questionnaire(campaign: Campaign, source: Campaign | None) -> None:
    """The questions last published there, as a draft; else those that a campaign begins with."""
    known = (
        Questionnaire.objects.filter(campaign=source) if source else Questionnaire.objects.none()
    )
    last = known.order_by("-number", "pk").first()
    content = last.content if last else DEFAULT_FORM.as_data()
    Questionnaire.objects.create(
        campaign=campaign, number=1, content=content, digest=digest_of(content)
    )


def _copy_calendar(campaign: Campaign, source: Campaign) -> None:
    years = (campaign.first_year or 0) - (source.first_year or 0)
    _write_dates(campaign, source.calendar.moved(years).dates)


def _copy_themes(
    campaign: Campaign,
    source: Campaign,
    codes: tuple[str, ...],
    *,
    now: datetime,
    actor: Actor | None,
) -> None:
    """Each of these themes goes on in the new campaign, as a draft that says what it continues."""
    rows = Theme.objects.living().filter(campaign=source, code__in=codes)
    found = list(rows.prefetch_related("terms", "axes").order_by("pk"))
    if missing := {*codes} - {one.code for one in found}:
        wrong = ", ".join(f"« {code} »" for code in sorted(missing))
        raise Refusal(
            f"La campagne {source.label} n’a pas à poursuivre ces thèmes : {wrong}. Choisissez "
            "parmi les siens, les retirés exceptés."
        )
    for theme in found:
        said = theme_text(theme).content() | {"continues": theme.code}
        add_theme(campaign=campaign, facts=ThemeText.read(said), now=now, actor=actor)


def _write_dates(campaign: Campaign, dates: Mapping[Milestone, datetime]) -> None:
    MilestoneDate.objects.filter(campaign=campaign).delete()
    MilestoneDate.objects.bulk_create(
        MilestoneDate(campaign=campaign, kind=kind, at=at) for kind, at in dates.items()
    )


@transaction.atomic
def set_calendar(
    *,
    campaign: Campaign,
    dates: Mapping[Milestone, datetime],
    now: datetime,
    actor: Actor | None,
    reason: str = "",
    known: Collection[str] | None = None,
) -> Campaign:
    """These instants and no others. Raises `NotAllowed`, or `Refusal` when one is out of order or
    far from the campaign's years, or when a call that has opened would lose its opening, or close
    in the past.

    Moving the end of an open call wants a `reason`: those to whom it went are told. `known`: what
    the page has warned of (`need_read`).
    """
    held = acts.held(campaign)
    behalf = acts.allowed(actor, "campaign.prepare", held.place())
    before, after = held.calendar, Calendar(dict(dates))
    if before.dates == after.dates:
        return held
    if faults := [
        *after.faults(),
        *after.strays(held.years),
        *_opened_faults(held, before, after, now),
    ]:
        raise Refusal(*faults)
    words = reason.strip()
    is_moved = held.state == CampaignState.CALL_OPEN and before.closes_at != after.closes_at
    if is_moved and before.closes_at and after.closes_at:
        effect = moved_closing(before.closes_at, after.closes_at)
        need_read([effect] if reason.strip() else [effect, WHY_MOVED], known)
        words = acts.need_reason(reason)
    _write_dates(held, after.dates)
    changed = {
        each.value: after.at(each) for each in Milestone if before.at(each) != after.at(each)
    }
    earlier = {name: before.at(Milestone(name)) for name in changed}
    acts.note(
        "campaign.move_closing" if is_moved else "campaign.set_calendar",
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        before=earlier,
        after=changed,
    )
    if is_moved:
        acts.explain(held, kind=MOVE_CLOSING, reason=words, actor=actor, now=now)
        telling.closing_moved(held, reason=words, now=now)
    return held


def _opened_faults(
    campaign: Campaign, before: Calendar, after: Calendar, now: datetime
) -> list[str]:
    """What a call that has opened no longer lets change without an act and its reason."""
    if campaign.state not in CALL_OPENED_ON:
        return []
    found = []
    if before.opens_at != after.opens_at:
        found.append("L’appel est déjà ouvert : son ouverture ne change plus.")
    if before.closes_at != after.closes_at and campaign.state != CampaignState.CALL_OPEN:
        found.append("L’appel est clos : pour donner plus de temps, rouvrez-le avec un motif.")
    elif before.closes_at != after.closes_at and (after.closes_at is None or after.closes_at < now):
        found.append("L’appel est ouvert : sa clôture se place dans l’avenir.")
    return found


@transaction.atomic
def set_rules(
    *, campaign: Campaign, rules: CallRules, now: datetime, actor: Actor | None
) -> Campaign:
    """These numbers, grid, weights and commitments. New commitments void the signatures of the
    cahier des charges. Raises `NotAllowed`, or `Refusal` on a set that contradicts itself."""
    held = acts.held(campaign)
    behalf = acts.allowed(actor, "campaign.prepare", held.place())
    if held.frozen_at is not None:
        raise Refusal(FROZEN)
    if faults := rules.faults():
        raise Refusal(*(fault.sentence for fault in faults))
    before, data = held.call_rules, rules.as_data()
    if data == before.as_data():
        return held
    is_committed = before.commitments == rules.commitments
    if not is_committed and held.state in CALL_OPENED_ON:
        raise Refusal(COMMITTED)
    held.rules = data
    held.save(update_fields=["rules"])
    acts.note(
        "campaign.set_rules",
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        before={"digest": digest_of(before.as_data())},
        after={"digest": digest_of(data)},
    )
    if not is_committed:
        _void_brief(held, before, now=now, actor=actor)
    return held


def _void_brief(
    campaign: Campaign, before: CallRules, *, now: datetime, actor: Actor | None
) -> None:
    """The cahier des charges says other commitments now: it is a draft again."""
    brief = acts.held_text(campaign.brief)
    if brief_says(brief.text, before) != brief_says(brief.text, campaign.call_rules):
        brief.version += 1
        brief.save(update_fields=["version"])
        draft_again(brief, now=now, actor=actor)


@transaction.atomic
def freeze_rules(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Campaign:
    """No change of the rules, weights and grid from now on: the first review opens. Once only."""
    held = acts.held(campaign)
    if held.frozen_at is not None:
        return held
    behalf = acts.allowed(actor, "campaign.prepare", held.place())
    held.frozen_at = now
    held.rules = held.call_rules.as_data()  # the defaults in force are written down with the rest
    held.save(update_fields=["frozen_at", "rules"])
    after = {"digest": digest_of(held.rules)}
    acts.note("campaign.freeze_rules", held, actor=actor, behalf=behalf, now=now, after=after)
    return held


@transaction.atomic
def write_letter(*, campaign: Campaign, text: str, now: datetime, actor: Actor | None) -> Campaign:
    """The words of the letter of the call (Markdown; "": the usual ones), until it has gone."""
    held = acts.held(campaign)
    behalf = acts.allowed(actor, "campaign.prepare", held.place())
    written = text.replace("\r\n", "\n").strip()
    if len(written) > LETTER_MAX:
        raise Refusal(f"La lettre ({len(written)} caractères) doit tenir en {LETTER_MAX}.")
    if held.state in CALL_OPENED_ON:
        raise Refusal("L’appel est ouvert : la lettre est partie, elle ne change plus.")
    if held.letter != written:
        held.letter = written
        held.save(update_fields=["letter"])
        acts.note("campaign.write_letter", held, actor=actor, behalf=behalf, now=now)
    return held
