using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zoetrope.Generator.Tests;

/// <summary>Makes documents.</summary>
internal static class Documents
{
    private const string Template = """
        {
          "openapi": "3.0.4",
          "info": {"title": "t", "version": "1", "x-fal-metadata": {"endpointId": @ID, "category": "x"}},
          "components": {"schemas": {
            "In": {"type": "object", "required": @REQUIRED, "properties":
              @IN
            },
            "Out": {"type": "object", "properties":
              @OUT
            }@MORE
          }},
          "paths": {
            @PATH: {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}}, "responses": {}}},
            @RESULT: {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Out"}}}}}}}
          },
          "servers": [{"url": "https://queue.fal.run"}]
        }
        """;

    private static readonly JsonSerializerOptions _relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A fal OpenAPI document of an endpoint.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="properties">The input's <c>properties</c>.</param>
    /// <param name="required">The names of required parameters.</param>
    /// <param name="schemas">More members for <c>components.schemas</c>, as an object.</param>
    /// <param name="output">The output's <c>properties</c>.</param>
    public static Spec FalOpenApi(
        string id, string properties, string[]? required = null, string schemas = "{}", string output = """{"text": {"type": "string"}}""")
    {
        var text = Template
            .Replace("@ID", JsonSerializer.Serialize(id, _relaxed))
            .Replace("@PATH", JsonSerializer.Serialize("/" + id, _relaxed))
            .Replace("@RESULT", JsonSerializer.Serialize("/" + id + "/requests/{request_id}", _relaxed))
            .Replace("@REQUIRED", JsonSerializer.Serialize(required ?? [], _relaxed))
            .Replace("@IN", properties)
            .Replace("@OUT", output)
            .Replace("@MORE", schemas.Length > 2 ? "," + schemas[1..^1] : "");
        return new("specs/" + id.Replace('/', '-') + ".json", text);
    }

    /// <summary>JSON text of a string.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, _relaxed);
}
