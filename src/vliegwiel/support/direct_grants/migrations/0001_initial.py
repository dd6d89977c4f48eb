import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="EffectReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("scheme", models.CharField(max_length=60)),
                ("published_on", models.DateField()),
                ("place", models.CharField(max_length=240)),
                ("by", models.CharField(max_length=12)),
            ],
            options={
                "ordering": ["-published_on"],
                "constraints": [models.UniqueConstraint(fields=("scheme", "published_on"), name="effect_report_once")],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("recipient", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("chapter", models.CharField(blank=True, max_length=80)),
                ("scheme", models.CharField(blank=True, max_length=60)),
                ("holder", models.CharField(blank=True, max_length=12)),
                ("started_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "ordering": ["recipient", "title"],
                "constraints": [
                    models.UniqueConstraint(fields=("province", "recipient", "title", "scheme", "holder"), name="series_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder", ""), ("scheme", "")),
                            models.Q(models.Q(("scheme", ""), _negated=True), models.Q(("holder", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="series_of_a_scheme_has_a_holder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("rows", models.JSONField()),
                ("published_on", models.DateField()),
                ("by", models.CharField(max_length=12)),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [models.UniqueConstraint(fields=("province", "year"), name="one_report_a_year")],
            },
        ),
        migrations.CreateModel(
            name="DirectGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("application", models.CharField(max_length=12, unique=True)),
                ("number", models.CharField(max_length=11)),
                ("recipient", models.CharField(max_length=120)),
                ("kvk", models.CharField(blank=True, max_length=8)),
                ("title", models.CharField(max_length=120)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("budget", "de begroting noemt ontvanger en hoogste bedrag (4:23, derde lid, onder c)"),
                            ("incidental", "een bijzonder geval, voor ten hoogste vier jaar (4:23, derde lid, onder d)"),
                            ("awaiting", "in afwachting van een regeling, ten hoogste een jaar (4:23, derde lid, onder a)"),
                            ("european", "rechtstreeks op een programma van de Europese Unie (4:23, derde lid, onder b)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("proof", models.CharField(max_length=240)),
                ("line", models.CharField(max_length=12)),
                ("cents", models.BigIntegerField()),
                ("most", models.BigIntegerField(null=True)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("adopted_on", models.DateField(null=True)),
                ("proviso_settled_on", models.DateField(null=True)),
                ("proviso_invoked", models.BooleanField(null=True)),
                ("by", models.CharField(max_length=12)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "series",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="direct_grants.series"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "recipient", "pk"],
                "indexes": [models.Index(fields=["province", "-starts"], name="direct_grant_by_period")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="direct_grant_is_something"),
                    models.CheckConstraint(
                        condition=models.Q(("most", None), ("most__gte", models.F("cents")), _connector="OR"),
                        name="direct_grant_within_its_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="direct_grant_has_a_period"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Continuation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("application", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same", "dezelfde activiteit: minder kan alleen na een aankondiging"),
                            ("other", "een andere activiteit dan eerder"),
                            ("own", "dezelfde activiteit, maar het besluit rust op wat de aanvrager zelf doet of vraagt"),
                        ],
                        max_length=6,
                    ),
                ),
                ("why", models.TextField()),
                ("by", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="continuations", to="direct_grants.series"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["application", "-id"], name="continuation_of_file")],
            },
        ),
        migrations.CreateModel(
            name="AdvanceNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("told_on", models.DateField()),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("letter", models.CharField(blank=True, max_length=12)),
                ("by", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="direct_grants.series"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("told_on"))), name="notice_has_a_term"),
                    models.UniqueConstraint(fields=("series", "told_on", "until"), name="told_once"),
                ],
            },
        ),
    ]
