//! The server as phones meet it: the router called without a socket.

mod bad_input;
mod pairing;
mod searching;
mod site;
mod storing;
mod support;
