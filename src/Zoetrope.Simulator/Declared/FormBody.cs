using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using NJsonSchema;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Declared;

/// <summary>Reads forms: their fields are texts, and become what a schema says that they are.</summary>
internal static class FormBody
{
    /// <summary>The fields of a form, repeated ones as arrays; null where the body is not a form.</summary>
    /// <exception cref="InvalidDataException">The form is malformed.</exception>
    public static async Task<JsonObject?> ReadAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var type))
            return null;
        var form = new JsonObject();
        if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            using var reader = new FormReader(request.Text);
            foreach (var (name, values) in reader.ReadForm())
            {
                foreach (var value in values)
                    Add(form, name, value ?? "");
            }
            return form;
        }
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return null;
        using var body = request.OpenBody();
        var parts = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", body);
        try
        {
            while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                using var text = new StreamReader(part.Body);
                if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
                    Add(form, HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "", await text.ReadToEndAsync(cancellationToken));
            }
            return form;
        }
        catch (IOException exception)
        {
            throw new InvalidDataException("The form is not complete.", exception);
        }
    }

    /// <summary>Reads the fields that contain values of their own: in a form, an object is JSON.</summary>
    public static void Open(JsonObject form, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (form[name] is JsonValue text)
                form[name] = Parse(text);
        }
    }

    /// <summary>The input with fields of the types that its schema has.</summary>
    public static JsonObject Typed(JsonObject form, JsonSchema schema)
    {
        var typed = new JsonObject();
        foreach (var (name, value) in form)
            typed[name] = schema.ActualSchema.ActualProperties.TryGetValue(name, out var member) ? Typed(value!, member) : value!.DeepClone();
        return typed;
    }

    private static JsonNode? Typed(JsonNode value, JsonSchema schema)
    {
        var parsed = value is JsonArray items ? new JsonArray([.. items.Select(item => Parse(item!))]) : Parse(value);
        var candidates = new[] { value.DeepClone(), parsed, new JsonArray(value.DeepClone()), new JsonArray(parsed?.DeepClone()) };
        return Array.Find(candidates, candidate => SchemaProblems.List(schema, candidate).Count == 0) ?? value.DeepClone();
    }

    private static JsonNode? Parse(JsonNode text)
    {
        try
        {
            return JsonNode.Parse(text.GetValue<string>());
        }
        catch (JsonException)
        {
            // It is a text.
            return text.DeepClone();
        }
    }

    private static void Add(JsonObject form, string name, string value)
    {
        if (form[name] is JsonArray items)
            items.Add(value);
        else if (form[name] is { } first)
            form[name] = new JsonArray(first.DeepClone(), value);
        else
            form[name] = value;
    }
}
