"""The acts of the screens are noted by the function that the settings name: the journal."""

import pytest
from django.test import Client

from tests.reference.factories import SchemeFactory, TermFactory, pilot
from traam.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_act_of_a_screen_is_noted_with_its_actor(client: Client) -> None:
    term = TermFactory(scheme=SchemeFactory(code="tools", opened=True), code="padlet")
    person = pilot()
    client.force_login(person)

    client.post(f"/preparation/referentiels/termes/{term.pk}/confirmer/")

    noted = Entry.objects.filter(verb="reference.confirm").values_list("actor", "subject")
    assert list(noted) == [(person.pk, "term:tools.2026/padlet")]
