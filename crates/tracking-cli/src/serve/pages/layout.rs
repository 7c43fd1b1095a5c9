//! What all pages have around their content.

use maud::{DOCTYPE, Markup, html};

/// A part of the page that the navigation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Parcels,
    Accounts,
    Changes,
    Webhooks,
}

impl Place {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Parcels, "/", "Parcels"),
        (Self::Accounts, "/accounts", "Accounts"),
        (Self::Changes, "/changes", "Changes"),
        (Self::Webhooks, "/webhooks", "Webhooks"),
    ];
}

/// A whole page.
pub(super) fn page(title: &str, place: Option<Place>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (title) " · Tracking" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/style.css";
            }
            body {
                a.skip href="#content" { "Skip to content" }
                header.site {
                    a.brand href="/" {
                        img src="/icon.svg" alt="" width="28" height="28";
                        span { "Tracking" }
                    }
                    nav aria-label="Main" {
                        ul {
                            @for (other, address, name) in Place::ALL {
                                li {
                                    a href=(address) aria-current=[(place == Some(other)).then_some("page")] { (name) }
                                }
                            }
                        }
                    }
                }
                main #content { (content) }
                footer.site {
                    p {
                        a href="/api/v1/openapi.json" { "API description" }
                        " · "
                        a href="/metrics" { "Metrics" }
                        " · "
                        a href="/health/ready" { "Health" }
                    }
                }
            }
        }
    }
}
