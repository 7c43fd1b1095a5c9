//! tracking-http
