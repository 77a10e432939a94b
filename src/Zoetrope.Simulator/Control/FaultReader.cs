using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Control;

/// <summary>Reads faults from JSON: one object or an array of them, with the members of <see cref="SimulatorFault"/> in snake_case.</summary>
internal static class FaultReader
{
    /// <exception cref="FormatException">The JSON does not describe a fault; the message says why.</exception>
    public static List<SimulatorFault> Read(JsonNode? json) => json switch
    {
        JsonArray list => [.. list.Select(ReadOne)],
        _ => [ReadOne(json)],
    };

    private static SimulatorFault ReadOne(JsonNode? json)
    {
        if (json is not JsonObject members)
            throw new FormatException("A fault must be a JSON object.");
        FaultKind? kind = null;
        var fault = new SimulatorFault { Kind = default };
        foreach (var (name, value) in members)
        {
            fault = name switch
            {
                "kind" => fault with { Kind = (kind = Enum<FaultKind>(name, value)).Value },
                "times" => fault with { Times = (int)Number(name, value) },
                "from_call" => fault with { FromCall = (int)Number(name, value) },
                "endpoint" => fault with { Endpoint = Text(name, value) },
                "provider" => fault with { Provider = Text(name, value) },
                "operation" => fault with { Operation = Enum<SimulatorOperation>(name, value) },
                "method" => fault with { Method = Text(name, value) },
                "path_prefix" => fault with { PathPrefix = Text(name, value) },
                "status_code" => fault with { StatusCode = (int)Number(name, value) },
                "body" => fault with { Body = LooseJson.TextOf(value) },
                "media_type" => fault with { MediaType = Text(name, value) },
                "headers" => fault with { Headers = Headers(value) },
                "delay_ms" => fault with { Delay = TimeSpan.FromMilliseconds(Number(name, value)) },
                "carry_out" => fault with { CarryOut = value?.GetValueKind() == JsonValueKind.True },
                _ => throw new FormatException($"'{name}' is not a member of a fault."),
            };
        }
        return kind is null ? throw new FormatException("A fault must have a kind.") : fault;
    }

    private static T Enum<T>(string name, JsonNode? value)
        where T : struct, Enum =>
        System.Enum.TryParse<T>(Text(name, value).Replace("_", ""), ignoreCase: true, out var parsed) && System.Enum.IsDefined(parsed)
            ? parsed
            : throw new FormatException(
                $"'{name}' must be one of {string.Join(", ", System.Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");

    private static string Text(string name, JsonNode? value) =>
        LooseJson.Text(value) ?? throw new FormatException($"'{name}' must be a string.");

    private static double Number(string name, JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() is >= 0 and <= int.MaxValue and var number
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{name}' must be a number from 0 to {int.MaxValue}."));

    private static Dictionary<string, string> Headers(JsonNode? value) => value is JsonObject members
        ? members.ToDictionary(member => member.Key, member => Text(member.Key, member.Value))
        : throw new FormatException("'headers' must be an object of strings.");
}
