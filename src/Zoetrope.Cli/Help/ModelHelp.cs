using System.Buffers;
using System.Text;
using System.Text.Json;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Models;

namespace Zoetrope.Cli.Help;

/// <summary><c>zoetrope run MODEL --help</c>: the inputs of a model with types, limits, defaults and values, its rules, price and usual time.</summary>
internal static class ModelHelp
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Writes the JSON Schema of the input; what a schema has no word for is in <c>x-zoetrope</c>.</summary>
    public static void WriteSchema(Utf8JsonWriter writer, ModelTarget target)
    {
        var infos = InfosOf(target);
        writer.WriteStartObject();
        writer.WriteString("$schema", Dialect);
        writer.WriteString("title", infos.Select(info => info.Title).FirstOrDefault(title => title is not null) ?? target.Name);
        if (infos.Select(info => info.Description).FirstOrDefault(text => text is not null) is { } description)
            writer.WriteString("description", description);
        writer.WriteString("type", "object");
        InputSchema.WriteMembers(writer, target);
        WriteFacts(writer, target, infos);
        writer.WriteEndObject();
    }

    /// <summary>The same for people.</summary>
    /// <param name="target">The model.</param>
    /// <param name="width">How many cells wide the text is; names and command lines are not broken.</param>
    public static string Text(ModelTarget target, int width)
    {
        var text = new StringBuilder();
        var infos = InfosOf(target);
        Line(target.Name);
        if (infos.Select(info => info.Title).FirstOrDefault(title => title is not null) is { } title)
            Wrap("  ", title);
        Wrap("  ", $"provider: {string.Join(", ", target.Providers.Select(provider => provider.Name))}");
        foreach (var info in infos)
        {
            var at = infos.Count > 1 ? $" at {info.Endpoint.Provider}" : "";
            if (PriceText.Of(info) is { } price)
                Wrap("  ", $"price{at}: {price}");
            if (info.EstimatedTime is { } time)
                Wrap("  ", $"usual time{at}: {StatusText.Of(time)}");
            if (info.Deprecation is { } deprecation)
                Wrap("  ", $"deprecated{at}: {deprecation}");
        }
        if (target.Parameters is not { } parameters)
        {
            Wrap("  ", "This build has no document of it: its inputs are not known, and sent without validation.");
            return text.ToString();
        }
        text.Append("\nInputs, given as --input NAME=VALUE; those with * are required:\n");
        foreach (var parameter in parameters)
            Append(parameter);
        if (ModelRules.Of(InputSchema.ValidatorOf(target), parameters) is { Count: > 0 } rules)
        {
            text.Append("\nRules:\n");
            foreach (var rule in rules)
                Wrap("  ", rule);
        }
        return text.ToString();

        void Line(string line) => text.Append(Printable.Of(line)).Append('\n');

        // What goes on in the next line begins further to the right.
        void Wrap(string indent, string line) => WrappedText.Append(text, Printable.Of(line).Split(' '), width, indent, indent + "  ");

        void Append(ParameterInfo parameter)
        {
            var schema = SchemaOf(target, parameter);
            Line($"  {parameter.Name}{(parameter.Required ? "*" : "")}  {parameter.Type}");
            if (FactsOf(schema) is { Length: > 0 } facts)
                Wrap("      ", facts);
            if (schema.TryGetProperty("description", out var description))
                Wrap("      ", description.GetString()!);
        }
    }

    private static string FactsOf(JsonElement schema)
    {
        var facts = new List<string>();
        foreach (var (name, word) in (ReadOnlySpan<(string, string)>)
            [
                ("default", "default"), ("minimum", "at least"), ("exclusiveMinimum", "more than"), ("maximum", "at most"), ("exclusiveMaximum", "less than"),
                ("minLength", "characters, at least"), ("maxLength", "characters, at most"), ("minItems", "items, at least"), ("maxItems", "items, at most"),
            ])
        {
            if (schema.TryGetProperty(name, out var value))
                facts.Add($"{word} {(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText())}");
        }
        if (schema.TryGetProperty("enum", out var values))
            facts.Add($"one of {string.Join(", ", values.EnumerateArray().Select(value => value.ToString()))}");
        if (schema.TryGetProperty("items", out var items))
            facts.Add($"of {items.GetProperty("type").GetString()}s{MembersOf(items)}");
        if (schema.TryGetProperty("deprecated", out _))
            facts.Add("deprecated");
        return string.Join("; ", facts);
    }

    private static string MembersOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var members))
            return "";
        var required = schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ToHashSet();
        return $" with {string.Join(", ", members.EnumerateObject().Select(member => member.Name + (required.Contains(member.Name) ? "*" : "")))}";
    }

    private static void WriteFacts(Utf8JsonWriter writer, ModelTarget target, IReadOnlyList<ModelInfo> infos)
    {
        writer.WriteStartObject("x-zoetrope");
        writer.WriteString("model", target.Name);
        writer.WriteStartArray("endpoints");
        foreach (var info in infos)
        {
            writer.WriteStartObject();
            writer.WriteString("provider", info.Endpoint.Provider);
            writer.WriteString("id", info.Endpoint.Id);
            if (PriceText.Of(info) is { } price)
                writer.WriteString("price", price);
            if (info.EstimatedTime is { } time)
                writer.WriteNumber("estimated_seconds", time.TotalSeconds);
            if (info.Deprecation is { } deprecation)
                writer.WriteString("deprecation", deprecation);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStrings("rules", target.Parameters is { } parameters ? ModelRules.Of(InputSchema.ValidatorOf(target), parameters) : []);
        writer.WriteEndObject();
    }

    private static JsonElement SchemaOf(ModelTarget target, ParameterInfo parameter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            InputSchema.Write(writer, target, parameter);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static IReadOnlyList<ModelInfo> InfosOf(ModelTarget target) =>
    [
        .. target.Providers
            .Select(provider => ModelTarget.FindEndpoint(provider, target.Neutral?.EndpointId(provider.Name) ?? target.Name))
            .OfType<ModelInfo>(),
    ];
}
