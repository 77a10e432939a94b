using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Writes what listings show of an endpoint. It is made on demand, so a trimmed app that does not ask keeps nothing of it.</summary>
internal static class InfoEmitter
{
    /// <summary>Writes the property.</summary>
    public static void Emit(SourceWriter writer, BoundEndpoint endpoint)
    {
        var facts = endpoint.Facts;
        writer.Line("/// <summary>What the documents say about the model, for listings.</summary>");
        writer.Line("public static global::Zoetrope.Models.ModelInfo Info => new()");
        writer.Open();
        writer.Line("Endpoint = Endpoint,");
        Text("Title", facts.Title);
        Text("Description", facts.Description is null ? null : DocumentText.Shorten(facts.Description, 300));
        Text("Category", facts.Category);
        Text("OutputType", facts.OutputType);
        Text("Status", facts.Status);
        if (facts.EstimatedSeconds is { } seconds)
            writer.Line("EstimatedTime = global::System.TimeSpan.FromSeconds(" + DocumentText.Number(seconds) + "d),");
        Text("Pricing", facts.Pricing is null ? null : DocumentText.Shorten(facts.Pricing, 300));
        writer.Line("Parameters = new global::Zoetrope.Models.ParameterInfo[]");
        writer.Open();
        foreach (var property in endpoint.Request.Properties)
            writer.Line(Parameter(property, endpoint));
        writer.Close(",");
        writer.Close(";");

        void Text(string name, string? value)
        {
            if (value is not null)
                writer.Line(name + " = " + Literals.String(value) + ",");
        }
    }

    private static string Parameter(BoundProperty property, BoundEndpoint endpoint)
    {
        var text = "new(" + Literals.String(property.JsonName) + ", " + Literals.String(property.JsonType);
        if (property.Required)
            text += ", Required: true";
        if (property.Default is not null)
            text += ", Default: " + Literals.String(property.Default);
        if (property.Type.Kind == TypeKind.Enum)
            text += ", Values: new string[] { " + string.Join(", ", endpoint.Types.ValuesOf(property.Type).Select(Literals.String)) + " }";
        if (property.Description is not null)
            text += ", Description: " + Literals.String(DocumentText.Shorten(property.Description, 200));
        return text + "),";
    }
}
