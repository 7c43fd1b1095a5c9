//! The list of providers. A new one is a module of its own and one line in the list.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;

use super::pipeline;
use super::provider::Provider;
use crate::sandbox::Core;

macro_rules! providers {
    ($($name:ident: $module:ty,)+) => {
        /// One field per provider.
        #[derive(Debug)]
        pub(crate) struct Providers {
            $(pub(crate) $name: Arc<$module>,)+
        }

        impl Providers {
            pub(crate) fn new(core: &Arc<Core>) -> Self {
                Self { $($name: Arc::new(<$module>::new(core)),)+ }
            }

            /// Every provider, without its type.
            pub(crate) fn all(&self) -> Vec<Arc<dyn Provider>> {
                vec![$(Arc::clone(&self.$name) as Arc<dyn Provider>,)+]
            }

            /// The endpoints and control paths of every provider.
            pub(crate) fn router(&self, core: &Arc<Core>) -> Router {
                let mut router = Router::new();
                $(router = pipeline::mount(router, core, &self.$name);)+
                router
            }

            /// The work that goes on beside the responses.
            pub(crate) fn background(&self) -> Vec<Pin<Box<dyn Future<Output = ()> + Send>>> {
                vec![$(Arc::clone(&self.$name).background(),)+]
            }
        }
    };
}

providers! {
    ship24: crate::ship24::provider::Ship24Provider,
    trackingmore: crate::trackingmore::provider::TrackingMoreProvider,
    exporto: crate::exporto::provider::ExportoProvider,
    gcl: crate::gcl::provider::GclProvider,
    oneconcepts: crate::oneconcepts::provider::OneConceptsProvider,
}
