using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Eachlabs.Workflows;

/// <summary>What became of a trigger with several inputs.</summary>
public sealed class EachlabsBulk
{
    internal EachlabsBulk(EachlabsBulkReceipt receipt, IReadOnlyList<Job<RawJson>?> jobs)
    {
        BulkId = receipt.BulkId;
        Failure = receipt.Failure;
        var entries = new EachlabsBulkEntry[jobs.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new(i, jobs[i], receipt.Errors[i], receipt.Parts[i].MayExist);
        Entries = entries;
    }

    /// <summary>The id that the executions share: <see cref="EachlabsWorkflowClient.ListBulkAsync"/> lists them. Null where the response named none.</summary>
    public string? BulkId { get; }

    /// <summary>What became of each input, in their order.</summary>
    public IReadOnlyList<EachlabsBulkEntry> Entries { get; }

    /// <summary>The jobs of the inputs that were accepted, in the order of the inputs.</summary>
    public IEnumerable<Job<RawJson>> Jobs => Entries.Select(static entry => entry.Job).OfType<Job<RawJson>>();

    /// <summary>Why the response says nothing of some inputs, such as a broken connection or JSON that ends too early; null where it was complete.</summary>
    public SubmitException? Failure { get; }

    /// <summary>Whether every input was accepted.</summary>
    public bool IsComplete => Entries.All(static entry => entry.Outcome == EachlabsBulkOutcome.Accepted);
}

/// <summary>What became of one input of a bulk.</summary>
public sealed class EachlabsBulkEntry
{
    internal EachlabsBulkEntry(int index, Job<RawJson>? job, ServiceError? error, bool mayExist)
    {
        Index = index;
        Job = job;
        Error = error;
        Outcome = job is not null ? EachlabsBulkOutcome.Accepted : mayExist ? EachlabsBulkOutcome.InDoubt : EachlabsBulkOutcome.Refused;
    }

    /// <summary>The position of the input, from 0.</summary>
    public int Index { get; }

    /// <summary>What became of it.</summary>
    public EachlabsBulkOutcome Outcome { get; }

    /// <summary>The execution of an input that was accepted; null otherwise.</summary>
    public Job<RawJson>? Job { get; }

    /// <summary>Why the input was refused; null where it was not.</summary>
    public ServiceError? Error { get; }
}

/// <summary>What can become of an input of a bulk.</summary>
public enum EachlabsBulkOutcome
{
    /// <summary>It is executed, and billed.</summary>
    Accepted,

    /// <summary>It is not executed: triggering it again cannot pay twice.</summary>
    Refused,

    /// <summary>
    /// The response does not say. It may be executed, and be billed: look at <see cref="EachlabsWorkflowClient.ListBulkAsync"/> before triggering it again.
    /// </summary>
    InDoubt,
}
