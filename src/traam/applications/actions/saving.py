"""What is typed is saved, field by field, whoever else writes; two texts are settled; presence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traam.access.actor import Actor
from traam.applications import acts
from traam.applications.models import Answer, AnswerVersion, Application, Presence
from traam.applications.queries.calls import core_of, core_without_academies, day_of, form_of
from traam.applications.rules.answers import Value, faults, has_shape, is_too_large, tidied
from traam.applications.rules.merging import Reception, decide, order, tab_of
from traam.applications.writing import keep, put_aside
from traam.campaigns.rules.default_form import ASSOCIATED
from traam.campaigns.rules.questions import Form, Question, joined
from traam.kit.refusals import Refusal

KEY_MAX = 60  # characters
WRITES_MAX = 200  # in one save
FIELD_MAX = 60  # characters
SEEN_AGAIN = timedelta(seconds=5)  # before a presence is written again
SETTLED = "Ces deux textes sont déjà départagés : relisez celui qui est gardé."


@dataclass(frozen=True, slots=True)
class Write:
    """A text that a browser sends. `base`: the version that it had (0: none); `key`: given by the
    browser, so that a save sent twice is one (« a1b2-17 »: the 17th of this tab)."""

    field: str
    value: Value
    base: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Rival:
    """Two texts of one field. `by`: the person who wrote `theirs`, the present text; `version`:
    the present one; `key`: of the row that holds `mine`, for `settle`."""

    field: str
    mine: Value
    theirs: Value
    by: int | None
    version: int
    key: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the present version of each field sent, the texts to be settled, what
    is wrong (and kept as typed)."""

    versions: dict[str, int] = field(default_factory=dict)
    rivals: list[Rival] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def save(
    *, application: Application, writes: Sequence[Write], now: datetime, actor: Actor | None
) -> Saved:
    """Keep every text sent: in its field, or beside it where another has written since.

    Raises `NotAllowed`, or `Refusal` when the call is closed or a field is not one: then nothing
    is written.
    """
    held = acts.held(application)
    acts.may_write(held, "application.edit", actor=actor)
    acts.need_open(held, now=now)
    return _Saving(held, writes, now=now, actor=actor).save()


class _Saving:
    """One save: the form, the present texts of the fields sent, what was already received."""

    def __init__(
        self, held: Application, writes: Sequence[Write], *, now: datetime, actor: Actor | None
    ) -> None:
        self.held, self.now, self.person = held, now, acts.person_of(actor)
        self.writes = writes
        names = {one.field for one in writes}
        form = form_for(held, names, today=day_of(now))
        self.questions = _checked(form, writes)
        self.present = {
            one.field: one for one in Answer.objects.filter(application=held, field__in=names)
        }
        self.received = _received(held, writes)
        self.saved = Saved()

    def save(self) -> Saved:
        for write in self.writes:
            question = self.questions[write.field]
            value = tidied(question, write.value)
            if found := faults(question, value):
                self.saved.faults[write.field] = found
            self._one(write, value)
        return self.saved

    def _one(self, write: Write, value: Value) -> None:
        received = self.received.get((write.field, write.key)) if write.key else None
        present = self.present.get(write.field)
        version = present.version if present else 0
        if received is not None:
            self._again(write, received, version)
            return
        decision = decide(
            present_version=version,
            base_version=write.base,
            present=present.value if present else None,
            given=value,
            **self._circumstances(write, version),
        )
        if decision is Reception.WRITE:
            version += 1
            self._keep(write, value, version)
        elif decision is Reception.RIVAL:
            self._rival(write, value, version)
        elif decision is Reception.PAST:
            self._put_aside(write, value, settled_at=self.now)
        self.saved.versions[write.field] = version

    def _again(self, write: Write, received: AnswerVersion, version: int) -> None:
        """Sent twice: the answer is the one already given, the present state beside."""
        self.saved.versions[write.field] = version
        if received.is_rival and received.settled_at is None:
            self._told(received, version)

    def _circumstances(self, write: Write, version: int) -> dict[str, Any]:
        """What the field said at the version the browser had, and whether its own tab wrote the
        present text; one query, none where that version is the present one."""
        if write.base == version:
            return {}
        rows = AnswerVersion.objects.filter(
            application=self.held,
            field=write.field,
            version__in=[write.base, version],
            is_rival=False,
        )
        known = {one.version: one for one in rows}
        now, then = known.get(version), known.get(write.base)
        return {
            "base": then.value if then else None,
            "own": order(write.key, now.save_key) if now else 0,
        }

    def _keep(self, write: Write, value: Value, version: int) -> None:
        keep(
            self.held,
            field=write.field,
            value=value,
            version=version,
            person=self.person,
            now=self.now,
            key=write.key,
        )
        self.present[write.field] = Answer(
            application=self.held,
            field=write.field,
            value=value,
            version=version,
            saved_by_id=self.person,
        )

    def _rival(self, write: Write, value: Value, version: int) -> None:
        rows = AnswerVersion.objects.filter(
            application=self.held, field=write.field, is_rival=True, settled_at=None
        )
        waiting = list(rows.order_by("pk"))
        same = next((one for one in waiting if one.value == value), None)
        if same is None:
            later = self._later(write, waiting)
            same = self._put_aside(write, value, settled_at=self.now if later else None)
            if later:
                same = later
            else:
                self._supersede(write, waiting)
        self._told(same, version)

    def _put_aside(
        self, write: Write, value: Value, *, settled_at: datetime | None
    ) -> AnswerVersion:
        return put_aside(
            self.held,
            field=write.field,
            value=value,
            version=write.base,
            person=self.person,
            now=self.now,
            key=write.key,
            settled_at=settled_at,
        )

    def _later(self, write: Write, waiting: Iterable[AnswerVersion]) -> AnswerVersion | None:
        """The text that the same tab typed after this one, were it received before."""
        return next((one for one in waiting if order(one.save_key, write.key) > 0), None)

    def _supersede(self, write: Write, waiting: Iterable[AnswerVersion]) -> None:
        """The same tab goes on typing: its later text takes the place of its earlier one, which
        stays among the versions."""
        tab = tab_of(write.key)
        earlier = [
            one.pk
            for one in waiting
            if tab and one.saved_by_id == self.person and tab_of(one.save_key) == tab
        ]
        if earlier:
            AnswerVersion.objects.filter(pk__in=earlier).update(settled_at=self.now)

    def _told(self, aside: AnswerVersion, version: int) -> None:
        present = self.present.get(aside.field)
        self.saved.rivals.append(
            Rival(
                field=aside.field,
                mine=aside.value,
                theirs=present.value if present else None,
                by=present.saved_by_id if present else None,
                version=version,
                key=aside.pk,
            )
        )


def form_for(application: Application, names: Iterable[str], *, today: date) -> Form:
    """The core and the campaign's questions; the academies are read only where a field needs it."""
    with_academies = ASSOCIATED in names
    campaign = application.campaign
    core = core_of(campaign, today=today) if with_academies else core_without_academies(campaign)
    return joined(core, form_of(application.questionnaire))


def _checked(form: Form, writes: Sequence[Write]) -> Mapping[str, Question]:
    """The question of each write. Raises `Refusal` on what no form of ours sends."""
    if len(writes) > WRITES_MAX:
        raise Refusal(f"{len(writes)} champs à la fois : {WRITES_MAX} au plus.")
    known = {question.id: question for question in form.questions}
    wrong: list[str] = []
    for write in writes:
        question = known.get(write.field)
        if question is None:
            wrong.append(f"Le champ « {write.field[:60]} » n’est pas de ce questionnaire.")
        elif not has_shape(question, write.value) or is_too_large(write.value):
            wrong.append(f"« {question.label} » : ce qui est reçu n’est pas une réponse.")
        if len(write.key) > KEY_MAX or write.base < 0:
            wrong.append(f"Champ « {write.field[:60]} » : clé ou version illisible.")
    if wrong:
        raise Refusal(*wrong)
    return known


def _received(
    application: Application, writes: Sequence[Write]
) -> dict[tuple[str, str], AnswerVersion]:
    """What was already received under these keys."""
    keys = {one.key for one in writes if one.key}
    if not keys:
        return {}
    rows = AnswerVersion.objects.filter(application=application, save_key__in=keys)
    return {(one.field, one.save_key): one for one in rows.order_by("pk")}


@transaction.atomic
def settle(
    *,
    application: Application,
    field: str,
    rival: int,
    value: Value,
    now: datetime,
    actor: Actor | None,
    base: int | None = None,
) -> Saved:
    """Write the text chosen between two; both stay among the versions. `rival`: its row's key.

    `base`: the version that the person compared with; where another wrote since, it is the rival
    of that text in its turn. Twice is once.
    """
    held = acts.held(application)
    acts.may_write(held, "application.edit", actor=actor)
    acts.need_open(held, now=now)
    rows = AnswerVersion.objects.filter(application=held, field=field, is_rival=True)
    aside = rows.filter(pk=rival).first()
    if aside is None:
        raise Refusal(SETTLED)
    version = _version(held, field)
    write = Write(field, value, base=version if base is None else base)
    saved = _Saving(held, [write], now=now, actor=actor).save()
    if aside.settled_at is None and not any(one.key == aside.pk for one in saved.rivals):
        aside.settled_at = now
        aside.save(update_fields=["settled_at"])
    return saved


def _version(application: Application, field: str) -> int:
    found = Answer.objects.filter(application=application, field=field)
    return found.values_list("version", flat=True).first() or 0


def see(*, application: Application, field: str, now: datetime, actor: Actor) -> None:
    """This person has the form open, in this field (empty: in none). Raises `NotAllowed`.

    A presence that was said just now is read, not written again.
    """
    acts.may_write(application, "application.edit", actor=actor)
    if actor.person is None:
        return
    mine = Presence.objects.filter(application=application, person_id=actor.person)
    known = mine.first()
    if known is None:
        made = Presence(application=application, person_id=actor.person, seen_at=now)
        made.field = field[:FIELD_MAX]
        Presence.objects.bulk_create([made], ignore_conflicts=True)
    elif known.field != field[:FIELD_MAX] or now - known.seen_at >= SEEN_AGAIN:
        mine.update(field=field[:FIELD_MAX], seen_at=now)
