using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs.Workflows;

/// <content>The list of a workflow's executions, page by page.</content>
public sealed partial class EachlabsWorkflowProtocol
{
    private const int PageSize = 100;

    /// <summary>Lists the executions of one workflow, which the options must name; of other organizations' workflows there is no list.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The options name no workflow of the account.</exception>
    public override IAsyncEnumerable<ListedJob> ListAsync(JobListOptions? options, CancellationToken cancellationToken) =>
        ListAsync(options ?? new JobListOptions(), null, cancellationToken);

    /// <summary>Lists the executions of one workflow, or those of one bulk.</summary>
    /// <param name="options">Which executions.</param>
    /// <param name="bulkId">The id of the bulk; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal IAsyncEnumerable<ListedJob> ListAsync(JobListOptions options, string? bulkId, CancellationToken cancellationToken)
    {
        if (options.EndpointId is not { } endpointId)
        {
            throw new ArgumentException(
                $"Eachlabs lists the executions of one workflow: set {nameof(JobListOptions.EndpointId)}. Nothing was sent.", nameof(options));
        }
        var workflow = EachlabsWorkflowId.Parse(endpointId);
        return workflow.Nickname is null
            ? PagesAsync(workflow, options.CreatedAfter, bulkId, cancellationToken)
            : throw new ArgumentException("There is no list of the executions of another organization's workflow. Nothing was sent.", nameof(options));
    }

    private async IAsyncEnumerable<ListedJob> PagesAsync(
        EachlabsWorkflowId workflow, DateTimeOffset? after, string? bulkId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bulk = bulkId is null ? "" : "&bulk_id=" + Uri.EscapeDataString(bulkId);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var offset = 0; ;)
        {
            var page = new Uri($"{_root}{workflow.ListPath}?limit={PageSize}&offset={offset.ToString(CultureInfo.InvariantCulture)}{bulk}");
            var response = await _transport.SendAsync(new TransportRequest { Method = HttpMethod.Get, Uri = page }, cancellationToken).ConfigureAwait(false);
            var executions = ReadPage(response, workflow);
            var hasNews = false;
            foreach (var (job, version) in executions)
            {
                // Executions that are triggered meanwhile move others to the next page.
                if (!seen.Add(job.JobId))
                    continue;
                hasNews = true;
                if ((version is null || version == workflow.Version) && !(job.CreatedAt < after))
                    yield return job;
            }
            // A page may have fewer than were asked for: only one without anything new is surely the last.
            if (!hasNews)
                yield break;
            offset += executions.Count;
        }
    }

    private List<(ListedJob Job, string? Version)> ReadPage(TransportResponse response, EachlabsWorkflowId workflow)
    {
        List<(ListedJob, string?)>? executions = null;
        var reader = response.RequireJson().CreateReader(int.MaxValue);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw response.Malformed("The response is not a list of executions");
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("executions"u8) && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.Null)
                executions = ReadItems(ref reader, response, workflow);
            else
                reader.Skip();
        }
        return executions ?? throw response.Malformed("The response is not a list of executions");
    }

    private List<(ListedJob Job, string? Version)> ReadItems(ref Utf8JsonReader reader, TransportResponse response, EachlabsWorkflowId workflow)
    {
        var executions = new List<(ListedJob, string?)>();
        if (reader.TokenType == JsonTokenType.Null)
            return executions;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var json = RawJson.Read(ref reader);
            var execution = EachlabsExecution.Read(json);
            if (execution.Id is not { Length: > 0 } id || execution.ToStatus(json, null, _transport.Redact) is not { } status)
                throw response.Malformed("An item of the list has no execution id, or no state");
            var job = new ListedJob(ProviderName, id, status) { EndpointId = workflow.ToString(), CreatedAt = execution.CreatedAt };
            executions.Add((job, execution.Version));
        }
        return executions;
    }
}
