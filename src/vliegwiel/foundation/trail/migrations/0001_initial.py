import django.db.models.deletion
import vliegwiel.foundation.trail.guard
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Counterfoil",
            fields=[
                ("entry_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("content_hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=40)),
                ("object_id", models.CharField(blank=True, max_length=80)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("gedaan", "gedaan"),
                            ("gelezen", "gelezen"),
                            ("geweigerd", "geweigerd"),
                            ("mislukt", "mislukt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("origin", models.CharField(max_length=10)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.CharField(blank=True, max_length=20)),
                ("organisation", models.CharField(blank=True, max_length=12)),
                ("province", models.CharField(blank=True, max_length=4)),
                ("facts", models.JSONField(default=dict)),
                ("content_hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["object_id"], name="entry_object"),
                    models.Index(fields=["actor_id"], name="entry_actor"),
                    models.Index(fields=["action"], name="entry_action"),
                    models.Index(fields=["province"], name="entry_province"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("previous_hash", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="SealedEntry",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sealed",
                        serialize=False,
                        to="trail.entry",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="sealedentry",
            name="seal",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sealed", to="trail.seal"),
        ),
        migrations.RunPython(
            code=vliegwiel.foundation.trail.guard.put,
            reverse_code=vliegwiel.foundation.trail.guard.take,
        ),
    ]
