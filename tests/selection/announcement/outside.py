"""Who is outside while decisions are prepared, and all that they can ask of the site."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.test import Client

from tests.house.addresses import ADDRESSES
from tests.people.factories import MandateFactory, MandateScopeFactory
from tests.reference.factories import AcademyFactory
from tests.selection import factories as f
from tests.selection.announcement.setting import Hall, person
from traam.access.roles import Role
from traam.applications.rules.life import Standing
from traam.people.models import ScopeKind, User
from traam.selection.models import Decision

BACKEND = "django.contrib.auth.backends.ModelBackend"
STRANGER = "anonyme"
_VOLATILE = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|"csrf": ?"[^"]*"|<dc:date>.*?</dc:date>'
    rb"|<responseDate>.*?</responseDate>|<updated>.*?</updated>"
    rb"|%28[0-9a-f]{12}%29|>[0-9a-f]{12}<"  # the number of a request
)
_HREF = re.compile(rb'(?:href|action|data-save|data-poll)="(/[^"#]*)')
_SKIPPED = (
    *("/static/", "/deconnexion/", "/connexion/", "/composants/"),
    "/compte/second-facteur/",  # a secret that is drawn each time
)
QUERIES = ("", "format=csv", "format=ods")


def _in_conflict(made: Hall) -> User:
    """An expert of the theme to whom every one of its cases is closed."""
    found = f.reviewer(made.theme)
    f.clear(
        [one.application for one in made.study.cases],
        [found],
        standing=Standing.PINNED,
        reason="Signalé.",
    )
    return found


def _of_another_theme(made: Hall) -> User:
    found = person(Role.EXPERT)
    mandate = MandateFactory(person=found, role=Role.EXPERT)
    MandateScopeFactory(mandate=mandate, kind=ScopeKind.THEME, code="autre-theme")
    return found


OUTSIDERS: dict[str, Callable[[Hall], User | None]] = {
    STRANGER: lambda made: None,
    "délégué de l’académie": lambda made: made.team(0).delegate,
    "auteur": lambda made: made.team(0).author,
    "inspecteur désigné": lambda made: made.team(0).inspector,
    "rectorat": lambda made: made.team(0).rector,
    "délégué d’une autre académie": lambda made: person(Role.DIGITAL_DELEGATE, AcademyFactory()),
    "DGESCO": lambda made: person(Role.DGESCO),
    "partenaire": lambda made: person(Role.PARTNER),
    "correspondant": lambda made: person(Role.CORRESPONDENT, made.application(0).academy),
    "enseignant": lambda made: person(Role.TEACHER, made.application(0).academy),
    "expert d’un autre thème": _of_another_theme,
    "expert en conflit": _in_conflict,
}


@dataclass(frozen=True)
class Visitor:
    """Someone outside, with a browser."""

    made: Hall
    client: Client

    def asked(self) -> list[str]:
        """Every address of the site, over the prepared decisions; lists with what they take."""
        found = []
        for route in ADDRESSES:
            address = f"/{self._filled(route)}"
            is_list = address.startswith("/selection/") or address == "/candidatures/"
            for query in QUERIES if is_list else ("",):
                found.append(f"{address}?{query}" if query else address)
        return found

    def _filled(self, route: str) -> str:
        application, decision = self.made.application(0), self.made.decision(0)
        words = {
            "<slug:year>": self.made.campaign.year,
            "academies/<slug:code>": f"academies/{application.academy.code}",
            "candidatures/academie/<slug:code>": (
                f"candidatures/academie/{application.academy.code}"
            ),
            "candidatures/<slug:code>": f"candidatures/{application.code}",
            "dossiers/<int:key>": f"dossiers/{self.made.case(0).pk}",
            "<slug:code>": self.made.theme.code,
            "<int:key>": str(decision.pk),
            "<int:message>": "1",
            "<slug:digest>": application.deposits.get().digest,
            "<uuid:key>": "00000000-0000-0000-0000-000000000007",
            "<slug:ark>": "t1abc",
            "<ark>": "t1abc",
            "<slug:naan>": "99999",
            "<slug:name>": "nouveautes",
            "<slug:act>": "accepter",
            "<slug:form>": "pdf",
            "<str:edition>": "2026",
        }
        for part, value in words.items():
            route = route.replace(part, value)
        return re.sub(r"<[^>]*>", "1", route)

    def told(self, *, most: int = 500) -> Iterator[tuple[str, bytes]]:
        """The answers of all these addresses, and of all that they lead to."""
        waiting, seen = self.asked(), set()
        while waiting and len(seen) < most:
            address = waiting.pop(0)
            if address in seen or address.startswith(_SKIPPED):
                continue
            seen.add(address)
            answer = self.client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield address, str(answer.status_code).encode() + plain(unpacked(body))
            found = [link.decode().replace("&amp;", "&") for link in _HREF.findall(body)]
            waiting += [link for link in found if link not in seen]


def unpacked(body: bytes) -> bytes:
    """The body; of an archive (ODS, XLSX), what it holds."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def plain(body: bytes) -> bytes:
    """Without what two answers always differ by."""
    return _VOLATILE.sub(b"", body)


def visitor(made: Hall, who: str) -> Visitor:
    found = OUTSIDERS[who](made)
    client = Client()
    if found is not None:
        client.force_login(found, backend=BACKEND)
    return Visitor(made, client)


def decide_otherwise(made: Hall) -> None:
    """Every decision the other way round: what was retained is not, and the contrary."""
    for one in Decision.objects.order_by("pk"):
        is_in = one.kind == "retained"
        one.kind, one.rank = ("not_retained" if is_in else "retained"), None
        one.reason, one.remarks = ("Un autre motif." if is_in else ""), "D’autres remarques."
        one.save()
