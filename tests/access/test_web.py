"""Rights at the door: sign-in for strangers, a reason for those who are refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from tests.access.things import Thing, make
from traam.access.actor import Actor, Mandate, anonymous
from traam.access.place import Place
from traam.access.roles import Role
from traam.access.web import actor_of, get_or_404, require, right_required
from traam.kit.refusals import NotAllowed

TODAY = date(2026, 3, 20)
DAN = Actor(1, (Mandate(role=Role.DIGITAL_DELEGATE, academies=frozenset({"09"})),), TODAY)
PILOT = Actor(2, (Mandate(role=Role.PILOT),), TODAY)


@right_required("archive.load")
def load(request, name):
    """The view's own words."""
    return HttpResponse(f"chargé {name}")


def _request(actor):
    request = RequestFactory().get("/preparation/chargements/", {"page": "2"})
    request.actor = actor
    return request


def test_view_opens_to_who_has_the_right():
    assert load(_request(PILOT), name="x").content == "chargé x".encode()


def test_view_sends_a_stranger_to_the_sign_in_page_and_back():
    response = load(_request(anonymous(TODAY)), name="x")

    assert response.status_code == 302
    assert response.url == "/connexion/?next=/preparation/chargements/%3Fpage%3D2"


def test_view_tells_who_may_to_someone_without_the_right():
    with pytest.raises(PermissionDenied) as refusal:
        load(_request(DAN), name="x")

    assert str(refusal.value) == (
        "Seul le pilotage national (DNE) peut charger des fichiers de l’archive."
    )


def test_guarded_view_keeps_its_name_and_words():
    assert (load.__name__, load.__doc__) == ("load", "The view's own words.")


def test_actor_is_that_of_the_request():
    assert actor_of(_request(DAN)) is DAN


def test_thing_is_found_by_who_has_the_right_only(thing_tables):
    mine = make(academies=["09"], state="awaiting_visa")
    other = make(academies=["17"], state="awaiting_visa")

    assert get_or_404(Thing.objects.all(), DAN, "application.endorse", pk=mine.pk) == mine
    for key in (other.pk, 999_999):
        with pytest.raises(Http404):
            get_or_404(Thing.objects.all(), DAN, "application.endorse", pk=key)


def test_action_is_refused_with_the_name_of_who_may():
    place = Place(academies=frozenset({"17"}), state="awaiting_visa", academy_names=("Nantes",))

    with pytest.raises(NotAllowed) as refusal:
        require(DAN, "application.endorse", place)

    assert refusal.value.reasons == [
        "Seul le DAN de l’académie de Nantes peut viser cette candidature, tant que le visa est "
        "attendu."
    ]


def test_action_passes_silently_for_who_may():
    place = Place(academies=frozenset({"09"}), state="awaiting_visa")

    assert require(DAN, "application.endorse", place) is None
