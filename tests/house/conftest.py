"""The loaded demonstration, and what fills the variable parts of its addresses."""

import uuid

import pytest

from traam.catalogue.models import Notice
from traam.people.models import Mandate
from traam.reference.models import Term


@pytest.fixture
def words(demonstration, db) -> dict[str, str]:
    """What fills the variable parts of the addresses, over the loaded demonstration."""
    ark = Notice.objects.order_by("pk").values_list("ark", flat=True)[0]
    term = Term.objects.filter(scheme__code="tools").order_by("pk")[0]
    dan = Mandate.objects.get(person__persona="dan-lille")
    return {
        "<slug:ark>": ark,
        "<ark>": ark,
        "<slug:naan>": "99999",
        "<slug:year>": "2016-2017",
        "<str:year>": "2016-2017",
        "<slug:measure>": "equipes",
        "<int:number>": "999999",
        "themes/<slug:code>": "themes/svt-2016-2017-1",
        "academies/<slug:code>": "academies/09",
        "candidatures/academie/<slug:code>": "candidatures/academie/09",
        "candidatures/<slug:code>": "candidatures/2016-2017-09-1",
        "<slug:code>/<str:edition>": f"{term.scheme.code}/{term.scheme.edition}",
        ".atom": ".atom",
        "flux/<slug:name>": "flux/nouveautes",
        "99999/<slug:name>": f"99999/{ark}",
        "termes/<int:key>": f"termes/{term.pk}",
        "personnes/<int:key>": f"personnes/{dan.person_id}",
        "mandats/<int:key>/terminer": f"mandats/{dan.pk}/terminer",
        "<int:key>": "999999",
        "<int:message>": "999999",
        "<int:picture>": "999999",
        "<uuid:key>": str(uuid.UUID(int=7)),
        "<slug:digest>": "0" * 64,
        "<slug:act>": "accepter",
        "<slug:token>": "inconnu",
        "<slug:form>": "pdf",
        "<slug:code>": "inconnu",
        "<slug:id>": "inconnu-1",
    }
