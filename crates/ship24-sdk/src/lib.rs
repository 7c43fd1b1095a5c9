//! ship24-sdk
