"""Who may open an address, and what a GET of it answers to them."""

from dataclasses import dataclass

PUBLIC = "public"
SIGNED_IN = "signed in"
FOR_PILOT = "pilote-national"
KEEPERS = frozenset({FOR_PILOT, "dan-lille", "dan-nantes"})  # of accounts and mandates
JUDGES = frozenset({FOR_PILOT, "expert", "inspection-generale"})  # of applications
REVIEWERS = JUDGES - {FOR_PILOT}
KEEPERS_OF_LILLE = frozenset({FOR_PILOT, "dan-lille"})


@dataclass(frozen=True)
class Access:
    """`who`: the public, all who have signed in, one persona or several.

    `status`: what those who may open it get by a GET (405: an act, by POST only).
    """

    who: str | frozenset[str]
    status: int = 200
    signed_in: int = 0  # what those who have signed in get, where it differs


ACT = 405
ABSENT = 404  # the thing that the test names does not exist
ELSEWHERE = 302
REFUSED = 403  # a persona has neither password nor second factor to confirm with

WRITERS = frozenset(
    f"{role}-{place}"
    for place in ("lille", "nantes")
    for role in ("inspecteur", "referent", "enseignant")
) | {"correspondant-lille"}
READERS = WRITERS | KEEPERS | JUDGES | {"recteur-lille"}  # of at least some applications
