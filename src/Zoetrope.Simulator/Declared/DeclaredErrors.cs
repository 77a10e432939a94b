using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Validation;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Simulator.Declared;

/// <summary>The errors of a declared provider. A declaration does not describe their bodies, except for messages in responses of success.</summary>
/// <param name="protocol">The declaration.</param>
internal sealed class DeclaredErrors(JobsDescription protocol)
{
    public SimulatedResponse Make(int statusCode, string message)
    {
        var body = ResponseTree.Of(
            protocol.Receipt.Where(field => field.Field == JobField.ErrorMessage), field => field == JobField.ErrorMessage ? message : null);
        if (body is JsonObject { Count: 0 } plain)
            plain["error"] = message;
        return SimulatedResponse.Json(statusCode, body);
    }

    /// <summary>A 400 that names every problem with its location.</summary>
    public SimulatedResponse Validation(IEnumerable<InputProblem> problems) => Make(
        400, string.Join("; ", problems.Select(problem => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}")));

    public SimulatedResponse NotFound(string id) => Make(404, $"There is no job '{id}'.");
}
