using System.Globalization;
using Zoetrope.Jobs;

namespace Zoetrope.Eachlabs.Workflows;

/// <summary>
/// The caller canceled while a trigger with several inputs was in flight. <see cref="Bulk"/> says what is known of each input: the executions that the
/// received part of the response names run, are billed, and can be resumed; the other inputs are in doubt.
/// </summary>
public sealed class EachlabsBulkCanceledException : SubmitCanceledException
{
    internal EachlabsBulkCanceledException(string endpointId, EachlabsBulk bulk, SubmitCanceledException cancellation)
        : base(EachlabsWorkflowProtocol.ProviderName, endpointId, cancellation.CancellationToken, requestId: cancellation.RequestId)
    {
        Bulk = bulk;
        var request = cancellation.RequestId is { } requestId ? $" (request {requestId})" : "";
        var ids = bulk.BulkId is { } bulkId ? $" of bulk {bulkId}" : "";
        Message = $"The trigger of {endpointId} with several inputs was canceled while it was in flight{request}."
            + Sentence("Accepted, and can be resumed: ", EachlabsBulkOutcome.Accepted, static entry => entry.Job!.Handle.ToString())
            + Sentence("Refused: inputs ", EachlabsBulkOutcome.Refused, IndexOf)
            + Sentence("In doubt: inputs ", EachlabsBulkOutcome.InDoubt, IndexOf)
            + (bulk.IsComplete ? "" : $" Look at the executions{ids} before triggering inputs in doubt again.");
    }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>What is known of each input, in their order, with the jobs of those that were accepted.</summary>
    public EachlabsBulk Bulk { get; }

    private static string IndexOf(EachlabsBulkEntry entry) => entry.Index.ToString(CultureInfo.InvariantCulture);

    private string Sentence(string what, EachlabsBulkOutcome outcome, Func<EachlabsBulkEntry, string> text)
    {
        var those = Bulk.Entries.Where(entry => entry.Outcome == outcome).Select(text).ToList();
        return those.Count == 0 ? "" : $" {what}{string.Join(", ", those)}.";
    }
}
