"""The receipt of a deposit, as a paper: what was deposited, when, by whom, under which digest."""

from traam.applications.models import Application, Deposit
from traam.applications.rules.depositing import receipt_number
from traam.applications.screens.editing import UNTITLED
from traam.kit.clock import day_of
from traam.kit.paper import Bullets, Facts, Heading, Paper, Paragraph
from traam.kit.text import instant


def receipt(application: Application) -> Paper:
    """The receipt of the last deposit. Raises Deposit.DoesNotExist before the first."""
    rows = application.deposits.select_related("deposited_by", "brief").order_by("-number", "pk")
    deposit = rows.first()
    if deposit is None:
        raise Deposit.DoesNotExist
    number = receipt_number(application.code, deposit.number)
    return Paper(
        title="Récépissé de dépôt",
        author="TraAM",
        reference=f"Récépissé {number}",
        date=day_of(deposit.deposited_at),
        mark="Données de démonstration" if application.campaign.is_demonstration else "",
        blocks=[
            Paragraph("La candidature ci-dessous est déposée. Ce récépissé en garde la preuve."),
            Facts(_facts(application, deposit, number)),
            Heading("Engagements pris par l’académie"),
            Bullets([one["label"] for one in deposit.content.get("commitments", [])] or ["aucun"]),
            Paragraph(
                "L’empreinte (SHA-256) est celle de tout ce que la candidature disait au moment du "
                "dépôt : un seul caractère changé la changerait."
            ),
        ],
    )


def _facts(application: Application, deposit: Deposit, number: str) -> list[tuple[str, str]]:
    brief = f"version {deposit.brief.number}" if deposit.brief else "aucun"
    return [
        ("Numéro", number),
        ("Appel", application.campaign.label),
        ("Académie", application.academy.name),
        ("Thème", application.theme.shown_title),
        ("Intitulé", str(deposit.content.get("answers", {}).get("title", "")) or UNTITLED),
        ("Déposée", instant(deposit.deposited_at)),
        ("Visée par", str(deposit.deposited_by)),
        ("Rang donné par l’académie", str(application.rank or "aucun")),
        ("Cahier des charges accepté", brief),
        ("Empreinte", deposit.digest),
    ]
