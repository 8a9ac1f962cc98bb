"""The letter of a call and its cahier des charges, as papers: for the mail, and for everyone."""

from datetime import datetime

from django.urls import reverse

from traam.campaigns import queries
from traam.campaigns.models import Brief, Campaign, Theme
from traam.campaigns.rules import explaining
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.hours import elsewhere
from traam.documents.actions import store as store_file
from traam.kit.clock import PARIS
from traam.kit.paper import Block, Bullets, Heading, Markdown, Paper, Paragraph, Table, to_pdf
from traam.kit.text import between, instant
from traam.post.texts import site

AUTHOR = "Direction du numérique pour l’éducation et inspection générale"
PDF = "application/pdf"
LIMIT = 20_000_000  # bytes
USUAL = (
    "Mesdames et Messieurs les recteurs et rectrices, délégués et déléguées académiques au "
    "numérique,\n\n"
    "Les travaux académiques mutualisés (TraAM) réunissent chaque année des équipes d’enseignants "
    "de plusieurs académies autour de thèmes communs. Elles essaient en classe des pratiques "
    "numériques, testent les scénarios les unes des autres, et mettent en forme ce qu’elles ont "
    "observé.\n\n"
    "Nous vous invitons à proposer des candidatures sur les thèmes ci-dessous."
)


def words_of(campaign: Campaign) -> str:
    """The words of the letter: those of the pilot, else the usual ones (Markdown)."""
    return campaign.letter or USUAL


def letter(campaign: Campaign, *, day: datetime) -> Paper:
    """The letter of the call: its words, the hours everywhere, the themes, how to answer."""
    themes = list(queries.themes_of_call(campaign)) or list(
        campaign.themes.living().order_by("-transversal", "discipline_text", "pk")
    )
    address = site() + reverse("campaign", kwargs={"year": campaign.year})
    return Paper(
        title=f"Travaux académiques mutualisés {campaign.label} : appel à candidatures",
        author=AUTHOR,
        date=day.astimezone(PARIS).date(),
        reference=f"TraAM {campaign.label}",
        mark="démonstration" if campaign.is_demonstration else "",
        blocks=[
            Markdown(words_of(campaign)),
            Heading("Le calendrier"),
            *_calendar(campaign),
            Heading("Les thèmes"),
            _themes(campaign, themes),
            Heading("Répondre"),
            Paragraph(f"Les candidatures s’écrivent et se déposent à cette adresse : {address}"),
            Bullets(explaining.answering(campaign.call_rules)),
            Heading("Comment le choix se fait"),
            *_choice(campaign),
        ],
    )


def _calendar(campaign: Campaign) -> list[Block]:
    calendar = campaign.calendar
    rows = [[each.label, instant(at)] for each in Milestone if (at := calendar.at(each))]
    blocks: list[Block] = [Table("Calendrier de la campagne", ["Étape", "Date"], rows)]
    if calendar.closes_at is not None:
        there = [[one.place, one.hour] for one in elsewhere(calendar.closes_at)]
        blocks.append(Table("Clôture de l’appel, à l’heure locale", ["Territoire", "Heure"], there))
    return blocks


def _themes(campaign: Campaign, themes: list[Theme]) -> Block:
    rows = [[one.title, one.discipline_text, numbers_of(one, campaign)] for one in themes]
    return Table("Thèmes proposés", ["Thème", "Discipline", "Académies"], rows)


def numbers_of(theme: Theme, campaign: Campaign) -> str:
    """« de 4 à 8 », « 4 »: its own numbers, else the campaign's."""
    rules = campaign.call_rules
    least = theme.academies_min or rules.academies_min
    most = theme.academies_max or max(rules.academies_max, least)
    return between(least, most)


def _choice(campaign: Campaign) -> list[Block]:
    rules = campaign.call_rules
    grid = [[one.label, one.scale, one.percent] for one in explaining.shares(rules)]
    weights = [[one.label, one.points, one.when] for one in explaining.weighed(rules)]
    return [
        Bullets(explaining.hard_rules(rules)),
        Table("Grille des avis", ["Critère", "Note", "Part du total"], grid),
        Table("Ce qui compte dans la proposition", ["Règle", "Poids", "Quand"], weights),
        Paragraph(explaining.ADVICE),
    ]


def brief_paper(brief: Brief, *, day: datetime) -> Paper:
    """The cahier des charges and its commitments."""
    campaign = brief.campaign
    return Paper(
        title=f"Travaux académiques mutualisés {campaign.label} : cahier des charges",
        author=AUTHOR,
        date=day.astimezone(PARIS).date(),
        reference=f"TraAM {campaign.label}",
        mark="démonstration" if campaign.is_demonstration else "",
        blocks=[
            Markdown(brief.text),
            Heading("Engagements des académies retenues"),
            Bullets([one.label for one in campaign.call_rules.commitments]),
        ],
    )


def store(campaign: Campaign, *, now: datetime) -> tuple[str, str]:
    """Make both PDFs and keep them; their digests. Called when the call opens."""
    papers = {
        f"appel-{campaign.year}.pdf": letter(campaign, day=now),
        f"cahier-des-charges-{campaign.year}.pdf": brief_paper(campaign.brief, day=now),
    }
    first, second = (
        store_file(content=to_pdf(paper), name=name, limit=LIMIT, accepted={PDF}, now=now).digest
        for name, paper in papers.items()
    )
    return first, second
