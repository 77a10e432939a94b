using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Generator.Tooling.Requests;

namespace Zoetrope.Cli.Models;

/// <summary>The JSON Schema of what objects within an input have, as the model's document describes it.</summary>
internal static class FieldSchema
{
    /// <summary>Writes <c>properties</c> and <c>required</c> of an object; nothing where its members are not known.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, FormField field)
    {
        var members = field.Members.ToList();
        if (members.Count == 0)
            return;
        writer.WriteStartObject("properties");
        foreach (var member in members)
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member);
        }
        writer.WriteEndObject();
        writer.WriteStrings("required", members.Where(member => member.IsRequired).Select(member => member.Name));
    }

    private static void Write(Utf8JsonWriter writer, FormField field)
    {
        writer.WriteStartObject();
        if (TypeOf(field.Kind) is { } type)
            writer.WriteString("type", type);
        if (string.Join(' ', new[] { field.Description, field.Deprecation }.OfType<string>()) is { Length: > 0 } description)
            writer.WriteString("description", description);
        WriteValues(writer, field);
        JsonMembers.WriteJson(writer, "default", field.Default);
        if (field.Deprecation is not null)
            writer.WriteBoolean("deprecated", true);
        JsonMembers.WriteJson(writer, "minimum", field.Minimum);
        JsonMembers.WriteJson(writer, "maximum", field.Maximum);
        JsonMembers.WriteJson(writer, "multipleOf", field.MultipleOf);
        var unit = field.Kind == FieldKind.List ? "Items" : "Length";
        JsonMembers.WriteNumber(writer, "min" + unit, field.MinLength);
        JsonMembers.WriteNumber(writer, "max" + unit, field.MaxLength);
        if (field.Item is { } item)
        {
            writer.WritePropertyName(field.Kind == FieldKind.List ? "items" : "additionalProperties");
            Write(writer, item);
        }
        WriteMembers(writer, field);
        writer.WriteEndObject();
    }

    // Of values to which a provider may add, those that are known are examples.
    private static void WriteValues(Utf8JsonWriter writer, FormField field)
    {
        var values = field.Values.ToList();
        if (values.Count == 0)
            return;
        writer.WriteStartArray(field.IsOpen ? "examples" : "enum");
        foreach (var value in values)
        {
            if (field.Kind is FieldKind.Integer or FieldKind.Number)
                writer.WriteRawValue(value);
            else
                writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    }

    private static string? TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.LongText or FieldKind.Choice or FieldKind.File => "string",
        FieldKind.Integer => "integer",
        FieldKind.Number => "number",
        FieldKind.Boolean => "boolean",
        FieldKind.List => "array",
        FieldKind.Object or FieldKind.Map or FieldKind.FileObject => "object",
        _ => null,
    };
}
