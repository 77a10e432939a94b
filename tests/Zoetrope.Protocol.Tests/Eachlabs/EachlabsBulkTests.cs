using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>Triggers with several inputs: each is accepted, refused or in doubt, and none is triggered twice.</summary>
public sealed class EachlabsBulkTests
{
    // An account counts what it submitted for a minute, in which the server of another test can get the same port.
    private readonly string _key = $"smk_{Guid.NewGuid():N}";

    private const string Head = "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Responses to a bulk of three inputs, and what is known of each.</summary>
    public static TheoryData<string, string> Responses => new()
    {
        { """{"bulk_id":"b","executions":[{"execution_id":"e1","status":"queued"},{"execution_id":"e2","status":"queued"},{"execution_id":"e3"}]}""", "e1 e2 e3" },
        { """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"status":"failed","message":"invalid"},{"execution_id":"e3"}]}""", "e1 -invalid e3" },
        { """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"status":"queued"},{"execution_id":"","status":"FAILED"}]}""", "e1 ? -no explanation was given" },
        { """{"executions":[{"execution_id":"e1","nested":{"execution_id":"x"}}],"bulk_id":"b"}""", "e1 ? ?" },
        { """{"bulk_id":"b"}""", "? ? ?" },
        { """{"bulk_id":"b","executions":null}""", "? ? ?" },
        { """{"bulk_id":"b","executions":[null,{"execution_id":"e2"},"e3"]}""", "? e2 ?" },
        { """{"bulk_id":"b","executions":[{"execution_id":"e1"},["x"],{"execution_id":"e3"}]}""", "e1 ? e3" },
        { """{"bulk_id":"b","executions":{"a":{"execution_id":"e1"}}}""", "? ? ?" },
        { """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"execution_id":"e2"},{"execution_id":"e3"},{"execution_id":"e4"}]}""", "e1 e2 e3 e4" },
    };

    /// <summary>Responses that break off, and what is known of each input.</summary>
    public static TheoryData<string, string> Parts => new()
    {
        { """{"bulk_id":"b","executions":[{"execution_id":"e1","status":"queued"},{"execution_id":"e2","sta""", "e1 e2 ?" },
        { """{"bulk_id":"b","executions":[{"execution_id":"e1","status":"queued"},{"status":"failed","message":"invalid"},{"exec""", "e1 -invalid ?" },
        { """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"status":"failed","message":"invalid" """, "e1 ? ?" },
        { """{"bulk_id":"b","exe""", "? ? ?" },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Each_input_is_accepted_refused_or_in_doubt(string body, string expected)
    {
        await using var server = new FakeServer(Reply(202, body));
        using var client = Client(server.Url);

        var bulk = await TriggerAsync(client);

        Assert.Equal((expected, "b"), (Text(bulk), bulk.BulkId));
        Assert.Null(bulk.Failure);
        Assert.Equal(expected is "e1 e2 e3" or "e1 e2 e3 e4", bulk.IsComplete);
        Assert.All(bulk.Jobs, job => Assert.Equal("wf/v1", job.Handle.EndpointId));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v1/workflows/bulk-trigger/wf/v1 HTTP/1.1\r\n", request);
        Assert.EndsWith("""{"inputs":[{"n":0},{"n":1},{"n":2}]}""", request);
    }

    [Fact]
    public async Task An_observer_is_notified_of_each_input()
    {
        await using var server = new FakeServer(Reply(202, """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"status":"failed"},{"status":"queued"}]}"""));
        var observer = new Observed();
        using var client = Client(server.Url, observer: observer);

        await TriggerAsync(client);

        Assert.Equal(["accepted e1", "failed, may exist: False", "failed, may exist: True"], observer.Seen);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Of_a_response_that_breaks_off_what_was_received_counts(string part, string expected)
    {
        await using var server = new FakeServer(Raw(Head + part));
        using var client = Client(server.Url);

        var bulk = await TriggerAsync(client);

        Assert.Equal((expected, "b", false), (Text(bulk), bulk.BulkId, bulk.IsComplete));
        Assert.Equal(false, bulk.Failure?.WasNotAccepted);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Of_json_that_ends_too_early_what_is_there_counts(string part, string expected)
    {
        await using var server = new FakeServer(Reply(202, part));
        using var client = Client(server.Url);

        var bulk = await TriggerAsync(client);

        Assert.Equal((expected, "b", false), (Text(bulk), bulk.BulkId, bulk.IsComplete));
        Assert.Contains("The response to the trigger is not complete", bulk.Failure?.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    public async Task A_response_counts_in_any_charset_also_where_it_breaks_off(string charset, bool breaksOff)
    {
        const string Body = """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"execution_id":"e2"},{"execution_id":"e3"}]}""";
        var encoding = System.Text.Encoding.GetEncoding(charset);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Body)];
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 202 OK\r\nContent-Type: application/json; charset={charset}\r\nContent-Length: {bytes.Length}\r\n\r\n");
            await exchange.WriteAsync(breaksOff ? bytes[..^1] : bytes);
            exchange.Close();
        });
        using var client = Client(server.Url);

        var bulk = await TriggerAsync(client);

        Assert.Equal(("e1 e2 e3", breaksOff), (Text(bulk), bulk.Failure is not null));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task What_was_received_before_the_caller_canceled_is_in_the_exception(string part, string expected)
    {
        var exception = await CancelAsync(Head.Replace("\r\n\r\n", "\r\nX-Request-Id: x-1\r\n\r\n", StringComparison.Ordinal) + part);

        Assert.Equal((expected, "b", false), (Text(exception.Bulk), exception.Bulk.BulkId, exception.Bulk.IsComplete));
        Assert.Equal(("eachlabs-workflows", "wf/v1", "x-1"), (exception.Provider, exception.EndpointId, exception.RequestId));
        Assert.All(exception.Bulk.Jobs, job => Assert.Contains(job.Handle.ToString(), exception.Message, StringComparison.Ordinal));
        Assert.All(
            exception.Bulk.Entries.Where(entry => entry.Outcome == EachlabsBulkOutcome.Refused),
            entry => Assert.Contains($"Refused: inputs {entry.Index}.", exception.Message, StringComparison.Ordinal));
        var doubt = string.Join(", ", exception.Bulk.Entries.Where(entry => entry.Outcome == EachlabsBulkOutcome.InDoubt).Select(entry => entry.Index));
        Assert.Contains($"In doubt: inputs {doubt}. Look at the executions of bulk b before", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 9000\r\n\r\n")]
    [InlineData("HTTP/1.1 500 Error\r\nContent-Length: 9000\r\n\r\n{\"executions\":[{\"execution_id\":\"e1\"}")]
    public async Task Of_a_canceled_trigger_whose_response_says_nothing_all_inputs_are_in_doubt(string response)
    {
        var exception = await CancelAsync(response);

        Assert.Equal("? ? ?", Text(exception.Bulk));
        Assert.Contains("In doubt: inputs 0, 1, 2.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executions_named_before_the_caller_canceled_are_resumed_and_count_within_the_limits()
    {
        var limits = new SubmitLimits { InFlight = 3, QueueTimeout = TimeSpan.FromMilliseconds(200) };
        await using var server = new FakeServer(Reply(200, """{"execution_id":"e1","status":"completed","output":7}"""));
        var exception = await CancelAsync(Head + """{"executions":[{"execution_id":"e1"},{"execution_id":"e2"},{"exec""", limits);
        using var client = Client(server.Url);

        var resumed = await client.Resume(exception.Bulk.Jobs.First().Handle).WaitAsync(cancellationToken: Token);

        Assert.Equal("7", resumed.Raw.ToString());
        Assert.IsAssignableFrom<OperationCanceledException>(exception);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task An_error_beside_executions_is_that_of_the_others_and_nothing_is_triggered_again(int status)
    {
        const string Body = """{"error":"too many","executions":[{"execution_id":"e1"},{"status":"failed","message":"too many"},{"x":1}]}""";
        await using var server = new FakeServer(Reply(status, Body, "Retry-After: 0"), Reply(202, "{}"));
        using var client = Client(server.Url);

        var bulk = await TriggerAsync(client);

        Assert.Equal(("e1 -too many ?", status), (Text(bulk), (int?)bulk.Failure?.Service?.StatusCode));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_bulk_waits_for_its_turn_and_all_its_slots_no_longer_than_the_limits_say()
    {
        const string Two = """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"execution_id":"e2"}]}""";
        await using var server = new FakeServer(Reply(202, Two));
        var patient = new SubmitLimits { InFlight = 3, QueueTimeout = Timeout.InfiniteTimeSpan };
        var brief = new SubmitLimits { InFlight = 3, QueueTimeout = TimeSpan.FromMilliseconds(200) };
        using var client = Client(server.Url, patient);
        using var other = Client(server.Url, brief);
        using var stop = new CancellationTokenSource();

        await client.TriggerBulkAsync("wf", "v1", Inputs(2), cancellationToken: Token);
        // It holds the last slot, and the turn of bulks.
        var waiting = client.TriggerBulkAsync("wf", "v1", Inputs(2), cancellationToken: stop.Token);
        var exception = await Assert.ThrowsAsync<SubmitLimitException>(
            () => other.TriggerBulkAsync("wf", "v1", Inputs(2), cancellationToken: Token).WaitAsync(TimeSpan.FromMinutes(2), Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(TimeSpan.FromMilliseconds(200), exception.Waited);
        Assert.Contains("eachlabs-workflows:wf/v1:e1, eachlabs-workflows:wf/v1:e2", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Slots_of_a_bulk_that_was_not_sent_do_not_count_in_the_minute()
    {
        await using var server = new FakeServer(Reply(202, """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"execution_id":"e2"},{"execution_id":"e3"}]}"""));
        using var client = Client(server.Url, new SubmitLimits { CreatesPerMinute = 5, QueueTimeout = TimeSpan.FromMilliseconds(100) });

        await client.TriggerBulkAsync("wf", "v1", Inputs(3), cancellationToken: Token);
        await Assert.ThrowsAsync<SubmitLimitException>(() => client.TriggerBulkAsync("wf", "v1", Inputs(3), cancellationToken: Token));
        await client.TriggerBulkAsync("wf", "v1", Inputs(2), cancellationToken: Token);

        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData(400, """{"error":"bad inputs"}""", true)]
    [InlineData(402, """{"error":"no balance"}""", true)]
    [InlineData(408, """{"error":"time-out"}""", false)]
    [InlineData(502, "<html>", false)]
    [InlineData(202, "<html>", false)]
    [InlineData(202, "{}", false)]
    [InlineData(202, """{"error":"who knows"}""", false)]
    public async Task Of_a_response_that_says_nothing_all_inputs_are_refused_or_in_doubt(int status, string body, bool wasNotAccepted)
    {
        await using var server = new FakeServer(Reply(status, body), Reply(202, """{"bulk_id":"twice","executions":[]}"""));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => TriggerAsync(client));

        Assert.Equal(wasNotAccepted, exception.WasNotAccepted);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Executions_of_a_bulk_are_listed()
    {
        await using var server = new FakeServer(Reply(200, """{"executions":[{"execution_id":"e1","version_id":"v1","status":"running"}]}"""));
        using var client = Client(server.Url);
        var found = new List<string>();

        await foreach (var job in client.ListBulkAsync("wf", "v1", "b/1", Token))
            found.Add(job.Handle!.ToString());

        Assert.Equal(["eachlabs-workflows:wf/v1:e1"], found);
        Assert.StartsWith("GET /v1/workflows/wf/executions?limit=100&offset=0&bulk_id=b%2F1 ", server.Requests[0]);
    }

    [Fact]
    public async Task What_is_not_valid_is_refused_before_anything_is_sent()
    {
        await using var server = new FakeServer(Reply(202, "{}"));
        using var client = Client(server.Url);

        await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerBulkAsync<RawJson>("wf", "v1", [], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerBulkAsync("wf", "v1", Inputs(11), cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerBulkAsync("wf", "v1", [RawJson.Parse("1")], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerBulkAsync("wf", "v1", Inputs(1), new() { MaxCost = new(1m) }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.TriggerBulkAsync("wf", "v1", Inputs(1), new() { IdempotencyKey = "k" }, Token));
        using var limited = Client(server.Url, new SubmitLimits { InFlight = 2 });
        await Assert.ThrowsAsync<ArgumentException>(() => limited.TriggerBulkAsync("wf", "v1", Inputs(3), cancellationToken: Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Each_execution_counts_within_the_limits_until_it_has_ended()
    {
        const string Two = """{"bulk_id":"b","executions":[{"execution_id":"e1"},{"execution_id":"e2"}]}""";
        await using var server = new FakeServer(
            Reply(202, Two),
            Reply(200, """{"execution_id":"e1","status":"completed","output":1}"""),
            Reply(202, """{"bulk_id":"c","executions":[{"execution_id":"e3"}]}"""));
        using var client = Client(server.Url, new SubmitLimits { InFlight = 2, QueueTimeout = TimeSpan.FromMilliseconds(200) });

        var bulk = await client.TriggerBulkAsync("wf", "v1", Inputs(2), cancellationToken: Token);
        var exception = await Assert.ThrowsAsync<SubmitLimitException>(() => client.TriggerBulkAsync("wf", "v1", Inputs(1), cancellationToken: Token));
        await bulk.Jobs.First().WaitAsync(cancellationToken: Token);
        var next = await client.TriggerBulkAsync("wf", "v1", Inputs(1), cancellationToken: Token);

        Assert.Contains("eachlabs-workflows:wf/v1:e2", exception.Message, StringComparison.Ordinal);
        Assert.Equal("e3", Text(next));
    }

    private async Task<EachlabsBulkCanceledException> CancelAsync(string response, SubmitLimits? limits = null)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(response);
            begun.SetResult();
            await exchange.HangAsync();
        });
        using var client = Client(server.Url, limits);
        using var cancellation = new CancellationTokenSource();

        var trigger = client.TriggerBulkAsync("wf", "v1", Inputs(3), cancellationToken: cancellation.Token);
        await begun.Task.WaitAsync(Token);
        await Task.Delay(500, Token);
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAsync<EachlabsBulkCanceledException>(() => trigger);

        Assert.Equal(cancellation.Token, exception.CancellationToken);
        if (limits is not null)
            await Assert.ThrowsAsync<SubmitLimitException>(() => client.TriggerBulkAsync("wf", "v1", Inputs(1), cancellationToken: Token));
        Assert.Single(server.Requests);
        return exception;
    }

    private static List<RawJson> Inputs(int count) => [.. Enumerable.Range(0, count).Select(number => RawJson.Parse($$"""{"n":{{number}}}"""))];

    private static Task<EachlabsBulk> TriggerAsync(EachlabsWorkflowClient client) => client.TriggerBulkAsync("wf", "v1", Inputs(3), cancellationToken: Token);

    private static string Text(EachlabsBulk bulk) => string.Join(' ', bulk.Entries.Select(static entry => entry.Outcome switch
    {
        EachlabsBulkOutcome.Accepted => entry.Job!.Handle.JobId,
        EachlabsBulkOutcome.Refused => "-" + entry.Error!.Message,
        _ => "?",
    }));

    private EachlabsWorkflowClient Client(Uri url, SubmitLimits? limits = null, JobObserver? observer = null) =>
        new(new EachlabsClientOptions { BaseUrl = url, ApiKey = _key, Limits = limits, Observer = observer });

    private sealed class Observed : JobObserver
    {
        public List<string> Seen { get; } = [];

        protected override void OnAccepted(JobHandle handle, JobStatus status) => Seen.Add($"accepted {handle.JobId}");

        protected override void OnSubmitFailed(string provider, string endpointId, Exception exception) =>
            Seen.Add($"failed, may exist: {exception is SubmitException { WasNotAccepted: false }}");
    }
}
