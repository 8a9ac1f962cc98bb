"""invite: opens an account and gives its mandate; how the first pilot comes in."""

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from traam.access.roles import Role
from traam.config.cli.data import prepared
from traam.kit.refusals import Refusal

if TYPE_CHECKING:
    from traam.people.actions import Welcome
    from traam.reference.rules import Vocabulary

WORDS = "ouvre un compte et donne son mandat : le premier pilote, par exemple"
EXAMPLE = """
Le premier pilote :
  ./traam invite prenom.nom@education.gouv.fr --name "Prénom Nom" --role pilot

Rôles :
  """


def add_commands(commands: Any) -> None:
    roles = "\n  ".join(f"{role.value} : {role.label}" for role in Role)
    one = commands.add_parser("invite", help=WORDS, description=WORDS, epilog=EXAMPLE + roles)
    one.add_argument("address", metavar="ADRESSE", help="son adresse électronique")
    one.add_argument("--name", required=True, metavar="NOM", help="le nom affiché")
    one.add_argument("--role", required=True, choices=list(map(str, Role)), metavar="RÔLE")
    one.add_argument(
        *("--academy", "-a"),
        action="append",
        default=[],
        metavar="ACADÉMIE",
        help="son nom ou son code (« Lille », « 09 ») ; à répéter pour plusieurs",
    )
    one.add_argument(
        *("--discipline", "-d"),
        action="append",
        default=[],
        metavar="CODE",
        help="son code (« MATHS ») ; à répéter pour plusieurs",
    )
    one.add_argument(
        "--from",
        dest="starts_on",
        type=date.fromisoformat,
        metavar="AAAA-MM-JJ",
        help="premier jour du mandat (aujourd’hui)",
    )
    one.set_defaults(run=invite, needs_django=True, takes_rest=False)


def invite(options: Namespace, _rest: list[str]) -> int:
    from traam.kit.clock import PARIS  # noqa: PLC0415 (Django is set up by the caller)
    from traam.people import actions  # noqa: PLC0415 (idem)
    from traam.people.reach import Limits  # noqa: PLC0415 (idem)
    from traam.reference.queries import vocabulary  # noqa: PLC0415 (idem)

    now = prepared()
    words = vocabulary()
    done = actions.welcome(
        email=options.address,
        name=options.name,
        role=Role(options.role),
        limits=Limits(
            academies=frozenset(_academy(words, text) for text in options.academy),
            disciplines=frozenset(_discipline(words, text) for text in options.discipline),
        ),
        starts_on=options.starts_on or now.astimezone(PARIS).date(),
        ends_on=None,
        now=now,
        actor=None,
    )
    for sentence in _sentences(done):
        print(sentence)  # noqa: T201 (the result)
    return 0


def _academy(words: "Vocabulary", text: str) -> str:
    entry = words.academy(text)
    if entry is None:
        raise Refusal(f"L’académie « {text} » n’existe pas : donnez un nom ou un code (Lille, 09).")
    return entry.code


def _discipline(words: "Vocabulary", text: str) -> str:
    term = words.term(scheme="disciplines", code=text)
    if term is None:
        known = ", ".join(each.code for each in words.terms("disciplines"))
        raise Refusal(f"La discipline « {text} » n’existe pas : donnez un code parmi {known}.")
    return term.code


def _sentences(done: "Welcome") -> list[str]:
    """What was done, and how the person comes in."""
    from django.urls import reverse  # noqa: PLC0415 (Django is set up by the caller)

    from traam.people.rules import Period, said  # noqa: PLC0415 (idem)
    from traam.post.texts import site  # noqa: PLC0415 (idem)

    address, mandate = done.person.email, done.mandate
    period = said(Period(mandate.starts_on, mandate.ends_on))
    role = f"« {Role(mandate.role).label} » ({period})"
    if not done.is_new_mandate:
        return [f"{address} avait déjà ce compte et le mandat {role} : rien n’a changé."]
    if not done.is_new_account:
        return [f"{address} avait déjà un compte, qui garde son nom ; mandat donné : {role}."]
    return [
        f"Compte ouvert : {address} ; mandat donné : {role}.",
        "L’invitation part avec le courrier, quand le service tourne. Pour entrer : "
        f"{site()}{reverse('sign_in')} (un code y est envoyé à cette adresse).",
    ]
