namespace Zoetrope.Generator.Tests;

/// <summary>A model at two providers that have hardly a name or a form in common, and the catalog that makes them one.</summary>
internal static class CatalogFiles
{
    /// <summary>The endpoint at fal.</summary>
    public static Spec Fal { get; } = Documents.FalOpenApi(
        "fal-ai/a",
        """
        {
          "prompt": {"type": "string", "maxLength": 100},
          "duration": {"type": "string", "enum": ["5", "9"]},
          "size": {"type": "string", "enum": ["s", "b"]},
          "count": {"type": "integer", "minimum": 1, "maximum": 8},
          "tags": {"type": "array", "items": {"type": "string"}},
          "fast": {"type": "boolean"},
          "image_size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "string", "enum": ["square"]}]},
          "own": {"type": "string"}
        }
        """,
        ["prompt"],
        """{"Size": {"type": "object", "properties": {"width": {"type": "integer", "exclusiveMinimum": 0}, "height": {"type": "integer"}}}}""",
        """{"pictures": {"type": "array", "items": {"$ref": "#/components/schemas/Size"}}, "file": {"type": "string"}, "seed": {"type": "integer"}}""")
        with
    { Namespace = "Demo.Fal" };

    /// <summary>The other provider: its document and its declaration.</summary>
    public static Spec[] Acme { get; } =
    [
        new(
            "specs/acme/acme.json",
            """
            {
              "openapi": "3.1.0",
              "info": {"title": "Acme", "version": "1"},
              "servers": [{"url": "https://api.acme.example"}],
              "paths": {
                "/make": {"post": {
                  "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}},
                  "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}}}
                }},
                "/jobs/{id}": {"get": {
                  "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                  "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}}}
                }}
              },
              "components": {"schemas": {
                "In": {"type": "object", "required": ["text", "mode"], "properties": {
                  "text": {"type": "string", "minLength": 1, "maxLength": 100},
                  "mode": {"type": "string", "enum": ["quick", "slow"]},
                  "length": {"type": "string", "enum": ["5s", "9s"]},
                  "dimensions": {"type": "string", "enum": ["640:480", "1280:960"]},
                  "n": {"type": "integer", "minimum": 1, "maximum": 4},
                  "tag_1": {"type": "string"},
                  "tag_2": {"type": "string"},
                  "frames": {"type": "object", "properties": {"start": {"oneOf": [
                    {"$ref": "#/components/schemas/Earlier"}, {"$ref": "#/components/schemas/Picture"}]}}},
                  "pixels": {"type": "array", "items": {"type": "integer", "minimum": 1}}
                }},
                "Picture": {"type": "object", "required": ["kind", "url"], "properties": {
                  "kind": {"type": "string", "enum": ["picture", "photo"]}, "url": {"type": "string", "format": "uri"}}},
                "Earlier": {"type": "object", "required": ["kind", "id"], "properties": {
                  "kind": {"type": "string", "enum": ["earlier"]}, "id": {"type": "string"}}},
                "Job": {"type": "object", "properties": {
                  "id": {"type": "string"}, "state": {"type": "string", "enum": ["busy", "done", "bad"]},
                  "out": {"type": "object", "properties": {"clips": {"type": "array", "items": {"type": "string"}}, "cost": {"type": "number"}}}}}
              }}
            }
            """),
        new(
            "specs/acme/acme.jobs.json",
            """
            {
              "provider": "acme", "name": "Acme", "document": "acme.json", "keys": "ACME_TEST_KEY",
              "submit": {"operation": "POST /make", "id": "/id"},
              "models": [{"id": "clip", "operation": "POST /make"}],
              "status": {
                "operation": "GET /jobs/{id}", "parameters": {"id": "{job}"}, "word": "/state", "running": "busy", "succeeded": "done", "failed": "bad"
              },
              "result": {"output": "/out"}
            }
            """),
    ];

    /// <summary>The catalog, with each kind of conversion once.</summary>
    public static Spec Catalog { get; } = new(
        "specs/catalog.json",
        """
        {
          "models": {
            "clip": {
              "parameters": {
                "prompt": {"type": "string", "maxLength": 100},
                "image_url": {"type": "string", "format": "uri"},
                "duration": {"type": "integer", "enum": [5, 9]},
                "size": {"type": "string", "enum": ["small", "big"]},
                "count": {"type": "integer", "minimum": 1, "maximum": 4},
                "tags": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
                "fast": {"type": "boolean"},
                "width": {"type": "integer", "minimum": 1}
              },
              "required": ["prompt"],
              "result": {"videos": "video[]"},
              "fal": {
                "endpoint": "fal-ai/a",
                "parameters": {
                  "image_url": null,
                  "size": {"values": {"small": "s", "big": "b"}},
                  "width": "/image_size/width"
                },
                "result": {"videos": "/file"}
              },
              "acme": {
                "endpoint": "clip",
                "parameters": {
                  "prompt": "text",
                  "image_url": {"to": "/frames/start/url", "with": {"/frames/start/kind": "photo"}},
                  "duration": {"to": "length", "format": "{value}s"},
                  "size": {"to": "dimensions", "values": {"small": "640:480", "big": "1280:960"}},
                  "count": "n",
                  "tags": ["tag_1", "tag_2"],
                  "fast": {"to": "mode", "values": {"true": "quick", "false": "slow"}, "default": "slow"},
                  "width": "/pixels/0"
                },
                "result": {"videos": "/clips"}
              }
            }
          }
        }
        """);

    /// <summary>All documents, with another catalog.</summary>
    public static Spec[] With(Spec catalog) => [Fal, .. Acme, catalog];
}
