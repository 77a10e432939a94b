using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Validation;

/// <summary>Something that is wrong with a request, in the terms of fal's and Pydantic's errors, which are the most detailed.</summary>
/// <param name="Location">Member names and array indexes from the request's root.</param>
/// <param name="Type">The kind of problem, such as <c>missing</c> or <c>literal_error</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Input">The offending value, or null when there is none.</param>
/// <param name="Context">The limit that was broken, or null.</param>
internal sealed record InputProblem(IReadOnlyList<object> Location, string Type, string Message, JsonNode? Input = null, JsonObject? Context = null)
{
    /// <summary>The location as text, such as <c>multi_prompt[1].prompt</c>.</summary>
    public string Path
    {
        get
        {
            var path = new System.Text.StringBuilder();
            foreach (var part in Location)
            {
                if (part is int index)
                    path.Append('[').Append(index).Append(']');
                else
                    path.Append(path.Length == 0 ? "" : ".").Append(part);
            }
            return path.ToString();
        }
    }
}
