//! `tracking serve`: the page, the API, and who may see them.

mod access;
mod api;
mod browser;
mod database;
mod demo;
mod pages;
mod parcels;
mod server;
mod storm;
mod webhooks;
