"""WSGI entry point. Serve with `PYTHONPATH=site:. granian --interface wsgi ashjob.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ashjob.settings.production")

application = get_wsgi_application()
