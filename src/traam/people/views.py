"""Sign-in, sign-out, one's own account. The steps of a sign-in are django-allauth's."""

import time
from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from traam.kit.clock import now
from traam.kit.refusals import Refusal
from traam.people import actions, queries
from traam.people.forms import CodeRequestForm, PasswordForm, PasswordLoginForm
from traam.people.models import User
from traam.people.personas import BY_SLUG

CODE_PROVES_FOR = 900  # seconds
BACKEND = "django.contrib.auth.backends.ModelBackend"


class _OnePage:
    """Both ways to sign in stand on one page, whichever form comes back."""

    template_name = "account/login.html"
    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = context["form"]
        by_code = isinstance(form, RequestLoginCodeForm)
        return context | {
            "code_form": form if by_code else CodeRequestForm(),
            "password_form": PasswordLoginForm(request=self.request) if by_code else form,
            "by_code": by_code,
            "demonstration": settings.DEMONSTRATION,
        }


class ByCode(_OnePage, RequestLoginCodeView):  # type: ignore[misc]
    """Sends a code to the address given, whether or not it is known."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except Refusal as refusal:
            form.add_error(None, refusal.reasons[0])
            response = self.form_invalid(form)
        return response


class ByPassword(_OnePage, LoginView):  # type: ignore[misc]
    """An address and its password."""


_by_code, _by_password = ByCode.as_view(), ByPassword.as_view()


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The page, and where its forms come back: a code asked for, a password given, a new start."""
    if request.method == "POST" and "restart" in request.POST:
        clear_login(request)
        return redirect("sign_in")
    view = _by_password if "password" in request.POST else _by_code
    response: HttpResponseBase = view(request)
    return response


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "Vous êtes déconnecté.")
    return redirect("home")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """The personas of the demonstration; nothing at all elsewhere."""
    if not settings.DEMONSTRATION:
        raise Http404
    if request.method == "POST":
        persona = queries.persona(request.POST.get("persona", ""))
        if persona is not None:
            login(request, persona, backend=BACKEND)
            return redirect("dashboard")
        messages.error(request, "Ce personnage n’existe pas : choisissez-en un dans la liste.")
        return redirect("demo_sign_in")
    ready = queries.persona_slugs()
    if not ready and request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)  # the page waits: nothing of it changes yet
    cards = [persona for slug, persona in BY_SLUG.items() if slug in ready]
    return render(request, "people/persona_list.html", {"personas": cards})


def account(request: HttpRequest) -> HttpResponse:
    """My account: address, password, second factor."""
    mine = queries.account(int(request.user.pk or 0))
    return render(request, "people/account_detail.html", {"account": mine})


@never_cache
@sensitive_post_parameters("old", "new")
def password(request: HttpRequest) -> HttpResponse:
    """Choose or change my password."""
    user = request.user
    if not isinstance(user, User) or user.persona:
        raise Http404
    asks_old = user.has_usable_password() and not _came_by_code(request, user)
    form = PasswordForm(request.POST or None, user=user, asks_old=asks_old)
    if request.method == "POST" and form.is_valid():
        actions.change_password(person=user, password=form.cleaned_data["new"], now=now())
        update_session_auth_hash(request, user)
        messages.success(request, "Votre mot de passe est enregistré.")
        return redirect("account")
    return render(request, "people/password_edit.html", {"form": form})


def _came_by_code(request: HttpRequest, user: User) -> bool:
    """Has a code sent to their address just proved who is there? It then replaces the old one."""
    steps = get_authentication_records(request, user)
    return any(
        step["method"] == "code" and time.time() - step["at"] < CODE_PROVES_FOR for step in steps
    )
