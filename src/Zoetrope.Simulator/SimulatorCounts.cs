namespace Zoetrope.Simulator;

/// <summary>How many requests of each kind have come in.</summary>
/// <param name="Submits">Submits, including rejected ones.</param>
/// <param name="Accepted">Jobs that submits made, whether or not the caller heard of it.</param>
/// <param name="DirectRuns">Direct runs.</param>
/// <param name="Statuses">Questions for the state of a job.</param>
/// <param name="Results">Questions for the result of a job.</param>
/// <param name="Cancels">Requests to cancel a job.</param>
/// <param name="Files">Fetched files.</param>
/// <param name="Others">Requests that no provider knows.</param>
public sealed record SimulatorCounts(int Submits, int Accepted, int DirectRuns, int Statuses, int Results, int Cancels, int Files, int Others)
{
    /// <summary>Requests of uploads: for an address, for a token, and with content.</summary>
    public int Uploads { get; init; }

    /// <summary>Runs whose results are sent in parts.</summary>
    public int Streams { get; init; }

    /// <summary>Requests for the states of a job as they change.</summary>
    public int StatusStreams { get; init; }

    /// <summary>Requests for a token.</summary>
    public int Tokens { get; init; }

    /// <summary>Requests to open a realtime connection.</summary>
    public int RealtimeConnections { get; init; }
}
