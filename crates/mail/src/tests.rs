//! What mails say, how they are encoded, and how they reach a mail server.

mod catcher;
mod gallery;
mod headers;
mod letters;
mod log;
mod notice_sample;
mod notices;
mod refusals;
mod sample;
mod server;
mod smtp;
