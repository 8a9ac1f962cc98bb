"""What is typed is saved, field by field, whoever else writes; two texts are settled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.applications.rules.answers import faults, has_shape, is_too_large, tidied
from traam.applications.rules.merging import Reception, decide, order, tab_of
from traam.campaigns.rules.questions import Form, QuestionKind
from traam.kit.refusals import Refusal
from traam.productions import acts
from traam.productions.models import Aside, Production
from traam.productions.queries.reading import asides, form_of, trace_of, values_of
from traam.productions.rules.contents import stamp
from traam.productions.rules.fields import LINES, Value, lines
from traam.productions.writing import cut_before, keep, write

KEY_MAX = 60  # characters
WRITES_MAX = 100  # in one save
LINE_MAX = 1_000  # characters: what the column of a line keeps, were it too long to be shared
WRITE = "production.write"
SETTLED = "Ces deux textes sont déjà départagés : relisez celui qui est gardé."


@dataclass(frozen=True, slots=True)
class Write:
    """A text that a browser sends. `base`: the version of the field that it had (0: none); `key`:
    « a1b2-17 », the 17th save of a tab, so that a save sent twice is one; `was`: the stamp of the
    text that it was given, from a form without script (it sends untouched fields too)."""

    field: str
    value: Value
    base: int = 0
    key: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the present version of each field sent, the texts to be settled, what
    is wrong (and kept as typed)."""

    versions: dict[str, int] = field(default_factory=dict)
    rivals: list[Aside] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def save(
    *, production: Production, writes: Sequence[Write], now: datetime, actor: Actor | None
) -> tuple[Production, Saved]:
    """Keep every text sent: in its field, or beside it where another has written since.

    Raises `NotAllowed`, or `Refusal` when a field is not one: then nothing is written.
    """
    held = acts.held(production)
    allowed(actor, WRITE, held.place())
    saving = _Saving(held, now=now, person=person_of(actor))
    return held, saving.save(writes)


class _Saving:
    """One save of a production that is held."""

    def __init__(self, held: Production, *, now: datetime, person: int | None) -> None:
        self.held, self.now, self.person = held, now, person
        self.form = form_of(held)
        self.values = values_of(held)
        self.rows: list[Aside] = []
        self.saved = Saved()
        self.written: list[str] = []

    def save(self, writes: Sequence[Write]) -> Saved:
        _check(self.form, writes)
        self.rows = asides(self.held, keys=[one.key for one in writes if one.key])
        for one in writes:
            self._one(one)
        if self.written:
            keep(self.held, self.written)
        return self.saved

    def _one(self, given: Write) -> None:
        question = self.form.question(given.field)
        assert question is not None  # `_check`
        value = canonical(given.field, tidied(question, given.value))
        if found := faults(question, value):
            self.saved.faults[given.field] = found
        version = trace_of(self.held, given.field).version
        if received := self._received(given):
            self._again(received)
        else:
            version = self._receive(given, value)
        self.saved.versions[given.field] = version

    def _received(self, given: Write) -> Aside | None:
        """The row that this very save left beside, were it received before."""
        same = (one for one in self.rows if one.field == given.field and given.key)
        return next((one for one in same if one.save_key == given.key), None)

    def _again(self, received: Aside) -> None:
        if received.settled_at is None:
            self.saved.rivals.append(received)

    def _receive(self, given: Write, value: Value) -> int:
        trace = trace_of(self.held, given.field)
        if given.was and given.was == stamp(comparable(value)):
            return trace.version  # whoever sends back what they were given has typed nothing
        decision = decide(
            present_version=trace.version,
            base_version=given.base,
            present=comparable(self.values.get(given.field)),
            given=comparable(value),
            own=order(given.key, trace.key),
        )
        if decision is Reception.WRITE:
            return self._keep(given, value)
        if decision is Reception.RIVAL:
            self._put_aside(given, value)
        return trace.version

    def _keep(self, given: Write, value: Value) -> int:
        if not self.written:
            cut_before(self.held, person=self.person, now=self.now)
        self.written.append(given.field)
        self.values[given.field] = value
        return write(
            self.held,
            field=given.field,
            value=value,
            person=self.person,
            key=given.key,
            now=self.now,
        )

    def _put_aside(self, given: Write, value: Value) -> None:
        """Beside the present text; the same tab's later text takes the place of its earlier one."""
        waiting = [one for one in self.rows if one.field == given.field and not one.settled_at]
        known = next((one for one in waiting if one.value == value), None)
        later = next((one for one in waiting if order(one.save_key, given.key) > 0), None)
        if known is None and later is None:
            self._supersede(waiting, given.key)
            known = Aside.objects.create(
                production=self.held,
                field=given.field,
                value=value,
                base=given.base,
                save_key=given.key,
                saved_at=self.now,
                saved_by_id=self.person,
            )
            self.rows.append(known)
        if told := known or later:
            self.saved.rivals.append(told)

    def _supersede(self, waiting: Sequence[Aside], key: str) -> None:
        tab = tab_of(key)
        earlier = [one for one in waiting if tab and tab_of(one.save_key) == tab]
        for one in earlier:
            one.settled_at = self.now
        Aside.objects.bulk_update(earlier, ["settled_at"])


def canonical(name: str, value: Value) -> Value:
    """The value as it is kept and compared: free words one on a line, each once."""
    if name in LINES and value:
        return "\n".join(lines(str(value))) or None
    return value


def comparable(value: Value) -> Value:
    """What makes two values the same: lists whatever their order, blanks alike."""
    return sorted(value) if isinstance(value, list) and value else value or None


def _check(form: Form, writes: Sequence[Write]) -> None:
    """Raises `Refusal` on what no form of ours sends."""
    if len(writes) > WRITES_MAX:
        raise Refusal(f"{len(writes)} champs à la fois : {WRITES_MAX} au plus.")
    wrong: list[str] = []
    for one in writes:
        question = form.question(one.field)
        if question is None:
            wrong.append(f"Le champ « {one.field[:60]} » n’est pas d’une production.")
        elif not has_shape(question, one.value) or is_too_large(one.value):
            wrong.append(f"« {question.label} » : ce qui est reçu n’est pas une réponse.")
        elif question.kind is QuestionKind.TEXT and len(str(one.value)) > LINE_MAX:
            wrong.append(
                f"« {question.label} » ({len(str(one.value))} caractères) tient en "
                f"{question.limit} caractères."
            )
        if len(one.key) > KEY_MAX or one.base < 0:
            wrong.append(f"Champ « {one.field[:60]} » : clé ou version illisible.")
    if wrong:
        raise Refusal(*wrong)


@transaction.atomic
def settle(
    *,
    production: Production,
    aside: int,
    value: Value,
    now: datetime,
    actor: Actor | None,
    base: int | None = None,
) -> Saved:
    """Write the text chosen between two; the other stays among the versions and asides.

    `aside`: the row's key; `base`: the version of the field that the person compared with (where
    another wrote since, this text is their rival in its turn). Twice is once.
    """
    held = acts.held(production)
    allowed(actor, WRITE, held.place())
    chosen = Aside.objects.filter(production=held, pk=aside).first()
    if chosen is None:
        raise Refusal(SETTLED)
    present = trace_of(held, chosen.field).version
    saving = _Saving(held, now=now, person=person_of(actor))
    saved = saving.save([Write(chosen.field, value, present if base is None else base)])
    if chosen.settled_at is None and chosen.pk not in {one.pk for one in saved.rivals}:
        chosen.settled_at = now
        chosen.save(update_fields=["settled_at"])
        acts.note("production.settle", held, actor=actor, now=now, after={"field": chosen.field})
    return saved
