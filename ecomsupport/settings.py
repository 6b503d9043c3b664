"""All settings, read from the environment (a `.env` file is read too)."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.FileAwareEnv()
env.read_env(BASE_DIR / ".env")

# --- Django ---------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# Where SECRET_KEY is not given, one is made and kept in var/, so that the first
# start needs no set-up and tokens survive a restart.
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    from ecomsupport.secret import kept_secret

    SECRET_KEY = kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "orders",
    "kb",
    "bots",
    "ecomsupport",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ecomsupport.urls"
ASGI_APPLICATION = "ecomsupport.asgi.application"
WSGI_APPLICATION = "ecomsupport.wsgi.application"

TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        # The bot's wording is plain text: a product's "&" stays as it is.
        "NAME": "replies",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "bots" / "templates" / "bots" / "replies"],
        "OPTIONS": {"autoescape": False},
    },
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "bots" / "locale"]
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Without collectstatic (embedded, tests) whitenoise serves the apps' own folders.
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- where things live ------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'shop.sqlite3'}")
REDIS_URL = env.str("REDIS_URL", default="")


def database(url: str) -> dict[str, Any]:
    """SQLite in WAL mode with immediate transactions, or PostgreSQL with a pool."""
    config: dict[str, Any] = env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["ENGINE"] = "ecomsupport.sqlite"
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000;"
                "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
            ),
        }
    elif config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 16, "timeout": 20}}
    else:
        raise ImproperlyConfigured("DATABASE_URL must be SQLite or PostgreSQL.")
    return config


DATABASES = {"default": database(DATABASE_URL)}

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }

# --- the belt -----------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL or "memory://localhost//"
# Embedded: a transport that wakes its consumer at once instead of polling.
CELERY_BROKER_TRANSPORT = "redis" if REDIS_URL else "ecomsupport.memory:Transport"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Time-outs, so that a broker that does not answer does not hold a webhook up.
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 600, "socket_timeout": 5, "socket_connect_timeout": 2}
    if REDIS_URL
    else {}
)
CELERY_TASK_IGNORE_RESULT = True
# A worker that dies gives its task back; every task may be run again.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "dialogue"
CELERY_TASK_ROUTES = {
    "bots.tasks.deliver": {"queue": "delivery"},
    "bots.tasks.show_receipt": {"queue": "delivery"},
    "bots.tasks.render": {"queue": "inference"},
    "bots.llm.ask": {"queue": "inference"},
    "bots.tasks.sweep": {"queue": "timetable"},
    "bots.tasks.start_campaigns": {"queue": "timetable"},
    "bots.tasks.send_campaign": {"queue": "campaigns"},
    "bots.tasks.train_understanding": {"queue": "campaigns"},
    "bots.tasks.tell_order_news": {"queue": "timetable"},
    # Beside the campaigns: a shop's system that is slow must not hold up any reply.
    "orders.tasks.make_call": {"queue": "campaigns"},
    "orders.tasks.sweep_calls": {"queue": "timetable"},
    "orders.tasks.follow_parcels": {"queue": "timetable"},
}
CELERY_BEAT_SCHEDULE = {
    # One that has waited for a worker until the next one is due has nothing to add.
    "sweep": {
        "task": "bots.tasks.sweep",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "order news": {
        "task": "bots.tasks.tell_order_news",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "calls": {
        "task": "orders.tasks.sweep_calls",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "parcels": {
        "task": "orders.tasks.follow_parcels",
        "schedule": 300.0,
        "options": {"expires": 300.0},
    },
    "campaigns": {
        "task": "bots.tasks.start_campaigns",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
}
CELERY_TIMEZONE = "UTC"

# --- safety in production ---------------------------------------------------------

# Off on a plain-HTTP address (embedded on localhost), on behind HTTPS.
LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}
HTTPS = env.bool("HTTPS", default=not (DEBUG or set(ALLOWED_HOSTS) <= LOCAL))
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- the bot ------------------------------------------------------------------------

# How long after a fragment the next one still belongs to the same turn (seconds).
BURST_WAIT = env.float("BURST_WAIT", default=0.6)
# How often one caller may open a chat (in ten minutes) and speak in it (in one);
# 0 = as often as they like.
CHAT_SESSION_RATE = env.int("CHAT_SESSION_RATE", default=600)
CHAT_MESSAGE_RATE = env.int("CHAT_MESSAGE_RATE", default=120)
# Proxies (addresses) whose X-Forwarded-For is believed, beside those of this machine.
CHAT_PROXIES = env.list("CHAT_PROXIES", default=[])
# Pages of other origins whose scripts may use the chat's HTTP interface.
CHAT_ORIGINS = env.list("CHAT_ORIGINS", default=[])
LLM_BACKEND = env.str("LLM_BACKEND", default="none")
LLM_MODEL = env.str("LLM_MODEL", default="")
LLM_BASE_URL = env.str("LLM_BASE_URL", default="")
LLM_API_KEY = env.str("LLM_API_KEY", default="")
# How the weights of LLM_BACKEND=transformers are held: auto (as saved), bf16, int8.
LLM_PRECISION = env.str("LLM_PRECISION", default="auto")
# A rendered answer later than this (seconds) is not waited for.
LLM_DEADLINE = env.float("LLM_DEADLINE", default=8.0)
# What one call may take at the most, and how many a process has under way at once.
LLM_CALL_SECONDS = env.float("LLM_CALL_SECONDS", default=30.0)
LLM_MAX_TOKENS = env.int("LLM_MAX_TOKENS", default=300)
LLM_IN_FLIGHT = env.int("LLM_IN_FLIGHT", default=8)
# What one conversation may spend in a day; 0 = as much as it likes.
LLM_CONVERSATION_TOKENS = env.int("LLM_CONVERSATION_TOKENS", default=60_000)
LLM_CONVERSATION_SECONDS = env.float("LLM_CONVERSATION_SECONDS", default=300.0)
# Whether e-mails, phones, numbers, names and addresses may be sent to LLM_BASE_URL;
# otherwise placeholders stand for them.
LLM_SEND_PERSONAL_DATA = env.bool("LLM_SEND_PERSONAL_DATA", default=False)
# The language model is asked what was meant where our own reading is less sure than
# this; 0 = never. And how long it may take (seconds).
UNDERSTANDING_ASK_BELOW = env.float("UNDERSTANDING_ASK_BELOW", default=0.7)
UNDERSTANDING_DEADLINE = env.float("UNDERSTANDING_DEADLINE", default=2.5)
# A sentence encoder of transformers (folder or name) in place of ours, in all languages.
EMBEDDING_MODEL = env.str("EMBEDDING_MODEL", default="")
MODELS_DIR = VAR_DIR / "models"

# --- the shop's own systems ---------------------------------------------------------

# What a client of `manage.py mcp_server --http` has to bear.
MCP_TOKEN = env.str("MCP_TOKEN", default="")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ecomsupport.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["ecomsupport.rights.Scoped"],
    "DEFAULT_PARSER_CLASSES": ["ecomsupport.parsing.Json"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "ecomsupport.schema.Schema",
    "DEFAULT_PAGINATION_CLASS": "ecomsupport.paging.Pages",
    "DEFAULT_FILTER_BACKENDS": [
        "ecomsupport.listing.QueryFilter",
        "ecomsupport.listing.Search",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    # A system that reads everything, page by page, must not meet it.
    "DEFAULT_THROTTLE_RATES": {"user": "1200/min"},
    "EXCEPTION_HANDLER": "ecomsupport.problems.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ecomsupport",
    "DESCRIPTION": "Customer service of an online shop.",
    "VERSION": "0.1.0",
    # Its schemas are JSON Schema, as those of the tools.
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Kinds and statuses that would otherwise have to share a name.
    "ENUM_NAME_OVERRIDES": {
        "CampaignStatus": "bots.models.Campaign.Status",
        "CaseKind": "orders.models.Case.Kind",
        "CaseStatus": "orders.models.Case.Status",
        "FaqStatus": "kb.models.Entry.Status",
        "OrderStatus": "orders.models.Order.Status",
        "PaymentKind": "orders.models.Payment.Kind",
        "PaymentMethodKind": "orders.models.PaymentMethod.Kind",
        "ShipmentStatus": "orders.models.ShipmentEvent.Status",
        "TicketEventKind": "bots.models.TicketEvent.Kind",
        "TicketStatus": "bots.models.Ticket.Status",
    },
}

# --- logging: the URL of a Telegram call contains the bot's token --------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        name: {"level": "WARNING"} for name in ("httpx", "httpcore", "telegram")
    },
}

UNFOLD = {
    "SITE_TITLE": "ecomsupport",
    "SITE_HEADER": "ecomsupport",
    "SITE_SUBHEADER": _("Customer service"),
    "SHOW_LANGUAGES": True,
    "SITE_SYMBOL": "storefront",
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": "bots.admin.navigation.sidebar",
    },
}
