using System.Text.Json;
using Zoetrope.Cli.Input;
using Zoetrope.Json;

namespace Zoetrope.Cli.Batches;

/// <summary>Reads JSON Lines: an object a line, whose members are the input.</summary>
internal static class JsonRows
{
    /// <summary>Reads the lines; empty ones are skipped.</summary>
    public static List<BatchRow> Read(ReadOnlySpan<byte> content)
    {
        var rows = new List<BatchRow>();
        var number = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            number++;
            var line = content[range].Trim(" \t\r"u8);
            if (!line.IsEmpty)
                rows.Add(ReadLine(number, line));
        }
        return rows;
    }

    private static BatchRow ReadLine(int number, ReadOnlySpan<byte> line)
    {
        RawJson members;
        try
        {
            members = RawJson.Parse(line);
        }
        catch (JsonException exception)
        {
            // The line is the whole text.
            return new BatchRow(number) { Problems = ["is not JSON: " + JsonWords.Of(exception, line).Replace("line 1, ", "", StringComparison.Ordinal)] };
        }
        if (members.Kind != JsonValueKind.Object)
            return new BatchRow(number) { Problems = ["must be a JSON object"] };
        var problems = new List<string>();
        string? label = null, model = null;
        var reader = members.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOwn = reader.ValueSpan.StartsWith("$"u8);
            var isLabel = isOwn && reader.ValueTextEquals(BatchRow.LabelName);
            var isModel = isOwn && reader.ValueTextEquals(BatchRow.ModelName);
            if (isOwn && !isLabel && !isModel)
                problems.Add($"'{System.Text.Encoding.UTF8.GetString(reader.ValueSpan)}' is not known; {BatchRow.LabelName} and {BatchRow.ModelName} are");
            reader.Read();
            var value = RawJson.Read(ref reader);
            if (isLabel)
                label = TextOf(value, BatchRow.LabelName, problems);
            else if (isModel)
                model = TextOf(value, BatchRow.ModelName, problems);
        }
        return new BatchRow(number) { Members = members, Label = label, Model = model, Problems = problems };
    }

    // Ids of other systems are often numbers.
    private static string? TextOf(RawJson value, string name, List<string> problems)
    {
        var text = value.Kind switch
        {
            JsonValueKind.String => value.AsString(),
            JsonValueKind.Number when name == BatchRow.LabelName => value.ToString(),
            _ => null,
        };
        if (string.IsNullOrWhiteSpace(text))
            problems.Add($"{name}: must be a text that is not empty");
        return text;
    }
}
