"""What the page of a text to sign shows to this reader: its state, what differs, who may act."""

from dataclasses import dataclass

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.sentences import who_may
from traam.campaigns import prepared
from traam.campaigns.contents import content_of, prose_of, prose_of_version
from traam.campaigns.models import Brief, CampaignEvent, Signature, TextVersion, Theme
from traam.campaigns.rules.signing import TEXT_LIFE, Side, TextState
from traam.kit.diff import Run, words

Text = Theme | Brief
KINDS = {
    TextState.DRAFT: "",
    TextState.SUBMITTED: "info",
    TextState.SIGNED_ONCE: "info",
    TextState.SIGNED_TWICE: "success",
    TextState.WITHDRAWN: "warning",
}


@dataclass(frozen=True, slots=True)
class SidePage:
    """A side of the double validation: signed by whom, or who may sign."""

    side: Side
    signature: Signature | None
    may_sign: bool
    may_unsign: bool
    who: str

    @property
    def label(self) -> str:
        return self.side.label


@dataclass(frozen=True, slots=True)
class TextPage:
    """What the page shows besides the text itself."""

    state: str
    state_kind: str
    sides: tuple[SidePage, ...]
    versions: tuple[TextVersion, ...]
    compared_to: TextVersion | None
    difference: tuple[Run, ...]
    events: tuple[CampaignEvent, ...]
    digest: str
    may_edit: bool
    may_submit: bool
    may_take_back: bool
    may_withdraw: bool
    may_restore: bool
    who_edits: str
    who_submits: str

    @property
    def is_to_sign(self) -> bool:
        return any(side.may_sign for side in self.sides)


def text_page(text: Text, actor: Actor) -> TextPage:
    """The page of this text for this reader."""
    name = "theme" if isinstance(text, Theme) else "brief"
    place, state = text.place(), TextState(text.state)
    versions = prepared.versions_of(text)
    base, runs = _difference(text, versions)
    moves = TEXT_LIFE.open_moves(state)
    may_edit = "change" in moves and actor.allows(f"{name}.edit", place)
    may_withdraw = actor.allows(f"{name}.withdraw", place)
    return TextPage(
        state=state.label,
        state_kind=KINDS.get(state, ""),
        sides=_sides(name, place, state, versions, actor),
        versions=tuple(versions),
        compared_to=base,
        difference=runs,
        events=tuple(_events(text)),
        digest=versions[0].digest if versions and state != TextState.DRAFT else "",
        may_edit=may_edit,
        may_submit="submit" in moves and actor.allows(f"{name}.submit", place),
        may_take_back=may_edit and state != TextState.DRAFT,
        may_withdraw="withdraw" in moves and may_withdraw,
        may_restore="restore" in moves and may_withdraw,
        who_edits=who_may(f"{name}.edit", place),
        who_submits=who_may(f"{name}.submit", place),
    )


def _sides(
    name: str, place: Place, state: TextState, versions: list[TextVersion], actor: Actor
) -> tuple[SidePage, ...]:
    """Both sides, once there is something to sign."""
    if state not in (TextState.SUBMITTED, TextState.SIGNED_ONCE, TextState.SIGNED_TWICE):
        return ()
    given = {
        Side(each.side): each
        for each in (versions[0].signatures.all() if versions else ())
        if each.voided_at is None
    }
    asked = Place(themes=place.themes, state=TextState.SUBMITTED, flags=place.flags)
    found = []
    for side in Side:
        signature = given.get(side)
        right = f"{name}.sign_{side.value}"
        is_theirs = actor.allows(right, asked)
        has_signed = any(each.person_id == actor.person for each in given.values())
        found.append(
            SidePage(
                side=side,
                signature=signature,
                may_sign=signature is None and is_theirs and not has_signed,
                may_unsign=signature is not None
                and is_theirs
                and actor.allows(f"{name}.unsign", place),
                who=who_may(right, asked),
            )
        )
    return tuple(found)


def _difference(
    text: Text, versions: list[TextVersion]
) -> tuple[TextVersion | None, tuple[Run, ...]]:
    """The last version that was signed, and what differs from it in what is to be signed now; for
    a draft, in what it says now."""
    is_draft = text.state == TextState.DRAFT
    earlier = versions if is_draft else versions[1:]
    base = next((one for one in earlier if one.signatures.all()), None)
    if base is None:
        return None, ()
    present = (
        prose_of(content_of(text), is_theme=isinstance(text, Theme))
        if is_draft or not versions
        else prose_of_version(versions[0])
    )
    return base, words(prose_of_version(base), present)


def _events(text: Text) -> list[CampaignEvent]:
    if isinstance(text, Theme):
        return prepared.events_of(text.campaign, theme=text)
    found = prepared.events_of(text.campaign)
    return [one for one in found if one.kind.startswith("brief.")]
