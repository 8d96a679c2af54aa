"""What an e-mail says, and handing it to the mail server. E-mail is open to many eyes: it says only that there is news."""

import hashlib
import smtplib
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.dummy import EmailBackend as NoMail

from .models import Notice


class TryAgain(Exception):
    """The mail server certainly did not take the message, but may later."""


class Refused(Exception):
    """The mail server certainly did not take the message and never will."""


class InDoubt(Exception):
    """The connection broke while the message was being handed over: it may or may not have been taken."""


def message_id(key: str) -> str:
    """The Message-ID of a notice: always the same for the same key, so that a mail server can tell a repeated one."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def letter_of(notice: Notice) -> EmailMessage:
    """The e-mail of a notice: subject line, number and link, and nothing of the matter or the person."""
    lines = [f"{notice.subject_line}。".replace("。。", "。")]
    if notice.about_number:
        lines.append(f"编号：{notice.about_number}")
    if notice.link:
        lines.append(f"请访问：{urljoin(settings.SITE_URL, notice.link)}")
    sender = notice.body.name if notice.body else "政府信息公开平台"
    lines += ["", "为保护个人信息，邮件中不写明具体内容。本邮件由系统自动发出，请勿直接回复。", sender]
    named = not notice.about_number or notice.about_number in notice.subject_line
    subject = notice.subject_line if named else f"{notice.subject_line}（{notice.about_number}）"
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n".join(lines),
        to=[notice.to],
        headers={"Message-ID": message_id(notice.key), "Auto-Submitted": "auto-generated"},
    )


class Mailer:
    """One conversation with the mail server. `open` risks nothing; from `hand_over` on the message may have gone."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def open(self) -> None:
        """Connect and log in. Raises TryAgain, or Refused where no mail server is known: nothing has been handed over."""
        if isinstance(self._connection, NoMail):
            raise Refused("没有设置邮件服务器（EMAIL_URL），邮件没有发出")
        try:
            self._connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise TryAgain(_words(error)) from error

    def hand_over(self, notice: Notice) -> None:
        """Give the message to the server; returning means that it was taken. Raises TryAgain, Refused or InDoubt."""
        try:
            self._connection.send_messages([letter_of(notice)])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _answered(max(codes), error) from error
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code, error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(_words(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise InDoubt(_words(error)) from error
        except ValueError as error:  # an address or a header that no mail can carry
            raise Refused(_words(error)) from error

    def close(self) -> None:
        """End the conversation; trouble now changes nothing about what was sent."""
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            return


def _answered(code: int, error: Exception) -> Exception:
    return Refused(_words(error)) if code >= 500 else TryAgain(_words(error))


def _words(error: Exception) -> str:
    """What went wrong, without the receiver's address, which error texts like to repeat."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code}" for code, _ in error.recipients.values()]
        return f"邮件服务器拒收（{'、'.join(answers)}）"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"邮件服务器答复 {error.smtp_code}"
    return type(error).__name__
