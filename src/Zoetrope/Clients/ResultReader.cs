using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Clients;

/// <summary>Reads the output of a job as the result type of a model, for clients with calls of their own.</summary>
public static class ResultReader
{
    /// <summary>Reads the result.</summary>
    /// <exception cref="JsonException">
    /// The output does not have the model's result type, or is null: a job that completed without a result must not look like one with a result.
    /// </exception>
    public static TResult Read<TResult>(RawJson output)
        where TResult : IJsonModel<TResult> =>
        output.Kind == JsonValueKind.Null ? throw new JsonException("The job delivered null instead of a result.") : output.Deserialize<TResult>();
}
