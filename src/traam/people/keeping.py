"""The verbs on the views that a person keeps of a list: preferences, which no journal notes."""

from django.db import transaction

from traam.kit.refusals import Refusal, Unknown
from traam.people.models import SavedView, User
from traam.people.rules import VIEWS_MAX, view_name_faults

TOO_MANY = (
    f"Vous gardez déjà {VIEWS_MAX} vues de cette liste, le plus possible : retirez-en une d’abord."
)
TOO_LONG = "Ces filtres sont trop longs pour être gardés : raccourcissez les mots cherchés."
QUERY_MAX: int = SavedView._meta.get_field("query").max_length or 0


class NameTaken(Refusal):
    """The person has already a view of that name for this list."""


def keep(*, person: int, list_name: str, name: str, query: str, is_opening: bool) -> SavedView:
    """A new view. Raises `NameTaken`, or `Refusal`."""
    name = _named(name, query)
    with transaction.atomic():
        present = _held(person, list_name)
        if taken := _same_name(present, name):
            raise NameTaken(f"{_taken(taken)} : remplacez-la, ou choisissez un autre nom.")
        if len(present) >= VIEWS_MAX:
            raise Refusal(TOO_MANY)
        made = SavedView(person_id=person, list_name=list_name, name=name, query=query)
        return _written(made, is_opening=is_opening)


def replace(*, person: int, list_name: str, name: str, query: str, is_opening: bool) -> SavedView:
    """The view of that name now shows this; a new one when it is gone. The one that opened the list
    still does. Raises `Refusal`."""
    with transaction.atomic():
        view = _same_name(_held(person, list_name), _named(name, query))
        if view is None:
            return keep(
                person=person, list_name=list_name, name=name, query=query, is_opening=is_opening
            )
        view.query = query
        return _written(view, is_opening=is_opening or view.is_opening)


def change(*, view: SavedView, name: str, is_opening: bool) -> SavedView:
    """Another name; whether the list opens with it. Raises `NameTaken`, or `Refusal`."""
    name = _named(name, view.query)
    with transaction.atomic():
        present = {one.pk: one for one in _held(view.person_id, view.list_name)}
        held = present.pop(view.pk, None)
        if held is None:
            raise Unknown("Cette vue n’existe plus.")
        if taken := _same_name(list(present.values()), name):
            raise NameTaken(f"{_taken(taken)} : choisissez un autre nom.")
        held.name = name
        return _written(held, is_opening=is_opening)


def remove(*, view: SavedView) -> None:
    """It is kept no more; twice is once."""
    SavedView.objects.filter(pk=view.pk).delete()


def _named(name: str, query: str) -> str:
    words = " ".join(name.split())
    faults = view_name_faults(words)
    if len(query) > QUERY_MAX:
        faults = [*faults, TOO_LONG]
    if faults:
        raise Refusal(*faults)
    return words


def _held(person: int, list_name: str) -> list[SavedView]:
    """The views of the list, while nobody else adds to them."""
    User.objects.select_for_update(of=("self",)).get(pk=person)
    return list(SavedView.objects.of(person, list_name).order_by("pk"))


def _same_name(views: list[SavedView], name: str) -> SavedView | None:
    return next((one for one in views if one.name.casefold() == name.casefold()), None)


def _taken(view: SavedView) -> str:
    return f"Vous avez déjà une vue « {view.name} » de cette liste"


def _written(view: SavedView, *, is_opening: bool) -> SavedView:
    """One at most opens the list."""
    if is_opening:
        others = SavedView.objects.of(view.person_id, view.list_name).exclude(pk=view.pk)
        others.filter(is_opening=True).update(is_opening=False)
    view.is_opening = is_opening
    view.save()
    return view
