using System.Text.Json;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Json;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary>The arguments of a call, checked as they are read.</summary>
internal sealed class ToolArguments
{
    private readonly IDictionary<string, JsonElement> _values;

    /// <summary>Takes them.</summary>
    /// <param name="values">The arguments; null where there are none.</param>
    /// <param name="known">The names that the tool has.</param>
    /// <exception cref="ToolException">There is an argument that the tool does not have.</exception>
    public ToolArguments(IDictionary<string, JsonElement>? values, IReadOnlyCollection<string> known)
    {
        _values = values ?? new Dictionary<string, JsonElement>();
        if (_values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw Invalid($"There is no argument '{unknown}'; the arguments are {string.Join(", ", known)}.");
    }

    /// <summary>A text that must be given.</summary>
    public string Require(string name) => Text(name) ?? throw Invalid($"'{name}' is required.");

    /// <summary>A text; null where it is not given.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.String || TextOf(value) is not { } text)
            throw Invalid($"'{name}' must be a text.");
        return text.Length > 0 ? text : throw Invalid($"'{name}' must not be empty.");
    }

    /// <summary>An integer in a range; null where it is not given.</summary>
    public int? Integer(string name, int least, int most)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Invalid($"'{name}' must be an integer from {least} to {most}.");
    }

    /// <summary>An object that must be given.</summary>
    public RawJson RequireObject(string name)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Object } value)
            throw Invalid($"'{name}' is required, and must be an object.");
        try
        {
            return RawJson.Parse(value.GetRawText());
        }
        catch (JsonException)
        {
            throw Invalid($"'{name}' is nested too deeply.");
        }
    }

    /// <summary>The exception for arguments that are not valid.</summary>
    public static ToolException Invalid(string message) => new("invalid_arguments", message);

    private JsonElement? Find(string name) =>
        _values.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
