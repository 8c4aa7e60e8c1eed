"""An SMTP server that keeps all mail, and misbehaves as the test tells it to.

Settings, one JSON object as the first argument, all optional: {"tls": {"certificate": path, "key": path,
"from_the_start": bool}, "auth": {"user": …, "password": …}}.

Says {"port": …} when it listens, and {"event":"kept","count":1} for each mail that it keeps, before it replies.
A question is a line {"ask": 7, "do": "name", …}, its answer {"answer":7,"value":…}. The end of the input is the end.
"""

import asyncio
import base64
import json
import ssl
import sys
from collections import deque

from aiosmtpd.smtp import SMTP, AuthResult

ACCEPT = {"do": "accept"}


def say(thing):
    print(json.dumps(thing, separators=(",", ":")), flush=True)


class Handler:
    """Judges mail. A transaction takes the next behaviour when it begins, with MAIL."""

    def __init__(self):
        self.kept = []
        self.not_kept = []
        self.behaviours = deque()
        self.released = asyncio.Event()

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.behaviour = self.behaviours.popleft() if self.behaviours else ACCEPT
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        behaviour = envelope.behaviour
        if behaviour["do"] == "refuse_recipient":
            return await self.refuse(server, behaviour["code"])
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        behaviour = envelope.behaviour
        match behaviour["do"]:
            case "refuse":
                self.not_kept.append(self.mail(server, session, envelope))
                return await self.refuse(server, behaviour["code"])
            case "drop":
                self.not_kept.append(self.mail(server, session, envelope))
                server.transport.abort()
                return ""
        self.kept.append(self.mail(server, session, envelope))
        say({"event": "kept", "count": len(self.kept)})
        match behaviour["do"]:
            case "keep_and_drop":
                server.transport.abort()
                return ""
            case "accept_and_close":
                await server.push("250 OK")
                server.transport.close()
                return ""
            case "hold":
                await self.released.wait()
        return "250 OK"

    async def refuse(self, server, code):
        reply = f"{code} the test wants it so"
        if code == 421:
            # The code says that the connection ends, and so it does.
            await server.push(reply)
            server.transport.close()
        return reply

    def mail(self, server, session, envelope):
        return {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "raw": base64.b64encode(envelope.original_content).decode(),
            "tls": server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data,
            "id": message_id_of(envelope.original_content),
        }

    async def handle_exception(self, error):
        print(repr(error), file=sys.stderr, flush=True)
        return "451 the server of the tests has an error"

    def answer(self, question):
        match question["do"]:
            case "mails":
                return self.kept[question["after"] :]
            case "not_kept":
                return self.not_kept
            case "slips":
                return [{"to": mail["to"], "id": mail["id"]} for mail in self.kept]
            case "next":
                if question["behaviour"]["do"] == "hold":
                    self.released.clear()
                self.behaviours.extend([question["behaviour"]] * question["times"])
                return None
            case "release":
                self.released.set()
                return None
        raise ValueError(f"no such question: {question}")


def message_id_of(content):
    for line in content.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"message-id":
            return value.strip().decode()
    return ""


def tls_of(settings):
    if "tls" not in settings:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings["tls"]["certificate"], settings["tls"]["key"])
    return context


def authenticator_of(wanted):
    def authenticate(server, session, envelope, mechanism, data):
        name, password = data.login.decode(), data.password.decode()
        if (name, password) == (wanted["user"], wanted["password"]):
            return AuthResult(success=True, auth_data=name)
        return AuthResult(success=False, handled=False)

    return authenticate


def protocol_of(settings, handler, tls):
    from_the_start = tls is not None and settings["tls"].get("from_the_start", False)
    options = {"hostname": "localhost", "enable_SMTPUTF8": True, "timeout": 600}
    if tls is not None and not from_the_start:
        options |= {"tls_context": tls, "require_starttls": True}
    if "auth" in settings:
        # Over TLS from the start, aiosmtpd does not see that there is TLS.
        options |= {
            "authenticator": authenticator_of(settings["auth"]),
            "auth_required": True,
            "auth_require_tls": "tls_context" in options,
        }
    return lambda: SMTP(handler, **options)


async def obey(handler):
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        question = json.loads(line)
        try:
            say({"answer": question["ask"], "value": handler.answer(question)})
        except Exception as error:
            say({"answer": question["ask"], "error": repr(error)})


async def main():
    settings = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    handler = Handler()
    tls = tls_of(settings)
    from_the_start = tls if tls and settings["tls"].get("from_the_start") else None
    server = await asyncio.get_running_loop().create_server(
        protocol_of(settings, handler, tls), "127.0.0.1", 0, ssl=from_the_start
    )
    say({"port": server.sockets[0].getsockname()[1]})
    await obey(handler)


asyncio.run(main())
