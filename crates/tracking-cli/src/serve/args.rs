//! The options of `tracking serve`.

use std::net::IpAddr;
use std::time::Duration;

use clap::Args;

use crate::duration::duration;

const HELP: &str = "\
The page shows the parcels by status, what needs attention, the history of each, the accounts and the
changes. The same is at /api/v1 as JSON, described by /api/v1/openapi.json, which --openapi prints;
/health/live and /health/ready are for supervisors, /metrics is for Prometheus.

Parcels are in the store of `tracking follow`, and are looked at when they are due, as by `tracking
follow run`. Several servers and runs can share a store.

Without a token only this machine can reach it. A token, in TRACKING_SERVE_TOKEN or in the line
serve_token of the configuration file, at least 16 characters, is required with a --host that other
machines can reach. If it is set, whatever the host, each request needs it, except webhooks and
health: as `Authorization: Bearer TOKEN`, or as the password that a browser asks for. Nothing is
encrypted: put a server with https in front of it.

Examples:
  tracking serve --sandbox                      a living demo, without an account
  tracking serve --port 8080
  curl -H 'content-type: application/json' -d '{\"account\":\"ship24\",\"target\":\"RA123456789DE\"}' \\
      http://127.0.0.1:8417/api/v1/parcels
  tracking serve --openapi > openapi.json

Exit codes:
  0  stopped by Ctrl-C or SIGTERM, after what was begun was written
  1  the command line, the environment, the configuration or the store is wrong
  2  the store failed";

/// Options of `tracking serve`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct ServeArguments {
    /// The store: `sqlite:FILE` or `postgres://USER@HOST/DATABASE` [default: tracking/follow.db in your state folder]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) store: Option<String>,

    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 8417, value_name = "PORT")]
    pub(crate) port: u16,

    /// The address to listen on; one that other machines can reach needs a token
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub(crate) host: IpAddr,

    /// With this provider or account only; repeatable [default: every one that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,

    /// Look at no parcels: leave that to `tracking follow run`
    #[arg(long)]
    pub(crate) no_workers: bool,

    /// Show a living demo: parcels of a sandbox inside of this program, in a store that is gone at the end
    #[arg(long, conflicts_with_all = ["store", "no_workers", "interval"])]
    pub(crate) sandbox: bool,

    /// Print the OpenAPI description of the JSON API, and serve nothing
    #[arg(long, exclusive = true)]
    pub(crate) openapi: bool,

    /// Never look at a parcel more often than that, such as `90s`, `30m`, `2h` or `1d`
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) interval: Option<Duration>,
}
