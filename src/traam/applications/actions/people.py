"""Who writes an application with its author, who is asked to agree to it, and its files."""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.applications import acts, telling
from traam.applications.models import Application, Author, NamedInspector, Piece
from traam.applications.queries import people
from traam.applications.queries.calls import day_of
from traam.documents.actions import store
from traam.documents.models import StoredFile
from traam.documents.rules import safe_name
from traam.journal.rules import Scalar
from traam.kit.refusals import Refusal
from traam.kit.text import of, plural
from traam.people.models import User

MEGABYTE = 10**6  # bytes, as screens and browsers show them
LABEL_MAX = 200  # characters
ACCEPTED = (
    "application/pdf",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
)
NOT_OF_THE_ACADEMY = (
    "{} ne peut pas écrire cette candidature : il y faut un mandat d’enseignant·e, de référent·e, "
    "d’IAN ou d’inspection en cours dans l’académie {}."
)
NOT_AN_INSPECTOR = (
    "{} ne peut pas donner cet accord : il y faut un mandat d’inspection en cours dans "
    "l’académie {}."
)
NOT_ONESELF = (
    "{} écrit cette candidature : l’accord est celui de quelqu’un d’autre. Retirez d’abord cette "
    "personne des auteurs, ou désignez un·e autre inspecteur·rice."
)
LAST_AUTHOR = (
    "{} soumet cette candidature : confiez-la d’abord à quelqu’un d’autre parmi ses auteurs."
)


def _held(application: Application, *, now: datetime, actor: Actor | None) -> Application:
    """Locked, once it is known that the actor may write it now."""
    held = acts.held(application)
    acts.may_write(held, "application.edit", actor=actor)
    acts.need_open(held, now=now)
    return held


@transaction.atomic
def add_author(
    *, application: Application, person: User, now: datetime, actor: Actor | None
) -> None:
    """A co-author, who may write and not submit, and is told. Twice is once."""
    held = _held(application, now=now, actor=actor)
    if held.authors.filter(person=person).exists():
        return
    code = held.academy.code
    allowed = people.holders(roles=people.WRITING_ROLES, academy=code, today=day_of(now))
    if actor is not None and not allowed.filter(pk=person.pk).exists():
        raise Refusal(NOT_OF_THE_ACADEMY.format(person, of(held.academy.name)))
    if held.inspectors.filter(person=person).exists():
        raise Refusal(NOT_ONESELF.format(person))
    Author.objects.create(application=held, person=person)
    after = {"person": person.pk}
    event = acts.note("application.add_author", held, actor=actor, now=now, after=after)
    telling.tell(held, [person.pk], "applications/author_added", event=event, now=now)


@transaction.atomic
def remove_author(
    *, application: Application, person: User, now: datetime, actor: Actor | None
) -> None:
    """A co-author writes no more; the one who submits first hands over. Twice is once."""
    held = _held(application, now=now, actor=actor)
    found = held.authors.filter(person=person).first()
    if found is None:
        return
    if found.deposits:
        raise Refusal(LAST_AUTHOR.format(person))
    found.delete()
    held.presences.filter(person=person).delete()
    before = {"person": person.pk}
    event = acts.note("application.remove_author", held, actor=actor, now=now, before=before)
    telling.tell(held, [person.pk], "applications/author_removed", event=event, now=now)


@transaction.atomic
def hand_over(
    *, application: Application, person: User, now: datetime, actor: Actor | None
) -> None:
    """Another of its authors submits it from now on. Twice is once."""
    held = _held(application, now=now, actor=actor)
    found = held.authors.filter(person=person).first()
    if found is None:
        raise Refusal(f"{person} n’est pas parmi les auteurs : ajoutez d’abord cette personne.")
    if found.deposits:
        return
    if actor is not None:
        need_depositor(held, actor)
    held.authors.exclude(pk=found.pk).update(deposits=False)
    found.deposits = True
    found.save(update_fields=["deposits"])
    after = {"person": person.pk}
    event = acts.note("application.hand_over", held, actor=actor, now=now, after=after)
    telling.tell(held, [person.pk], "applications/handed_over", event=event, now=now)


def need_depositor(held: Application, actor: Actor) -> None:
    """Raises `Refusal` when another submits it and the actor may not enter acts for others."""
    if actor.allows("application.enter_on_behalf", acts.writers_place(held)):
        return
    names = [one for one in held.authors.all() if one.deposits]
    if names and not any(one.person_id in _names_of(actor) for one in names):
        raise Refusal(f"Seul·e {names[0].person} peut soumettre ou confier cette candidature.")


def _names_of(actor: Actor) -> set[int | None]:
    """In whose name the actor writes: their own, and those whose mandate they exercise."""
    return {actor.person, *(one.delegated_by for one in actor.in_force if one.delegated_by)}


@transaction.atomic
def name_inspector(
    *, application: Application, person: User, now: datetime, actor: Actor | None
) -> None:
    """This inspector of the academy is asked for an agreement, once it is submitted. Twice is
    once."""
    held = _held(application, now=now, actor=actor)
    if held.inspectors.filter(person=person).exists():
        return
    if held.authors.filter(person=person).exists():
        raise Refusal(NOT_ONESELF.format(person))
    if not people.may_agree(held, today=day_of(now)).filter(pk=person.pk).exists():
        raise Refusal(NOT_AN_INSPECTOR.format(person, of(held.academy.name)))
    NamedInspector.objects.create(application=held, person=person)
    after = {"person": person.pk}
    acts.note("application.name_inspector", held, actor=actor, now=now, after=after)


@transaction.atomic
def unname_inspector(
    *, application: Application, person: User, now: datetime, actor: Actor | None
) -> None:
    """This inspector is asked for nothing any more. Twice is once."""
    held = _held(application, now=now, actor=actor)
    deleted, _ = held.inspectors.filter(person=person).delete()
    if deleted:
        before = {"person": person.pk}
        acts.note("application.unname_inspector", held, actor=actor, now=now, before=before)


def add_piece(
    *,
    application: Application,
    content: bytes,
    name: str,
    now: datetime,
    actor: Actor,
    label: str = "",
) -> Piece:
    """Join a file, once checked: its weight, its real type, its name. The same bytes are one piece.

    Raises `NotAllowed`, or `Refusal` naming the file; then nothing is written.
    """
    with transaction.atomic():  # the right before the bytes are looked at
        held = _held(application, now=now, actor=actor)
        _room(held)
        limit = held.campaign.call_rules.piece_max_mb * MEGABYTE
        if len(label.strip()) > LABEL_MAX:
            raise Refusal(f"L’objet du fichier tient en {LABEL_MAX} caractères.")
        file = store(content=content, name=name, limit=limit, accepted=ACCEPTED, now=now)
        return _joined(held, file, safe_name(name), label.strip(), now=now, actor=actor)


def _room(held: Application) -> None:
    most = held.campaign.call_rules.pieces_max
    if held.pieces.filter(removed_at=None).count() >= most:
        count = plural(most, "pièce")
        raise Refusal(f"Une candidature porte {count} au plus : retirez-en une d’abord.")


def _joined(
    held: Application, file: StoredFile, name: str, label: str, *, now: datetime, actor: Actor
) -> Piece:
    found: Piece | None = held.pieces.filter(file=file, removed_at=None).first()
    if found is not None:
        return found
    made: Piece = Piece.objects.create(
        application=held,
        file=file,
        name=name,
        label=label,
        added_at=now,
        added_by_id=acts.key_of(actor),
    )
    after: dict[str, Scalar] = {"digest": file.digest, "piece": made.pk}
    acts.note("application.add_piece", held, actor=actor, now=now, after=after)
    return made


@transaction.atomic
def remove_piece(*, piece: Piece, now: datetime, actor: Actor | None) -> None:
    """Take a file away; its trace stays, and the deposits that held it. Twice is once."""
    held = _held(piece.application, now=now, actor=actor)
    found = held.pieces.select_related("file").get(pk=piece.pk)
    if found.removed_at is not None:
        return
    found.removed_at = now
    found.save(update_fields=["removed_at"])
    before: dict[str, Scalar] = {"digest": found.file.digest, "piece": found.pk}
    acts.note("application.remove_piece", held, actor=actor, now=now, before=before)
