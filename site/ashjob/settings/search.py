"""Where Elasticsearch is, with which rights it is asked, and Wagtail's own search. Read by `base` after `.env`."""

import environ

env = environ.Env()

ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY", default="")
#: Keys with the rights of one purpose each (`manage.py search_keys`); an empty one falls back on the key above.
ELASTICSEARCH_API_KEY_PUBLIC = env("ELASTICSEARCH_API_KEY_PUBLIC", default="")
ELASTICSEARCH_API_KEY_RECRUITER = env("ELASTICSEARCH_API_KEY_RECRUITER", default="")
ELASTICSEARCH_API_KEY_INDEXER = env("ELASTICSEARCH_API_KEY_INDEXER", default="")
ELASTICSEARCH_API_KEY_OFFICE = env("ELASTICSEARCH_API_KEY_OFFICE", default="")
#: Copies of each index on other nodes: 1 from two nodes on.
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", default=0)
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX", default="ash")
ELASTICSEARCH_TIMEOUT = env.float("ELASTICSEARCH_TIMEOUT", default=2.5)
_WAGTAIL_DATABASE = {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "french"}
#: Wagtail's own search, in the administration: `manage.py update_index` makes its indices. Its database backend is kept
#: up to date beside it, and answers while Elasticsearch does not.
WAGTAILSEARCH_BACKENDS = {"default": _WAGTAIL_DATABASE}
_FOLDED = {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}
WAGTAIL_ON_ELASTICSEARCH = {
    "default": {
        "BACKEND": "search.wagtail_backend",
        "INDEX_PREFIX": f"{ELASTICSEARCH_PREFIX}-office-",
        "TIMEOUT": ELASTICSEARCH_TIMEOUT,
        "INDEX_SETTINGS": {
            "settings": {
                "analysis": {
                    "analyzer": {
                        # modelsearch folds accents when it writes and not when it asks, with the built-in analyzer of
                        # this name: "éduc" would find nothing.
                        "standard": _FOLDED,
                        # And whole words are not folded at all, by either.
                        "default": _FOLDED,
                    }
                }
            }
        },
    },
    "database": _WAGTAIL_DATABASE,
}
if ELASTICSEARCH_URL:
    WAGTAILSEARCH_BACKENDS = WAGTAIL_ON_ELASTICSEARCH
