import django.db.models.deletion
import vliegwiel.foundation.search.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Gone",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Space",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(blank=True, max_length=4)),
                ("audience", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "audience"), name="search_space_once")],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", models.CharField(blank=True, max_length=10)),
                ("text", models.CharField(max_length=120)),
                ("label", models.CharField(blank=True, max_length=120)),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="search.space"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("facet", ""), _negated=True), fields=["space", "facet"], name="search_facets"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("space", "facet", "text"), name="search_term_once")],
            },
        ),
        migrations.CreateModel(
            name="Fresh",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(db_index=True)),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="fresh", to="search.term"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.PositiveIntegerField()),
                ("numbers", models.BinaryField()),
                ("weights", models.BinaryField()),
                ("mark", models.CharField(default=vliegwiel.foundation.search.models._mark, editable=False, max_length=16)),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="blocks", to="search.term"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=250)),
                ("text", models.TextField(blank=True)),
                ("path", models.CharField(max_length=250)),
                ("province", models.CharField(blank=True, max_length=4)),
                ("place", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                ("themes", models.JSONField(default=list)),
                ("phase", models.CharField(blank=True, max_length=40)),
                ("made_up", models.BooleanField(default=False)),
                ("digest", models.CharField(max_length=64)),
                ("spaces", models.ManyToManyField(related_name="documents", to="search.space")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="search_document_once")],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("word", models.CharField(max_length=60)),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="spellings", to="search.space"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("space", "key", "word"), name="search_spelling_once")],
            },
        ),
    ]
