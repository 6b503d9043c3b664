"""The product's settings, and an app that makes a worker stand still."""

from ecomsupport.settings import *  # noqa: F403
from ecomsupport.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.stalling.apps.StallingConfig"]
