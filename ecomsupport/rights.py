"""Who may use the API: to read a table takes the right to view it."""

from rest_framework.permissions import DjangoModelPermissions

_VIEW = ["%(app_label)s.view_%(model_name)s"]


class ModelPermissions(DjangoModelPermissions):
    # REST framework's own lets whoever is logged in read everything.
    perms_map = DjangoModelPermissions.perms_map | {
        "GET": _VIEW,
        "HEAD": _VIEW,
        "OPTIONS": _VIEW,
    }
