using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>What came of one cell, and what the servers saw.</summary>
/// <param name="Cell">The cell.</param>
internal sealed record Outcome(Cell Cell)
{
    public Call Call => Cell.Call;

    public Fault Fault => Cell.Fault;

    /// <summary>What the call gave; null when it threw.</summary>
    public string? Value { get; init; }

    /// <summary>What the call threw; null when it gave a value.</summary>
    public Exception? Thrown { get; init; }

    /// <summary>Whether the test stopped waiting.</summary>
    public bool IsHung { get; init; }

    /// <summary>How long it took, in the world's time.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>How long it took, by the client's clock.</summary>
    public TimeSpan Passed { get; init; }

    /// <summary>How often the fault was played.</summary>
    public int Played { get; init; }

    /// <summary>What arrived where no exchange comes about.</summary>
    public IReadOnlyList<byte[]> AtDeadEnd { get; init; } = [];

    /// <summary>How many bytes were allocated meanwhile; 0 where others ran beside it.</summary>
    public long Allocated { get; init; }

    /// <summary>What the service was asked.</summary>
    public IReadOnlyList<ReceivedRequest> Requests { get; init; } = [];

    /// <summary>What the other origin was asked.</summary>
    public IReadOnlyList<ReceivedRequest> Foreign { get; init; } = [];

    /// <summary>What the fault sent, each time.</summary>
    public IReadOnlyList<byte[]> Sent { get; init; } = [];

    /// <summary>The files of the folder afterwards, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a success had the id of a declared provider's job in its head, which is enough of a receipt.</summary>
    public bool HeaderNamesJob => Call is { Kind: CallKind.Submit, Recorded: not null } && Sent.Any(sent =>
        Encoding.Latin1.GetString(sent) is var text
        && text.StartsWith("HTTP/1.1 2", StringComparison.Ordinal)
        && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and > 0
        && text[..end].Contains(FalCalls.JobId, StringComparison.Ordinal));

    /// <summary>Whether the client is one that follows redirects, and the fault is one.</summary>
    public bool IsLed => Fault.Means == Meaning.Elsewhere && Cell.Http == HttpKind.Plain;

    /// <summary>Whether the client is one that sends again, and keeps what it got to itself.</summary>
    public bool IsRetried => Cell.IsRetrying && Fault.Status is 408 or 429 or >= 500;

    /// <summary>The requests of the step with the fault. A client that follows redirects makes others of them, without a body.</summary>
    public IEnumerable<ReceivedRequest> Faulted => Requests.Where(request => request.Step == Call.FaultAt && request.Method == Requests[0].Method);

    /// <summary>What was read to its end of the step with the fault, and so may have been carried out.</summary>
    public int ReadWhole => Faulted.Count(request => request is { IsWhole: true, WasRefusedUnread: false });
}
