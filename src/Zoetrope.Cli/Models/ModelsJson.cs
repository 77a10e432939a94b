using System.Text.Json;
using Zoetrope.Cli.Listings;
using Zoetrope.Cli.Output;
using Zoetrope.Models;
using Zoetrope.Routing;

namespace Zoetrope.Cli.Models;

/// <summary>Everything that is known about the models, as JSON for programs.</summary>
internal static class ModelsJson
{
    /// <summary>Writes <c>{"models": [neutral ones], "endpoints": [those of the providers], "total", "page", "pages"}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, ModelPage page)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("models");
        foreach (var neutral in page.Rows.Select(row => row.Neutral).OfType<NeutralModel>())
            Write(writer, neutral);
        writer.WriteEndArray();
        writer.WriteStartArray("endpoints");
        foreach (var row in page.Rows)
        {
            if (row.Info is { } info)
                Write(writer, info);
            else if (row.Listed is { } listed)
                Write(writer, row.Providers[0], listed);
        }
        writer.WriteEndArray();
        writer.WriteNumber("total", page.Total);
        writer.WriteNumber("page", page.Number);
        writer.WriteNumber("pages", page.Pages);
        writer.WriteEndObject();
    }

    // It has no parameters: what they are is not known.
    private static void Write(Utf8JsonWriter writer, string provider, ListedModel listed)
    {
        writer.WriteStartObject();
        writer.WriteString("provider", provider);
        writer.WriteString("id", listed.Id);
        JsonMembers.WriteText(writer, "title", listed.Title);
        JsonMembers.WriteText(writer, "description", listed.Description);
        JsonMembers.WriteText(writer, "category", listed.Category);
        JsonMembers.WriteText(writer, "status", listed.Status);
        if (listed.Seconds is { } seconds)
            writer.WriteNumber("estimated_seconds", seconds);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, NeutralModel neutral)
    {
        writer.WriteStartObject();
        writer.WriteString("name", neutral.Name);
        writer.WriteStartObject("endpoints");
        foreach (var provider in neutral.Providers)
            writer.WriteString(provider, neutral.EndpointId(provider));
        writer.WriteEndObject();
        WriteParameters(writer, neutral.Parameters);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ModelInfo info)
    {
        writer.WriteStartObject();
        writer.WriteString("provider", info.Endpoint.Provider);
        writer.WriteString("id", info.Endpoint.Id);
        JsonMembers.WriteText(writer, "title", info.Title);
        JsonMembers.WriteText(writer, "description", info.Description);
        JsonMembers.WriteText(writer, "category", info.Category);
        JsonMembers.WriteText(writer, "output_type", info.OutputType);
        JsonMembers.WriteText(writer, "status", info.Status);
        JsonMembers.WriteText(writer, "deprecation", info.Deprecation);
        if (info.EstimatedTime is { } time)
            writer.WriteNumber("estimated_seconds", time.TotalSeconds);
        JsonMembers.WriteText(writer, "pricing", info.Pricing);
        WriteParameters(writer, info.Parameters);
        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, IReadOnlyList<ParameterInfo> parameters)
    {
        writer.WriteStartArray("parameters");
        foreach (var parameter in parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("name", parameter.Name);
            writer.WriteString("type", parameter.Type);
            writer.WriteBoolean("required", parameter.Required);
            if (parameter.Default is { } value)
            {
                writer.WritePropertyName("default");
                writer.WriteRawValue(value);
            }
            if (parameter.Values is { } values)
                writer.WriteStrings("values", values);
            JsonMembers.WriteText(writer, "description", parameter.Description);
            JsonMembers.WriteText(writer, "deprecation", parameter.Deprecation);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
