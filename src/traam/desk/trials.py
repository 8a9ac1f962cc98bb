"""What trials await from a person: to observe, close, prepare, settle, proof-read."""

from datetime import datetime

from django.urls import reverse

from traam.access.actor import Actor
from traam.desk.items import Item
from traam.kit.counting import number_in, number_of
from traam.kit.text import plural, since
from traam.kit.together import Part
from traam.trials.models import Trial
from traam.trials.queries import agreements
from traam.trials.queries import trials as queries
from traam.trials.rules.life import TrialState

ROOM = "trials"
SEEN_MAX = 100
LONG = 21  # days without a change: an open trial is to be closed, or said why not


def to_observe(actor: Actor, now: datetime) -> Part[Item]:
    """« Noter une observation », first of all on a phone, where one would count; then what is to
    prepare, or to close."""
    if not actor.may("trial.write"):
        return
    mine = yield from queries.my_trials(actor)
    at_work, planned = mine[TrialState.AT_WORK], mine[TrialState.PLANNED]
    if ready := at_work or [one for one in planned if queries.takes_notes(one)]:
        yield Item(
            _named(ready),
            "Trois champs, en moins d’une minute, même sans réseau.",
            "Noter une observation",
            "observe",
        )
    yield from _to_close([one for one in at_work if (now - one.state_at).days >= LONG], now)
    if planned:
        yield Item(
            plural(len(planned), "essai à préparer", "essais à préparer"),
            "Écrivez le protocole avant la première séance : il s’arrête ce jour-là.",
            "Préparer",
            ROOM,
            at=_page(planned),
        )
    yield from _to_settle([one for rows in mine.values() for one in rows])


def _named(trials: list[Trial]) -> str:
    if len(trials) == 1:
        return f"Essai {TrialState(trials[0].state).label} : {_title(trials[0])}"
    return plural(len(trials), "essai ouvert", "essais ouverts")


def _title(trial: Trial) -> str:
    return trial.production.title or trial.code


def _page(trials: list[Trial]) -> str:
    if len(trials) == 1:
        return reverse("trial", kwargs={"code": trials[0].code})
    return reverse(ROOM)


def _to_close(trials: list[Trial], now: datetime) -> Part[Item]:
    if trials:
        oldest = min(one.state_at for one in trials)
        yield Item(
            plural(len(trials), "essai à clore", "essais à clore"),
            f"En cours {since(oldest, now)} : dites ce qu’il montre, même si le résultat est "
            "négatif, ou abandonnez-le avec son motif.",
            "Évaluer",
            ROOM,
            at=_page(trials),
        )


def _to_settle(trials: list[Trial]) -> Part[Item]:
    """What was set aside because its trial could not take it."""
    kept = [one for one in trials if one.kept_count]  # type: ignore[attr-defined]
    if kept:
        count = sum(one.kept_count for one in kept)  # type: ignore[attr-defined]
        yield Item(
            plural(count, "observation mise de côté", "observations mises de côté"),
            "Arrivées quand leur essai ne pouvait les prendre : reprenez-les, ou écartez-les.",
            "Décider",
            ROOM,
            at=_page(kept),
        )


def to_agree(actor: Actor, now: datetime) -> Part[Item]:
    """The trials that ask a head of school whether they may be done there."""
    if not actor.may(agreements.AGREE):
        return
    asked = yield agreements.to_answer(actor)[:SEEN_MAX]
    if asked:
        yield Item(
            plural(len(asked), "essai attend votre accord", "essais attendent votre accord"),
            f"Le premier : {_title(asked[0].trial)}. Acceptez, ou refusez en disant pourquoi.",
            "Répondre",
            "dashboard",
            at=reverse("agreement", kwargs={"key": asked[0].pk}),
        )


def to_proofread(actor: Actor, now: datetime) -> Part[Item]:
    """What an expert reads before any of its words is public."""
    if not actor.may(queries.PROOFREAD):
        return
    if count := number_in((yield number_of(queries.to_proofread(actor)))):
        yield Item(
            plural(count, "observation à relire", "observations à relire"),
            "Aucun mot d’une observation n’est public avant d’avoir été relu.",
            "Relire",
            "proofreading",
        )
