using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Simulator;

namespace Zoetrope.Jobs.Tests;

/// <summary>Jobs that a provider also knows by an id of the client's: one whose receipt was lost is found by it.</summary>
public sealed class OwnIdTests : IAsyncLifetime
{
    private const string Model = "wave/clip";

    private readonly TemporaryFolder _folder = new();
    private MediaSimulator _simulator = null!;
    private WaveClient _wave = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await MediaSimulator.StartAsync(
            new()
            {
                SpecsFolder = Repository.PathOf("tests", "Zoetrope.Jobs.Tests", "specs"),
                QueueTime = TimeSpan.Zero,
                JobDuration = TimeSpan.FromMilliseconds(50),
            },
            Token);
        _wave = new WaveClient(new WaveClientOptions { ApiKey = "secret", BaseUrl = new Uri(_simulator.BaseUrl, "wave") });
    }

    public async ValueTask DisposeAsync()
    {
        _wave.Dispose();
        await _simulator.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_submit_has_the_id_and_the_job_is_found_by_it()
    {
        var job = await _wave.SubmitAsync(Model, Input("a"), new() { OwnId = "mine-1" }, Token);

        Assert.Contains("\"external_task_id\":\"mine-1\"", _simulator.Requests[0].Body, StringComparison.Ordinal);
        var own = Assert.IsAssignableFrom<IOwnIds>(_wave.Protocol);
        Assert.Equal(job.Handle, await own.FindByOwnIdAsync(Model, "mine-1", Token));
        Assert.Null(await own.FindByOwnIdAsync(Model, "mine-2", Token));
        Assert.NotEqual("mine-1", job.Handle.JobId);
    }

    [Fact]
    public async Task A_submit_without_an_id_has_none_and_the_id_is_no_member_of_the_input()
    {
        await _wave.SubmitAsync(Model, Input("a"), cancellationToken: Token);

        Assert.DoesNotContain("external_task_id", _simulator.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal(["prompt"], Assert.Single(WaveClient.Description.Models).Parameters.Select(parameter => parameter.Name));
        Assert.IsNotAssignableFrom<IOwnIds>(new OddClient("key").Protocol);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(503)]
    public async Task A_response_that_says_nothing_of_the_job_is_an_error(int status)
    {
        await using var server = new FakeServer(exchange => exchange.ReplyAsync(status, "{}"));
        using var wave = new WaveClient(new WaveClientOptions { ApiKey = "secret", BaseUrl = server.Url });

        var exception = await Assert.ThrowsAsync<ServiceException>(() => ((IOwnIds)wave.Protocol).FindByOwnIdAsync(Model, "mine-1", Token));

        Assert.Equal((HttpStatusCode)status, exception.StatusCode);
    }

    [Fact]
    public async Task A_response_without_an_id_is_not_a_job()
    {
        await using var server = new FakeServer(exchange => exchange.ReplyAsync(200, """{"data":{"status":"created"}}"""));
        using var wave = new WaveClient(new WaveClientOptions { ApiKey = "secret", BaseUrl = server.Url });

        await Assert.ThrowsAsync<TransportException>(() => ((IOwnIds)wave.Protocol).FindByOwnIdAsync(Model, "mine-1", Token));
    }

    [Fact]
    public async Task A_ledger_finds_jobs_whose_receipts_were_lost_each_its_own()
    {
        _simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, Times = 2, CarryOut = true });
        await using var ledger = await OpenAsync();
        // With the same input: nothing but the id tells them apart.
        var jobs = await ledger.IntendAsync([Intent("a", "one"), Intent("a", "two")], Token);

        await ledger.RunAsync(Token);

        Assert.Equal((2, 2), (_simulator.Submits, _simulator.Counts.Accepted));
        var handles = new HashSet<JobHandle>();
        foreach (var id in jobs.Select(job => job.Id))
        {
            var job = (await ledger.FindAsync(id, Token))!;
            Assert.Equal((LedgerState.Delivered, 1), (job.State, job.Attempts));
            Assert.True(handles.Add(job.Handle!));
            Assert.Equal(job.Handle, await ((IOwnIds)_wave.Protocol).FindByOwnIdAsync(Model, $"{id}-1", Token));
            Assert.Contains(LedgerEventKind.InDoubt, await KindsAsync(ledger, id));
        }
    }

    [Fact]
    public async Task That_the_provider_knows_no_job_with_the_id_proves_nothing()
    {
        _simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, Times = 1 });
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a", "one"), Token);

        await ledger.RunAsync(Token);

        Assert.Equal(LedgerState.InDoubt, (await ledger.FindAsync(job.Id, Token))!.State);
        Assert.Equal((1, 0), (_simulator.Submits, _simulator.Counts.Accepted));
        Assert.Contains(
            _simulator.Requests,
            request => request.Operation == SimulatorOperation.Status && request.Path.Contains(job.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_is_put_back_has_an_id_of_its_own()
    {
        _simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, Times = 1 });
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a", "one"), Token);
        await ledger.RunAsync(Token);

        await ledger.ResolveNotAcceptedAsync(job.Id, Token);
        await ledger.RunAsync(Token);

        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(job.Id, Token))!.State);
        Assert.NotNull(await ((IOwnIds)_wave.Protocol).FindByOwnIdAsync(Model, $"{job.Id}-2", Token));
        Assert.Null(await ((IOwnIds)_wave.Protocol).FindByOwnIdAsync(Model, $"{job.Id}-1", Token));
    }

    private static RawJson Input(string prompt) => RawJson.Parse($$"""{"prompt":"{{prompt}}"}""");

    private static JobIntent Intent(string prompt, string batch) => new("wave", Model, Input(prompt)) { Batch = batch };

    private Task<JobLedger> OpenAsync() => JobLedger.OpenAsync(
        new SqliteLedgerStore(Path.Combine(_folder.Path, "jobs.db")),
        new LedgerOptions { Clients = [_wave], PollInterval = TimeSpan.FromMilliseconds(20), ListLookup = TimeSpan.FromSeconds(2) },
        Token);

    private static async Task<List<LedgerEventKind>> KindsAsync(JobLedger ledger, string id)
    {
        var kinds = new List<LedgerEventKind>();
        await foreach (var entry in ledger.EventsAsync(id, cancellationToken: Token))
            kinds.Add(entry.Kind);
        return kinds;
    }
}
