"""People sign in, see what they may do, and leave."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]


def ask_for_a_code(page: Any, site: str, email: str) -> str:
    """Ask for a code at sign-in and read it in the outbox."""
    page.goto(f"{site}/inloggen")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_role("heading", name="Vul uw code in").wait_for()
    assert_usable(page)
    page.get_by_role("link", name="Lees de code in de postbak").click()
    letter = page.locator(".letter", has_text=email).first.inner_text()
    assert_usable(page)
    code = re.search(r"^[A-Z0-9-]{6,}$", letter, re.MULTILINE)
    assert code is not None
    return code[0]


def fill_in_the_code(page: Any, site: str, code: str) -> None:
    page.goto(f"{site}/inloggen/code")
    page.get_by_label("Code uit uw e-mail").fill(code)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_a_researcher_signs_in_with_the_button_of_the_demo_and_signs_out(made_up_site: str, page: Any) -> None:
    page.goto(made_up_site)
    page.get_by_role("link", name="Inloggen").click()
    assert_usable(page)
    assert page.get_by_text("VERZONNEN VOORBEELD.").is_visible()
    page.get_by_role("button", name=re.compile("^Onderzoeker")).click()
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()
    assert page.get_by_text("Instituut Zogenaamd", exact=True).is_visible()
    page.get_by_text("Wat u mag").click()
    assert page.get_by_text("cijfers inlezen").is_visible()
    assert_usable(page)
    page.get_by_role("banner").get_by_role("button", name="Log uit").click()
    page.get_by_role("link", name="Inloggen").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Inloggen").wait_for()
    assert page.get_by_role("heading", name="Mijn Vliegwiel").count() == 0


def test_a_resident_signs_in_with_the_code_from_the_outbox(made_up_site: str, page: Any) -> None:
    code = ask_for_a_code(page, made_up_site, "bewoner@voorbeeld.invalid")
    page.goto(f"{made_up_site}/inloggen/code")
    page.get_by_label("Code uit uw e-mail").fill("FOUT-FOUT")
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("link", name="Deze code klopt niet.").wait_for()
    assert_usable(page)
    fill_in_the_code(page, made_up_site, code)
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()
    assert page.get_by_text("u bent hier voor uzelf").is_visible()
    assert_usable(page)


def test_without_javascript_a_resident_signs_in_just_as_well(made_up_site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{made_up_site}/inloggen")
    assert page.get_by_role("button", name="Log in met passkey").count() == 0
    page.get_by_label("E-mailadres").fill("zonder@voorbeeld.invalid")
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_role("link", name="Lees de code in de postbak").click()
    code = re.search(r"^[A-Z0-9-]{6,}$", page.locator(".letter", has_text="zonder@").first.inner_text(), re.MULTILINE)
    assert code is not None
    fill_in_the_code(page, made_up_site, code[0])
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()
    context.close()


def test_staff_set_up_an_app_first_and_then_work(made_up_site: str, page: Any) -> None:
    fill_in_the_code(page, made_up_site, ask_for_a_code(page, made_up_site, "beheerder@voorbeeld.invalid"))
    page.get_by_text("Stel eerst uw tweede stap in.").wait_for()
    assert_usable(page)
    page.goto(f"{made_up_site}/beheer/mensen")
    page.get_by_text("Stel eerst uw tweede stap in.").wait_for()
    page.get_by_role("link", name="Stel een app in").click()
    assert_usable(page)
    secret = page.locator("#sleutel").inner_text()
    page.get_by_label("Code uit de app").fill(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))
    page.get_by_role("button", name="Zet de tweede stap aan").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()
    assert_usable(page)
    recovery = page.locator(".recovery li").first.inner_text()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.get_by_role("link", name="Mensen en organisaties").click()
    assert_usable(page)
    page.get_by_label("Naam", exact=True).fill("Dorpshuis Alsof")
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("heading", name="Dorpshuis Alsof").wait_for()
    page.goto(f"{made_up_site}/beheer/logboek?handeling=add-organisation")
    assert page.get_by_role("row").filter(has_text="Organisatie toegevoegd").count() >= 8
    page.reload()
    assert page.get_by_label("Handeling").input_value() == "add-organisation"
    assert_usable(page)
    page.get_by_role("banner").get_by_role("button", name="Log uit").click()
    fill_in_the_code(page, made_up_site, ask_for_a_code(page, made_up_site, "beheerder@voorbeeld.invalid"))
    page.get_by_role("heading", name="De tweede stap").wait_for()
    assert_usable(page)
    page.get_by_label("Code uit uw app, of een herstelcode").fill(recovery)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()


def test_staff_sign_in_with_a_passkey_alone(made_up_site: str, page: Any) -> None:
    site = made_up_site.replace("127.0.0.1", "localhost")
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{made_up_site}/inloggen")
    page.get_by_role("link", name="Open deze pagina op haar naam").click()
    page.wait_for_url(f"{site}/inloggen")
    fill_in_the_code(page, site, ask_for_a_code(page, site, "auditor@voorbeeld.invalid"))
    page.get_by_role("link", name="Maak een passkey").click()
    assert_usable(page)
    page.get_by_role("button", name="Maak de passkey").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()
    page.get_by_role("banner").get_by_role("button", name="Log uit").click()
    page.goto(f"{site}/inloggen")
    page.get_by_role("button", name="Log in met passkey").click()
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()
    page.get_by_role("link", name="Logboek").click()
    page.get_by_role("heading", name="Logboek").wait_for()
