"""The reasons and channels that an act asks for, in the words of whoever acts."""

from traam.kit.refusals import Refusal

REASON_MAX = 2_000  # characters
CHANNEL_MAX = 100  # characters
NO_REASON = "Le motif manque : dites pourquoi, en une phrase. Les personnes concernées le liront."


def need_reason(reason: str) -> str:
    """The reason, stripped. Raises `Refusal` without one, or on one too long."""
    if not (words := reason.strip()):
        raise Refusal(NO_REASON)
    return may_reason(words)


def may_reason(reason: str) -> str:
    """A reason that may be left out, stripped. Raises `Refusal` on one too long."""
    words = reason.strip()
    if len(words) > REASON_MAX:
        raise Refusal(f"Le motif ({len(words)} caractères) doit tenir en {REASON_MAX}.")
    return words


def need_channel(channel: str) -> str:
    """« courriel du 3 avril », stripped; may be empty. Raises `Refusal` on one too long."""
    words = " ".join(channel.split())
    if len(words) > CHANNEL_MAX:
        raise Refusal(f"Le canal ({len(words)} caractères) doit tenir en {CHANNEL_MAX}.")
    return words
