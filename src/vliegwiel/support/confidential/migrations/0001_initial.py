import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ConfidentialCase",
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
                        choices=[("open", "loopt"), ("closed", "afgesloten"), ("proposed", "voorgesteld om te vernietigen")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "about",
                    models.CharField(choices=[("building", "een gebouw of plek"), ("group", "een groep mensen")], max_length=8),
                ),
                ("kind", models.CharField(max_length=20)),
                ("municipality", models.CharField(max_length=6)),
                ("municipality_name", models.CharField(max_length=120)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(max_length=80)),
                ("wish", models.TextField(blank=True)),
                ("summary", models.TextField(blank=True)),
                ("keeper", models.CharField(blank=True, max_length=12)),
                ("keeper_name", models.CharField(blank=True, max_length=80)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("reason", models.TextField(blank=True)),
                ("lasting", models.TextField(blank=True)),
                ("lasting_by", models.CharField(blank=True, max_length=120)),
                ("kept_until", models.DateField(null=True)),
                ("kept_why", models.TextField(blank=True)),
                ("proposed_by", models.CharField(blank=True, max_length=12)),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-opened_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("closed_on__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="confidential_closed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about", "building"), ("address", ""), _connector="OR"),
                        name="confidential_address_of_building",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseSignal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("what", models.TextField()),
                ("seen_by", models.CharField(max_length=20)),
                ("seen_on", models.DateField()),
                ("noted_by", models.CharField(max_length=12)),
                ("noted_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signals", to="confidential.confidentialcase"
                    ),
                ),
            ],
            options={
                "ordering": ["-seen_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                ("later_on", models.DateField(null=True)),
                ("later_why", models.TextField(blank=True)),
                ("checked_how", models.CharField(max_length=20)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("all", "alles gegeven"), ("part", "een deel gegeven"), ("nothing", "niets gegeven")],
                        max_length=8,
                    ),
                ),
                ("about_them", models.JSONField(default=list)),
                ("withheld", models.CharField(blank=True, max_length=20)),
                ("why", models.TextField(blank=True)),
                ("given", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("answered_on", models.DateField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=12)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="confidential.confidentialcase"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("municipality", models.CharField(max_length=6)),
                ("municipality_name", models.CharField(max_length=120)),
                ("begun", models.PositiveIntegerField(null=True)),
                ("ended", models.PositiveIntegerField(null=True)),
                ("published_on", models.DateField()),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-year", "municipality_name", "municipality"],
                "constraints": [
                    models.UniqueConstraint(fields=("province", "year", "municipality"), name="confidential_count_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("what", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("by", models.CharField(max_length=12)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="confidential.confidentialcase"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialTeam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("municipality_name", models.CharField(blank=True, max_length=120)),
                ("name", models.CharField(max_length=80)),
                ("made_up", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "name"), name="confidential_team_once")],
            },
        ),
        migrations.AddField(
            model_name="confidentialcase",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="confidential.confidentialteam"
            ),
        ),
        migrations.CreateModel(
            name="DestroyedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField()),
                ("destroyed_on", models.DateField()),
                ("ground", models.TextField()),
                ("proposed_by", models.CharField(max_length=12)),
                ("by", models.CharField(max_length=12)),
                ("digest", models.CharField(max_length=64)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="destroyed", to="confidential.confidentialteam"
                    ),
                ),
            ],
            options={
                "ordering": ["-destroyed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SignalHandover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("party", models.CharField(max_length=20)),
                ("party_name", models.CharField(max_length=120)),
                ("purpose", models.TextField()),
                ("basis", models.TextField()),
                ("rules_from", models.DateField()),
                ("shared", models.JSONField(default=list)),
                ("text", models.TextField()),
                ("agreed", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("answer_due", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="confidential.casesignal"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("signal", "party"), name="signal_to_party_once")],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=12)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("since", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="confidential.confidentialteam"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["person", "until"], name="confidential_member_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("team", "person"), name="confidential_member_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="confidentialcase",
            index=models.Index(fields=["team", "state", "opened_on"], name="confidential_of_team"),
        ),
    ]
