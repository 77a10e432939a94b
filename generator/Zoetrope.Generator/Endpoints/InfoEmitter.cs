using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Writes what listings show of an endpoint. It is made on demand, so a trimmed app that does not ask keeps nothing of it.</summary>
internal static class InfoEmitter
{
    /// <summary>Writes the property.</summary>
    public static void Emit(SourceWriter writer, BoundEndpoint endpoint)
    {
        var facts = endpoint.Facts;
        using var info = writer.Block($"""
            /// <summary>What the specification says about the model, for listings.</summary>
            public static {ModelInfo} Info => new()
            """, end: ";");
        writer.Lines($"""
            Endpoint = Endpoint,
            {Text("Title", facts.Title)}
            {Text("Description", Shorten(facts.Description, 300))}
            {Text("Category", facts.Category)}
            {Text("OutputType", facts.OutputType)}
            {Text("Status", facts.Status)}
            {Text("Deprecation", facts.Deprecation)}
            {(facts.EstimatedSeconds is { } seconds ? $"EstimatedTime = global::System.TimeSpan.FromSeconds({Literals.Double(DocumentText.Number(seconds))})," : null)}
            {Text("Pricing", Shorten(facts.Pricing, 300))}
            """);
        using var parameters = writer.Block($"Parameters = new {ParameterInfo}[]", end: ",");
        foreach (var property in endpoint.Request.Properties)
            writer.Line(Parameter(property, endpoint) + ",");
    }

    private static string? Text(string name, string? value) => value is null ? null : $"{name} = {Literals.String(value)},";

    private static string? Shorten(string? text, int limit) => text is null ? null : DocumentText.Shorten(text, limit);

    /// <summary>The expression that describes a parameter.</summary>
    public static string Parameter(BoundProperty property, BoundEndpoint endpoint)
    {
        var text = $"new({Literals.String(property.JsonName)}, {Literals.String(property.JsonType)}";
        if (property.Required)
            text += ", Required: true";
        if (property.Default is not null)
            text += $", Default: {Literals.String(property.Default)}";
        if (property.Type.Kind == TypeKind.Enum)
            text += ", Values: " + EnumValues.List([.. endpoint.Types.ValuesOf(property.Type)]);
        if (property.Description is not null)
            text += $", Description: {Literals.String(DocumentText.Shorten(property.Description, 200))}";
        if (property.Deprecation is not null)
            return $$"""{{text}}) { Deprecation = {{Literals.String(property.Deprecation)}} }""";
        return text + ")";
    }
}
