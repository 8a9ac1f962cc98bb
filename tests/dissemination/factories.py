"""Notices published by the real actions, a minute apart, in a given order."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from tests.catalogue.factories import NoticeFactory, RecordFactory
from traam.catalogue import actions
from traam.catalogue.models import Notice
from traam.catalogue.record import File, Link, Record, Term
from traam.dissemination.models import Rendering
from traam.dissemination.oai import dublin_core

FIRST_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
CONCEPT = "http://data.education.fr/voc/scolomfr/concept"
LILLE, NANTES = Term("09", "Lille"), Term("17", "Nantes")
SVT = Term("SVT", "Sciences de la vie et de la Terre", f"{CONCEPT}/scolomfr-voc-015-num-1193")
MATHS = Term("MATH", "Mathématiques", f"{CONCEPT}/scolomfr-voc-015-num-1182")


class RenderingFactory(DjangoModelFactory[Rendering]):
    class Meta:
        model = Rendering

    notice = factory.SubFactory(NoticeFactory)
    sequence = factory.SelfAttribute("notice.sequence")
    form = dublin_core.FORM
    oai_dc = "<metadata>prêt</metadata>"


def rich(**changes: object) -> Record:
    """A record with something in every field that a channel shows."""
    values: dict[str, object] = {
        "title": "Mesurer & comparer : « l’air » < l’eau",
        "summary": "Les élèves mesurent, puis comparent.\nIls concluent.",
        "summary_basis": "title_or_mention",
        "title_is_exact": False,
        "certainty": "déduite",
        "year_text": "2016-2017",
        "years": ("2016-2017",),
        "campaign": Term("2016-2017", "2016-2017"),
        "theme": Term("s-informer", "S’informer dans le monde du numérique"),
        "academies": (LILLE, Term("18", "Orléans-Tours"), Term("41", "Polynésie française")),
        "disciplines": (SVT, MATHS),
        "levels": (Term("4E", "4e", f"{CONCEPT}/scolomfr-voc-022-num-068"),),
        "cycles": (Term("C4", "cycle 4", f"{CONCEPT}/scolomfr-voc-022-num-619"),),
        "competences": (Term("raisonner", "Raisonner"),),
        "tools": (Term("tablette", "tablette"),),
        "keywords": (Term("mesure", "mesure"),),
        "links": (
            Link("https://exemple.fr/?a=1&b=2", "original"),
            Link("https://exemple.fr/source", "source"),
            Link("https://exemple.fr/autre", "ressource", "Une autre"),
        ),
        "files": (File("a" * 64, "fiche « élève ».pdf", "application/pdf", 1234),),
        "licence": Term("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/by-sa/4.0/"),
        "is_archive": True,
    }
    return RecordFactory(**values | changes)


def publish(record: Record, *, number: int) -> Notice:
    """The notice of this record, `number` minutes after `FIRST_AT`."""
    at = FIRST_AT + timedelta(minutes=number)
    return actions.publish(record=record, origin=f"essai:{number}", now=at, actor=None)


def publish_many(count: int, *, start: int = 0, **values: object) -> list[Notice]:
    numbers = range(start, start + count)
    return [publish(RecordFactory(**values), number=number) for number in numbers]


def withdraw(notice: Notice, *, number: int) -> Notice:
    at = FIRST_AT + timedelta(minutes=number)
    return actions.withdraw(ark=notice.ark, reason="Droits retirés.", now=at, actor=None)
