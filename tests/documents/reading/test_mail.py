from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from documents.model import Extract, Field, Source, Unreadable, Why
from documents.reading.mail import read_email

_TEXT = "The ferry runs again from Monday.\n\nTickets cost as much as before.\n"


def mail(text: str = _TEXT, *, html: str = "", **headers: str) -> EmailMessage:
    """Return an e-mail with a plain text, and HTML beside it."""
    message = EmailMessage()
    message["Subject"] = headers.pop("subject", "Statement on the ferry")
    message["From"] = headers.pop("sender", "Press Office <press@port.example>")
    message["Date"] = headers.pop("date", "Tue, 03 Jun 2025 23:30:00 +0200")
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message


def source(message: EmailMessage) -> Source:
    """Return *message* as it is sent."""
    return Source(name="a.eml", content=message.as_bytes(policy=SMTP))


def extract(message: EmailMessage) -> Extract:
    """Return the one extract of *message*."""
    (only,) = read_email(source(message))
    return only


def raw(text: str) -> Extract:
    """Return the one extract of an e-mail that is written out."""
    (only,) = read_email(Source(name="a.eml", content=text.encode()))
    return only


def texts(found: Extract) -> list[str]:
    """Return the texts of the blocks."""
    return [block.text for block in found.blocks]


def claims(found: Extract) -> list[tuple[Field, str, bool]]:
    """Return what is claimed."""
    return [(one.field, one.value, one.certain) for one in found.claims]


def test_a_plain_text_is_read_in_paragraphs() -> None:
    found = extract(mail())
    assert texts(found) == [
        "The ferry runs again from Monday.",
        "Tickets cost as much as before.",
    ]


def test_the_subject_is_the_title_the_date_stays_and_the_sender_is_no_speaker() -> None:
    assert claims(extract(mail())) == [
        (Field.TITLE, "Statement on the ferry", True),
        (Field.PUBLISHED, "2025-06-03", True),
        (Field.PUBLISHER, "Press Office", False),
    ]


def test_an_encoded_subject_is_decoded() -> None:
    found = raw("Subject: =?utf-8?B?RMOpY2xhcmF0aW9u?= =?utf-8?Q?_=C3=A0_14?= h\n\nText.\n")
    assert claims(found) == [(Field.TITLE, "Déclaration à 14 h", True)]


@pytest.mark.parametrize("subject", ["Fwd: Re: On water", "FW: On water", "WG: On water"])
def test_the_day_of_a_forwarded_mail_is_only_offered(subject: str) -> None:
    found = claims(extract(mail(subject=subject)))
    assert (Field.TITLE, "On water", True) in found
    assert (Field.PUBLISHED, "2025-06-03", False) in found


def test_html_is_read_before_plain_text_and_keeps_what_it_knows() -> None:
    html = "<h2>Ferry</h2><p>It runs.</p><ul><li>daily</li></ul><p style='display:none'>x</p>"
    found = extract(mail("Ferry\n\nIt runs.\n\n* daily", html=html))
    assert texts(found) == ["Ferry", "It runs.", "• daily"]


def test_a_plain_text_is_read_if_the_html_is_a_stub() -> None:
    assert texts(extract(mail(html="<p>See the text.</p>"))) == [
        "The ferry runs again from Monday.",
        "Tickets cost as much as before.",
    ]


def test_a_signature_is_left_out() -> None:
    found = extract(mail(_TEXT + "\n-- \nPress Office\nTel. 12 34\n"))
    assert texts(found)[-1] == "Tickets cost as much as before."
    assert [(one.text, one.why) for one in found.left_out] == [
        ("-- Press Office Tel. 12 34", Why.OUTSIDE)
    ]


def test_a_signature_in_html_is_left_out() -> None:
    found = extract(mail("", html="<p>Text.</p><p>-- <br></p><p>Press Office</p>"))
    assert texts(found) == ["Text."]
    assert "Press Office" in [one.text for one in found.left_out]


def test_dashes_at_the_beginning_leave_the_text() -> None:
    assert texts(extract(mail("--\nOnly this.\n")))[-1] == "Only this."


def test_what_another_mail_said_is_left_out() -> None:
    quoted = "\nOn Monday, A. Nyberg wrote:\n> Is the ferry running?\n> Regards\n"
    found = extract(mail(_TEXT + quoted))
    assert len(found.blocks) == 2
    assert "Is the ferry running?" in found.left_out[0].text


def test_a_mail_that_only_quotes_keeps_its_words() -> None:
    assert texts(extract(mail("> All of it is quoted.\n"))) != []


def test_what_a_forwarder_wrote_is_left_out() -> None:
    text = (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Ministry <m@v.example>\n"
        "Date: Mon, 2 Jun 2025\nSubject: On water\nTo: <desk@v.example>\n\nThe dam holds.\n"
    )
    found = extract(mail(text))
    assert texts(found) == ["The dam holds."]
    assert (Field.PUBLISHED, "2025-06-03", False) in claims(found)


def test_flowed_lines_are_whole() -> None:
    found = raw(
        'Content-Type: text/plain; charset=utf-8; format="flowed"\n\nThe ferry \nruns \nagain.\n\n'
        " From Monday.\n"
    )
    assert texts(found) == ["The ferry runs again.", "From Monday."]


def test_a_declared_encoding_means_what_it_means_on_the_web() -> None:
    head = b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n"
    (found,) = read_email(Source(name="a", content=head + b"\x93Caf\xe9\x94 \x96 open.\n"))
    assert texts(found) == ["“Café” – open."]


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="en.pdf")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment("Other words.", filename="note.txt")
    found = extract(message)
    assert "Other words." not in texts(found)
    assert [one.text for one in found.warnings] == [
        "an attachment is not read: “en.pdf”",
        "an attachment is not read: “note.txt”",
    ]


def test_a_mail_whose_text_is_attached_names_it() -> None:
    message = mail("")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="en.pdf")
    with pytest.raises(Unreadable, match=r"en\.pdf"):
        read_email(source(message))


def test_an_encrypted_mail_is_refused() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        raw("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAG\n")
    with pytest.raises(Unreadable, match="encrypted"):
        raw(
            'Content-Type: multipart/encrypted; boundary="b"\n\n--b\nContent-Type: '
            "application/pgp-encrypted\n\nVersion: 1\n--b--\n"
        )


def test_a_mail_without_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        raw("Subject: Nothing\n\n\n")


@pytest.mark.parametrize(
    "header",
    [
        "From: " + "(" * 5000,
        "Date: Mon, 99 Foo 2025 99:99:99",
        "Subject: =?utf-8?B?!!!?= =?no-such?Q?x?=",
        "From: =?utf-8?Q?=00=0A?= <",
        "Content-Type: text/plain; charset=no-such",
        "Content-Type: ;;;",
    ],
)
def test_a_header_that_is_none_does_no_harm(header: str) -> None:
    assert texts(raw(f"{header}\n\nText.\n")) == ["Text."]


def test_parts_in_parts_without_end_are_refused() -> None:
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(1000)
    )
    with pytest.raises(Unreadable):
        raw(nested + "\nText.\n")


def test_a_mail_of_a_mailbox_is_read() -> None:
    found = raw("From press@port.example Tue Jun  3 23:30:00 2025\nSubject: On water\n\nText.\n")
    assert texts(found) == ["Text."]
    assert (Field.TITLE, "On water", True) in claims(found)


def test_how_to_leave_a_mailing_list_is_no_text() -> None:
    html = "<p>View this email in your browser</p><p>Text.</p><p><a href='x'>Unsubscribe</a></p>"
    found = extract(mail("", html=html))
    assert texts(found) == ["Text."]
    assert {one.why for one in found.left_out} == {Why.ADVERTISING}


def test_a_header_without_end_is_passed_over() -> None:
    found = raw(f"Subject: {'a b ' * 100_000}\n\nText.\n")
    assert claims(found) == []
