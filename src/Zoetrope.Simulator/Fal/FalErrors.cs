using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Fal;

/// <summary>fal's error formats (reference: fal documentation, "Errors").</summary>
internal static class FalErrors
{
    public const string TypeHeader = "X-Fal-Error-Type";
    private const string TypeUrl = "https://docs.fal.ai/errors#";

    /// <summary>An error of the gateway: <c>{"detail": "…"}</c>.</summary>
    public static SimulatedResponse Detail(int statusCode, string message) => SimulatedResponse.Json(statusCode, new JsonObject { ["detail"] = message });

    /// <summary>An error of the infrastructure, with its type in the body and in a header.</summary>
    public static SimulatedResponse Infrastructure(int statusCode, string type, string message) =>
        SimulatedResponse.Json(statusCode, new JsonObject { ["detail"] = message, ["error_type"] = type }).With(TypeHeader, type);

    /// <summary>A 422 that lists what is wrong with a request.</summary>
    public static SimulatedResponse Validation(IEnumerable<InputProblem> problems) =>
        SimulatedResponse.Json(422, new JsonObject { ["detail"] = new JsonArray([.. problems.Select(Item)]) }).With("X-Fal-Retryable", "false");

    private static JsonObject Item(InputProblem problem)
    {
        var location = new JsonArray("body");
        foreach (var part in problem.Location)
            location.Add(part is int index ? index : (string)part);
        var item = new JsonObject
        {
            ["loc"] = location,
            ["msg"] = problem.Message,
            ["type"] = problem.Type,
            ["url"] = TypeUrl + problem.Type,
        };
        if (problem.Context is { } context)
            item["ctx"] = context.DeepClone();
        if (problem.Input is { } input)
            item["input"] = input.DeepClone();
        return item;
    }
}
