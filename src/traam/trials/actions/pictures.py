"""Pictures of an observation: bare of what their camera wrote, the question on pupils asked."""

from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.documents.actions import show_again, store, withhold
from traam.documents.models import StoredFile
from traam.kit.refusals import Refusal
from traam.productions.rules.life import Authorisation, Recognisable
from traam.trials import acts
from traam.trials.actions.trials import refuse_contacts
from traam.trials.models import Observation, Picture
from traam.trials.rules.pictures import DESCRIPTION, PICTURES, PICTURES_MAX, WEIGHT_MAX, faults

CORRECT = "observation.correct"
WITHDRAWN = "authorisation_withdrawn"
TOO_MANY = f"Une observation garde {PICTURES_MAX} images au plus : retirez-en une d’abord."


def add(
    *,
    observation: Observation,
    content: bytes,
    name: str,
    recognisable: Recognisable,
    authorisation: Authorisation,
    now: datetime,
    actor: Actor | None,
    description: str = "",
) -> Picture:
    """Join a picture. Where a pupil may be recognised and no authorisation is obtained, only the
    team sees it. The same bytes twice are one picture. Raises `NotAllowed` or `Refusal`."""
    allowed(actor, CORRECT, observation.place())
    if found := faults(recognisable, authorisation, description):
        raise Refusal(*found)
    refuse_contacts({DESCRIPTION: description})
    file = store(  # slow: before anything is locked
        content=content, name=name, limit=WEIGHT_MAX, accepted=PICTURES, now=now
    )
    with transaction.atomic():
        return _join(observation, file, recognisable, authorisation, description, now, actor)


def _join(
    observation: Observation,
    file: StoredFile,
    recognisable: Recognisable,
    authorisation: Authorisation,
    description: str,
    now: datetime,
    actor: Actor | None,
) -> Picture:
    held = acts.held_observation(observation)
    behalf = allowed(actor, CORRECT, held.place())
    known: Picture | None = held.pictures.filter(file=file).first()
    if known is not None:
        return known
    if held.pictures.count() >= PICTURES_MAX:
        raise Refusal(TOO_MANY)
    made: Picture = held.pictures.create(
        file=file,
        description=" ".join(description.split()),
        recognisable=recognisable.value,
        authorisation=authorisation.value,
        added_at=now,
    )
    verb, after = "observation.add_picture", {"file": file.digest}
    acts.note_observation(verb, held, actor=actor, behalf=behalf, now=now, after=after)
    return made


@transaction.atomic
def authorise(
    *, picture: Picture, authorisation: Authorisation, now: datetime, actor: Actor | None
) -> Picture:
    """Where its authorisation stands now. Withdrawn: nobody sees it any more, at once, anywhere,
    until it is given back wherever the same file is."""
    held = acts.held_observation(picture.observation)
    behalf = allowed(actor, CORRECT, held.place())
    kept = held.pictures.select_related("file").get(pk=picture.pk)
    if found := faults(Recognisable(kept.recognisable), authorisation, kept.description):
        raise Refusal(*found)
    before = {"authorisation": kept.authorisation}
    kept.authorisation = authorisation.value
    kept.save(update_fields=["authorisation"])
    if authorisation == Authorisation.WITHDRAWN:
        withhold(digest=kept.file.digest, reason=WITHDRAWN, now=now)
    elif before["authorisation"] == Authorisation.WITHDRAWN and not _is_withdrawn(kept.file):
        show_again(digest=kept.file.digest, reason=WITHDRAWN, now=now)
    verb, after = "observation.authorise_picture", {"authorisation": kept.authorisation}
    acts.note_observation(
        verb, held, actor=actor, behalf=behalf, now=now, before=before, after=after
    )
    return kept


def _is_withdrawn(file: StoredFile) -> bool:
    """Whether its authorisation is withdrawn in some observation: others hold the same bytes."""
    return Picture.objects.filter(file=file, authorisation=Authorisation.WITHDRAWN).exists()


@transaction.atomic
def remove(*, picture: Picture, now: datetime, actor: Actor | None) -> None:
    """The observation has this picture no more."""
    held = acts.held_observation(picture.observation)
    behalf = allowed(actor, CORRECT, held.place())
    before = {"file": picture.file.digest}
    held.pictures.filter(pk=picture.pk).delete()
    verb = "observation.remove_picture"
    acts.note_observation(verb, held, actor=actor, behalf=behalf, now=now, before=before)
