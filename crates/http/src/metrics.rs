//! Requests, counted and timed by route, method and status.
//!
//! A label has nothing that a stranger could choose: the route is the pattern that matched, and methods that are none of
//! HTTP's are refused before. This is on the way of every request, and so made of the counters alone: `actix-web-prom` fills in
//! the parameters of the pattern each time, which takes as long as to look a token up.

use std::time::Instant;

use actix_web::{body::MessageBody, dev::ServiceResponse};
use prometheus::{Encoder as _, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};

/// Upper bounds of the histogram of durations, in seconds: from a look-up in memory to the deadline of a handler.
const BUCKETS: [f64; 12] = [
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0, 5.0, 15.0,
];

const LABELS: [&str; 3] = ["endpoint", "method", "status"];

/// Counts and times requests by route, method and status. Clones count together.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
}

/// The metrics could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("the metrics cannot be set up: {0}")]
pub struct MetricsError(#[from] prometheus::Error);

impl Metrics {
    /// Fresh counters.
    ///
    /// # Errors
    /// Where two metrics have one name.
    pub fn new() -> Result<Self, MetricsError> {
        let requests = IntCounterVec::new(
            Opts::new("symbolon_http_requests_total", "Total number of HTTP requests"),
            &LABELS,
        )?;
        let durations = HistogramVec::new(
            HistogramOpts::new(
                "symbolon_http_requests_duration_seconds",
                "HTTP request duration in seconds for all requests",
            )
            .buckets(BUCKETS.to_vec()),
            &LABELS,
        )?;
        let registry = Registry::new();
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(durations.clone()))?;
        Ok(Self {
            registry,
            requests,
            durations,
        })
    }

    /// Counts an answer to a request that came at this instant.
    pub(crate) fn count(&self, response: &ServiceResponse<impl MessageBody>, came: Instant) {
        let (request, status) = (response.request(), response.status());
        let pattern = request.match_pattern();
        let labels = [
            pattern.as_deref().unwrap_or("unmatched"),
            request.method().as_str(),
            status.as_str(),
        ];
        self.requests.with_label_values(&labels).inc();
        self.durations
            .with_label_values(&labels)
            .observe(came.elapsed().as_secs_f64());
    }

    /// What was counted, in the text format of Prometheus.
    pub(crate) fn text(&self) -> Result<Vec<u8>, MetricsError> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}
