import django.db.models.deletion
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IndexRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("receipt", models.CharField(max_length=64)),
                ("about", models.CharField(blank=True, max_length=12)),
                ("title", models.CharField(blank=True, max_length=160)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("shown_on", models.DateField()),
                ("public_from", models.DateField()),
                ("made_up", models.BooleanField(default=False)),
                ("released_by", models.CharField(max_length=20)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province", "year", "receipt"), name="outcome_released_once"),
                    models.CheckConstraint(
                        condition=models.Q(("public_from__gt", models.F("shown_on"))), name="shown_before_public"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=12)),
                ("organisation", models.CharField(max_length=12)),
                ("author", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("plan", models.TextField()),
                ("area_code", models.CharField(blank=True, max_length=12)),
                ("area_year", models.PositiveSmallIntegerField(null=True)),
                ("effects", models.JSONField(default=dict)),
                ("groups", models.JSONField(default=dict)),
                ("side_effects", models.TextField(blank=True)),
                ("goals", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "organisation", "-changed_at"], name="scan_of_organisation")],
            },
        ),
        migrations.CreateModel(
            name="ScanAdvice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("function", models.CharField(max_length=120)),
                ("question", models.TextField(blank=True)),
                ("answer", models.TextField(blank=True)),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                (
                    "scan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="advice", to="monitor.scan"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IndexNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=6)),
                ("text", models.CharField(max_length=600)),
                ("written_by", models.CharField(max_length=20)),
                ("written_at", models.DateTimeField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="monitor.indexrelease"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("release", "municipality"), name="one_note_per_municipality")],
            },
        ),
    ]
