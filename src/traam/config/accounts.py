"""The settings of django-allauth: e-mail code and password, rate limits, second factor."""

import os

from traam.config import environment

ACCOUNT_ADAPTER = "traam.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; allauth checks their agreement
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_LOGIN_TIMEOUT = 900  # seconds, from the address to the second factor
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # an unknown address costs the same time, and learns why
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says, for everyone
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key,30/d/key",
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "traam.people.forms.PasswordLoginForm",
    "request_login_code": "traam.people.forms.CodeRequestForm",
    "confirm_login_code": "traam.people.forms.CodeForm",
    "reauthenticate": "traam.people.forms.PasswordAgainForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT: int = environment.read(os.environ)["TRAAM_PROXIES"]

MFA_ADAPTER = "traam.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "traam.people.forms.SecondFactorForm",
    "reauthenticate": "traam.people.forms.SecondFactorAgainForm",
    "activate_totp": "traam.people.forms.ActivationForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "TraAM"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: clocks drift
MFA_ALLOW_UNVERIFIED_EMAIL = True  # people are invited: their address is known to be theirs

# Rate limits must hold whichever process answers: their counts live in the database, in the table
# of people.RateCount (made by a migration, so that nothing else has to be set up).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_ratecount",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
