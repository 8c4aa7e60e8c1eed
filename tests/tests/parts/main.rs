//! The parts that the journeys are made with do what they promise: browser, sign-in provider, mail server.
#![cfg(test)]

mod accessibility;
mod browser;
mod open_id;
mod pages;
mod rogue;
mod smtp;
