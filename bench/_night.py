"""The folder of a deadline night, filled before it and checked after it, each in its own process:
`python -m bench._night fill|check FILE`; the environment names the database."""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

FILES = 220  # 16 for the saves as fast as they come, the others for the night: 200 authors at least
ACADEMIES = 10


def _session(user: Any) -> str:
    """The cookie of someone who has signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _person(number: int, role: Any, academy: str) -> Any:
    from traam.people.models import Mandate, MandateScope, User

    user = User.objects.create_user(email=f"{role.value}{number}@essai.invalid", name="Essai")
    mandate = Mandate.objects.create(person=user, role=role, starts_on="2020-01-01")
    MandateScope.objects.create(mandate=mandate, kind="academy", code=academy)
    return user


def _themes(count: int) -> Any:
    """The themes of a call that is open until tomorrow."""
    from traam.campaigns.models import Campaign, MilestoneDate, Theme
    from traam.kit.clock import now

    campaign = Campaign.objects.create(
        year="2090-2091", first_year=2090, last_year=2091, state="call_open"
    )
    for kind, days in (("call_opens", -1), ("call_closes", 1)):
        at = now() + timedelta(days=days)
        MilestoneDate.objects.create(campaign=campaign, kind=kind, at=at)
    return [
        Theme.objects.create(
            campaign=campaign,
            code=f"nuit-{number}",
            title=f"Thème {number}",
            discipline_text="SVT",
            natural_key=f"nuit-{number}",
            digest="0" * 64,
            state="signed_twice",
        )
        for number in range(count)
    ]


def fill(path: Path) -> None:
    """Two hundred drafts, complete but for what will be typed, and who will act upon them."""
    from django.db import transaction

    from traam.access.roles import Role
    from traam.config import preparation
    from traam.kit.clock import now
    from traam.reference.models import Academy

    preparation.prepare(now=now())
    academies = list(Academy.objects.filter(valid_to=None).order_by("code", "pk")[:ACADEMIES])
    made = []
    with transaction.atomic():
        people = {
            academy.code: [
                _person(int(academy.pk), role, academy.code)
                for role in (Role.INSPECTOR, Role.DIGITAL_DELEGATE)
            ]
            for academy in academies
        }
        sessions = {code: [_session(one) for one in both] for code, both in people.items()}
        for theme in _themes(FILES // ACADEMIES):
            for academy in academies:
                inspector, _ = people[academy.code]
                made.append(_file(len(made), theme, academy, inspector, sessions[academy.code]))
    path.write_text(json.dumps(made), "utf-8")


def _file(number: int, theme: Any, academy: Any, inspector: Any, sessions: list[str]) -> Any:
    from tests.applications.world import COMPLETE
    from traam.access.roles import Role
    from traam.applications import actions
    from traam.applications.actions import Write
    from traam.applications.models import NamedInspector
    from traam.kit.clock import now
    from traam.people.queries import actor_for

    author = _person(number, Role.REFERENT, academy.code)
    actor = actor_for(author, now().date())
    one = actions.begin(theme=theme, academy=academy, now=now(), actor=actor)
    writes = [Write(field, value) for field, value in COMPLETE.items()]
    actions.save(application=one, writes=writes, now=now(), actor=actor)
    NamedInspector.objects.create(application=one, person=inspector)
    return {
        "code": one.code,
        "academy": academy.code,
        "person": author.pk,
        "author": _session(author),
        "inspector": sessions[0],
        "delegate": sessions[1],
    }


def check(path: Path) -> None:
    """Print what was acknowledged and is not there, and how many were asked about."""
    from traam.applications.models import Answer, AnswerVersion, Deposit
    from traam.journal.models import Entry

    told = json.loads(path.read_text("utf-8"))
    rows = AnswerVersion.objects.filter(field__in=told["fields"])
    present = Answer.objects.filter(field__in=told["fields"])
    kept = {
        one
        for found in (rows, present)
        for one in found.values_list("application__code", "field", "value")
    }
    acts = list(Entry.objects.values_list("subject", "verb"))
    done = {(subject.removeprefix("application:"), verb) for subject, verb in acts}
    print(
        json.dumps(
            {
                "writes": len(told["writes"]),
                "lost writes": sum(tuple(one) not in kept for one in told["writes"]),
                "acts": len(told["acts"]),
                "lost acts": sum(tuple(one) not in done for one in told["acts"]),
                "deposits": Deposit.objects.count(),
                "files deposited twice": Deposit.objects.count()
                - Deposit.objects.values("application").distinct().count(),
            }
        )
    )


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "check": check}[sys.argv[1]](Path(sys.argv[2]))
