using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Generator.Tooling.Requests;

namespace Zoetrope.Cli.Play;

/// <summary>The form of a model, as JSON.</summary>
internal static class FormJson
{
    /// <summary>Writes the form, and what is known of the model.</summary>
    public static void Write(Utf8JsonWriter writer, PlayModel model, RequestForm form, bool takesFiles)
    {
        // What a model costs and where it is described is the provider's, whatever the request is called.
        var own = ModelForms.OfProvider(model);
        writer.WriteStartObject();
        writer.WriteString("name", model.Name);
        writer.WriteString("provider", model.Provider.Name);
        writer.WriteString("id", model.Info.Endpoint.Id);
        JsonMembers.WriteText(writer, "description", model.Info.Description);
        JsonMembers.WriteText(writer, "category", model.Info.Category);
        JsonMembers.WriteText(writer, "deprecation", model.Info.Deprecation);
        JsonMembers.WriteText(writer, "price", model.Info.Pricing);
        JsonMembers.WriteText(writer, "page", IsPage(own.PageUrl) ? own.PageUrl : null);
        if (model.Info.EstimatedTime is { } time)
            writer.WriteNumber("seconds", time.TotalSeconds);
        writer.WriteBoolean("takes_files", takesFiles);
        writer.WriteStrings("rules", form.Rules);
        writer.WriteStrings("price_rules", own.PriceRules);
        JsonMembers.WriteJson(writer, "example", form.Example);
        writer.WriteStartArray("fields");
        foreach (var field in form.Fields)
            Write(writer, field);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // A document may come from anybody, and a link leads there when it is clicked.
    private static bool IsPage(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    private static void Write(Utf8JsonWriter writer, FormField field)
    {
        writer.WriteStartObject();
        writer.WriteString("name", field.Name);
        writer.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Kind.ToString()));
        if (field.IsRequired)
            writer.WriteBoolean("required", true);
        JsonMembers.WriteJson(writer, "default", field.Default);
        JsonMembers.WriteText(writer, "minimum", field.Minimum);
        JsonMembers.WriteText(writer, "maximum", field.Maximum);
        JsonMembers.WriteText(writer, "step", field.MultipleOf);
        JsonMembers.WriteNumber(writer, "min_length", field.MinLength);
        JsonMembers.WriteNumber(writer, "max_length", field.MaxLength);
        if (field.Values.Count > 0)
            writer.WriteStrings("values", field.Values);
        if (field.IsOpen)
            writer.WriteBoolean("open", true);
        if (field.Limits.Count > 0)
            writer.WriteStrings("limits", field.Limits);
        JsonMembers.WriteText(writer, "deprecation", field.Deprecation);
        JsonMembers.WriteText(writer, "description", field.Description);
        if (field.Item is { } item)
        {
            writer.WritePropertyName("item");
            Write(writer, item);
        }
        if (field.Kind == FieldKind.Object)
        {
            writer.WriteStartArray("members");
            foreach (var member in field.Members)
                Write(writer, member);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
