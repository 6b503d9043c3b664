"""ASGI entry: everything in the embedded run, the event streams in production."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsupport.settings")
application = get_asgi_application()
