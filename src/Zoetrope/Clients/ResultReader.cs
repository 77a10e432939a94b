using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Clients;

/// <summary>Reads what a job delivered as the result of a model.</summary>
internal static class ResultReader
{
    /// <summary>Reads the result.</summary>
    /// <exception cref="JsonException">
    /// It is not of the model's form, or null: a job that completed without a result must not look like one with a result.
    /// </exception>
    public static TResult Read<TResult>(RawJson output)
        where TResult : IJsonModel<TResult> =>
        output.Kind == JsonValueKind.Null ? throw new JsonException("The job delivered no result: it is null.") : output.Deserialize<TResult>();
}
