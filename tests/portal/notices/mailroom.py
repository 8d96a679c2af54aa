"""A small mail server that keeps what it is given, and answers as it is told to."""

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage


class _Talk(socketserver.StreamRequestHandler):
    server: "Mailroom"

    def handle(self) -> None:
        self.say("220 mailroom")
        while command := self.rfile.readline().decode().strip():
            word = command.split()[0].upper()
            if word == "RCPT":
                self.say(self.server.at_recipient)
            elif word == "DATA":
                self.say("354 go on")
                self.take()
                if self.server.breaks_off:
                    return
                self.say(self.server.at_end)
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 mailroom")

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if self.server.at_end.startswith("250"):
            with self.server.lock:
                self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class Mailroom(socketserver.ThreadingTCPServer):
    """`letters` are the messages taken. `breaks_off`: takes the message and hangs up without an answer."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.lock = threading.Lock()
        self.at_recipient = "250 known"
        self.at_end = "250 taken"
        self.breaks_off = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])
