"""What holds in every environment. `.env.example` names and explains each variable."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ

ROOT = Path(__file__).resolve().parents[3]
SITE_DIR = ROOT / "site"

env = environ.Env()
# Django's own, which asks the server less (`ashjob.postgresql`).
environ.Env.DB_SCHEMES = environ.Env.DB_SCHEMES | dict.fromkeys(
    ("postgres", "postgresql", "psql", "pgsql"), "ashjob.postgresql"
)
environ.Env.read_env(ROOT / ".env")

# --- Core ----------------------------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# What encrypts the secrets of second factors (`accounts.factor_secrets`); without it SECRET_KEY does.
ENCRYPTION_KEY = env("ENCRYPTION_KEY", default="")
ENCRYPTION_KEY_FALLBACKS = env.list("ENCRYPTION_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
ROOT_URLCONF = "ashjob.urls"
# The site stands at the root. Else a front server that passes on a SCRIPT_NAME header would let its sender choose how
# `request.path` begins, by which middleware tells the admin and the API from the rest.
FORCE_SCRIPT_NAME = ""
WSGI_APPLICATION = "ashjob.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    "ashjob",
    # Each `{% static %}` looks for it from the top of this list.
    "django.contrib.staticfiles",
    # Ours, top layer first: an upper app may override a lower one's templates.
    "search",
    "recruiting",
    "pages",
    "billing",
    "accounts",
    "reference",
    "outbox",
    # Platform
    "wagtail_modeladmin",
    "wagtail.api.v3",
    "django_countries",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "payments",
    "post_office",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.OfficeSecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.EmployerMiddleware",
    "pages.middleware.OwnObjectsMiddleware",
    "pages.middleware.PlacementRefusedMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ashjob.context_processors.site",
            ],
        },
    },
    {
        # django-post-office renders mails with an engine of this name; ours come ready-made, so it needs nothing else.
        "BACKEND": "post_office.template.backends.post_office.PostOfficeTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": []},
    },
]
FORM_RENDERER = "ashjob.forms.FormRenderer"

# --- Database, sessions -----------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{ROOT / 'var' / 'ashjob.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Accounts ------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# The first writes; the others read what the publisher's accounts were brought in with, and give way at the next log-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "django.contrib.auth.hashers.BCryptPasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:arrival"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# Without password1 allauth would log in by a code sent by mail. Signing up itself is ours.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 7
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"
ACCOUNT_FORMS = {
    "login": "accounts.forms.allauth.LoginForm",
    "reset_password": "accounts.forms.allauth.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.allauth.ResetPasswordKeyForm",
    "change_password": "accounts.forms.allauth.ChangePasswordForm",
    "set_password": "accounts.forms.allauth.SetPasswordForm",
    "reauthenticate": "accounts.forms.allauth.ReauthenticateForm",
    "add_email": "accounts.forms.allauth.AddEmailForm",
    "change_email": "accounts.forms.allauth.ChangeEmailForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.allauth.AuthenticateForm",
    "reauthenticate": "accounts.forms.allauth.MFAReauthenticateForm",
    "activate_totp": "accounts.forms.allauth.ActivateTOTPForm",
    "login_webauthn": "accounts.forms.allauth.LoginWebAuthnForm",
    "authenticate_webauthn": "accounts.forms.allauth.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "accounts.forms.allauth.ReauthenticateWebAuthnForm",
    "add_webauthn": "accounts.forms.allauth.AddWebAuthnForm",
    "edit_webauthn": "accounts.forms.allauth.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Every account that can log in has a confirmed address; without this, none with a second factor could change it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Whether the publisher's staff reaches nothing before it has set up a second factor.
OFFICE_SECOND_FACTOR = env.bool("OFFICE_SECOND_FACTOR", default=False)
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_TOTP_ISSUER = "ASH Job"
# The codes that the application showed thirty seconds ago still hold: people type slowly, clocks differ.
MFA_TOTP_TOLERANCE = 1

# Log-in with the publisher's own accounts, by OpenID Connect: on when its server is named.
PUBLISHER_LOGIN_SERVER = env("PUBLISHER_LOGIN_SERVER", default="").rstrip("/")
PUBLISHER_LOGIN_NAME = env("PUBLISHER_LOGIN_NAME", default="ASH")
SOCIALACCOUNT_ADAPTER = "accounts.publisher_login.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if PUBLISHER_LOGIN_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "editeur",
            "name": PUBLISHER_LOGIN_NAME,
            "client_id": env("PUBLISHER_LOGIN_CLIENT_ID"),
            "secret": env("PUBLISHER_LOGIN_CLIENT_SECRET"),
            "settings": {"server_url": PUBLISHER_LOGIN_SERVER},
        }
    ]

# --- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
# France first, then its neighbours. Its overseas departments are France: their postcode tells them apart.
COUNTRIES_FIRST = ["FR", "BE", "LU", "CH", "MC"]
COUNTRIES_OVERRIDE = dict.fromkeys(["GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM", "TF"])
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- Files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(ROOT / "var" / "static")))
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(ROOT / "var" / "media")))
# CVs, invoices, quotes: served by permission-checked views only, never by URL.
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(ROOT / "var" / "private")))
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
CV_MAX_BYTES = 10 * 1024 * 1024

# --- Mail: rows written with the change, sent by the worker --------------------------------------------------------
EMAIL_BACKEND = "post_office.EmailBackend"
_mail = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
POST_OFFICE = {
    "BACKENDS": {"default": _mail["EMAIL_BACKEND"]},
    "DEFAULT_PRIORITY": "medium",
    "MAX_RETRIES": 8,
    "RETRY_INTERVAL": timedelta(minutes=10),
    "MESSAGE_ID_ENABLED": True,
    "CELERY_ENABLED": False,
    # Attachments are invoices and quotes: they never lie where the site serves pictures from.
    "FILE_STORAGE": "private",
}
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="ASH Job <ne-pas-repondre@ashjob.example>")
SERVER_EMAIL = env("SERVER_EMAIL", default="technique@ashjob.example")
OFFICE_EMAIL = env("OFFICE_EMAIL", default="ash-job@temagroupe.com")
OFFICE_PHONES = env.list("OFFICE_PHONES", default=["01 81 69 80 45", "03 57 84 02 90"])

# --- Background ----------------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

from .search import *  # noqa: E402, F403

# --- Payments ------------------------------------------------------------------------------------------------------
PAYMENT_MODEL = "billing.Payment"
PAYMENT_HOST = SITE_URL.split("://", 1)[1]
PAYMENT_USES_SSL = SITE_URL.startswith("https")
PAYMENT_CARD_VARIANT = env("PAYMENT_CARD_VARIANT", default="stripe")
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env("STRIPE_WEBHOOK_SECRET", default="")
#: The one host that a browser is sent to for paying: Stripe's, or a domain of one's own that is set up there.
STRIPE_CHECKOUT_HOST = env("STRIPE_CHECKOUT_HOST", default="checkout.stripe.com")
PAYMENT_VARIANTS = {
    "stripe": (
        "billing.providers.LockedStripeProvider",
        {"api_key": STRIPE_SECRET_KEY, "endpoint_secret": STRIPE_WEBHOOK_SECRET},
    ),
}

from .caches import *  # noqa: E402, F403
from .commerce import *  # noqa: E402, F403

# --- Wagtail -------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "ASH Job"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/connexion/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_MODERATION_ENABLED = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "pages.editor.rich_text.RichTextArea"}}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# A few kilobytes may unfold to gigabytes. No camera of a telephone makes more than this.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.editor.images.ImageForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
# France first, then its neighbours. Its overseas departments are France: their postcode tells them apart.
COUNTRIES_FIRST = ["FR", "BE", "LU", "CH", "MC"]
COUNTRIES_OVERRIDE = dict.fromkeys(["GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM", "TF"])
# As people type them here.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ADMIN_URL_PREFIX = "gestion"

# --- Web security --------------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ashjob.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of the same site.
SECURE_REFERRER_POLICY = "same-origin"
# "Autour de moi" asks for the visitor's place when it is pressed; nothing else of the device is ever asked for.
PERMISSIONS_POLICY = {"geolocation": "self", "camera": [], "microphone": [], "display-capture": [], "usb": []}
#: PeerTube instances whose videos a company page may show; YouTube and Vimeo always may.
VIDEO_PEERTUBE_HOSTS = env.list(
    "VIDEO_PEERTUBE_HOSTS", default=["video.blender.org", "peertube.fr", "tube.numerique.gouv.fr"]
)
CONTENT_SECURITY_POLICY = {
    # Wagtail's own screens need inline scripts and styles; the public pages do not.
    "EXCLUDE_URL_PREFIXES": [f"/{WAGTAIL_ADMIN_URL_PREFIX}/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        # Videos of company pages, which load at a reader's click.
        "frame-src": [
            "'self'",
            "https://www.youtube-nocookie.com",
            "https://player.vimeo.com",
            *(f"https://{host}" for host in VIDEO_PEERTUBE_HOSTS),
        ],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": [
            "'self'",
            f"https://{STRIPE_CHECKOUT_HOST}",
            *(["/".join(PUBLISHER_LOGIN_SERVER.split("/")[:3])] if PUBLISHER_LOGIN_SERVER else []),
        ],
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # They tell each step of each document.
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "fontTools", "factur-x")}
    # At the lower levels they tell what was sent: addresses and amounts of buyers, a line for each search.
    | {name: {"level": "WARNING"} for name in ("stripe", "elastic_transport")},
}

# Seconds between two writings of what readers did, in a process that answers more often than that.
COUNTS_PAUSE = 5.0
