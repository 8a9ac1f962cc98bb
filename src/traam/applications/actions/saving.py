"""What is typed is saved, field by field, whoever else writes; two texts are settled; presence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from traam.access.actor import Actor
from traam.applications import acts
from traam.applications.models import Answer, AnswerVersion, Application, Presence
from traam.applications.queries.calls import day_of
from traam.applications.queries.open_forms import (
    Here,
    OpenFile,
    OpenForm,
    Said,
    held,
    here,
    received,
    said,
    waiting,
)
from traam.applications.rules.answers import Value, faults, has_shape, is_too_large, tidied
from traam.applications.rules.merging import Reception, decide, order, tab_of
from traam.applications.writing import keep, put_aside
from traam.campaigns.rules.default_form import ASSOCIATED
from traam.campaigns.rules.questions import Form, Question, joined
from traam.kit.refusals import Refusal

KEY_MAX = 60  # characters
WRITES_MAX = 200  # in one save
FIELD_MAX = 60  # characters
SEEN_AGAIN = timedelta(seconds=15)  # before a presence is written again
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
    return Saving(_writable(application.code, now=now, actor=actor), now=now, actor=actor).save(
        writes
    )


@transaction.atomic
def autosave(
    *, code: str, writes: Sequence[Write], seen: str, now: datetime, actor: Actor
) -> tuple[OpenFile, Saved]:
    """The same from a page that is open, whose reader is in the field `seen` ("": in none); the
    file as it is after. Raises `Application.DoesNotExist` too."""
    form = _writable(code, now=now, actor=actor)
    saving = Saving(form, now=now, actor=actor)
    saved = saving.save(writes)
    present = _see(form.key, seen[:FIELD_MAX], here(form.key), now=now, actor=actor)
    return OpenFile(form, saving.present, saving.waiting, present), saved


def _writable(code: str, *, now: datetime, actor: Actor | None) -> OpenForm:
    """The form of this address, held, in which this person may write now."""
    form = held(code)
    acts.may_write_there(form.place, "application.edit", actor=actor, channel=form.channel)
    acts.need_open_until(form.limit, now=now)
    return form


def _see(
    application: int, field: str, known: Sequence[Here], *, now: datetime, actor: Actor
) -> list[Here]:
    """This person has the form open, in this field; who has. A presence that was said just now is
    not written again."""
    if actor.person is None:
        return list(known)
    mine = next((one for one in known if one.person == actor.person), None)
    told = Here(actor.person, field, now)
    if mine is None:
        made = Presence(
            application_id=application, person_id=actor.person, field=field, seen_at=now
        )
        Presence.objects.bulk_create([made], ignore_conflicts=True)
    elif mine.field != field or now - mine.seen_at >= SEEN_AGAIN:
        rows = Presence.objects.filter(application=application, person=actor.person)
        rows.update(field=field, seen_at=now)
    else:
        told = mine
    return [*(one for one in known if one is not mine), told]


class Saving:
    """One save of a form that is held: what it says, what waits to be settled, what was already
    received, all kept as they become."""

    def __init__(self, form: OpenForm, *, now: datetime, actor: Actor | None) -> None:
        self.form, self.now, self.person = form, now, acts.person_of(actor)
        self.present = said(form.key)
        self.rows: list[AnswerVersion] = []
        self.saved = Saved()

    @property
    def waiting(self) -> list[AnswerVersion]:
        """The texts that wait to be settled, the oldest first."""
        return [one for one in self.rows if one.is_rival and one.settled_at is None]

    def save(self, writes: Sequence[Write]) -> Saved:
        """Keep these. Raises `Refusal` on what no form of ours sends."""
        names = {one.field for one in writes}
        core = self.form.core(today=day_of(self.now), with_academies=ASSOCIATED in names)
        questions = _checked(joined(core, self.form.form), writes)
        earlier = received(self.form, self._late(writes))
        self.rows = list({one.pk: one for one in (*waiting(self.form), *earlier)}.values())
        known = {(one.field, one.save_key): one for one in earlier}
        for write in writes:
            question = questions[write.field]
            value = tidied(question, write.value)
            if found := faults(question, value):
                self.saved.faults[write.field] = found
            self._one(write, value, known.get((write.field, write.key)))
        return self.saved

    def _late(self, writes: Sequence[Write]) -> set[tuple[str, str]]:
        """The fields and keys that may have been received already. Where nothing waits to be
        settled, a text written upon the present version was not: it would have made another."""
        late = (
            one for one in writes if self.form.is_waiting or one.base != self.version(one.field)
        )
        return {(one.field, one.key) for one in late if one.key}

    def version(self, field: str) -> int:
        present = self.present.get(field)
        return present.version if present else 0

    def _one(self, write: Write, value: Value, received: AnswerVersion | None) -> None:
        present, version = self.present.get(write.field), self.version(write.field)
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
            application=self.form.key,
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
            self.form.key,
            field=write.field,
            value=value,
            version=version,
            person=self.person,
            now=self.now,
            key=write.key,
        )
        self.present[write.field] = Said(write.field, value, version)

    def _rival(self, write: Write, value: Value, version: int) -> None:
        beside = [one for one in self.waiting if one.field == write.field]
        same = next((one for one in beside if one.value == value), None)
        if same is None:
            later = self._later(write, beside)
            same = self._put_aside(write, value, settled_at=self.now if later else None)
            if later:
                same = later
            else:
                self._supersede(write, beside)
        self._told(same, version)

    def _put_aside(
        self, write: Write, value: Value, *, settled_at: datetime | None
    ) -> AnswerVersion:
        made = put_aside(
            self.form.key,
            field=write.field,
            value=value,
            version=write.base,
            person=self.person,
            now=self.now,
            key=write.key,
            settled_at=settled_at,
        )
        self.rows.append(made)
        return made

    def _later(self, write: Write, beside: Iterable[AnswerVersion]) -> AnswerVersion | None:
        """The text that the same tab typed after this one, were it received before."""
        return next((one for one in beside if order(one.save_key, write.key) > 0), None)

    def _supersede(self, write: Write, beside: Iterable[AnswerVersion]) -> None:
        """The same tab goes on typing: its later text takes the place of its earlier one, which
        stays among the versions."""
        tab = tab_of(write.key)
        earlier = [
            one
            for one in beside
            if tab and one.saved_by_id == self.person and tab_of(one.save_key) == tab
        ]
        for one in earlier:
            one.settled_at = self.now
        AnswerVersion.objects.bulk_update(earlier, ["settled_at"])

    def _writer(self, field: str) -> int | None:
        rows = Answer.objects.filter(application=self.form.key, field=field)
        return rows.values_list("saved_by", flat=True).first()

    def _told(self, aside: AnswerVersion, version: int) -> None:
        present = self.present.get(aside.field)
        self.saved.rivals.append(
            Rival(
                field=aside.field,
                mine=aside.value,
                theirs=present.value if present else None,
                by=self._writer(aside.field) if present else None,
                version=version,
                key=aside.pk,
            )
        )


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
    form = _writable(application.code, now=now, actor=actor)
    rows = AnswerVersion.objects.filter(application=form.key, field=field, is_rival=True)
    chosen = rows.filter(pk=rival).first()
    if chosen is None:
        raise Refusal(SETTLED)
    saving = Saving(form, now=now, actor=actor)
    upon = saving.version(field) if base is None else base
    saved = saving.save([Write(field, value, base=upon)])
    if chosen.settled_at is None and not any(one.key == chosen.pk for one in saved.rivals):
        chosen.settled_at = now
        chosen.save(update_fields=["settled_at"])
    return saved
