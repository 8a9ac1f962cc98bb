"""A notice as JSON, for those who read one at a time: `/catalogue/<ark>.json` and the API; pure."""

from collections.abc import Sequence
from typing import Any

from traam.catalogue.models import Act, Notice
from traam.dissemination.site import Site


def _version(notice: Notice) -> dict[str, Any]:
    return {
        "version": notice.version,
        "act": notice.act,
        "act_label": Act(notice.act).label,
        "datestamp": notice.datestamp.isoformat(),
        "reason": notice.reason,
        "digest": notice.digest,
    }


def is_withdrawn(versions: Sequence[Notice]) -> bool:
    return versions[0].act == Act.WITHDRAWN


def document(versions: Sequence[Notice], *, site: Site) -> dict[str, Any]:
    """The present record and the history, latest version first. A tombstone keeps what it keeps;
    the records of earlier versions are not given: one may have been corrected to take a word out.
    """
    present = versions[0]
    return {
        "ark": present.ark,
        "identifier": f"ark:/{site.naan}/{present.ark}",
        "url": site.notice(present.ark),
        "oai_identifier": site.oai_identifier(present.ark),
        "is_withdrawn": is_withdrawn(versions),
        "first_published_at": present.first_published_at.isoformat(),
        "record": present.record,
        "versions": [_version(one) for one in versions],
    }


def unknown(ark: str) -> dict[str, str]:
    return {"message": f"Aucune notice ne porte l’identifiant « {ark} »."}
