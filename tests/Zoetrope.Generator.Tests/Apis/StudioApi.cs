namespace Zoetrope.Generator.Tests;

/// <summary>A small API that has one of everything.</summary>
internal static class StudioApi
{
    public const string Text = """
        {
          "openapi": "3.1.0",
          "info": {"title": "Studio HTTP API v2", "version": "2", "description": "Clips and what belongs to them."},
          "servers": [{"url": "https://api.studio.example/v2"}],
          "security": [{"key": []}],
          "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Studio-Key"}},
            "schemas": {
              "Clip": {
                "type": "object", "required": ["id", "state", "next"], "description": "A clip.",
                "properties": {
                  "id": {"type": "string"}, "state": {"$ref": "#/components/schemas/State"}, "next": {"type": ["string", "null"]}, "seconds": {"type": "number"},
                  "owner": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
                }
              },
              "State": {"type": "string", "enum": ["queued", "done"], "description": "How far a clip is."},
              "Cut": {
                "type": "object", "required": ["from", "to"], "properties": {"from": {"type": "integer", "minimum": 0}, "to": {"type": "integer"}, "note": {"type": "string", "maxLength": 5}, "state": {"$ref": "#/components/schemas/State"}}
              },
              "Tags": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}},
              "Problem": {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}, "code": {"type": "integer"}}}
            }
          },
          "paths": {
            "/clips": {
              "get": {
                "operationId": "listClips", "summary": "List clips", "tags": ["Clips"],
                "parameters": [
                  {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}, "description": "How many."},
                  {"name": "state", "in": "query", "schema": {"type": "array", "items": {"$ref": "#/components/schemas/State"}}},
                  {"name": "tag", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
                  {"name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": {"type": "object", "properties": {"name": {"type": "string"}, "min": {"type": "number"}}}},
                  {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                  {"name": "X-Studio-Key", "in": "header", "schema": {"type": "string"}},
                  {"name": "session", "in": "cookie", "schema": {"type": "string"}}
                ],
                "responses": {
                  "200": {"description": "The clips", "content": {"application/json": {"schema": {"type": "object", "required": ["clips"], "properties": {"clips": {"type": "array", "items": {"$ref": "#/components/schemas/Clip"}}, "cursor": {"type": "string"}}}}}},
                  "4XX": {"description": "Wrong", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
                }
              },
              "post": {
                "operationId": "createClip", "summary": "Create a clip",
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string", "minLength": 2}, "cuts": {"type": "array", "items": {"$ref": "#/components/schemas/Cut"}}}}}}},
                "responses": {
                  "201": {"description": "Made", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Clip"}}}},
                  "204": {"description": "Made before"},
                  "422": {"description": "Refused", "content": {"application/json": {"schema": {"type": "object", "required": ["error"], "properties": {"error": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "description": "Which one."}}}}}}}},
                  "default": {"description": "Wrong", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
                }
              }
            },
            "/clips/{clip_id}/cuts/{number}": {
              "parameters": [{"name": "clip_id", "in": "path", "required": true, "schema": {"type": "string", "maxLength": 8}}, {"name": "number", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 1}}],
              "put": {
                "operationId": "cuts.replace", "summary": "Replace a cut", "deprecated": true,
                "parameters": [{"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"}}],
                "requestBody": {"content": {"application/vnd.studio+json": {"schema": {"$ref": "#/components/schemas/Cut"}}}},
                "responses": {"204": {"description": "Done"}, "422": {"description": "Refused", "content": {"application/json": {"schema": {"type": "object", "required": ["error"], "properties": {"error": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}}}}}}}
              }
            },
            "/clips/{clip_id}/file": {
              "get": {
                "operationId": "downloadClip", "security": [],
                "parameters": [{"name": "clip_id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "The clip", "content": {"video/mp4": {}}}}
              },
              "post": {
                "operationId": "uploadClip",
                "parameters": [{"name": "clip_id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "requestBody": {"required": true, "content": {
                  "multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {
                    "file": {"type": "string", "format": "binary"}, "frames": {"type": "array", "items": {"type": "string", "format": "binary"}}, "title": {"type": "string", "maxLength": 10},
                    "cut": {"$ref": "#/components/schemas/Cut"}, "labels": {"type": "array", "items": {"type": "string"}}, "thumbnail": {"description": "Binary content of the thumbnail"} }},
                    "encoding": {"cut": {"contentType": "application/json"} } },
                  "application/json": {"schema": {"type": "object", "properties": {"url": {"type": "string"}}}}
                }},
                "responses": {"200": {"description": "Done", "content": {"application/json": {"schema": {"type": "boolean"}}}}}
              }
            },
            "/chat": {
              "post": {
                "operationId": "chat",
                "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}}}}}},
                "responses": {"200": {"description": "The response", "content": {"application/json": {"schema": {"type": "object", "properties": {"text": {"type": "string"}}}}, "text/event-stream": {}}}}
              }
            },
            "/report": {"get": {"responses": {"200": {"description": "The report", "content": {"text/csv": {"schema": {"type": "string"}}}}}}},
            "/tags": {
              "get": {"operationId": "getTags", "responses": {"200": {"description": "The tags", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tags"}}}}}},
              "put": {"operationId": "putTags", "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "array", "maxItems": 2, "items": {"$ref": "#/components/schemas/Cut"}}}}}, "responses": {"200": {"description": "One of two", "content": {"application/json": {"schema": {"oneOf": [{"$ref": "#/components/schemas/Clip"}, {"$ref": "#/components/schemas/Problem"}]}}}}}}
            },
            "/raw": {"post": {"operationId": "sendRaw", "requestBody": {"required": true, "content": {"application/octet-stream": {}}}, "responses": {"200": {"description": "ok"}}}},
            "/note": {"post": {"operationId": "sendNote", "requestBody": {"required": true, "content": {"text/plain": {}}}, "responses": {"200": {"description": "ok"}}}}
          }
        }
        """;

    public static Spec Document => new("specs/studio.json", Text);
}
