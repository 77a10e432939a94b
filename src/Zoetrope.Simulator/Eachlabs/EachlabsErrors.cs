using System.Text.Json.Nodes;

namespace Zoetrope.Simulator;

/// <summary>Eachlabs' form of error (model pages, "Errors").</summary>
internal static class EachlabsErrors
{
    public static Answer Make(int statusCode, string message, string details) => Answer.Json(statusCode, new JsonObject
    {
        ["status"] = "error",
        ["message"] = message,
        ["details"] = details,
    });

    public static Answer Make(int statusCode, string message) => Make(statusCode, message, "");

    /// <summary>A 400 that names every problem with its place.</summary>
    public static Answer Validation(IEnumerable<InputProblem> problems) => Make(400, "Invalid input",
        string.Join("; ", problems.Select(problem => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}")));

    /// <summary>The 429 of the shared handler, which looks different from the other errors.</summary>
    public static Answer TooMany(string details) =>
        Answer.Json(429, new JsonObject { ["status"] = 429, ["error"] = "too many requests", ["details"] = details }).With("Retry-After", "1");
}
