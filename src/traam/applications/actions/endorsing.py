"""The delegate's act: the visa, the ranks and the deposit of the academy's applications at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.applications import acts, telling
from traam.applications.models import Application, Deposit
from traam.applications.queries.answers import answers_of, missing_of
from traam.applications.queries.calls import core_of, day_of, deadline_of, form_of
from traam.applications.rules.depositing import (
    DepositFacts,
    PieceFacts,
    content_of,
    order_faults,
    receipt_number,
)
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Brief, Campaign, TextVersion
from traam.campaigns.rules.life import ANNOUNCED_ON
from traam.campaigns.rules.signing import TextState, digest_of
from traam.kit.labels import Labelled
from traam.kit.refusals import Refusal
from traam.reference.models import Academy

S = ApplicationState
NOTHING = "Classez au moins une candidature de l’académie."
ANNOUNCED = "Les décisions sont annoncées : les candidatures ne se visent ni ne se classent plus."


class Effect(Labelled):
    """What an endorsement does, or would do, with an application."""

    DEPOSITED = "deposited", "visée, classée et déposée"
    RANKED = "ranked", "déjà déposée : son rang change"
    SAME = "same", "déjà déposée, au même rang"
    LEFT = "left", "laissée en attente du visa"
    REFUSED = "refused", "ne peut pas être déposée"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What becomes of one application. `number`, `digest`: of the deposit (empty in a dry run, and
    where nothing is deposited); `reasons`: why it cannot be."""

    code: str
    title: str
    theme: str
    effect: Effect
    rank: int | None = None
    rank_before: int | None = None
    number: str = ""
    digest: str = ""
    deposited_at: datetime | None = None
    reasons: tuple[str, ...] = ()


def endorse(
    *,
    campaign: Campaign,
    academy: Academy,
    order: Sequence[str],
    now: datetime,
    actor: Actor,
    dry_run: bool,
    channel: str = "",
) -> list[Receipt]:
    """Endorse, rank (the first of `order` is 1) and deposit these applications (codes), together
    or not at all; those left out of `order` keep waiting.

    A dry run writes nothing and says what would become of each. The same act twice, or by two
    delegates at once, deposits once and gives the same receipts. Raises `NotAllowed` or `Refusal`.
    """
    channel = acts.need_channel(channel)
    with transaction.atomic():
        held = _held(campaign, academy)
        act = _Endorsement(held, order, now=now, actor=actor, channel=channel)
        return act.foresee() if dry_run else act.carry_out()


def _held(campaign: Campaign, academy: Academy) -> list[Application]:
    """The academy's applications that are endorsed and ranked, locked in one order by all."""
    found = Application.objects.filter(
        campaign=campaign, academy=academy, state__in=[S.AWAITING_VISA, S.DEPOSITED]
    )
    rows = (
        found.select_related("campaign", "theme", "academy", "extension", "questionnaire")
        .prefetch_related("authors", "campaign__milestones", "theme__terms")
        .prefetch_related("inspectors", "examiners")
    )
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


class _Endorsement:
    """One press of the button over the locked applications of an academy."""

    def __init__(
        self,
        held: list[Application],
        order: Sequence[str],
        *,
        now: datetime,
        actor: Actor,
        channel: str,
    ) -> None:
        self.now, self.actor, self.channel = now, actor, channel
        self.known = {one.code: one for one in held}
        if not order:
            raise Refusal(NOTHING)
        if faults := order_faults(order, list(self.known)):
            raise Refusal(*faults)
        self.ranks = {code: place for place, code in enumerate(order, start=1)}
        self.behalf = {code: self._allowed(self.known[code]) for code in order}

    def _allowed(self, one: Application) -> int | None:
        if one.campaign.state in ANNOUNCED_ON:
            raise Refusal(ANNOUNCED)
        right = "application.endorse" if one.state == S.AWAITING_VISA else "application.rank"
        return acts.allowed(one, right, actor=self.actor, channel=self.channel)

    def foresee(self) -> list[Receipt]:
        """What each would become, in the order given, then those left out."""
        left = [one for code, one in self.known.items() if code not in self.ranks]
        return [
            *(self._foreseen(self.known[code]) for code in self.ranks),
            *(_told(one, Effect.LEFT, one.rank) for one in left if one.state == S.AWAITING_VISA),
        ]

    def _foreseen(self, one: Application) -> Receipt:
        rank = self.ranks[one.code]
        if one.state == S.DEPOSITED:
            effect = Effect.SAME if one.rank == rank else Effect.RANKED
            return _told(one, effect, rank, deposit=_latest(one))
        if reasons := self._faults(one):
            return _told(one, Effect.REFUSED, rank, reasons=tuple(reasons))
        return _told(one, Effect.DEPOSITED, rank)

    def _faults(self, one: Application) -> list[str]:
        limit = deadline_of(one)
        late = [] if limit.is_before_grace_ends(self.now) else [limit.why_too_late(self.now)]
        lacking = missing_of(one, today=day_of(self.now))
        return [*late, *(each.sentence for each in lacking)]

    def carry_out(self) -> list[Receipt]:
        """Write it all, or refuse with every reason, each after its application's code."""
        foreseen = self.foresee()
        if refused := [one for one in foreseen if one.effect is Effect.REFUSED]:
            raise Refusal(*(f"{one.code} : {each}" for one in refused for each in one.reasons))
        self._free_ranks()
        return [self._done(one) for one in foreseen]

    def _free_ranks(self) -> None:
        """A deposited application that is left out of the order keeps no rank of another."""
        for code, one in self.known.items():
            if code not in self.ranks and one.rank is not None and one.rank <= len(self.ranks):
                before, one.rank = one.rank, None
                one.save(update_fields=["rank"])
                self._note_rank(one, before, None)

    def _done(self, told: Receipt) -> Receipt:
        one = self.known[told.code]
        if told.effect is Effect.RANKED:
            before, one.rank = one.rank, told.rank
            one.save(update_fields=["rank"])
            self._note_rank(one, before, told.rank)
        if told.effect is not Effect.DEPOSITED:
            return told
        deposit = self._deposit(one)
        return _told(one, Effect.DEPOSITED, told.rank, deposit=deposit)

    def _note_rank(self, one: Application, before: int | None, after: int | None) -> None:
        acts.note(
            "application.rank",
            one,
            actor=self.actor,
            now=self.now,
            behalf=self.behalf.get(one.code),
            channel=self.channel,
            before={"rank": before},
            after={"rank": after},
        )

    def _deposit(self, one: Application) -> Deposit:
        rank, today = self.ranks[one.code], day_of(self.now)
        acts.move(one, "endorse", now=self.now, rank=rank, deposited_at=self.now)
        made = deposit(one, now=self.now, person=acts.key_of(self.actor))
        receipt = receipt_number(one.code, made.number)
        event = acts.note(
            "application.endorse",
            one,
            actor=self.actor,
            now=self.now,
            behalf=self.behalf[one.code],
            channel=self.channel,
            after={"rank": rank, "number": made.number, "digest": made.digest},
        )
        telling.deposited(
            one, event=event, now=self.now, today=today, receipt=receipt, digest=made.digest
        )
        return made


def _told(
    one: Application,
    effect: Effect,
    rank: int | None,
    *,
    deposit: Deposit | None = None,
    reasons: tuple[str, ...] = (),
) -> Receipt:
    return Receipt(
        code=one.code,
        title=one.title,
        theme=one.theme.shown_title,
        effect=effect,
        rank=rank,
        rank_before=one.rank,
        number=receipt_number(one.code, deposit.number) if deposit else "",
        digest=deposit.digest if deposit else "",
        deposited_at=deposit.deposited_at if deposit else None,
        reasons=reasons,
    )


def _latest(one: Application) -> Deposit | None:
    return one.deposits.order_by("-number", "pk").first()


def deposit(application: Application, *, now: datetime, person: int) -> Deposit:
    """Freeze all that the application says, with the cahier des charges and the commitments that
    it accepts. The application is locked."""
    brief = accepted_brief(application.campaign)
    facts = _facts(application, brief, now=now)
    content = content_of(
        facts,
        core=core_of(application.campaign, today=day_of(now)),
        form=form_of(application.questionnaire),
        answers=answers_of(application),
    )
    return Deposit.objects.create(
        application=application,
        number=facts.number,
        content=content,
        digest=digest_of(content),
        brief=brief,
        deposited_at=now,
        deposited_by_id=person,
    )


def accepted_brief(campaign: Campaign) -> TextVersion | None:
    """The version of the cahier des charges that both sides signed."""
    brief = Brief.objects.filter(campaign=campaign, state=TextState.SIGNED_TWICE).first()
    return brief.versions.order_by("-number", "pk").first() if brief else None


def _facts(one: Application, brief: TextVersion | None, *, now: datetime) -> DepositFacts:
    last = _latest(one)
    pieces = one.pieces.filter(removed_at=None).select_related("file").order_by("pk")
    associated = one.associated.order_by("academy__code").values_list("academy__code", flat=True)
    return DepositFacts(
        application=one.code,
        campaign=one.campaign.year,
        theme=one.theme.code,
        academy=one.academy.code,
        associated=tuple(associated),
        number=last.number + 1 if last else 1,
        deposited_at=now,
        questionnaire=one.questionnaire.number,
        questionnaire_digest=one.questionnaire.digest,
        brief_digest=brief.digest if brief else "",
        authors=tuple(sorted(each.person_id for each in one.authors.all())),
        inspectors={each.person_id: each.agreed_at for each in one.inspectors.all()},
        pieces=tuple(
            PieceFacts(each.name, each.label, each.file.digest, each.file.size) for each in pieces
        ),
        commitments=one.campaign.call_rules.commitments,
    )
