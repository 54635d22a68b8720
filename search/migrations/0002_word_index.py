from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

TABLES = ("search_adentry", "search_companyentry", "search_cventry")
TOPICS = {"AdEntry": "search.ad", "CompanyEntry": "search.company", "CvEntry": "search.cv"}
KINDS = ("adentry", "companyentry", "cventry")
# No phrase runs from one column into the next: `word_index.BOUNDARY` stands between them.
BETWEEN = " || 'zzzzzzzzzz:1'::tsvector || "
TITLE = "setweight(to_tsvector('simple', title_tokens), 'A')"
NAMES = "setweight(to_tsvector('simple', name_tokens), 'B')"
TEXTS = "setweight(to_tsvector('simple', text_tokens), 'D')"


def add_vectors(apps, schema_editor):
    """PostgreSQL's part. SQLite's is made after every `migrate`, because each remake of a table drops its triggers."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        for name, parts in (("head_vector", (TITLE, NAMES)), ("whole_vector", (TITLE, NAMES, TEXTS))):
            schema_editor.execute(
                f"ALTER TABLE {table} ADD COLUMN {name} tsvector GENERATED ALWAYS AS ({BETWEEN.join(parts)}) STORED"
            )
        schema_editor.execute(f"CREATE INDEX {table}_whole_vector ON {table} USING gin (whole_vector)")
        schema_editor.execute(f"CREATE INDEX {table}_trigrams ON {table} USING gin (words gin_trgm_ops)")


def drop_vectors(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP INDEX {table}_trigrams")
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN head_vector, DROP COLUMN whole_vector")
    elif schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for event in ("insert", "delete", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_fts_{event}")
            schema_editor.execute(f"DROP TABLE IF EXISTS {table}_words")
            schema_editor.execute(f"DROP TABLE IF EXISTS {table}_fts")


def read_again(apps, schema_editor):
    """The columns are new: every object is read once more, by the usual way."""
    waiting = apps.get_model("outbox", "Entry")
    for name, topic in TOPICS.items():
        keys = apps.get_model("search", name).objects.exclude(title="").order_by("pk").values_list("pk", flat=True)
        waiting.objects.bulk_create([waiting(topic=topic, key=str(key)) for key in keys.iterator()], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("outbox", "0001_initial"),
    ]

    operations = [
        TrigramExtension(),
        *(migrations.RemoveField(kind, name) for kind in KINDS for name in ("tokens", "facets")),
        migrations.RemoveField("adentry", "remote"),
        *(
            migrations.AddField(kind, name, models.TextField(verbose_name, blank=True, default=""))
            for kind in KINDS
            for name, verbose_name in (("text_tokens", "racines des textes"), ("facet_values", "facettes"))
        ),
        *(
            migrations.AddField(kind, "card", models.JSONField("vignette", blank=True, default=dict))
            for kind in KINDS
        ),
        migrations.AddField("adentry", "pay_min", models.PositiveIntegerField("salaire annuel minimum", null=True)),
        migrations.RunPython(add_vectors, drop_vectors),
        migrations.RunPython(read_again, migrations.RunPython.noop),
    ]
