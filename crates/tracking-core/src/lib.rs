//! tracking-core
