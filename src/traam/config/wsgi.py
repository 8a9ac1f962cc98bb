"""The web application, for any WSGI server."""

import gc
import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traam.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
# What was imported lives as long as the process: the collector need not walk it at each round.
import_module("traam.config.urls")
gc.collect()
gc.freeze()
