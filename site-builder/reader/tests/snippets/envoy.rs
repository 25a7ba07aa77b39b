//! Envoy: a piece is merged into a small bootstrap at the place where its keys belong.

use super::program::{Program, said};
use super::snippet::Snippet;
use serde_json::{Map, Value, json};
use std::fs;

const OF_A_CLUSTER: &[&str] = &[
    "circuit_breakers",
    "outlier_detection",
    "health_checks",
    "typed_extension_protocol_options",
    "connect_timeout",
    "common_lb_config",
    "load_assignment",
    "transport_socket",
    "dns_lookup_family",
    "upstream_connection_options",
    "dns_refresh_rate",
    "respect_dns_ttl",
    "preconnect_policy",
    "cluster_type",
];
const OF_A_MANAGER: &[&str] = &[
    "access_log",
    "upgrade_configs",
    "route_config",
    "stream_idle_timeout",
    "request_timeout",
    "common_http_protocol_options",
    "http_filters",
    "max_request_headers_kb",
    "delayed_close_timeout",
    "server_name",
    "http_protocol_options",
    "request_headers_timeout",
    "local_reply_config",
    "drain_timeout",
];
const OF_A_ROUTE: &[&str] = &["route", "match", "typed_per_filter_config"];
const OF_A_ROUTE_ACTION: &[&str] = &["retry_policy", "idle_timeout", "weighted_clusters", "host_rewrite_literal", "auto_host_rewrite", "timeout"];
const OF_THE_BOOTSTRAP: &[&str] = &["static_resources", "admin", "layered_runtime", "overload_manager", "node"];

/// Whether the piece belongs to Envoy: all its keys are Envoy's.
pub fn is_envoy(text: &str) -> bool {
    let Ok(Value::Object(piece)) = serde_yaml::from_str::<Value>(text) else { return false };
    let known = [OF_A_CLUSTER, OF_A_MANAGER, OF_A_ROUTE, OF_A_ROUTE_ACTION, OF_THE_BOOTSTRAP].concat();
    let is_cluster = piece.contains_key("clusters") && piece.len() == 1;
    let is_filter = piece.get("name").and_then(Value::as_str).is_some_and(|name| name.starts_with("envoy.filters.http."));
    !piece.is_empty()
        && (is_cluster
            || is_filter
            || piece.keys().all(|key| known.contains(&key.as_str()) || key == "name" || key == "type") && !piece.contains_key("apiVersion"))
}

/// What Envoy says if it refuses the piece.
pub fn mistake(snippet: &Snippet, envoy: &Program) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = match serde_yaml::from_str::<Value>(&snippet.text) {
        Ok(Value::Object(piece)) => whole(piece),
        Ok(_) => return Some("a piece for Envoy is a map".to_owned()),
        Err(error) => return Some(error.to_string()),
    };
    fs::write(folder.path().join("envoy.json"), whole.to_string()).expect("written");
    let output = envoy.run(folder.path(), &["--mode", "validate", "-l", "error", "-c", "envoy.json"]);
    (!output.status.success()).then(|| said(&output))
}

/// The piece as a whole bootstrap.
fn whole(piece: Map<String, Value>) -> Value {
    if OF_THE_BOOTSTRAP.iter().any(|key| piece.contains_key(*key)) {
        return Value::Object(piece);
    }
    if piece.contains_key("typed_config") {
        let router = json!({"name": "router", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}});
        return whole(Map::from_iter([("http_filters".to_owned(), json!([piece, router]))]));
    }
    let mut clusters = vec![cluster("app")];
    let mut manager = json!({
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "snippet",
        "http_filters": [{"name": "router", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
    });
    let mut route = json!({"match": {"prefix": "/"}, "route": {"cluster": "app"}});
    let only_cluster = piece.keys().any(|key| OF_A_CLUSTER.contains(&key.as_str()));
    for (key, value) in piece {
        match key.as_str() {
            "clusters" => clusters.extend(value.as_array().cloned().unwrap_or_default()),
            "name" | "type" if only_cluster => {}
            "idle_timeout" | "timeout" => route["route"][&key] = value,
            key if OF_A_CLUSTER.contains(&key) => clusters[0][key] = value,
            key if OF_A_MANAGER.contains(&key) => manager[key] = value,
            key if OF_A_ROUTE_ACTION.contains(&key) => route["route"][key] = value,
            _ => route[&key] = value,
        }
    }
    if route["route"].get("weighted_clusters").is_some() {
        route["route"].as_object_mut().expect("a map").remove("cluster");
    }
    if manager.get("route_config").is_none() {
        manager["route_config"] = json!({"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [route]}]});
    }
    let mut names = Vec::new();
    names_of_clusters(&manager, &mut names);
    for stub in names.iter().map(|name| cluster(name)) {
        if !clusters.iter().any(|cluster| cluster["name"] == stub["name"]) {
            clusters.push(stub);
        }
    }
    json!({"static_resources": {
        "listeners": [{
            "name": "snippet",
            "address": {"socket_address": {"address": "127.0.0.1", "port_value": 8095}},
            "filter_chains": [{"filters": [{"name": "http", "typed_config": manager}]}],
        }],
        "clusters": clusters,
    }})
}

/// All clusters that a value refers to.
fn names_of_clusters(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(name) if key == "cluster" || key == "cluster_name" => names.push(name.clone()),
                    Value::Array(clusters) if key == "clusters" => {
                        names.extend(clusters.iter().filter_map(|cluster| cluster["name"].as_str()).map(str::to_owned));
                    }
                    other => names_of_clusters(other, names),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| names_of_clusters(value, names)),
        _ => {}
    }
}

fn cluster(name: &str) -> Value {
    json!({
        "name": name,
        "type": "STATIC",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 9}}}}]}]},
    })
}
