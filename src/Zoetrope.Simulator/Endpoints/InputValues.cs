using System.Globalization;
using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>The values that a service works with: those of the request, or else what it takes by default, or else the first that it knows.</summary>
internal sealed class InputValues(JsonObject input, JsonSchema schema)
{
    /// <summary>A value as text; null where the service has none.</summary>
    public string? Text(string name)
    {
        if (input[name] is { } given)
            return LooseJson.TextOf(given);
        if (!schema.ActualSchema.Properties.TryGetValue(name, out var parameter))
            return null;
        var described = parameter.ActualSchema;
        var keywords = SchemaKeywords.Of(described);
        return TextOf(parameter.Default ?? described.Default)
            ?? (keywords.Values is [{ } first, ..] ? first.ToString() : null)
            ?? (described.Type.HasFlag(JsonObjectType.Boolean) ? "false" : keywords.Minimum?.Value.ToString());
    }

    /// <summary>A value as a number, also where <c>s</c> follows it; null where it is none.</summary>
    public decimal? Number(string name) => NumberOf(Text(name));

    /// <summary>The number that a text is; null where it is none.</summary>
    public static decimal? NumberOf(string? text) =>
        decimal.TryParse(text?.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
