import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DestructionList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.CharField(max_length=14)),
                ("province", models.CharField(max_length=4)),
                (
                    "how",
                    models.CharField(
                        choices=[("destroy", "vernietigen"), ("transfer", "overbrengen naar het archief")], max_length=8
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "wacht op een tweede persoon"),
                            ("approved", "goedgekeurd, wordt uitgevoerd"),
                            ("returned", "teruggegeven"),
                            ("done", "uitgevoerd"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("proposed_by", models.CharField(max_length=20)),
                ("proposed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("decided_by", models.CharField(blank=True, max_length=20)),
                ("decided_at", models.DateTimeField(null=True)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("receipt", models.CharField(blank=True, max_length=120)),
                ("why", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("province", "number"), name="list_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", ""), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                models.Q(("decided_by", ""), _negated=True),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="another_person_decides_on_a_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "done"]), _negated=True),
                            models.Q(("content_hash", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="approved_list_is_fixed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "transfer"), ("state__in", ["approved", "done"]), _negated=True),
                            models.Q(("receipt", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="transfer_has_a_receipt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Keeping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=12)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("why", models.TextField()),
                ("until", models.DateField(null=True)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("lifted_on", models.DateField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on", None)), fields=("kind", "object_id"), name="file_kept_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="keeping_says_why"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=12)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("key", models.CharField(max_length=40)),
                ("ground", models.CharField(max_length=160)),
                ("since", models.DateField()),
                ("ends", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "staat op de lijst"),
                            ("left_out", "van de lijst gehaald"),
                            ("refused", "kon toch niet"),
                            ("done", "vernietigd of overgebracht"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("record_hash", models.CharField(blank=True, max_length=64)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("papers", models.PositiveIntegerField(default=0)),
                (
                    "on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="archive.destructionlist"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "done"])),
                        fields=("kind", "object_id"),
                        name="file_listed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done"), models.Q(("record_hash", ""), _negated=True)),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_at", None)),
                            _connector="OR",
                        ),
                        name="gone_file_has_day_and_hash",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "year"), name="list_series_once")],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("kind", models.CharField(max_length=40)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tombstones", to="archive.listedfile"
                    ),
                ),
            ],
        ),
    ]
