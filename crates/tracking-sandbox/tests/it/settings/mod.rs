//! Every setting of every account: GET shows it, PATCH changes it, and the effect is seen.

mod exporto;
mod gcl;
mod oneconcepts;
mod readme;
mod ship24;
mod trackingmore;
mod walk;
