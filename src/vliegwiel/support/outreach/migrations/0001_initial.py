import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OutreachPartner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("name", models.CharField(max_length=120)),
                ("about", models.TextField(blank=True)),
                ("groups", models.JSONField(default=list)),
                ("contact", models.CharField(blank=True, max_length=80)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("agreed_on", models.DateField(null=True)),
                ("agreed_how", models.CharField(blank=True, max_length=120)),
                ("ended_on", models.DateField(null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("added_by", models.CharField(max_length=12)),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("province", "name"), name="outreach_partner_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact", ""), ("email", ""), ("phone", "")),
                            models.Q(("agreed_on__isnull", False), ("ended_on", None)),
                            _connector="OR",
                        ),
                        name="outreach_contact_by_permission",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "gevraagd"),
                            ("running", "iemand gaat erheen"),
                            ("done", "er kwam iets uit"),
                            ("stopped", "gestopt"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("area", models.CharField(max_length=12)),
                ("area_name", models.CharField(max_length=120)),
                ("municipality", models.CharField(max_length=6)),
                ("municipality_name", models.CharField(max_length=120)),
                ("theme", models.CharField(blank=True, max_length=40)),
                ("groups", models.JSONField(default=list)),
                ("why", models.TextField()),
                ("wish", models.TextField(blank=True)),
                ("adviser", models.CharField(max_length=12)),
                ("adviser_name", models.CharField(max_length=80)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("asked_by", models.CharField(max_length=12)),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                ("result_kind", models.CharField(blank=True, max_length=12)),
                ("result", models.CharField(blank=True, max_length=12)),
                ("result_title", models.CharField(blank=True, max_length=120)),
                ("came_of_it", models.TextField(blank=True)),
                ("ended_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("made_up", models.BooleanField(default=False)),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="outreach.outreachpartner",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(fields=["adviser", "state"], name="outreach_of_adviser"),
                    models.Index(fields=["province", "municipality", "state"], name="outreach_of_municipality"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "running"])),
                        fields=("province", "area", "theme"),
                        name="outreach_task_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stopped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="outreach_stopped_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), models.Q(("result", ""), _negated=True), _connector="OR"
                        ),
                        name="outreach_done_with_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactMoment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("visit", "een bezoek"),
                            ("street", "een gesprek op straat"),
                            ("phone", "een telefoongesprek"),
                            ("gathering", "een bijeenkomst"),
                            ("partner", "via de partner"),
                        ],
                        max_length=10,
                    ),
                ),
                ("people", models.PositiveIntegerField(null=True)),
                ("told", models.TextField()),
                ("by", models.CharField(max_length=12)),
                ("noted_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moments", to="outreach.outreachtask"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
            },
        ),
    ]
