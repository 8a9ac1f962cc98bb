"""Sign-in, sign-out, one's own account; and the accounts and mandates of all.

django-allauth looks its pages up by their names; only those listed here exist.
"""

from allauth.account.views import confirm_login_code, reauthenticate
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path

from traam.people import delegation_views, directory_views, keeping_views, views

PEOPLE = "preparation/personnes"
SECOND_FACTOR = "compte/second-facteur"
ENTRANCES = (
    *("account_login", "account_request_login_code", "account_reset_password"),
    *("account_signup", "sign_in"),
)

urlpatterns: list[URLPattern] = [
    *(path("connexion/", views.sign_in, name=name) for name in ENTRANCES),
    path("connexion/code/", confirm_login_code, name="account_confirm_login_code"),
    path("connexion/second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/confirmer/", reauthenticate, name="account_reauthenticate"),
    path("connexion/confirmer/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("connexion/demo/", views.demo_sign_in, name="demo_sign_in"),
    path("deconnexion/", views.sign_out, name="sign_out"),
    path("compte/", views.account, name="account"),
    path("compte/mot-de-passe/", views.password, name="account_change_password"),
    path("compte/mandats/<int:key>/suppleance/", delegation_views.delegate, name="delegate"),
    path(
        "compte/suppleances/<int:key>/retirer/",
        delegation_views.withdraw_delegation,
        name="withdraw_delegation",
    ),
    path("compte/vues/nouvelle/", keeping_views.saved_view_new, name="saved_view_new"),
    path("compte/vues/<int:key>/", keeping_views.saved_view, name="saved_view"),
    path(
        "compte/vues/<int:key>/retirer/", keeping_views.saved_view_remove, name="saved_view_remove"
    ),
    path(f"{SECOND_FACTOR}/", mfa.index, name="mfa_index"),
    path(f"{SECOND_FACTOR}/activer/", totp.activate_totp, name="mfa_activate_totp"),
    path(f"{SECOND_FACTOR}/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{SECOND_FACTOR}/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{SECOND_FACTOR}/codes/nouveaux/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{SECOND_FACTOR}/codes/fichier/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(f"{PEOPLE}/", directory_views.people, name="people"),
    path(f"{PEOPLE}/inviter/", directory_views.invite, name="person_invite"),
    path(f"{PEOPLE}/<int:key>/", directory_views.person, name="person"),
    path(f"{PEOPLE}/<int:key>/mandat/", directory_views.grant, name="mandate_grant"),
    path(f"{PEOPLE}/<int:key>/fermer/", directory_views.close, name="person_close"),
    path(f"{PEOPLE}/<int:key>/rouvrir/", directory_views.reopen, name="person_reopen"),
    path(f"{PEOPLE}/<int:key>/effacer/", directory_views.erase, name="person_erase"),
    path(f"{PEOPLE}/mandats/<int:key>/terminer/", directory_views.end, name="mandate_end"),
]
