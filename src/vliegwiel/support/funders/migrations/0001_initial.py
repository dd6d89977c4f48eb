import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IntakeSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="FunderAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("scheme", models.CharField(max_length=60)),
                ("scheme_title", models.CharField(max_length=120)),
                ("funder", models.CharField(max_length=12)),
                ("funder_name", models.CharField(max_length=120)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("dry", models.JSONField(default=dict)),
                ("made_up", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "ordering": ["scheme_title", "funder_name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("province", "scheme", "funder"), name="one_agreement_per_scheme_and_funder")
                ],
            },
        ),
        migrations.CreateModel(
            name="FundAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("title", models.CharField(max_length=120)),
                ("asked_on", models.DateField()),
                ("until", models.DateField()),
                ("proposed", models.BigIntegerField()),
                ("asked_by", models.CharField(max_length=20)),
                ("agrees", models.BooleanField(null=True)),
                ("cents", models.BigIntegerField(default=0)),
                ("why", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=20)),
                ("how", models.CharField(blank=True, max_length=160)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="funders.funderagreement"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "application"), name="fund_asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agrees", None), ("answered_on", None), ("cents", 0)),
                            models.Q(("agrees", True), ("answered_on__isnull", False), ("cents__gt", 0)),
                            models.Q(("agrees", False), ("answered_on__isnull", False), ("cents", 0)),
                            _connector="OR",
                        ),
                        name="an_amount_goes_with_yes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("application", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=11)),
                ("title", models.CharField(max_length=120)),
                ("parts", models.JSONField()),
                ("by", models.CharField(max_length=20)),
                ("on_paper", models.CharField(blank=True, max_length=160)),
                ("given_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("read_on", models.DateField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disclosures", to="funders.funderagreement"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["application"], name="disclosure_of_application")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("agreement", "application"),
                        name="shared_once_with_a_funder",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("double", "ieder de helft"),
                            ("crowd", "inwoners leggen eerst in, daarna de provincie"),
                            ("apart", "ieder een eigen bedrag"),
                        ],
                        max_length=6,
                    ),
                ),
                ("handled_by", models.CharField(choices=[("fund", "het fonds"), ("province", "de provincie")], max_length=8)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("promised", models.JSONField()),
                ("per_award", models.BigIntegerField()),
                ("per_initiative", models.BigIntegerField()),
                ("unlock", models.PositiveSmallIntegerField(default=0)),
                ("share", models.PositiveSmallIntegerField(default=50)),
                ("ceiling", models.CharField(blank=True, max_length=12)),
                ("headings", models.JSONField(default=list)),
                ("naming", models.TextField()),
                ("ground", models.CharField(max_length=240)),
                ("aid", models.CharField(max_length=240)),
                ("aid_route", models.CharField(default="no_aid", max_length=20)),
                ("public_money", models.BooleanField(default=False)),
                ("follow", models.BooleanField(default=False)),
                ("follow_most", models.BigIntegerField(null=True)),
                ("content_hash", models.CharField(max_length=64)),
                ("proposed_by", models.CharField(max_length=20)),
                ("proposed_name", models.CharField(blank=True, max_length=80)),
                ("proposed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("signed_by", models.CharField(blank=True, max_length=20)),
                ("signed_name", models.CharField(blank=True, max_length=80)),
                ("mandate", models.CharField(blank=True, max_length=12)),
                ("signed_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("returned_why", models.TextField(blank=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="funders.funderagreement"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "number"), name="terms_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at", None), ("signed_at", None)),
                        fields=("agreement",),
                        name="one_open_proposal_of_terms",
                    ),
                    models.CheckConstraint(condition=models.Q(("ends__gte", models.F("starts"))), name="terms_have_a_period"),
                    models.CheckConstraint(
                        condition=models.Q(("per_award__gt", 0), ("per_initiative__gt", 0)), name="terms_have_caps"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_at", None), models.Q(("signed_by", models.F("proposed_by")), _negated=True), _connector="OR"
                        ),
                        name="terms_take_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("rows", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                ("prepared_by", models.CharField(max_length=20)),
                ("prepared_name", models.CharField(blank=True, max_length=80)),
                ("prepared_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("booked_by", models.CharField(blank=True, max_length=20)),
                ("booked_name", models.CharField(blank=True, max_length=80)),
                ("mandate", models.CharField(blank=True, max_length=12)),
                ("booked_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("returned_why", models.TextField(blank=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="funders.funderagreement"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("booked_at", None), ("returned_at", None)),
                        fields=("agreement",),
                        name="one_open_intake",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("booked_at", None), models.Q(("booked_by", models.F("prepared_by")), _negated=True), _connector="OR"
                        ),
                        name="intake_takes_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.CharField(max_length=11, null=True, unique=True)),
                ("fund_number", models.CharField(max_length=40)),
                ("outcome", models.CharField(choices=[("granted", "toegekend"), ("refused", "afgewezen")], max_length=8)),
                ("recipient", models.CharField(blank=True, max_length=120)),
                ("organisation", models.BooleanField(default=False)),
                ("kvk", models.CharField(blank=True, max_length=8)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("initiative", models.CharField(blank=True, max_length=120)),
                ("decided_on", models.DateField()),
                ("year", models.PositiveSmallIntegerField()),
                ("province_cents", models.BigIntegerField(default=0)),
                ("fund_cents", models.BigIntegerField(default=0)),
                ("costs", models.BigIntegerField(default=0)),
                ("row_hash", models.CharField(max_length=64)),
                ("settled_on", models.DateField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_cents", models.BigIntegerField(null=True)),
                ("settled_fund", models.BigIntegerField(null=True)),
                ("settled_why", models.CharField(blank=True, max_length=240)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="funders.agreementterms"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="funders.funderagreement"
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="funders.intake"),
                ),
            ],
            options={
                "ordering": ["decided_on", "pk"],
                "indexes": [models.Index(fields=["agreement", "year"], name="fund_decision_of_year")],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "fund_number"), name="fund_decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fund_cents__gt", 0),
                                ("number__isnull", False),
                                ("outcome", "granted"),
                                ("province_cents__gt", 0),
                            ),
                            models.Q(
                                ("fund_cents", 0),
                                ("number", None),
                                ("outcome", "refused"),
                                ("province_cents", 0),
                                ("recipient", ""),
                                ("title", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_refusal_of_a_fund_is_only_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("rows", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("province_by", models.CharField(blank=True, max_length=20)),
                ("province_at", models.DateTimeField(null=True)),
                ("fund_by", models.CharField(blank=True, max_length=20)),
                ("fund_at", models.DateTimeField(null=True)),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="funders.funderagreement"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ends__gte", models.F("starts"))), name="statement_has_a_period")
                ],
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=40)),
                ("side", models.CharField(max_length=8)),
                ("cents", models.BigIntegerField()),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("answer", models.TextField(blank=True)),
                ("answered_by", models.CharField(blank=True, max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="differences", to="funders.statement"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FollowedSettlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fund_number", models.CharField(max_length=40)),
                ("settled_on", models.DateField()),
                ("costs", models.BigIntegerField()),
                ("fund_cents", models.BigIntegerField()),
                ("becomes", models.BigIntegerField()),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="followed", to="funders.fundanswer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("becomes__gte", 0), ("costs__gte", 0), ("fund_cents__gte", 0)),
                        name="followed_settlement_is_money",
                    )
                ],
            },
        ),
    ]
