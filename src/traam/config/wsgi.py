"""The web application, for any WSGI server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traam.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
