"""A synthesis as its page shows it: text, counts, what its reader may do, who may otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.syntheses.models import (
    Erratum,
    Remark,
    Sending,
    Signature,
    Synthesis,
    SynthesisEvent,
)
from traam.syntheses.queries.contents import content_of, right_of
from traam.syntheses.rules.content import Content
from traam.syntheses.rules.life import (
    BEING_WRITTEN,
    SYNTHESIS_LIFE,
    VALIDATED_ON,
    Capacity,
    SynthesisKind,
    SynthesisState,
)
from traam.syntheses.rules.marks import faults
from traam.syntheses.verbs import VERBS

S = SynthesisState
BADGES = {
    S.DRAFT: "",
    S.IN_VALIDATION: "info",
    S.CORRECTIONS_ASKED: "warning",
    S.VALIDATED: "info",
    S.SIGNED: "success",
    S.PUBLISHED: "success",
    S.WITHDRAWN: "",
}


@dataclass(frozen=True, slots=True)
class Door:
    """An act that the reader may begin: where, its words."""

    label: str
    href: str
    is_first: bool = False


class SynthesisPage:
    """A synthesis and its reader."""

    def __init__(self, synthesis: Synthesis, actor: Actor, now: datetime) -> None:
        self.synthesis, self.actor, self.now = synthesis, actor, now
        self.place = synthesis.place()
        self.state = S(synthesis.state)

    @property
    def kind(self) -> SynthesisKind:
        return SynthesisKind(self.synthesis.kind)

    @property
    def badge(self) -> str:
        return BADGES[self.state]

    @cached_property
    def content(self) -> Content:
        return content_of(self.synthesis)

    @cached_property
    def faults(self) -> list[str]:
        """What keeps it from being submitted or signed; said while that can still be mended."""
        shown = self.state in (*BEING_WRITTEN, S.IN_VALIDATION, S.VALIDATED)
        return faults(self.content) if shown else []

    @cached_property
    def signatures(self) -> list[Signature]:
        """Those that hold; a national synthesis alone is signed."""
        if self.kind is not SynthesisKind.NATIONAL:
            return []
        rows = Signature.objects.filter(synthesis=self.synthesis, voided_at=None)
        return list(rows.select_related("person").order_by("signed_at", "pk"))

    @cached_property
    def remarks(self) -> list[Remark]:
        rows = Remark.objects.filter(synthesis=self.synthesis).select_related(
            "made_by", "block__finding"
        )
        return sorted(rows.order_by("made_at", "pk"), key=lambda one: one.settled_at is not None)

    @cached_property
    def events(self) -> list[tuple[str, SynthesisEvent]]:
        rows = SynthesisEvent.objects.filter(synthesis=self.synthesis).order_by("-at", "pk")
        return [(VERBS.get(one.kind, one.kind), one) for one in rows]

    @cached_property
    def sendings(self) -> list[Sending]:
        """To whom it was sent: for who sends it."""
        if not self.allows("distribute"):
            return []
        rows = Sending.objects.filter(synthesis=self.synthesis).select_related("person")
        return list(rows.order_by("addressee", "pk"))

    @cached_property
    def errata(self) -> list[Erratum]:
        """What was corrected since it was published."""
        if self.synthesis.published_at is None:
            return []
        return list(Erratum.objects.filter(synthesis=self.synthesis).order_by("number", "pk"))

    def allows(self, verb: str, *, state: SynthesisState | None = None) -> bool:
        """May the reader do this to it, now or in another state?"""
        place = self.place if state is None else replace(self.place, state=state)
        return self.actor.allows(right_of(self.synthesis.kind, verb), place)

    @property
    def may_write(self) -> bool:
        return self.state in BEING_WRITTEN and self.allows("write")

    @property
    def may_settle(self) -> bool:
        return self.allows("write", state=S.DRAFT)

    @property
    def who_acts(self) -> str:
        """Who may do what comes next, for whoever may not."""
        asked = {
            S.DRAFT: "submit",
            S.CORRECTIONS_ASKED: "submit",
            S.IN_VALIDATION: "validate",
            S.SIGNED: "publish",
        }.get(self.state)
        if self.state is S.VALIDATED:
            asked = "sign_ig" if self.kind is SynthesisKind.NATIONAL else "publish"
        return who_may(right_of(self.synthesis.kind, asked), self.place) if asked else ""

    @cached_property
    def doors(self) -> list[Door]:
        """The acts open to the reader: those that lead on, the first one in front, then those
        that lead back."""
        moves = SYNTHESIS_LIFE.open_moves(self.state)
        forward = [
            replace(one, is_first=not rank) for rank, one in enumerate(self._forwards(moves))
        ]
        return [*forward, *self._backwards(moves)]

    def _forwards(self, moves: list[str]) -> Iterator[Door]:
        if self.synthesis.is_to_receive:  # type: ignore[attr-defined]  # by `synthesis_of`
            yield self._act("recue", "Je l’ai reçue")
        if "submit" in moves and self.allows("submit") and not self.faults:
            yield self._act("soumettre", "Soumettre à la validation")
        if self.may_write:
            yield Door("Écrire", reverse("synthesis_edit", kwargs={"code": self.synthesis.code}))
        if "validate" in moves and self.allows("validate"):
            yield self._act("valider", "Valider")
            yield self._act("corrections", "Demander des corrections")
        if self.state is S.VALIDATED and (capacity := self._may_sign):
            yield self._act("signer", f"Signer {capacity.label}")
        yield from self._showing(moves)

    @cached_property
    def _given(self) -> dict[str, int]:
        """Who has signed, by capacity."""
        return {one.capacity: one.person_id for one in self.signatures}

    @property
    def _may_sign(self) -> Capacity | None:
        """In whose name the reader, who has not signed, may sign for whom nobody has."""
        if self.kind is not SynthesisKind.NATIONAL or self.actor.person in self._given.values():
            return None
        capacity = capacity_of(self)
        return None if capacity in self._given else capacity

    @property
    def _may_unsign(self) -> bool:
        return self.kind is SynthesisKind.NATIONAL and capacity_of(self) in self._given

    def _showing(self, moves: list[str]) -> Iterator[Door]:
        code = {"code": self.synthesis.code}
        is_report = self.kind is SynthesisKind.TRIAL_REPORT
        if "publish" in moves and self.allows("publish") and not is_report:
            yield Door("Publier…", reverse("synthesis_publish", kwargs=code))
        is_national = self.kind is SynthesisKind.NATIONAL
        is_due = self.state in VALIDATED_ON - ({S.VALIDATED} if is_national else set())
        if is_due and self.allows("distribute"):
            yield self._act("diffuser", "Diffuser…")

    def _backwards(self, moves: list[str]) -> Iterator[Door]:
        if self.state is S.PUBLISHED and self.allows("correct"):
            words = {"code": self.synthesis.code}
            yield Door("Publier un erratum…", reverse("synthesis_erratum", kwargs=words))
        if self.state in (S.VALIDATED, S.SIGNED) and self._may_unsign:
            yield self._act("reprendre-signature", "Reprendre la signature…")
        if "take_back" in moves and self.allows("submit", state=S.DRAFT):
            yield self._act("reprendre", "Reprendre la soumission…")
        if self.allows("reopen"):
            if "reopen" in moves:
                yield self._act("rouvrir", "Rouvrir la rédaction…")
            back = ("retablir", "Rétablir…") if "restore" in moves else ("retirer", "Retirer…")
            yield self._act(*back)

    def _act(self, act: str, label: str) -> Door:
        words = {"code": self.synthesis.code, "act": act}
        return Door(label, reverse("synthesis_act", kwargs=words))


def capacity_of(page: SynthesisPage) -> Capacity | None:
    """In whose name the reader may sign a national synthesis: once validated, or as it was."""
    for capacity, verb in (
        (Capacity.GENERAL_INSPECTION, "sign_ig"),
        (Capacity.DNE, "sign_expert"),
    ):
        if page.allows(verb, state=S.VALIDATED):
            return capacity
    return None
