namespace Zoetrope.Simulator.Http;

/// <summary>Does what a request asks for.</summary>
/// <param name="failure">How the job that it makes is to fail, or null.</param>
/// <param name="cancellationToken">Canceled when the caller has gone or the simulator stops.</param>
internal delegate ValueTask<SimulatedResponse> CallAction(JobFailure? failure, CancellationToken cancellationToken);

/// <summary>A request that a provider has recognized.</summary>
/// <param name="Provider">The provider's name; empty for files.</param>
/// <param name="Operation">What is asked for.</param>
/// <param name="Run">Does it.</param>
/// <param name="Error">Creates an error response in the provider's format from a status and a message.</param>
internal sealed record Call(string Provider, SimulatorOperation Operation, CallAction Run, Func<int, string, SimulatedResponse> Error)
{
    /// <summary>The endpoint that is to run, or whose job is asked for; null where there is none.</summary>
    public string? Endpoint { get; init; }

    public static Call Sync(string provider, SimulatorOperation operation, Func<SimulatedResponse> run, Func<int, string, SimulatedResponse> error) =>
        new(provider, operation, (_, _) => ValueTask.FromResult(run()), error);
}
