//! Incidents as points on a map (RFC 7946). Those without coordinates have a null geometry: unknown is no place.

use std::io::Write;

use serde_json::{Value, json};

use super::registers::{IncidentRecord, incidents_after};
use crate::error::{Error, Kind, Result};
use crate::ledger::Snapshot;
use crate::model::Id;

/// Writes one collection of features, a feature a line.
pub(super) fn incidents(snapshot: &Snapshot<'_>, after: Option<Id>, to: &mut dyn Write) -> Result<()> {
    let incidents = incidents_after(snapshot, after)?;
    let mut write = || -> std::io::Result<()> {
        writeln!(to, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        let last = incidents.len().saturating_sub(1);
        for (at, incident) in incidents.iter().enumerate() {
            let record = IncidentRecord::from(incident);
            let geometry = incident
                .point
                .map_or(Value::Null, |point| json!({"type": "Point", "coordinates": [point.lon(), point.lat()]}));
            let feature = json!({
                "type": "Feature", "id": record.incident, "geometry": geometry,
                "properties": {
                    "incident": record.incident, "status": record.status, "earliest": record.earliest,
                    "latest": record.latest, "claims": record.claims,
                },
            });
            writeln!(to, "{feature}{}", if at == last { "" } else { "," })?;
        }
        writeln!(to, "]}}")?;
        to.flush()
    };
    write().map_err(|error| Error::new(Kind::Io, format!("cannot write the export: {error}")).caused_by(error))
}
