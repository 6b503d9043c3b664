"""The product's settings, with the bare view beside it under the same server."""

from ecomsupport.settings import *  # noqa: F403
from ecomsupport.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.load.apps.LoadConfig"]
ROOT_URLCONF = "tests.load.bare"
