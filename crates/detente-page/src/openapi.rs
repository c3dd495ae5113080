//! The description of the API for programs (OpenAPI 3.1), made from the table of addresses.

use crate::alerts::{Notices, Seen};
use crate::journal::{Entries, Undoing, Wish};
use crate::routes::{ALERTS, DECISIONS, EVENTS, OPENAPI, Parameter, Route, SEEN, UNDO};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The whole description.
pub(crate) fn describe(routes: &[Route]) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut shapes = settings.into_generator();
    let refusal = json!({
        "type": "object",
        "required": ["error", "remedy"],
        "properties": {
            "error": { "type": "string", "description": "What is wrong" },
            "remedy": { "type": "string", "description": "What to do" },
        },
    });
    let mut paths = Map::new();
    for route in routes {
        let schema =
            route.shape.map_or_else(|| json!({ "type": "string" }), |shape| shape(&mut shapes).to_value());
        paths.insert(route.path.to_string(), operation(route, &schema));
    }
    paths.insert(
        EVENTS.to_string(),
        plain("News as they come: an event for every new edition", "text/event-stream"),
    );
    paths.insert(OPENAPI.to_string(), plain("This description", "application/json"));
    let (entries, wish, undoing) = (
        shapes.subschema_for::<Entries>().to_value(),
        shapes.subschema_for::<Wish>().to_value(),
        shapes.subschema_for::<Undoing>().to_value(),
    );
    let told =
        json!({ "description": "The journal", "content": { "application/json": { "schema": entries } } });
    let get = json!({ "summary": "The journal of decisions, in order", "responses": { "200": told } });
    let post = write("Writes a decision into the journal; only where a store is served", &wish);
    paths.insert(DECISIONS.to_string(), json!({ "get": get, "post": post }));
    let mut undo = write("Takes a line of the journal back", &undoing);
    undo["parameters"] =
        json!([{ "name": "number", "in": "path", "required": true, "schema": { "type": "integer" } }]);
    paths.insert(UNDO.to_string(), json!({ "post": undo }));
    alerts(&mut shapes, &mut paths);
    let mut schemas = shapes.take_definitions(true);
    schemas.insert("Refusal".to_string(), refusal);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Detente",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Reads the books of crises. Everything carries an ETag; an answer in pages names the next \
                one in its Link header. On an address other than loopback send the token as a bearer.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
        "security": [{}, { "token": [] }],
    })
}

/// Alerts, and saying that they were seen.
fn alerts(shapes: &mut schemars::SchemaGenerator, paths: &mut Map<String, Value>) {
    let (notices, seen) =
        (shapes.subschema_for::<Notices>().to_value(), shapes.subschema_for::<Seen>().to_value());
    let told = json!({ "description": "Alerts", "content": { "application/json": { "schema": notices } } });
    let asks: Vec<Value> = ["unseen", "from", "limit"]
        .iter()
        .map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } }))
        .collect();
    let get =
        json!({ "summary": "Alerts, the newest first", "parameters": asks, "responses": { "200": told } });
    paths.insert(ALERTS.to_string(), json!({ "get": get }));
    paths.insert(
        SEEN.to_string(),
        json!({ "post": write("Says that alerts were seen, up to a number", &seen) }),
    );
}

fn operation(route: &Route, schema: &Value) -> Value {
    let content: Map<String, Value> = route
        .kinds
        .iter()
        .map(|kind| {
            let own = if *kind == "application/json" { schema.clone() } else { json!({ "type": "string" }) };
            ((*kind).to_string(), json!({ "schema": own }))
        })
        .collect();
    let parts = parts(route.path)
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let parameters: Vec<Value> = parts.chain(route.asks.iter().map(parameter)).collect();
    json!({ "get": {
        "summary": route.title,
        "parameters": parameters,
        "responses": {
            "200": { "description": route.title, "content": content },
            "304": { "description": "The asker has it already (If-None-Match)" },
            "default": {
                "description": "Why it is not answered",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } },
            },
        },
    } })
}

fn write(title: &str, shape: &Value) -> Value {
    let number = json!({ "type": "object", "properties": { "number": { "type": "integer" } } });
    json!({
        "summary": title,
        "requestBody": { "required": true, "content": { "application/json": { "schema": shape } } },
        "responses": {
            "200": { "description": "The number of the line", "content": { "application/json": { "schema": number } } },
            "default": {
                "description": "Why it is not written",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } },
            },
        },
    })
}

fn plain(title: &str, kind: &str) -> Value {
    json!({ "get": {
        "summary": title,
        "responses": { "200": { "description": title, "content": { kind: { "schema": { "type": "object" } } } } },
    } })
}

/// The names in braces.
pub(crate) fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn parameter(one: &Parameter) -> Value {
    let number = matches!(one.name, "from" | "limit");
    let mut schema = json!({ "type": if number { "integer" } else { "string" } });
    if !one.among.is_empty() {
        schema["enum"] = json!(one.among);
    }
    json!({ "name": one.name, "in": "query", "description": one.means, "schema": schema })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::routes;

    #[test]
    fn every_address_is_described_and_every_reference_leads_somewhere() {
        let routes = routes();
        let told = describe(&routes);
        for route in &routes {
            let get = &told["paths"][route.path]["get"];
            assert!(get["summary"].as_str().is_some_and(|s| s.len() > 10), "{}", route.path);
            for name in parts(route.path) {
                let named = get["parameters"].as_array().unwrap().iter().any(|p| p["name"] == name);
                assert!(named, "{} does not tell its part {name}", route.path);
            }
        }
        for path in [EVENTS, OPENAPI] {
            assert!(told["paths"][path]["get"].is_object(), "{path}");
        }
        let text = told.to_string();
        for (at, _) in text.match_indices("\"#/components/schemas/") {
            let name = text[at + 22..].split('"').next().unwrap();
            assert!(told["components"]["schemas"][name].is_object(), "nothing has the shape {name}");
        }
        assert!(!text.contains("#/$defs/"), "a shape points outside of the description");
    }
}
