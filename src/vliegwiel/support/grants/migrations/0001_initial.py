import django.db.models.deletion
import django.db.models.functions.text
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Advice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("handler", "behandelaar"), ("panel", "commissie"), ("outside", "adviseur van buiten")],
                        max_length=10,
                    ),
                ),
                ("by", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=80)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("grant", "toekennen"), ("partly", "deels toekennen"), ("refuse", "afwijzen")], max_length=8
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("motivation", models.TextField()),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="DecisionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("call", models.CharField(max_length=12)),
                ("what", models.CharField(choices=[("propose", "voorstellen"), ("sign", "ondertekenen")], max_length=8)),
                ("by", models.CharField(max_length=12)),
                ("organisation", models.CharField(max_length=12)),
                ("started_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FileSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.CharField(max_length=11, null=True, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "nog niet verstuurd"),
                            ("signing", "wacht op handtekeningen"),
                            ("submitted", "ontvangen"),
                            ("incomplete", "aanvulling gevraagd"),
                            ("complete", "compleet"),
                            ("in_assessment", "in beoordeling"),
                            ("advised", "advies klaar"),
                            ("proposed", "wacht op ondertekening"),
                            ("granted", "toegekend"),
                            ("refused", "afgewezen"),
                            ("not_treated", "niet behandeld"),
                            ("withdrawn", "ingetrokken"),
                            ("reported", "verantwoording binnen"),
                            ("determined", "vastgesteld"),
                        ],
                        default="draft",
                        max_length=14,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("province", models.CharField(max_length=4)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("call", models.CharField(blank=True, max_length=12)),
                ("scheme", models.CharField(max_length=60)),
                ("scheme_title", models.CharField(max_length=120)),
                ("version", models.CharField(max_length=12)),
                ("regulation_hash", models.CharField(max_length=64)),
                ("applicant", models.CharField(blank=True, max_length=12)),
                ("organisation", models.CharField(blank=True, max_length=12)),
                (
                    "applicant_kind",
                    models.CharField(
                        choices=[("person", "inwoner"), ("group", "groep inwoners"), ("organisation", "organisatie")],
                        default="person",
                        max_length=12,
                    ),
                ),
                ("applicant_name", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("kvk", models.CharField(blank=True, max_length=8)),
                ("account", models.CharField(blank=True, max_length=34)),
                ("account_name", models.CharField(blank=True, max_length=70)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "digitaal"),
                            ("paper", "op papier"),
                            ("phone", "telefonisch of aan de balie"),
                            ("own", "ambtshalve"),
                        ],
                        default="web",
                        max_length=5,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120)),
                ("answers", models.JSONField(default=dict)),
                ("withheld", models.JSONField(default=dict)),
                ("later", models.JSONField(default=list)),
                ("entered_by", models.CharField(blank=True, max_length=20)),
                ("reached", models.JSONField(default=list)),
                ("seconds", models.PositiveIntegerField(default=0)),
                ("asked", models.BigIntegerField(default=0)),
                ("advised", models.BigIntegerField(null=True)),
                ("awarded", models.BigIntegerField(null=True)),
                ("ceiling", models.CharField(blank=True, max_length=12)),
                ("line", models.CharField(blank=True, max_length=12)),
                ("goes_on_under", models.CharField(blank=True, max_length=60)),
                ("received_at", models.DateTimeField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("complete_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("left_line_on", models.DateField(null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["province", "state", "due_on"], name="application_inbox"),
                    models.Index(fields=["call", "state", "complete_on"], name="application_of_call"),
                    models.Index(fields=["applicant", "-changed_at"], name="application_of_person"),
                    models.Index(fields=["organisation"], name="application_of_organisation"),
                    models.Index(fields=["kvk"], name="application_of_kvk"),
                    models.Index(fields=["account"], name="application_of_account"),
                    models.Index(django.db.models.functions.text.Lower("title"), name="application_of_title"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", None), ("state__in", ["draft", "signing"])),
                            models.Q(
                                models.Q(("state__in", ["draft", "signing"]), _negated=True),
                                ("number__isnull", False),
                                ("received_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="number_from_receipt",
                    ),
                    models.CheckConstraint(condition=models.Q(("asked__gte", 0)), name="asked_is_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("awarded", None), models.Q(("awarded__gte", 0), ("awarded__lte", models.F("asked"))), _connector="OR"
                        ),
                        name="awarded_within_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdviceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("adviser", models.CharField(max_length=120)),
                ("question", models.TextField()),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                ("by", models.CharField(max_length=20)),
                (
                    "answer",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="request", to="grants.advice"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="advice_requests", to="grants.application"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="advice",
            name="application",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="advices", to="grants.application"),
        ),
        migrations.CreateModel(
            name="ClockEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("start", "de termijn begint"),
                            ("asked", "aanvulling gevraagd"),
                            ("completed", "aanvulling binnen"),
                            ("lapsed", "de tijd om aan te vullen is voorbij"),
                            ("extended", "de termijn is verlengd"),
                            ("ended", "het besluit is verstuurd"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("until", models.DateField(null=True)),
                ("article", models.CharField(max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("facts", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="clock", to="grants.application"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grant", "toekennen"),
                            ("partial", "deels toekennen"),
                            ("at_once", "meteen vaststellen"),
                            ("conditional", "toekennen onder voorwaarde"),
                            ("refusal", "afwijzen"),
                            ("not_treated", "niet behandelen"),
                        ],
                        max_length=12,
                    ),
                ),
                ("asked", models.BigIntegerField()),
                ("advised", models.BigIntegerField(null=True)),
                ("awarded", models.BigIntegerField(default=0)),
                ("grounds", models.JSONField(default=list)),
                ("summary", models.TextField()),
                ("motivation", models.TextField()),
                ("facts_differ", models.BooleanField(default=False)),
                ("consent_weighed", models.TextField(blank=True)),
                ("views_answer", models.TextField(blank=True)),
                ("said_along", models.TextField(blank=True)),
                ("public_title", models.CharField(blank=True, max_length=120)),
                ("activity_ends", models.DateField(null=True)),
                ("division", models.CharField(blank=True, max_length=12)),
                ("version", models.CharField(max_length=12)),
                ("version_why", models.TextField()),
                ("ledger_ground", models.CharField(default="first", max_length=10)),
                ("beyond", models.JSONField(blank=True, default=dict)),
                ("content_hash", models.CharField(max_length=64)),
                ("proposed_by", models.CharField(max_length=20)),
                ("proposed_name", models.CharField(blank=True, max_length=80)),
                ("proposed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("two_signatures", models.BooleanField(default=False)),
                ("taken_at", models.DateTimeField(null=True)),
                ("taken_by", models.CharField(blank=True, max_length=20)),
                ("taken_name", models.CharField(blank=True, max_length=80)),
                ("came_from", models.CharField(max_length=14)),
                ("returned_at", models.DateTimeField(null=True)),
                ("returned_why", models.TextField(blank=True)),
                ("letter", models.CharField(blank=True, max_length=12)),
                ("sent_on", models.DateField(null=True)),
                ("register_from", models.DateField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="grants.application"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="grants.decision"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["register_from"], name="decision_in_register")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("awarded", 0), ("kind__in", ["grant", "partial", "at_once", "conditional"]), _connector="OR"
                        ),
                        name="only_an_award_awards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("awarded__gte", 0), ("awarded__lte", models.F("asked"))), name="awards_within_asked"
                    ),
                    models.CheckConstraint(condition=models.Q(("motivation", ""), _negated=True), name="decision_is_motivated"),
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at", None), ("taken_at", None)),
                        fields=("application",),
                        name="one_open_proposal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Division",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("call", models.CharField(max_length=12)),
                ("province", models.CharField(max_length=4)),
                ("receipt", models.JSONField()),
                ("awards", models.JSONField(default=dict)),
                ("order", models.JSONField(default=list)),
                ("drawn", models.JSONField(default=list)),
                ("seed", models.CharField(blank=True, max_length=80)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [models.Index(fields=["call", "-id"], name="division_of_call")],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("condition", "voorwaarde"), ("obligation", "verplichting")], max_length=10)),
                ("article", models.CharField(max_length=4)),
                ("basis", models.CharField(blank=True, max_length=240)),
                ("text", models.TextField()),
                ("evidence", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField(null=True)),
                ("met_on", models.DateField(null=True)),
                (
                    "decision",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="grants.decision"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article__in", ["4:33", "4:34"]), ("kind", "condition")),
                            models.Q(("article__in", ["4:37", "4:38", "4:39", "own"]), ("kind", "obligation")),
                            _connector="OR",
                        ),
                        name="duty_on_its_ground",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FileMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("from_applicant", models.BooleanField()),
                ("person", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exchange", to="grants.application"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None), ("from_applicant", True)),
                        fields=["application"],
                        name="message_unanswered",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_applicant", True), ("answered_at", None), _connector="OR"),
                        name="message_answer_is_not_answered",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("intention", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("asked_on", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("letter", models.CharField(blank=True, max_length=12)),
                (
                    "form",
                    models.CharField(blank=True, choices=[("written", "schriftelijk"), ("spoken", "mondeling")], max_length=8),
                ),
                ("views", models.TextField(blank=True)),
                ("received_on", models.DateField(null=True)),
                (
                    "skip_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("4:11a", "er is te veel haast bij (4:11, onder a)"),
                            ("4:11b", "de aanvrager kon eerder reageren en er is niets nieuws (4:11, onder b)"),
                            ("4:11c", "het doel lukt alleen als de aanvrager het niet vooraf weet (4:11, onder c)"),
                            ("4:12", "het besluit gaat over geld en bezwaar maakt alles weer goed (4:12, eerste lid)"),
                        ],
                        max_length=6,
                    ),
                ),
                ("skip_why", models.TextField(blank=True)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hearings", to="grants.application"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_on__isnull", False), ("skip_ground", ""), ("until__isnull", False)),
                            models.Q(
                                ("asked_on", None),
                                ("received_on", None),
                                models.Q(("skip_ground", ""), _negated=True),
                                models.Q(("skip_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="views_asked_or_skipped_on_a_ground",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="hearing",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="grants.hearing"
            ),
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("amount", models.BigIntegerField()),
                ("due_on", models.DateField()),
                ("ordered_at", models.DateTimeField(null=True)),
                ("owed_from", models.DateField(null=True)),
                ("owed_under", models.CharField(blank=True, max_length=20)),
                (
                    "after",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="grants.duty"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instalments", to="grants.decision"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "place"), name="instalment_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_is_money"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("co_applicant", "vraagt mee aan"), ("cashier", "beheert het geld (penvoerder)")],
                        default="co_applicant",
                        max_length=14,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("person", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("invited_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="grants.application"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["person"], name="participant_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("application", "email"),
                        name="participant_invited_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person", ""), _negated=True),
                        fields=("application", "person"),
                        name="participant_accepts_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("email", ""),
                                models.Q(
                                    models.Q(("person", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(("accepted_at", None), ("person", ""), models.Q(("email", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="address_until_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "wacht"), ("done", "gedaan"), ("refused", "niet gedaan")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("said", models.TextField(blank=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="run_rows", to="grants.application"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="grants.decisionrun"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("run", "application"), name="application_in_a_run_once")],
            },
        ),
        migrations.CreateModel(
            name="Seed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("call", models.CharField(max_length=12)),
                ("province", models.CharField(max_length=4)),
                ("day", models.DateField(null=True)),
                ("value", models.CharField(max_length=80)),
                ("published_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("by", models.CharField(max_length=20)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("call", "day"), name="seed_of_a_day_once"),
                    models.UniqueConstraint(condition=models.Q(("day", None)), fields=("call",), name="seed_of_a_call_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(choices=[("application", "aanvraag"), ("decision", "besluit")], max_length=12)),
                ("person", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=80)),
                ("content_hash", models.CharField(max_length=64)),
                ("mandate", models.CharField(blank=True, max_length=12)),
                ("scan", models.CharField(blank=True, max_length=12)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="grants.application"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person", ""), _negated=True),
                        fields=("content_hash", "person", "purpose"),
                        name="signs_a_content_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person", "")),
                        fields=("content_hash", "name", "purpose"),
                        name="signs_on_paper_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("assessor", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=80)),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("why", models.TextField(blank=True)),
                ("scores", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("grant", "toekennen"), ("partly", "deels toekennen"), ("refuse", "afwijzen")], max_length=8
                    ),
                ),
                ("amount", models.BigIntegerField(null=True)),
                ("motivation", models.TextField()),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="grants.application"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "assessor", "revision"), name="assessment_revision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("revision", 1), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="revision_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(choices=[("handler", "behandelaar"), ("assessor", "beoordelaar")], max_length=10)),
                ("person", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=80)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("free_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[("handed_over", "overgedragen"), ("interest", "meldde een belang"), ("done", "klaar")],
                        max_length=12,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="grants.application"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "ended_at"], name="assignment_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_why", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assignment_ends_for_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("application", "task", "person"),
                        name="open_assignment_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("cost", "kosten"), ("cover", "dekking")], max_length=5)),
                ("kind", models.CharField(max_length=80)),
                ("text", models.CharField(max_length=120)),
                ("cents", models.BigIntegerField(default=0)),
                ("hours", models.PositiveIntegerField(null=True)),
                ("tariff", models.PositiveIntegerField(null=True)),
                ("certain", models.BooleanField(default=False)),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="budget", to="grants.application"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "constraints": [models.CheckConstraint(condition=models.Q(("cents__gte", 0)), name="budget_row_is_not_negative")],
            },
        ),
    ]
