//! Imports follow what the code uses, never what its documentation mentions.

use xtask::codegen::{Formatter, generate};
use xtask::spec::Spec;
use xtask::workspace::Workspace;

/// A spec that uses none of what its descriptions speak of.
const SPEC: &str = r##"
openapi: "3.0.3"
info: {title: Imports, version: "1"}
paths:
  /parcels:
    get:
      operationId: list-parcels
      summary: "Lists parcels. Has no `COUNT: RangeInclusive<usize>`."
      x-provenance: documented
      x-idempotent: true
      x-rate-limit: {class: parcels, requests: 1, seconds: 1}
      responses:
        "200":
          description: The parcels.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Parcels"}
components:
  schemas:
    Parcels:
      type: object
      description: >-
        Compare `lenient::text`, `fmt::Debug`, `checks::length`, `Result<(), Error>`, `x: RangeInclusive<usize>`
        and a Timestamp without meaning.
      x-provenance: documented
      required: [name]
      properties:
        name: {type: string, description: The name.}
"##;

#[test]
fn description_imports_nothing() {
    let spec = Spec::parse("imports", "specs/imports.yaml", SPEC).unwrap();

    let files = generate(Workspace::current().root(), Formatter::None, &spec).unwrap();

    let imports: Vec<&str> = files
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter(|line| line.starts_with("use "))
        .collect();
    let expected = [
        "use std::time::Duration;",
        "use http::Method;",
        "use tracking_http::{Operation, RateClass};",
        "use serde::{Deserialize, Serialize};",
    ];
    assert_eq!(imports, expected);
}
