"""An application that one reviewer may not know of, and all that a browser can ask of the site."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.test import Client

from tests.house.addresses import ADDRESSES
from tests.people.factories import DelegationFactory, MandateFactory, MandateScopeFactory
from tests.reference.factories import AcademyFactory
from tests.selection import factories as f
from traam.access.roles import Role
from traam.applications import actions as applications
from traam.applications.models import Application, Author, Examiner
from traam.people import shelf
from traam.people.models import ScopeKind, User
from traam.post import texts
from traam.post.models import Message
from traam.selection.models import Case, Review
from traam.selection.rules.life import ReviewState

TITLE = "Quokkas géomètres"
CODE = "quokka-zyxwv"
WORD, OTHER_WORD = "quokkas", "zebrons"  # one is in the title, the other nowhere
KINDS = ("academy", "region", "team", "declared", "pinned", "unchecked", "associated")
MORE = ("teacher", "other_theme", "general_inspector", "delegate", "correspondent")
STAGES = ("none", "assigned", "begun", "submitted", "declined")
_MARKS = (b"quokka", b"zyxwv")
_HREF = re.compile(rb'(?:href|action|data-save|data-poll)="(/[^"#]*)')
_VOLATILE = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|"csrf": "[^"]*"|<dc:date>.*?</dc:date>'
    rb'|vue=[^"]*'  # what one asked, signed
)


@dataclass(frozen=True)
class Secret:
    """A study, its hidden case, and the person to whom it is closed."""

    study: f.Study
    case: Case
    person: User
    review: Review | None

    @property
    def words(self) -> dict[str, str]:
        """What fills the variable parts of the addresses: the hidden things first."""
        campaign, theme = self.study.campaign, self.study.themes[0]
        key = self.review.pk if self.review else self.case.pk
        examiner = Examiner.objects.filter(application=self.case.application).first()
        return {
            "<slug:year>": campaign.year,
            "academies/<slug:code>": f"academies/{self.case.application.academy.code}",
            "candidatures/academie/<slug:code>": (
                f"candidatures/academie/{self.case.application.academy.code}"
            ),
            "candidatures/<slug:code>": f"candidatures/{CODE}",
            "conflits/<int:key>": f"conflits/{examiner.pk if examiner else key}",
            "<slug:code>": theme.code,
            "<int:key>": str(key),
            "<int:message>": str(Message.objects.filter(to=self.person.pk).count()),
            "<slug:digest>": self.case.application.deposits.get().digest,
            "<uuid:key>": "00000000-0000-0000-0000-000000000007",
            "<slug:ark>": "t1abc",
            "<ark>": "t1abc",
            "<slug:naan>": "99999",
            "<slug:name>": "nouveautes",
            "<str:edition>": "2026",
        }


def hide(*, kind: str, more: frozenset[str], stage: str) -> Secret:
    """A study where one application is closed to someone by this kind of conflict.

    `more`: the other mandates that they hold; `stage`: what they had done with its review before.
    """
    study = f.study(themes=2, academies=2, reviewers=2)
    theme, academy = study.themes[0], AcademyFactory()
    person = f.reviewer(theme, name="La personne en conflit")
    application = f.deposited(theme, academy, title=TITLE, code=CODE)
    case = f.CaseFactory(application=application)
    others = study.reviewers[theme.code]
    f.clear([application], others)
    f.clear([one for one in study.applications if one.theme_id == theme.pk], [person])
    review = _reviewed(case, person, stage)
    f.ReviewFactory(case=case, reviewer=others[0], submitted=True, comment=f"Sur les {TITLE}.")
    _tie(kind, application, person, study)
    for name in sorted(more):
        _hold(name, person, study)
    applications.clear_examiners(campaign=study.campaign, now=f.NOW, actor=None)
    if kind == "unchecked":
        Examiner.objects.filter(application=application, person=person).delete()
    return Secret(study, case, person, review)


def _reviewed(case: Case, person: User, stage: str) -> Review | None:
    if stage == "none":
        return None
    traits: dict[str, Any] = {stage: True} if stage in ("begun", "submitted") else {}
    if stage == "declined":
        traits = {"state": ReviewState.DECLINED, "declined_for": "time", "reason": f"{TITLE} !"}
    made: Review = f.ReviewFactory(case=case, reviewer=person, cleared=False, **traits)
    return made


def _tie(kind: str, application: Application, person: User, study: f.Study) -> None:
    """What makes the conflict: facts, or an act."""
    academy = application.academy
    home = MandateFactory(person=person, role=Role.PARTNER, starts_on=date(2020, 1, 1))
    if kind == "academy":
        MandateScopeFactory(mandate=home, kind=ScopeKind.ACADEMY, code=academy.code)
    elif kind == "region":
        near = AcademyFactory(region=academy.region)
        MandateScopeFactory(mandate=home, kind=ScopeKind.ACADEMY, code=near.code)
    elif kind == "associated":
        near = AcademyFactory()
        application.associated.create(academy=near)
        MandateScopeFactory(mandate=home, kind=ScopeKind.ACADEMY, code=near.code)
    elif kind == "team":
        before = f.under_study(first_year=2025, last_year=2026, year="2025-2026-avant")
        old = f.deposited(f.theme_of(before), academy, title="Une autre année")
        Author.objects.create(application=old, person=person)
    elif kind == "declared":
        act = {"application": application, "person": person, "now": f.NOW, "actor": None}
        applications.declare_conflict(**act, reason="Un proche dans l’équipe.")
    elif kind == "pinned":
        act = {"application": application, "person": person, "now": f.NOW, "actor": None}
        applications.pin_conflict(**act, reason="Signalé par un collègue.")


def _hold(name: str, person: User, study: f.Study) -> None:
    """Another mandate, that opens nothing of the application by itself."""
    theme, other = study.themes
    if name == "delegate":  # of an expert whom nothing bars
        lender = study.reviewers[theme.code][0]
        DelegationFactory(
            mandate=lender.mandates.get(),
            delegate=person,
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 6, 1),
        )
        return
    roles = {
        "teacher": Role.TEACHER,
        "correspondent": Role.CORRESPONDENT,
        "other_theme": Role.EXPERT,
        "general_inspector": Role.GENERAL_INSPECTOR,
    }
    mandate = MandateFactory(person=person, role=roles[name])
    if name == "other_theme":
        MandateScopeFactory(mandate=mandate, kind=ScopeKind.THEME, code=other.code)
    elif name == "general_inspector":
        MandateScopeFactory(mandate=mandate, kind=ScopeKind.THEME, code=theme.code)
    else:
        MandateScopeFactory(mandate=mandate, code=study.academies[0].code)


# -- what a browser can ask


def addresses(secret: Secret) -> list[str]:
    """Every address of the site, over the hidden things."""
    words = secret.words
    return [f"/{_filled(route, words)}" for route in ADDRESSES]


def _filled(route: str, words: dict[str, str]) -> str:
    for part, value in words.items():
        route = route.replace(part, value)
    return re.sub(r"<[^>]*>", "1", route)


QUERIES = ("", "format=csv", "format=ods", "format=xlsx", f"q={WORD}", f"tri=note&q={WORD}")


def asked(secret: Secret) -> Iterator[str]:
    """The addresses of the choice with what a list may be asked, then all the others."""
    year = secret.study.campaign.year
    for address in addresses(secret):
        is_list = address.startswith(f"/selection/{year}/") or address == "/candidatures/"
        for query in QUERIES if is_list else ("",):
            yield f"{address}?{query}" if query else address


def told(client: Client, starts: Iterator[str], *, most: int = 600) -> Iterator[str]:
    """Those of these addresses, and of all that they lead to, whose answer names the application.

    What one typed oneself is no news: the word that was searched for, the address of a refusal.
    """
    waiting, seen = list(starts), set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static/", "/deconnexion/", "/connexion/")):
            continue
        seen.add(address)
        answer = client.get(address)
        body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
        path, _, query = address.partition("?")
        own = [WORD] if WORD in query + _kept(query) else []
        own += [path] if answer.status_code >= 400 else []
        if leaks(unpacked(body) + str(answer.headers).encode(), typed=own):
            yield address
        found = [link.decode().replace("&amp;", "&") for link in _HREF.findall(body)]
        waiting += [link for link in found if link not in seen and CODE not in link]
        # An address that names the application is a leak already: `leaks` sees it in the body.


def _kept(query: str) -> str:
    """What a page where one names what one asked of a list says of it."""
    asked = shelf.read(QueryDict(query).get("vue", ""))
    return asked.query if asked else ""


def unpacked(body: bytes) -> bytes:
    """The body; of an archive (ODS, XLSX), what it holds."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def leaks(body: bytes, *, typed: Sequence[str] = ()) -> bool:
    """Does it name the application, but for what the person typed?"""
    text = body.lower()
    for word in typed:
        text = text.replace(word.lower().encode(), b"")
    return any(mark in text for mark in _MARKS)


def plain(body: bytes, word: str) -> bytes:
    """What two answers may differ by, taken away: the word searched for, tokens."""
    return _VOLATILE.sub(b"", body).replace(word.encode(), b"")


def mail_of(person: User) -> str:
    """All that was written to them."""
    found = Message.objects.filter(to=person.pk).order_by("pk")
    return "\n".join(
        str(texts.text_of(kind=one.kind, params=one.params)) + str(one.params) + one.key
        for one in found
    )
