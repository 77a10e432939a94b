using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>Eachlabs' error format (model pages, "Errors").</summary>
internal static class EachlabsErrors
{
    public static SimulatedResponse Make(int statusCode, string message, string details) => SimulatedResponse.Json(statusCode, new JsonObject
    {
        ["status"] = "error",
        ["message"] = message,
        ["details"] = details,
    });

    public static SimulatedResponse Make(int statusCode, string message) => Make(statusCode, message, "");

    /// <summary>A 400 that names every problem with its location.</summary>
    public static SimulatedResponse Validation(IEnumerable<InputProblem> problems) => Make(400, "Invalid input",
        string.Join("; ", problems.Select(problem => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}")));

    /// <summary>The 429 of the shared handler, which looks different from the other errors.</summary>
    public static SimulatedResponse TooMany(string details) =>
        SimulatedResponse.Json(429, new JsonObject { ["status"] = 429, ["error"] = "too many requests", ["details"] = details }).With("Retry-After", "1");
}
