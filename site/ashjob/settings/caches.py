"""Caches. Read by `base`, once `.env` is in the environment."""

import environ

env = environ.Env()

# Rate limits count in the cache, so it is shared by all processes: the database on one machine, Redis beyond it.
CACHES = {
    # With room for every counter of a busy day: beyond it Django throws out keys by name, whatever they mean.
    "default": env.cache("CACHE_URL", default="dbcache://ashjob_cache?max_entries=100000"),
    # Where each picture's renditions lie: asked for and written by every list with logos, so kept in the process. A
    # stale entry costs an old picture for five minutes.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 300,
    },
    # What each process counts for itself: how often an address asks for suggestions, and for the list as JSON.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
