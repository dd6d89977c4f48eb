"""A faithful small stand-in for the sign-in of an organisation: OpenID Connect with discovery, code and PKCE."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import jwt

CLIENT = "vliegwiel"


class OrganisationSignIn:
    """Hands out codes for one person at a time; `email_verified` as the organisation says it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.email, self.email_verified = "", True
        self._challenges: dict[str, str] = {}

    def authorise(self, location: str) -> dict[str, str]:
        """What the browser brings back after signing in there."""
        asked = {key: values[0] for key, values in parse_qs(urlparse(location).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        self._challenges["a-code"] = asked["code_challenge"]
        return {"code": "a-code", "state": asked["state"]}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Discovery, token and user information."""
        if path == "/.well-known/openid-configuration":
            ends = {f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorization", "token", "userinfo")}
            return 200, {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **ends}
        claims = {"sub": "4711", "email": self.email, "email_verified": self.email_verified, "name": "Een Echte Naam"}
        if path == "/userinfo":
            return 200, claims
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if path != "/token" or self._challenges.pop(form.get("code", ""), None) != proof:
            return 400, {"error": "invalid_grant"}
        token = jwt.encode({**claims, "iss": self.address, "aud": CLIENT, "exp": time.time() + 60}, "k" * 32)
        return 200, {"access_token": "t", "token_type": "Bearer", "id_token": token}


@contextmanager
def running() -> Iterator[OrganisationSignIn]:
    """The stand-in on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send({key: values[0] for key, values in parse_qs(body).items()})

        def _send(self, form: dict[str, str]) -> None:
            status, content = sign_in.answer(urlparse(self.path).path, form)
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sign_in = OrganisationSignIn(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield sign_in
    finally:
        server.shutdown()
        server.server_close()
