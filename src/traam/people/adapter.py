"""How django-allauth speaks with our outbox and our accounts."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Closed to self sign-up: people are invited."""

    def is_open_for_signup(self, request: object) -> bool:
        return False
