"""WSGI entry: webhooks, API and admin in production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsupport.settings")
application = get_wsgi_application()
