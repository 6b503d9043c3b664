"""What was written down stays as it was: the database itself refuses to change it.

Deleting stays possible, so that a whole shop can be emptied.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

GUARD = {
    "sqlite": [
        """
        CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON orders_auditentry
        BEGIN SELECT RAISE(ABORT, 'audit entries cannot be changed'); END
        """
    ],
    "postgresql": [
        """
        CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'audit entries cannot be changed'; END $$
        """,
        """
        CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON orders_auditentry
        FOR EACH ROW EXECUTE FUNCTION audit_entries_stay()
        """,
    ],
}
UNGUARD = {
    "sqlite": ["DROP TRIGGER audit_entries_stay"],
    "postgresql": [
        "DROP TRIGGER audit_entries_stay ON orders_auditentry",
        "DROP FUNCTION audit_entries_stay",
    ],
}


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in GUARD[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNGUARD[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
