//! tracking-sandbox
