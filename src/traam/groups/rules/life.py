"""The states of a team and of a meeting, and the words of a group's space (`rules.md` §2)."""

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move


class TeamState(Labelled):
    """Where an academic team stands."""

    AT_WORK = "at_work", "au travail"
    COMPLETED = "completed", "travaux achevés"
    WITHDRAWN = "withdrawn", "retirée"


T = TeamState

TEAM_LIFE = Machine(
    initial=T.AT_WORK,
    moves={
        "complete": Move(frozenset({T.AT_WORK}), T.COMPLETED, "achever les travaux"),
        "withdraw": Move(frozenset({T.AT_WORK}), T.WITHDRAWN, "retirer l’équipe"),
        # Every act has its counter-act, with a reason.
        "reopen": Move(frozenset({T.COMPLETED}), T.AT_WORK, "rouvrir les travaux"),
        "reinstate": Move(frozenset({T.WITHDRAWN}), T.AT_WORK, "rétablir l’équipe"),
    },
)


class Bond(Labelled):
    """How an academy holds to a team that is not its own."""

    JOINT = "joint", "académie partenaire du travail commun"
    ASSOCIATED = "associated", "académie associée"


class MeetingMode(Labelled):
    """Where people meet."""

    ON_SITE = "on_site", "sur place"
    REMOTE = "remote", "à distance"
    BOTH = "both", "sur place et à distance"


class MeetingState(Labelled):
    """Where a meeting stands; « convoquée » once the invitations have gone."""

    PLANNED = "planned", "en préparation"
    CONVENED = "convened", "convoquée"
    HELD = "held", "tenue"
    CANCELLED = "cancelled", "annulée"


M = MeetingState

MEETING_LIFE = Machine(
    initial=M.PLANNED,
    moves={
        "convene": Move(frozenset({M.PLANNED}), M.CONVENED, "convoquer"),
        "hold": Move(frozenset({M.CONVENED}), M.HELD, "déclarer la réunion tenue"),
        "cancel": Move(frozenset({M.PLANNED, M.CONVENED}), M.CANCELLED, "annuler la réunion"),
        # Every act has its counter-act, with a reason.
        "reopen": Move(frozenset({M.HELD}), M.CONVENED, "revenir sur la tenue"),
        "put_back": Move(frozenset({M.CANCELLED}), M.PLANNED, "remettre la réunion"),
    },
)


class Answer(Labelled):
    """What someone convened answers; the values are those of iCalendar's PARTSTAT, in lower case.

    Source: RFC 5545, §3.2.12.
    """

    AWAITED = "needs-action", "sans réponse"
    ACCEPTED = "accepted", "présence annoncée"
    TENTATIVE = "tentative", "présence incertaine"
    DECLINED = "declined", "absence annoncée"


class Attendance(Labelled):
    """Who was there."""

    UNKNOWN = "unknown", "non relevée"
    PRESENT = "present", "présent·e"
    EXCUSED = "excused", "excusé·e"
    ABSENT = "absent", "absent·e"


class Heading(Labelled):
    """Under what a document is kept: the five headings of a year's file (`process.md` §2)."""

    BRIEF = "brief", "Cahier des charges"
    THEMES = "themes", "Thèmes"
    ON_SITE = "on_site", "Réunions présentielles"
    REMOTE = "remote", "Réunions à distance"
    REPORT = "report", "Bilan"
    OTHER = "other", "Autres documents"


class PointKind(Labelled):
    """What a meeting or an exchange leaves to remember."""

    DECISION = "decision", "décision"
    ACTION = "action", "action à mener"


class Step(Labelled):
    """The reminders of a due date, each sent once (never a sliding date)."""

    BEFORE = "before", "rappel avant l’échéance"
    AFTER = "after", "rappel après l’échéance"
    INSPECTOR = "inspector", "signalement à l’inspection"
    PILOT = "pilot", "signalement au pilotage"
