"""Addresses of budgets."""

from django.urls import path

from vliegwiel.foundation.budgets.pages.ceiling.page import ceiling_lower, ceiling_new, ceiling_page, ceiling_raise
from vliegwiel.foundation.budgets.pages.council.page import (
    decision_new,
    decisions_page,
    item_answer,
    item_link,
    item_new,
    item_page,
    item_settled,
    items_page,
)
from vliegwiel.foundation.budgets.pages.ledger.page import entries_page, entry_correct
from vliegwiel.foundation.budgets.pages.payments.page import (
    batch_file,
    batch_moved,
    batch_page,
    batch_prepared,
    confirmations_page,
    payment_again,
    payment_check,
    payment_withdraw,
    payments_page,
)
from vliegwiel.foundation.budgets.pages.post.forms import (
    contract_new,
    contract_payment,
    contract_release,
    credit_carry,
    credit_lower,
    credit_new,
    post_close,
)
from vliegwiel.foundation.budgets.pages.post.page import post_page
from vliegwiel.foundation.budgets.pages.public.page import money_page, public_item, public_items, public_post
from vliegwiel.foundation.budgets.pages.setup.page import (
    budget_post_new,
    instrument_new,
    instrument_page,
    instrument_roles,
    programme_line_new,
    programme_new,
)
from vliegwiel.foundation.budgets.pages.tree.page import tree_page

_POST = "beheer/budgetten/posten/<str:post>"
_BATCH = "beheer/betalingen/batches/<str:batch>"

urlpatterns = [
    path("geld", money_page, name="money"),
    path("geld/posten/<str:post>", public_post, name="public_post"),
    path("geld/moties", public_items, name="public_items"),
    path("geld/moties/<str:item>", public_item, name="public_item"),
    path("beheer/budgetten", tree_page, name="budgets"),
    path("beheer/budgetten/nieuw", programme_new, name="budget_programme_new"),
    path("beheer/budgetten/programmas/<str:programme>/lijn", programme_line_new, name="programme_line_new"),
    path("beheer/budgetten/lijnen/<str:line>/instrument", instrument_new, name="instrument_new"),
    path("beheer/budgetten/instrumenten/<str:instrument>", instrument_page, name="instrument"),
    path("beheer/budgetten/instrumenten/<str:instrument>/rollen", instrument_roles, name="instrument_roles"),
    path("beheer/budgetten/instrumenten/<str:instrument>/post", budget_post_new, name="budget_post_new"),
    path(_POST, post_page, name="budget_post"),
    path(f"{_POST}/boekingen", entries_page, name="entries"),
    path(f"{_POST}/krediet", credit_new, name="credit_new"),
    path(f"{_POST}/verlagen", credit_lower, name="credit_lower"),
    path(f"{_POST}/overhevelen", credit_carry, name="credit_carry"),
    path(f"{_POST}/afsluiten", post_close, name="post_close"),
    path(f"{_POST}/plafond", ceiling_new, name="ceiling_new"),
    path(f"{_POST}/verplichting", contract_new, name="contract_new"),
    path(f"{_POST}/vrijval", contract_release, name="contract_release"),
    path(f"{_POST}/betaling", contract_payment, name="contract_payment"),
    path("beheer/budgetten/plafonds/<str:ceiling>", ceiling_page, name="ceiling"),
    path("beheer/budgetten/plafonds/<str:ceiling>/verhogen", ceiling_raise, name="ceiling_raise"),
    path("beheer/budgetten/plafonds/<str:ceiling>/verlagen", ceiling_lower, name="ceiling_lower"),
    path("beheer/budgetten/boekingen/<str:entry>/corrigeren", entry_correct, name="entry_correct"),
    path("beheer/statenbesluiten", decisions_page, name="council_decisions"),
    path("beheer/statenbesluiten/nieuw", decision_new, name="council_decision_new"),
    path("beheer/moties", items_page, name="council_items"),
    path("beheer/moties/nieuw", item_new, name="council_item_new"),
    path("beheer/moties/<str:item>", item_page, name="council_item"),
    path("beheer/moties/<str:item>/antwoord", item_answer, name="council_item_answer"),
    path("beheer/moties/<str:item>/koppelen", item_link, name="council_item_link"),
    path("beheer/moties/<str:item>/afdoen", item_settled, name="council_item_settled"),
    path("beheer/betalingen", payments_page, name="payments"),
    path("beheer/betalingen/batch", batch_prepared, name="batch_prepared"),
    path("beheer/betalingen/bevestigingen", confirmations_page, name="confirmations"),
    path(_BATCH, batch_page, name="batch"),
    path(f"{_BATCH}/bestand", batch_file, name="batch_file"),
    path(f"{_BATCH}/<str:act>", batch_moved, name="batch_moved"),
    path("beheer/betalingen/<str:payment>/nakijken", payment_check, name="payment_check"),
    path("beheer/betalingen/<str:payment>/intrekken", payment_withdraw, name="payment_withdraw"),
    path("beheer/betalingen/<str:payment>/opnieuw", payment_again, name="payment_again"),
]
