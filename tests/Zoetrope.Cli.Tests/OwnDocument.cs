namespace Zoetrope.Cli.Tests;

/// <summary>A folder with the document of an endpoint that this build does not know. It goes away with the test.</summary>
internal sealed class OwnDocument : IDisposable
{
    public OwnDocument(string endpointId) => File.WriteAllText(Path.Combine(Folder, "document.json"), $$"""
        {
          "openapi": "3.0.4",
          "info": { "title": "Queue OpenAPI for {{endpointId}}", "version": "1.0.0", "x-fal-metadata": { "endpointId": "{{endpointId}}" } },
          "servers": [{ "url": "https://queue.fal.run" }],
          "paths": {
            "/{{endpointId}}": { "post": { "requestBody": { "required": true, "content": { "application/json": { "schema": {
              "type": "object", "required": ["prompt"], "properties": { "prompt": { "type": "string" } } } } } },
              "responses": { "200": { "description": "The request", "content": { "application/json": { "schema": { "type": "object" } } } } } } },
            "/{{endpointId}}/requests/{request_id}": { "get": { "responses": { "200": { "description": "The result", "content": { "application/json": { "schema": {
              "type": "object", "properties": { "image": { "type": "object", "properties": { "url": { "type": "string" } } } } } } } } } } }
          }
        }
        """);

    public string Folder { get; } = Directory.CreateTempSubdirectory("zoetrope-specs-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
