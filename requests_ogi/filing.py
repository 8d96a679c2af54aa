"""What an applicant hands in, as values: the form's result, and what the acts take."""

from dataclasses import dataclass, field
from datetime import date, datetime

from .vocabulary import ApplicantKind, Channel, Form, Help, IdentityDocument, Manner, MotionKind


@dataclass(frozen=True)
class Person:
    """Who asks (条例第二十九条). Numbers are already in their normal form."""

    kind: ApplicantKind
    name: str
    identity_document: IdentityDocument
    identity_number: str
    phone: str
    email: str = ""
    address: str = ""
    postcode: str = ""
    representative: str = ""
    agent_name: str = ""
    agent_identity_document: str = ""
    agent_identity_number: str = ""
    agent_phone: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is asked for, in which form, and how it is to be handed over."""

    title: str
    form: Form
    manner: Manner
    document_number: str = ""
    description: str = ""
    help_needed: Help = Help.NONE


@dataclass(frozen=True)
class Upload:
    """A file as it came in: its name, its bytes and what it is for."""

    name: str
    data: bytes
    purpose: str


@dataclass(frozen=True)
class Arrival:
    """How and when the request reached the body, with the evidence for the day of receipt (条例第三十一条)."""

    channel: Channel
    arrived_on: date
    signed_on: date | None = None
    confirmed_on: date | None = None
    confirmation_note: str = ""
    post_number: str = ""


@dataclass(frozen=True)
class Aid:
    """How staff filled in the form for an applicant who could not write it: when it was told, and that it was read back."""

    told_at: datetime
    difficulty: str
    read_back: bool
    record: str = ""


@dataclass(frozen=True)
class Filing:
    """A whole request. `aid` is there where staff filled it in."""

    person: Person
    wanted: Wanted
    arrival: Arrival
    uploads: tuple[Upload, ...] = field(default=())
    aid: Aid | None = None


@dataclass(frozen=True)
class Signature:
    """Who signs a motion; a suggestion or a complaint may leave out all of it."""

    name: str = ""
    identity_document: str = ""
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    @property
    def given(self) -> bool:
        """Whether anything was given at all."""
        return any((self.name, self.identity_number, self.phone, self.email, self.address))


@dataclass(frozen=True)
class MotionFiling:
    """A correction, suggestion or complaint as it came in."""

    kind: MotionKind
    subject: str
    content: str
    signature: Signature = Signature()
    grievance: str = ""
    uploads: tuple[Upload, ...] = ()
