"""Files of a production: joined without what a camera wrote, described, withheld at once."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.documents.actions import show_again, store, withhold
from traam.documents.models import StoredFile
from traam.documents.rules import safe_name
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal, Unknown
from traam.kit.text import plural
from traam.productions import acts, telling
from traam.productions.models import Production, ProductionFile
from traam.productions.queries.reading import whole
from traam.productions.rules import files as rules
from traam.productions.rules.licences import LICENCES
from traam.productions.rules.life import Authorisation, FileUse, Recognisable
from traam.productions.writing import cut_before, touch

WRITE = "production.write"
WITHHOLD = "production.withhold"
NAME_MAX = 200  # characters
GONE = "Le fichier « {} » n’est plus joint à cette production."
A = Authorisation


def keep_bytes(*, content: bytes, name: str, use: FileUse, now: datetime) -> StoredFile:
    """The bytes, checked and stored, before any row is locked (an antivirus takes seconds).

    Raises `Refusal` when they lie about their type, are too heavy, or cannot be decoded.
    """
    return store(
        content=content,
        name=name,
        limit=rules.limit_of(use),
        accepted=rules.ACCEPTED[use],
        now=now,
    )


def add_file(
    *,
    production: Production,
    content: bytes,
    name: str,
    use: FileUse,
    now: datetime,
    actor: Actor | None,
    said: Mapping[str, str] | None = None,
) -> ProductionFile:
    """Join a file. `said`: what is known of it (see `describe_file`). Raises `NotAllowed` before
    anything is stored, or `Refusal`."""
    allowed(actor, WRITE, whole(Production.objects.all()).get(pk=production.pk).place())
    stored = keep_bytes(content=content, name=name, use=use, now=now)
    return _join(production, stored, name, use, said or {}, now=now, actor=actor)


@transaction.atomic
def _join(
    production: Production,
    stored: StoredFile,
    name: str,
    use: FileUse,
    said: Mapping[str, str],
    *,
    now: datetime,
    actor: Actor | None,
) -> ProductionFile:
    held = acts.held(production)
    behalf = allowed(actor, WRITE, held.place())
    known = list(held.files.all())
    if same := next((one for one in known if one.file_id == stored.pk), None):
        raise Refusal(f"Ce fichier est déjà joint, sous le nom « {same.name} ».")
    if len(known) >= rules.FILES_MAX:
        most = plural(rules.FILES_MAX, "fichier")
        raise Refusal(f"{most} au plus : retirez-en un, ou joignez une archive ZIP.")
    cut_before(held, person=person_of(actor), now=now)
    made = ProductionFile(
        production=held,
        file=stored,
        name=shown_name(name),
        use=use,
        position=max((one.position for one in known), default=0) + 1,
        added_at=now,
        added_by_id=person_of(actor),
    )
    _describe(made, said)
    made.save()
    touch(held, now=now)
    after = {"file": stored.digest, "use": use.value}
    acts.note("production.add_file", held, actor=actor, behalf=behalf, now=now, after=after)
    return made


def shown_name(name: str) -> str:
    """The name of a file as pages show it."""
    return PurePosixPath(safe_name(name)).name[:NAME_MAX]


@transaction.atomic
def describe_file(
    *,
    file: ProductionFile,
    said: Mapping[str, str],
    now: datetime,
    actor: Actor | None,
) -> ProductionFile:
    """What is known of it: `description`, `credit`, `licence`, `recognisable`, `authorisation`.

    Raises `NotAllowed`, or `Refusal` on a value that is not one.
    """
    held = acts.held(file.production)
    behalf = allowed(actor, WRITE, held.place())
    file = _as_it_is(file, held)
    if file.authorisation == A.WITHDRAWN and said.get("authorisation", A.WITHDRAWN) != A.WITHDRAWN:
        raise Refusal("L’autorisation est retirée : rendez-la par l’acte prévu, avec son motif.")
    cut_before(held, person=person_of(actor), now=now)
    before = {"recognisable": file.recognisable, "authorisation": file.authorisation}
    _describe(file, said)
    file.save(update_fields=["description", "credit", "licence", "recognisable", "authorisation"])
    touch(held, now=now)
    after = {"recognisable": file.recognisable, "authorisation": file.authorisation}
    acts.note(
        "production.describe_file",
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        before=before,
        after={"file": file.pk, **after},
    )
    return file


def _as_it_is(file: ProductionFile, held: Production) -> ProductionFile:
    """The file as it is now that its production is held. Raises `Unknown` once it is removed."""
    found: ProductionFile | None = held.files.select_related("file").filter(pk=file.pk).first()
    if found is None:
        raise Unknown(GONE.format(file.name))
    return found


def _describe(file: ProductionFile, said: Mapping[str, str]) -> None:
    for name, most in (("description", 300), ("credit", 200)):
        if name in said:
            words = " ".join(said[name].split())
            if len(words) > most:
                raise Refusal(f"« {words[:40]}… » ({len(words)} caractères) doit tenir en {most}.")
            setattr(file, name, words)
    if "licence" in said:
        if said["licence"] and said["licence"] not in LICENCES:
            raise Refusal(f"Licence « {said['licence'][:40]} » : choisissez-en une de la liste.")
        file.licence = said["licence"]
    if said.get("recognisable", file.recognisable) not in list(Recognisable):
        raise Refusal("« Un élève est-il reconnaissable ? » se répond par oui ou par non.")
    file.recognisable = said.get("recognisable", file.recognisable)
    if said.get("authorisation", file.authorisation) not in list(A):
        raise Refusal("L’autorisation est sans objet, à obtenir ou obtenue.")
    asked = A(said.get("authorisation", file.authorisation))
    file.authorisation = rules.coherent(FileUse(file.use), Recognisable(file.recognisable), asked)


@transaction.atomic
def remove_file(*, file: ProductionFile, now: datetime, actor: Actor | None) -> None:
    """Take it out of the production; its bytes stay for the versions that hold it."""
    held = acts.held(file.production)
    behalf = allowed(actor, WRITE, held.place())
    cut_before(held, person=person_of(actor), now=now)
    before = {"file": file.file.digest}
    ProductionFile.objects.filter(pk=file.pk).delete()
    touch(held, now=now)
    acts.note("production.remove_file", held, actor=actor, behalf=behalf, now=now, before=before)


def reason_of(file: ProductionFile) -> str:
    """Under what its bytes are withheld: one code for each file, so that giving an authorisation
    back here ends nothing that another production withheld."""
    return f"authorisation_withdrawn:{file.pk}"


@transaction.atomic
def withdraw_authorisation(
    *, file: ProductionFile, reason: str, now: datetime, actor: Actor | None
) -> ProductionFile:
    """A pupil's family says no: its bytes are shown to nobody from this instant, the notice
    included. In whatever state the production is. Twice is once."""
    held = acts.held(file.production)
    behalf = allowed(actor, WITHHOLD, held.place())
    file = _as_it_is(file, held)
    if file.authorisation == A.WITHDRAWN:
        return file
    words = need_reason(reason)
    before = file.authorisation
    file.authorisation = A.WITHDRAWN
    file.save(update_fields=["authorisation"])
    withhold(digest=file.file.digest, reason=reason_of(file), now=now)
    _noted("production.withhold_file", file, held, words, before, now, actor, behalf)
    telling.withheld(held, now=now)
    return file


@transaction.atomic
def give_authorisation_back(
    *, file: ProductionFile, reason: str, now: datetime, actor: Actor | None
) -> ProductionFile:
    """The counter-act: the authorisation holds again, the file is shown again. Twice is once."""
    held = acts.held(file.production)
    behalf = allowed(actor, WITHHOLD, held.place())
    file = _as_it_is(file, held)
    if file.authorisation != A.WITHDRAWN:
        return file
    words = need_reason(reason)
    file.authorisation = A.OBTAINED
    file.save(update_fields=["authorisation"])
    show_again(digest=file.file.digest, reason=reason_of(file), now=now)
    _noted("production.authorise", file, held, words, A.WITHDRAWN, now, actor, behalf)
    return file


def _noted(
    verb: str,
    file: ProductionFile,
    held: Production,
    reason: str,
    before: str,
    now: datetime,
    actor: Actor | None,
    behalf: int | None,
) -> None:
    acts.note(
        verb,
        held,
        actor=actor,
        now=now,
        behalf=behalf,
        reason=reason,
        before={"authorisation": before},
        after={"authorisation": file.authorisation, "file": file.file.digest},
    )
