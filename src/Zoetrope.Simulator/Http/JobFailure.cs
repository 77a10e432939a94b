namespace Zoetrope.Simulator.Http;

/// <summary>How a job is to fail.</summary>
/// <param name="StatusCode">The HTTP status of its result at fal, or null for the usual one.</param>
/// <param name="Body">
/// The body that describes it, or null for the provider's own format. With a result of its own, that result as JSON; null where only its bytes count.
/// </param>
internal sealed record JobFailure(int? StatusCode, string? Body)
{
    /// <summary>Whether this is not a failure, but a result of its own; null for a failure.</summary>
    public OwnResult? Result { get; init; }
}
