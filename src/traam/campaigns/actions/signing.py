"""The double validation of the texts of a call: submit, sign for the DNE and for the general
inspection, take back, withdraw, restore; and the adoption of transversal themes."""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.place import Place
from traam.campaigns import acts, telling
from traam.campaigns.actions.texts import draft_again
from traam.campaigns.acts import AnyText, Text
from traam.campaigns.contents import content_of, theme_text
from traam.campaigns.models import Adoption, Signature, TextVersion, Theme, campaign_flags
from traam.campaigns.rules.life import CALL_OPENED_ON
from traam.campaigns.rules.signing import Side, TextState, digest_of, sign_move, unsign_move
from traam.journal.rules import Scalar
from traam.kit import jobs
from traam.kit.refusals import NotAllowed, Refusal
from traam.reference.queries import vocabulary

SUBMIT = {"theme": "theme.submit", "brief": "brief.submit"}
TAKE_BACK = {"theme": "theme.take_back", "brief": "brief.take_back"}
SIGN = {"theme": "theme.sign", "brief": "brief.sign"}
UNSIGN = {"theme": "theme.unsign", "brief": "brief.unsign"}
WITHDRAW = {"theme": "theme.withdraw", "brief": "brief.withdraw"}
RESTORE = {"theme": "theme.restore", "brief": "brief.restore"}
OPENING = "traam.campaigns.tasks.open_calls"
CHANGED = "Le texte a changé depuis que vous l’avez lu : relisez-le avant de le signer."
BOTH_SIDES = (
    "Vous avez déjà signé ce texte pour l’autre côté : la seconde signature est celle d’une autre "
    "personne."
)
NO_BRIEF = "Le cahier des charges est vide : écrivez-le avant de le soumettre."
ADOPTED_WHEN = (TextState.SUBMITTED, TextState.SIGNED_ONCE, TextState.SIGNED_TWICE)


@transaction.atomic
def submit_text(*, text: AnyText, now: datetime, actor: Actor | None) -> AnyText:
    """Freeze what it says as a version to sign, and tell whoever signs. Twice is once.

    Raises `NotAllowed`, or `Refusal` on what it lacks.
    """
    held = acts.held_text(text)
    if held.state in ADOPTED_WHEN:
        return held
    behalf = acts.allowed(actor, SUBMIT[acts.kind_of(held)], held.place())
    if faults := _missing(held):
        raise Refusal(*faults)
    before = acts.move_text(held, "submit", now=now)
    version = _freeze(held, now=now, actor=actor)
    after: dict[str, Scalar] = {"version": version.number, "digest": version.digest}
    acts.note(
        SUBMIT[acts.kind_of(held)],
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        before=before,
        after=after,
    )
    telling.to_sign(version, held, now=now)
    return held


def signatory(actor: Actor) -> int:
    """The person who signs: nobody signs without having signed in."""
    if actor.person is None:
        raise NotAllowed("Connectez-vous pour signer.")
    return actor.person


def _missing(text: Text) -> list[str]:
    if isinstance(text, Theme):
        said = theme_text(text)
        return [*said.faults(), *said.missing()]
    return [] if text.text.strip() else [NO_BRIEF]


def _freeze(text: Text, *, now: datetime, actor: Actor | None) -> TextVersion:
    latest = acts.latest_version(text)
    content = content_of(text)
    return TextVersion.objects.create(
        theme=text if isinstance(text, Theme) else None,
        brief=None if isinstance(text, Theme) else text,
        number=(latest.number if latest else 0) + 1,
        content=content,
        digest=digest_of(content),
        submitted_at=now,
        submitted_by_id=acts.person_of(actor),
    )


@transaction.atomic
def take_back_text(*, text: AnyText, now: datetime, actor: Actor | None) -> AnyText:
    """A draft again, without a change: what was submitted is no longer to be signed."""
    held = acts.held_text(text)
    behalf = acts.allowed(actor, f"{acts.kind_of(held)}.edit", held.place())
    if held.state == TextState.DRAFT:
        return held
    before = {"state": str(held.state)}
    draft_again(held, now=now, actor=actor)
    verb = TAKE_BACK[acts.kind_of(held)]
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def sign_text(
    *, text: AnyText, side: Side, now: datetime, actor: Actor, digest: str = ""
) -> AnyText:
    """Sign what was submitted, for one side. `digest`: of the version that was read ("": the last).

    Twice is once. Raises `NotAllowed`, or `Refusal` when the text has changed since it was read.
    """
    held = acts.held_text(text)
    version = acts.latest_version(held)
    mine = acts.valid_signatures(held).filter(person=actor.person)
    if version and mine.filter(side=side, version=version).exists():
        return held
    right = f"{acts.kind_of(held)}.sign_{side.value}"
    behalf = acts.allowed(actor, right, held.place())
    signed = {Side(each) for each in acts.valid_signatures(held).values_list("side", flat=True)}
    move = sign_move(signed, side)
    if version is None or move is None:
        raise Refusal(f"Ce texte est déjà signé pour {side.label}.")
    if digest and digest != version.digest:
        raise Refusal(CHANGED)
    if mine.exists():
        raise Refusal(BOTH_SIDES)
    before = acts.move_text(held, move, now=now)
    Signature.objects.create(
        version=version,
        side=side,
        person_id=signatory(actor),
        on_behalf_of_id=behalf,
        signed_at=now,
    )
    verb, after = SIGN[acts.kind_of(held)], {"side": side.value, "digest": version.digest}
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=after)
    jobs.wake(path=OPENING, now=now)  # it may have been the last one that the call waited for
    return held


@transaction.atomic
def unsign_text(*, text: AnyText, side: Side, reason: str, now: datetime, actor: Actor) -> AnyText:
    """Take back the signature of a side: by whoever may sign for it. Twice is once."""
    held = acts.held_text(text)
    found = acts.valid_signatures(held).filter(side=side).first()
    if found is None:
        return held
    words = acts.need_reason(reason)
    behalf = acts.allowed(actor, f"{acts.kind_of(held)}.unsign", held.place())
    again = Place(
        themes=held.place().themes,
        state=TextState.SUBMITTED,
        flags=campaign_flags(held.campaign.state),
    )
    acts.allowed(actor, f"{acts.kind_of(held)}.sign_{side.value}", again)
    signed = {Side(each) for each in acts.valid_signatures(held).values_list("side", flat=True)}
    before = acts.move_text(held, unsign_move(signed, side) or "", now=now)
    found.voided_at = now
    found.save(update_fields=["voided_at"])
    verb = UNSIGN[acts.kind_of(held)]
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    if found.person_id != actor.person:
        telling.void(found, held, now=now)
    return held


@transaction.atomic
def withdraw_text(*, text: AnyText, reason: str, now: datetime, actor: Actor | None) -> AnyText:
    """It is no longer part of the call; whoever had signed is told. Twice is once."""
    held = acts.held_text(text)
    if held.state == TextState.WITHDRAWN:
        return held
    words = acts.need_reason(reason)
    verb = WITHDRAW[acts.kind_of(held)]
    behalf = acts.allowed(actor, f"{acts.kind_of(held)}.withdraw", held.place())
    signatures = acts.valid_signatures(held).select_for_update(of=("self",))
    voided = list(signatures.select_related("version"))
    before = acts.move_text(held, "withdraw", now=now)
    signatures.update(voided_at=now)
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    for signature in voided:
        telling.withdrawn(signature, held, reason=words, now=now)
    return held


@transaction.atomic
def restore_text(*, text: AnyText, reason: str, now: datetime, actor: Actor | None) -> AnyText:
    """A draft again, to be submitted and signed again. Twice is once."""
    held = acts.held_text(text)
    if held.state == TextState.DRAFT:
        return held
    words = acts.need_reason(reason)
    verb = RESTORE[acts.kind_of(held)]
    behalf = acts.allowed(actor, f"{acts.kind_of(held)}.withdraw", held.place())
    before = acts.move_text(held, "restore", now=now)
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def adopt(*, theme: Theme, discipline: str, now: datetime, actor: Actor) -> Adoption:
    """A discipline of a transversal theme takes it up, by its own expert, before the call opens.
    Twice is once."""
    held = acts.held_text(theme)
    behalf = acts.allowed(actor, "theme.adopt", Place(disciplines=frozenset({discipline})))
    term = vocabulary().term(scheme="disciplines", code=discipline)
    if term is None or not held.transversal or discipline not in held.place().disciplines:
        raise Refusal(
            f"« {discipline} » n’est pas une discipline de ce thème, ou il n’est pas transversal : "
            "il n’y a rien à adopter."
        )
    if held.state not in ADOPTED_WHEN:
        raise Refusal("Ce thème n’est pas encore soumis : il s’adopte à partir de la soumission.")
    if held.campaign.state in CALL_OPENED_ON:
        raise Refusal("L’appel est ouvert : un thème s’adopte avant, tant qu’il se prépare.")
    made, is_new = Adoption.objects.get_or_create(
        theme=held,
        discipline=discipline,
        defaults={"label": term.label, "person_id": signatory(actor), "adopted_at": now},
    )
    if is_new:
        after = {"discipline": discipline}
        acts.note("theme.adopt", held, actor=actor, behalf=behalf, now=now, after=after)
    return made


@transaction.atomic
def withdraw_adoption(
    *, theme: Theme, discipline: str, reason: str, now: datetime, actor: Actor
) -> None:
    """The discipline no longer takes the theme up. Twice is once."""
    held = acts.held_text(theme)
    found = Adoption.objects.filter(theme=held, discipline=discipline).first()
    if found is None:
        return
    words = acts.need_reason(reason)
    behalf = acts.allowed(actor, "theme.adopt", Place(disciplines=frozenset({discipline})))
    found.delete()
    verb = "theme.withdraw_adoption"
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    after = {"discipline": discipline}
    acts.note("theme.withdraw_adoption", held, actor=actor, behalf=behalf, now=now, after=after)
