"""The floor of `pages`: a bare Django, its default middleware, one view that says hello."""

import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@csrf_exempt
def hello_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"hello, {len(request.body)}")


if os.environ.get("HELLO"):
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="bench.hello",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
    )
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

urlpatterns = [path("", hello), path("post", hello_post)]
