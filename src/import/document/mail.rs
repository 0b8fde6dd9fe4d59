//! Mail: a message is a dispatch, and an mbox is messages.

use std::io::BufReader;

use chrono::DateTime;
use mail_parser::MessageParser;
use mail_parser::mailbox::mbox::MessageIterator;

use super::{Told, moment, name};
use crate::error::{Error, Result};

/// Fields of a message's header of which some stand in any.
const FIELDS: &[&str] =
    &["from:", "to:", "date:", "subject:", "message-id:", "mime-version:", "received:", "return-path:"];

/// Whether text begins as a message does: with three fields of a mail header at least.
pub(in crate::import) fn is_message(head: &str) -> bool {
    let lines = head.lines().take_while(|line| !line.trim().is_empty()).map(str::to_ascii_lowercase);
    let lines: Vec<String> = lines.collect();
    let there = |field: &&&str| lines.iter().any(|line| line.starts_with(**field));
    let first = lines.first().is_some_and(|line| line.split(' ').next().is_some_and(|word| word.ends_with(':')));
    first && FIELDS.iter().filter(there).count() >= 3
}

/// Whether text begins as an mbox does.
pub(in crate::import) fn is_mbox(head: &str) -> bool {
    head.starts_with("From ") && head.split_once('\n').is_some_and(|(_, message)| is_message(message))
}

/// The messages of an mbox.
pub(in crate::import) fn messages(mbox: &[u8]) -> impl Iterator<Item = Result<Vec<u8>>> {
    MessageIterator::new(BufReader::new(mbox)).map(|message| {
        message
            .map(mail_parser::mailbox::mbox::Message::unwrap_contents)
            .map_err(|error| Error::data("the mailbox cannot be read").caused_by(error))
    })
}

/// Reads a message.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Told> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Error::data("it is no message").hint("save it as .eml again, or its text as .txt"))?;
    let sender = message.from().and_then(|from| from.first());
    let source = sender.and_then(|sender| sender.name.as_deref().or(sender.address.as_deref()));
    let date = message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0));
    let text = (0..message.text_body.len()).filter_map(|part| message.body_text(part)).collect::<Vec<_>>();
    Ok(Told {
        uri: message.message_id().map(str::to_owned),
        title: message.subject().and_then(name),
        source: source.and_then(name),
        published: date.and_then(moment),
        text: text.join("\n\n"),
        ..Told::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "From: \"Silk Road\" <desk@example.org>\r\nTo: all@example.org\r\nSubject: =?utf-8?q?Terter?=\r\n\
        Date: Mon, 12 Oct 2020 09:30:00 +0400\r\nMessage-ID: <1@example.org>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
        <p>Azerbaijan accused Armenia of shelling Terter.</p>\r\n";

    #[test]
    fn a_message_is_a_dispatch() {
        assert!(is_message(MESSAGE) && !is_mbox(MESSAGE));
        let told = read(MESSAGE.as_bytes()).unwrap();
        assert_eq!(told.uri.as_deref(), Some("1@example.org"));
        assert_eq!((told.title.as_deref(), told.source.as_deref()), (Some("Terter"), Some("Silk Road")));
        assert_eq!(told.published.unwrap().to_string(), "2020-10-12T05:30:00Z");
        assert!(told.text.contains("accused Armenia") && !told.text.contains('<'), "{}", told.text);
    }

    #[test]
    fn an_mbox_is_messages() {
        let mbox = format!(
            "From a@b Mon Oct 12 05:30:00 2020\n{0}\nFrom a@b Mon Oct 12 05:31:00 2020\n{0}",
            MESSAGE.replace("\r\n", "\n")
        );
        assert!(is_mbox(&mbox));
        assert_eq!(messages(mbox.as_bytes()).flatten().count(), 2);
    }

    #[test]
    fn a_dispatch_with_a_header_of_its_own_is_no_mail() {
        assert!(!is_message("Source: Silk Road\nPublished: 2020-10-12\n\nText"));
        assert!(!is_message("From our correspondent\n\nText"));
        assert!(!is_mbox("From Baku to Terter the front was quiet.\nNothing moved."));
    }
}
