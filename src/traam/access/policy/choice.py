"""Rights from the preparation of a campaign to its announcement (`rules.md` §1 and §2)."""

from traam.access.place import Flag
from traam.access.policy.grants import (
    InState,
    Is,
    IsNot,
    Right,
    Scope,
    Tie,
    right,
    to,
    to_each,
    to_public,
)
from traam.access.policy.house import DAN, EVERY_ROLE, PILOT
from traam.access.roles import Role

EXPERT, IG, INSPECTOR = Role.EXPERT, Role.GENERAL_INSPECTOR, Role.INSPECTOR
DELIBERATING = (EXPERT, IG)
WRITERS = (Role.REFERENT, Role.TEACHER, Role.CORRESPONDENT, INSPECTOR)
DRAFT = InState(frozenset({"draft"}), "tant que c’est un brouillon")
BEING_SIGNED = InState(
    frozenset({"submitted", "signed_once"}), "une fois soumis, tant qu’une signature manque"
)
SUBMITTED_ON = InState(
    frozenset({"submitted", "signed_once", "signed_twice"}), "à partir de la soumission"
)
SIGNED_ON = InState(
    frozenset({"signed_once", "signed_twice"}), "une fois la première signature donnée"
)
SIGNED = InState(frozenset({"signed_twice"}), "une fois les deux signatures données")
AWAITING_AGREEMENT = InState(
    frozenset({"awaiting_agreement"}), "tant que l’accord de l’inspecteur est attendu"
)
AWAITING_VISA = InState(frozenset({"awaiting_visa"}), "tant que le visa est attendu")
IN_DAN_HANDS = InState(
    frozenset({"awaiting_visa", "deposited"}), "dès que le visa est attendu, dépôt compris"
)
DEPOSITED = InState(frozenset({"deposited"}), "à partir du dépôt")
OPEN_REVIEW = InState(frozenset({"assigned", "begun"}), "tant que l’avis n’est pas rendu")
GIVEN_REVIEW = InState(frozenset({"submitted"}), "une fois l’avis rendu")
NOT_OPEN = IsNot(Flag.CALL_OPEN, "tant que l’appel n’est pas ouvert")
NOT_CLOSED = IsNot(Flag.CALL_CLOSED, "tant que l’appel n’est pas clos")
NOT_ANNOUNCED = IsNot(Flag.ANNOUNCED, "tant que rien n’est annoncé")

CAMPAIGN: tuple[Right, ...] = (
    right("campaign.prepare", "préparer une campagne", to(PILOT)),
    right("campaign.close", "clore une campagne", to(PILOT)),
    right("campaign.reopen", "rouvrir une campagne", to(PILOT)),
    right(
        "campaign.read",
        "lire une campagne",
        to_each(EVERY_ROLE),
        to_public(Is(Flag.CALL_OPEN)),
    ),
)


def signed_text(name: str, thing: str) -> tuple[Right, ...]:
    """The rights over a text that the DNE and the IG both sign."""
    return (
        right(
            f"{name}.edit",
            f"écrire {thing}",
            to(PILOT, NOT_OPEN),
            to(EXPERT, Scope.THEME, NOT_OPEN),
        ),
        right(
            f"{name}.submit",
            f"soumettre {thing} à la double validation",
            to(PILOT, DRAFT),
            to(EXPERT, Scope.THEME, DRAFT),
        ),
        right(f"{name}.sign_dne", f"signer {thing} pour la DNE", to(PILOT, BEING_SIGNED)),
        right(
            f"{name}.sign_ig",
            f"signer {thing} pour l’inspection générale",
            to(IG, Scope.THEME, BEING_SIGNED),
        ),
        right(
            f"{name}.unsign",
            f"reprendre sa signature sur {thing}",
            to(PILOT, SIGNED_ON, NOT_OPEN),
            to(IG, Scope.THEME, SIGNED_ON, NOT_OPEN),
        ),
        right(
            f"{name}.withdraw",
            f"retirer {thing}",
            to(PILOT),
            to(EXPERT, Scope.THEME, NOT_OPEN),
        ),
        right(
            f"{name}.read",
            f"lire {thing}",
            to(PILOT),
            to(EXPERT, Scope.THEME),
            to_each(EVERY_ROLE, SUBMITTED_ON),
            to_public(Is(Flag.CALL_OPEN), SIGNED),
        ),
    )


TEXTS: tuple[Right, ...] = (
    *signed_text("brief", "un cahier des charges"),
    *signed_text("theme", "un thème"),
    right(
        "theme.adopt",
        "adopter un thème transversal pour sa discipline",
        to(EXPERT, Scope.DISCIPLINE),
    ),
)

APPLICATION: tuple[Right, ...] = (
    right(
        "application.begin",
        "commencer une nouvelle candidature",
        to_each(WRITERS, Scope.ACADEMY, Is(Flag.CALL_OPEN), NOT_CLOSED),
    ),
    right(
        "application.edit",
        "modifier une candidature",
        to_each(WRITERS, Tie.OWN, DRAFT, NOT_CLOSED),
    ),
    right(
        "application.submit",
        "soumettre une candidature à l’accord de l’inspecteur",
        to_each(WRITERS, Tie.OWN, DRAFT, NOT_CLOSED),
    ),
    right(
        "application.agree",
        "donner son accord à une candidature",
        to(INSPECTOR, Tie.NAMED, AWAITING_AGREEMENT),
    ),
    right("application.endorse", "viser une candidature", to(DAN, Scope.ACADEMY, AWAITING_VISA)),
    right("application.rank", "classer une candidature", to(DAN, Scope.ACADEMY, IN_DAN_HANDS)),
    right(
        "application.return",
        "renvoyer une candidature à ses auteurs",
        to(INSPECTOR, Tie.NAMED, AWAITING_AGREEMENT),
        to(DAN, Scope.ACADEMY, IN_DAN_HANDS, NOT_ANNOUNCED),
    ),
    right(
        "application.withdraw",
        "retirer une candidature",
        to_each(WRITERS, Tie.OWN, NOT_ANNOUNCED),
        to(DAN, Scope.ACADEMY, NOT_ANNOUNCED),
    ),
    right("application.reopen", "rouvrir une candidature", to(PILOT)),
    right(
        "application.enter_on_behalf",
        "saisir une nouvelle candidature pour autrui",
        to(PILOT),
        to(DAN, Scope.ACADEMY),
    ),
    right("application.extend", "donner plus de temps à une nouvelle académie", to(PILOT)),
    right(
        "application.declare_conflict",
        "déclarer un conflit d’intérêts sur une candidature",
        to(PILOT, Is(Flag.CALL_CLOSED)),
        to_each(DELIBERATING, Scope.THEME, Is(Flag.CALL_CLOSED), NOT_ANNOUNCED),
    ),
    right(
        "application.settle_conflict",
        "confirmer ou écarter un conflit d’intérêts",
        to(PILOT, Is(Flag.CALL_CLOSED)),
    ),
    right(
        "application.read",
        "lire une candidature",
        to_each(WRITERS, Tie.OWN),
        to(INSPECTOR, Tie.NAMED),
        to(DAN, Scope.ACADEMY),
        to(Role.RECTOR, Scope.ACADEMY, DEPOSITED),
        to_each(DELIBERATING, Scope.THEME, Is(Flag.CALL_CLOSED), DEPOSITED, Tie.CLEARED),
        to(PILOT, Is(Flag.CALL_CLOSED)),
    ),
)

SELECTION: tuple[Right, ...] = (
    right("review.assign", "confier un nouvel avis", to(PILOT), to(EXPERT, Scope.THEME)),
    right(
        "review.write",
        "écrire un avis",
        to_each(DELIBERATING, Tie.REVIEWER, Tie.CLEARED, OPEN_REVIEW),
    ),
    right(
        "review.submit",
        "rendre un avis",
        to_each(DELIBERATING, Tie.REVIEWER, Tie.CLEARED, OPEN_REVIEW),
    ),
    right("review.decline", "décliner un avis", to_each(DELIBERATING, Tie.REVIEWER, OPEN_REVIEW)),
    right("review.reopen", "rouvrir un avis rendu", to(PILOT, GIVEN_REVIEW, NOT_ANNOUNCED)),
    right(
        "review.read",
        "lire un avis",
        to(PILOT),
        to_each(DELIBERATING, Tie.REVIEWER, Tie.CLEARED),
        to_each(DELIBERATING, Scope.THEME, Tie.AFTER_OWN_REVIEW, GIVEN_REVIEW, Tie.CLEARED),
    ),
    right(
        "decision.follow",
        "suivre la délibération d’un thème",
        to(PILOT, Is(Flag.CALL_CLOSED)),
        to_each(DELIBERATING, Scope.THEME, Is(Flag.CALL_CLOSED)),
    ),
    right(
        "decision.deliberate",
        "délibérer d’une décision",
        to_each(DELIBERATING, Scope.THEME, Is(Flag.CALL_CLOSED), NOT_ANNOUNCED, Tie.CLEARED),
    ),
    right(
        "decision.arbitrate",
        "arbitrer une décision entre les thèmes",
        to(PILOT, Is(Flag.CALL_CLOSED), NOT_ANNOUNCED),
    ),
    right(
        "decision.announce",
        "annoncer les décisions",
        to(PILOT, Is(Flag.CALL_CLOSED), NOT_ANNOUNCED),
    ),
    right(
        "decision.reply",
        "répondre à une décision",
        to(DAN, Scope.ACADEMY, Is(Flag.ANNOUNCED)),
        to_each(WRITERS, Tie.OWN, Is(Flag.ANNOUNCED)),
    ),
    right("decision.answer_reply", "répondre aux observations d’une académie", to(PILOT)),
    right("decision.amend", "revenir sur une décision annoncée", to(PILOT, Is(Flag.ANNOUNCED))),
    right(
        "decision.read",
        "lire une décision",
        to(PILOT),
        to_each(DELIBERATING, Scope.THEME, Tie.CLEARED),
        to_each((Role.RECTOR, DAN), Scope.ACADEMY, Is(Flag.ANNOUNCED)),
        to_each(WRITERS, Tie.OWN, Is(Flag.ANNOUNCED)),
        to(INSPECTOR, Tie.NAMED, Is(Flag.ANNOUNCED)),
    ),
    right(
        "decision.read_retained",
        "lire la liste des académies retenues",
        to(PILOT),
        to_each(DELIBERATING, Scope.THEME),
        to_public(Is(Flag.ANNOUNCED), Is(Flag.RETAINED)),
    ),
)

RIGHTS_OF_THE_CHOICE = (
    ("La campagne", CAMPAIGN),
    ("Le cahier des charges et les thèmes", TEXTS),
    ("La candidature", APPLICATION),
    ("Les avis et les décisions", SELECTION),
)
