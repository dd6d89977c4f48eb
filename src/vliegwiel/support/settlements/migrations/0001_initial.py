import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("seed", models.CharField(max_length=80)),
                ("percent", models.PositiveSmallIntegerField()),
                ("until", models.DateField()),
                ("population", models.JSONField()),
                ("drawn", models.JSONField()),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 1), ("percent__lte", 100)), name="a_share_of_the_sample"
                    ),
                    models.UniqueConstraint(fields=("province", "seed"), name="a_seed_is_used_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("province", models.CharField(max_length=4)),
                ("reason", models.TextField()),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("letter", models.CharField(max_length=12)),
                ("lifted_on", models.DateField(null=True)),
                ("by", models.CharField(max_length=20)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on", None)), fields=("application",), name="one_hold_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Intention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("province", models.CharField(max_length=4)),
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
                            ("4:11b", "de ontvanger kon eerder reageren en er is niets nieuws (4:11, onder b)"),
                            ("4:11c", "het doel lukt alleen als de ontvanger het niet vooraf weet (4:11, onder c)"),
                        ],
                        max_length=6,
                    ),
                ),
                ("skip_why", models.TextField(blank=True)),
                ("used", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
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
                        name="heard_or_skipped_on_a_ground",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LaterDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("province", models.CharField(max_length=4)),
                ("decision", models.CharField(max_length=12)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("settle", "vaststellen"),
                            ("withdraw", "intrekken of verlagen"),
                            ("revise", "een vaststelling intrekken of verlagen"),
                            ("recover", "terugvorderen"),
                        ],
                        max_length=8,
                    ),
                ),
                ("ground", models.CharField(max_length=20)),
                ("article", models.CharField(max_length=120)),
                ("was", models.BigIntegerField()),
                ("amount", models.BigIntegerField()),
                ("account", models.JSONField(default=list)),
                ("left_out", models.BigIntegerField(default=0)),
                ("left_out_why", models.TextField(blank=True)),
                ("follows", models.CharField(blank=True, max_length=160)),
                ("pay_to", models.CharField(blank=True, max_length=34)),
                ("breach_on", models.DateField(null=True)),
                ("ex_officio", models.BooleanField(default=False)),
                ("summary", models.TextField()),
                ("motivation", models.TextField()),
                ("views_answer", models.TextField(blank=True)),
                ("content_hash", models.CharField(max_length=64)),
                ("proposed_by", models.CharField(max_length=20)),
                ("proposed_name", models.CharField(blank=True, max_length=80)),
                ("proposed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("taken_at", models.DateTimeField(null=True)),
                ("taken_by", models.CharField(blank=True, max_length=20)),
                ("taken_name", models.CharField(blank=True, max_length=80)),
                ("mandate", models.CharField(blank=True, max_length=12)),
                ("returned_at", models.DateTimeField(null=True)),
                ("returned_why", models.TextField(blank=True)),
                ("letter", models.CharField(blank=True, max_length=12)),
                ("sent_on", models.DateField(null=True)),
                (
                    "intention",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="settlements.intention",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="settlements.laterdecision",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["province", "taken_at"], name="later_decision_waits")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("left_out__gte", 0), ("was__gte", 0)),
                        name="later_amounts_are_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act", "recover"), ("amount__lte", models.F("was")), _connector="OR"),
                        name="never_more_than_was_granted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("motivation", ""), _negated=True), name="later_decision_is_motivated"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_by", ""), models.Q(("taken_by", models.F("proposed_by")), _negated=True), _connector="OR"
                        ),
                        name="another_person_takes_it",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at", None), ("taken_at", None)),
                        fields=("application",),
                        name="one_later_proposal_waits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("province", models.CharField(max_length=4)),
                ("amount", models.BigIntegerField()),
                ("due_on", models.DateField(null=True)),
                ("steps_count", models.PositiveIntegerField(default=0)),
                ("closed_on", models.DateField(null=True)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claim", to="settlements.laterdecision"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["province", "closed_on", "due_on"], name="open_claims")],
                "constraints": [models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_claim_is_money")],
            },
        ),
        migrations.CreateModel(
            name="Misuse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("province", models.CharField(max_length=4)),
                ("what", models.TextField()),
                ("intention", models.CharField(max_length=12)),
                ("views_answer", models.TextField(blank=True)),
                ("entered_on", models.DateField()),
                ("entered_by", models.CharField(max_length=20)),
                ("until", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("intention", ""), _negated=True)),
                        name="misuse_was_heard",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("province", models.CharField(max_length=4)),
                ("duty", models.BigIntegerField()),
                ("text", models.TextField()),
                ("paper", models.CharField(blank=True, max_length=12)),
                ("sent_on", models.DateField()),
                ("sent_by", models.CharField(max_length=20)),
                ("good", models.BooleanField(null=True)),
                ("why", models.TextField(blank=True)),
                ("judged_on", models.DateField(null=True)),
                ("judged_by", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("good", None)), fields=("duty",), name="one_proof_waits"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="proof_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("decision", models.CharField(max_length=12)),
                ("province", models.CharField(max_length=4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("progress", "tussenbericht"),
                            ("completion", "gereedmelding"),
                            ("activity", "verslag van de activiteiten"),
                            ("costs", "verslag met de kosten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("costs", models.JSONField(default=list)),
                ("others", models.BigIntegerField(default=0)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("sent_by", models.CharField(blank=True, max_length=20)),
                ("sent_on", models.DateField(null=True)),
                ("on_paper", models.BooleanField(default=False)),
                ("checked_on", models.DateField(null=True)),
                ("checked_by", models.CharField(blank=True, max_length=20)),
                ("good", models.BooleanField(null=True)),
                ("finding", models.TextField(blank=True)),
                (
                    "draw",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="settlements.draw"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["province", "sent_on"], name="report_to_sample")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sent_on", None)), fields=("application", "kind"), name="one_draft_of_a_kind"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sent_on__isnull", False), models.Q(("kind", "progress"), _negated=True)),
                        fields=("decision",),
                        name="one_account_per_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_on", None), models.Q(("content_hash", ""), _negated=True), _connector="OR"),
                        name="sent_report_is_fixed",
                    ),
                    models.CheckConstraint(condition=models.Q(("others__gte", 0)), name="others_is_not_negative"),
                ],
            },
        ),
        migrations.AddField(
            model_name="laterdecision",
            name="report",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="settlements.report"
            ),
        ),
        migrations.CreateModel(
            name="ReportRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("province", models.CharField(max_length=4)),
                ("asked_on", models.DateField()),
                ("until", models.DateField()),
                ("letter", models.CharField(max_length=12)),
                ("by", models.CharField(max_length=20)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("asked_on"))), name="report_request_gives_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("province", models.CharField(max_length=4)),
                ("what", models.TextField()),
                ("why", models.TextField()),
                ("new_end", models.DateField(null=True)),
                ("asked_on", models.DateField()),
                ("asked_by", models.CharField(max_length=20)),
                ("due_on", models.DateField()),
                ("granted", models.BooleanField(null=True)),
                ("motivation", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=20)),
                ("letter", models.CharField(blank=True, max_length=12)),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="settlements.changerequest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_on", None)), fields=("application",), name="one_open_change_request"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("granted", None)),
                            models.Q(
                                ("decided_on__isnull", False),
                                ("granted__isnull", False),
                                models.Q(("motivation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="change_is_decided_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "geld ontvangen"),
                            ("set_off", "verrekend"),
                            ("dunned", "aanmaning gestuurd"),
                            ("later", "uitstel of regeling"),
                            ("writ", "dwangbevel"),
                            ("lowered", "verlaagd na bezwaar"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("amount", models.BigIntegerField(default=0)),
                ("principal", models.BigIntegerField(default=0)),
                ("interest", models.BigIntegerField(default=0)),
                ("costs", models.BigIntegerField(default=0)),
                ("fee", models.BigIntegerField(default=0)),
                ("on", models.DateField()),
                ("until", models.DateField(null=True)),
                ("text", models.TextField(blank=True)),
                ("letter", models.CharField(blank=True, max_length=12)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="settlements.claim"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "key"), name="claim_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0), ("costs__gte", 0), ("fee__gte", 0), ("interest__gte", 0), ("principal__gte", 0)
                        ),
                        name="claim_step_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterestDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(db_index=True, max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("province", models.CharField(max_length=4)),
                ("rows", models.JSONField(default=list)),
                ("amount", models.BigIntegerField()),
                ("why", models.TextField(blank=True)),
                ("letter", models.CharField(max_length=12)),
                ("taken_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("taken_by", models.CharField(max_length=20)),
                ("taken_name", models.CharField(blank=True, max_length=80)),
                ("prepared_by", models.CharField(blank=True, max_length=20)),
                ("mandate", models.CharField(blank=True, max_length=12)),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="settlements.interestdecision",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="no_interest_with_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InterestCause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("application", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=60)),
                ("payment", models.CharField(blank=True, db_index=True, max_length=12)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="causes",
                        to="settlements.interestdecision",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("application", "key"), name="interest_cause_once")],
            },
        ),
    ]
