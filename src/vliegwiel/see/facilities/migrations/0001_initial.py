import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DistanceRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("release", models.CharField(max_length=12, unique=True)),
                ("province", models.CharField(max_length=4)),
                ("vintage", models.JSONField()),
                ("by", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="AddressSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("source", models.CharField(max_length=200)),
                ("file_name", models.CharField(max_length=200)),
                ("content_hash", models.CharField(max_length=64)),
                ("vintage", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("made_up", models.BooleanField(default=False)),
                ("imported_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "content_hash"), name="address_set_once")],
            },
        ),
        migrations.CreateModel(
            name="ClosureScenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("author", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("note", models.CharField(blank=True, max_length=600)),
                ("profile", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "wordt uitgerekend"), ("done", "klaar"), ("failed", "lukte niet")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("progress", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("vintage", models.JSONField(default=dict)),
                ("next_uses", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("sent_to", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_up", models.BooleanField(default=False)),
                ("kind", models.CharField(max_length=20)),
                ("close", models.JSONField(default=list)),
                ("opens", models.JSONField(default=list)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "organisation", "-made_at"], name="scenario_of_organisation")],
            },
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("kind", models.CharField(max_length=20)),
                ("source", models.CharField(max_length=120)),
                ("key", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=120)),
                ("address", models.CharField(blank=True, max_length=120)),
                ("postcode", models.CharField(blank=True, max_length=7)),
                ("municipality", models.CharField(max_length=6)),
                ("municipality_name", models.CharField(max_length=80)),
                ("area", models.CharField(max_length=12)),
                ("area_name", models.CharField(max_length=120)),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                ("opening", models.CharField(blank=True, max_length=300)),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                ("cost", models.CharField(blank=True, max_length=20)),
                ("cost_note", models.CharField(blank=True, max_length=200)),
                ("accessible", models.CharField(blank=True, max_length=10)),
                ("access_details", models.JSONField(blank=True, default=list)),
                ("rooms", models.CharField(blank=True, max_length=300)),
                ("takes_new", models.CharField(blank=True, max_length=3)),
                ("waiting_days", models.PositiveIntegerField(blank=True, null=True)),
                ("sourced", models.JSONField(default=dict)),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("more_at", models.CharField(blank=True, max_length=120)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["province", "kind", "municipality", "name", "id"], name="facility_kind"),
                    models.Index(fields=["province", "municipality", "name", "id"], name="facility_municipality"),
                    models.Index(fields=["province", "name", "id"], name="facility_name"),
                    models.Index(fields=["changed_at"], name="facility_changed"),
                ],
                "constraints": [models.UniqueConstraint(fields=("province", "source", "key"), name="facility_once")],
            },
        ),
        migrations.CreateModel(
            name="FacilityImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("source", models.CharField(max_length=120)),
                ("file_name", models.CharField(max_length=200)),
                ("file_hash", models.CharField(max_length=64)),
                ("added", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField()),
                ("unchanged", models.PositiveIntegerField()),
                ("missing", models.PositiveIntegerField(default=0)),
                ("wrong", models.JSONField(default=list)),
                ("by", models.CharField(max_length=20)),
                ("imported_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "-imported_at"], name="facility_import_newest")],
            },
        ),
        migrations.CreateModel(
            name="FacilityNorm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("kind", models.CharField(max_length=20)),
                ("profile", models.CharField(max_length=5)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[("wet", "wettelijk"), ("besluit", "besloten"), ("streven", "streven")], max_length=8
                    ),
                ),
                ("valid_from", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("by", models.CharField(max_length=20)),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "kind", "profile"], name="norm_of_kind")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)), name="norm_of_minutes")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeepQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("author", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("note", models.CharField(blank=True, max_length=600)),
                ("profile", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "wordt uitgerekend"), ("done", "klaar"), ("failed", "lukte niet")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("progress", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("vintage", models.JSONField(default=dict)),
                ("next_uses", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("sent_to", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_up", models.BooleanField(default=False)),
                ("area", models.CharField(max_length=12)),
                ("area_name", models.CharField(max_length=120)),
                ("candidates", models.JSONField(default=list)),
                ("number", models.PositiveSmallIntegerField()),
                ("objective", models.CharField(max_length=10)),
                ("reach", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("always", models.JSONField(default=list)),
                ("never", models.JSONField(default=list)),
                ("by_capacity", models.BooleanField(default=False)),
                ("capacities", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "organisation", "-made_at"], name="keep_of_organisation")],
            },
        ),
        migrations.CreateModel(
            name="RoadNetwork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("profile", models.CharField(max_length=5)),
                ("source", models.CharField(max_length=200)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_hash", models.CharField(blank=True, max_length=64)),
                ("content_hash", models.CharField(max_length=64)),
                ("vintage", models.DateField()),
                ("nodes", models.PositiveIntegerField()),
                ("edges", models.PositiveIntegerField()),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("made_up", models.BooleanField(default=False)),
                ("imported_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province", "profile", "content_hash"), name="road_network_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MistakeReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("about", models.CharField(max_length=20)),
                ("text", models.CharField(max_length=600)),
                ("person", models.CharField(blank=True, max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "nieuw"),
                            ("mended", "verbeterd"),
                            ("right", "het klopte al"),
                            ("passed", "doorgegeven"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=600)),
                ("by", models.CharField(blank=True, max_length=12)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="facilities.facility"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "made_at"], name="mistake_waiting")],
            },
        ),
    ]
