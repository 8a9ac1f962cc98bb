"""How django-allauth speaks with our outbox, our accounts and our words."""

import base64
from functools import lru_cache
from hashlib import sha256
from typing import Any

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from traam.kit.clock import now
from traam.post.actions import send_secret

CODE_MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
MAILS = {
    "account/email/login_code": "people/sign_in_code",
    "account/email/unknown_account": "people/unknown_account",
}
INACTIVE = "Ce compte est fermé. Pour le rouvrir, écrivez à l’équipe du service."


class Adapter(DefaultAccountAdapter):
    """Closed to self sign-up: people are invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": INACTIVE,
        "email_password_mismatch": "L’adresse ou le mot de passe ne convient pas. Vérifiez les "
        "deux, ou recevez un code par courriel.",
        "incorrect_code": "Ce code ne convient pas. Recopiez celui du dernier courriel reçu.",
        "incorrect_password": "Ce mot de passe ne convient pas.",
        "invalid_login": "Donnez une adresse électronique.",
        "too_many_login_attempts": "Trop de tentatives. Patientez quelques minutes, puis "
        "recommencez.",
        "rate_limited": "Trop de demandes. Patientez quelques minutes, puis recommencez.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the post, which keeps neither the code nor the address. May raise `Refusal`."""
        params: dict[str, str | int] = {}
        if "code" in context:
            params = {"code": context["code"], "minutes": CODE_MINUTES}
        send_secret(to_address=email, kind=MAILS[template_prefix], params=params, now=now())

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        messages.error(request, INACTIVE)
        return redirect("sign_in")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored encrypted, under a key derived from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Ce code ne convient pas. Attendez le suivant et recopiez-le.",
        "cannot_generate_recovery_codes": "Activez d’abord le second facteur : les codes de "
        "secours le remplacent.",
    }

    def build_totp_svg(self, url: str) -> str:
        """Black on white whatever the page's colours: a phone must read it."""
        drawn: bytes = qrcode.make(url, image_factory=SvgPathFillImage).to_string()
        return drawn.decode()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


@lru_cache(maxsize=1)
def _cipher() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [sha256(b"traam.people.second-factor:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
