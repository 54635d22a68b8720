"""Triggers: an order, its lines and a lot of credits change, but are never deleted, whatever road the SQL takes."""

from django.db import migrations

TABLES = ["billing_order", "billing_orderline", "billing_creditlot"]


def create(apps, schema_editor):
    # Not on SQLite, where emptying a test database deletes rows: PROTECT and the models refuse it there.
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION billing_append_only()"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_payment_events")]
    operations = [migrations.RunPython(create, drop)]
