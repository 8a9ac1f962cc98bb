"""Where the site is, for builders that know no request: plain values and addresses."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest

NAME = "TraAM : travaux académiques mutualisés"


@dataclass(frozen=True, kw_only=True)
class Site:
    """`base`: scheme and host without a final slash, « https://traam.example »."""

    base: str
    naan: str
    oai_domain: str
    contact: str
    is_demonstration: bool

    @cached_property
    def ark_base(self) -> str:
        """What comes before an ARK name in its resolvable address."""
        return f"{self.base}/ark:/{self.naan}/"

    def notice(self, ark: str) -> str:
        return f"{self.base}/catalogue/{quote(ark, safe='')}/"

    def oai_identifier(self, ark: str) -> str:
        return f"oai:{self.oai_domain}:{ark}"


def base_of(request: HttpRequest) -> str:
    """`TRAAM_SITE_URL`, else the host that was asked."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def site_of(request: HttpRequest) -> Site:
    return Site(
        base=base_of(request),
        naan=settings.NAAN,
        oai_domain=settings.OAI_DOMAIN,
        contact=settings.CONTACT,
        is_demonstration=settings.DEMONSTRATION,
    )
