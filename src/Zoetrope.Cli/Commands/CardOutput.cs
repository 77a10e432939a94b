using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Generator.Tooling;
using Zoetrope.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Commands;

/// <summary>The signature of a model, in words and as JSON.</summary>
internal static class CardOutput
{
    private const int MostValues = 12;
    private const int LongestDescription = 120;

    /// <summary>The signature for people.</summary>
    public static string Text(ModelCard card)
    {
        var text = new StringBuilder();
        Line($"{card.Provider}.{card.Name}: {card.Provider} {card.Id}");
        if (card.Title is { } title)
            Line($"  {title}");
        Fact("category", card.Category);
        Fact("status", card.Status);
        Fact("deprecated", card.Deprecation);
        Fact("documents", string.Join(", ", card.Documents));
        Fact("price", card.Pricing?.ReplaceLineEndings("; "));
        foreach (var rule in card.PriceRules)
            Fact("price rule", rule);
        Fact("usual time", card.EstimatedSeconds is > 0 and { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s") : null);
        foreach (var rule in card.Rules)
            Fact("rule", rule);
        foreach (var type in card.Types)
        {
            text.Append('\n');
            Line($"{type.Form} {type.Name}");
            foreach (var member in type.Members)
                Member(member);
            if (type.Values.Count > 0)
                Line("  " + Values(type.Values));
        }
        return text.ToString();

        void Line(string line) => text.Append(Printable.Of(line)).Append('\n');

        void Fact(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                Line($"  {name}: {value}");
        }

        void Member(CardMember member)
        {
            var json = member.JsonName.Length > 0 ? $"  ({member.JsonName}{(member.IsRequired ? ", required" : "")})" : "";
            Line($"  {member.Type} {member.Name}{json}");
            var details = new List<string>();
            if (member.Default is { } value)
                details.Add($"default {value}");
            details.AddRange(member.Limits);
            if (member.Deprecation is { } deprecation)
                details.Add(deprecation.TrimEnd('.'));
            if (member.Values.Count > 0)
                details.Add("values: " + Values(member.Values));
            if (details.Count > 0)
                Line("    " + string.Join("; ", details));
            if (member.Description is { } description)
                Line("    " + Short(description));
        }
    }

    /// <summary>Writes the signature as JSON.</summary>
    public static void WriteJson(ModelCard card) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("provider", card.Provider);
        writer.WriteString("id", card.Id);
        writer.WriteString("name", card.Name);
        writer.WriteString("title", card.Title);
        writer.WriteString("description", card.Description);
        writer.WriteString("category", card.Category);
        writer.WriteString("status", card.Status);
        writer.WriteString("deprecation", card.Deprecation);
        writer.WriteString("price", card.Pricing);
        writer.WriteStrings("priceRules", card.PriceRules);
        if (card.EstimatedSeconds is { } seconds)
            writer.WriteNumber("estimatedSeconds", seconds);
        writer.WriteString("pageUrl", card.PageUrl);
        writer.WriteStrings("documents", card.Documents);
        writer.WriteStrings("rules", card.Rules);
        writer.WriteStartArray("types");
        foreach (var type in card.Types)
            Write(writer, type);
        writer.WriteEndArray();
        writer.WriteString("file", card.FileName);
        writer.WritePropertyName("example");
        writer.WriteRawValue(card.Example ?? "null");
        writer.WriteEndObject();
    });

    /// <summary>Writes a request.</summary>
    public static void WriteExample(string example) => JsonOutput.Write(RawJson.Parse(example));

    private static void Write(Utf8JsonWriter writer, CardType type)
    {
        writer.WriteStartObject();
        writer.WriteString("name", type.Name);
        writer.WriteString("form", type.Form);
        writer.WriteStartArray("members");
        foreach (var member in type.Members)
        {
            writer.WriteStartObject();
            writer.WriteString("name", member.Name);
            writer.WriteString("jsonName", member.JsonName);
            writer.WriteString("type", member.Type);
            writer.WriteBoolean("required", member.IsRequired);
            writer.WriteString("default", member.Default);
            writer.WriteStrings("values", member.Values);
            writer.WriteStrings("limits", member.Limits);
            writer.WriteString("deprecation", member.Deprecation);
            writer.WriteString("description", member.Description);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStrings("values", type.Values);
        writer.WriteEndObject();
    }

    private static string Values(EquatableArray<string> values)
    {
        var more = values.Count > MostValues ? string.Create(CultureInfo.InvariantCulture, $", and {values.Count - MostValues} more") : "";
        return string.Join(", ", values.Take(MostValues)) + more;
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestDescription ? line : line[..LongestDescription].TrimEnd() + "…";
    }
}
