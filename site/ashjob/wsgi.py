"""WSGI entry point. Serve with `PYTHONPATH=site:. granian --interface wsgi ashjob.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ashjob.settings.production")

application = get_wsgi_application()

# What is loaded by now stays for as long as the process: no look for garbage goes through it again. A page makes some
# thousand objects and leaves next to none behind, so it is looked for every few pages and not several times in one.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
