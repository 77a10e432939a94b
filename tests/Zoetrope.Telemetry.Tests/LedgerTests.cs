using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;

namespace Zoetrope.Telemetry.Tests;

/// <summary>Jobs of a ledger are resumed from what is stored, and are linked through it.</summary>
public sealed class LedgerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_workers_do_later_is_linked_to_the_submit()
    {
        using var telemetry = new Telemetry();
        using var folder = new TemporaryFolder();
        await using var simulator = await TestClients.StartAsync(Token);
        using var fal = simulator.Fal();
        await using (var ledger = await OpenAsync())
            await ledger.IntendAsync(JobIntent.Of(KlingVideoO3ProImageToVideo.Endpoint, TestClients.Request), Token);

        JobHandle handle;
        await using (var ledger = await OpenAsync())
        {
            await ledger.RunAsync(Token);
            handle = (await ledger.ListAsync(new(), Token).FirstAsync(Token)).Handle!;
        }

        var (submit, wait) = (telemetry.Span("zoetrope.submit"), telemetry.Span("zoetrope.wait"));
        Assert.Equal((submit.TraceId, submit.SpanId), (Assert.Single(wait.Links).Context.TraceId, wait.Links.Single().Context.SpanId));
        Assert.Equal(submit.GetTagItem("zoetrope.job_id"), wait.GetTagItem("zoetrope.job_id"));
        Assert.Equal(1, telemetry.Only("zoetrope.jobs", ("zoetrope.outcome", "completed")).Value);
        Assert.Equal(0, telemetry.Only("zoetrope.jobs.in_flight", ("zoetrope.provider", "fal")).Value);
        // As two browsers do that follow the job to its end.
        for (var browser = 0; browser < 2; browser++)
            await fal.KlingVideoO3ProImageToVideo.Resume(handle).WaitAsync(TestClients.Quickly, Token);
        Assert.Equal(1, telemetry.Only("zoetrope.jobs", ("zoetrope.outcome", "completed")).Value);
        Assert.Equal(1, telemetry.Only("zoetrope.job.units", ("zoetrope.provider", "fal")).Count);

        Task<JobLedger> OpenAsync() => JobLedger.OpenAsync(new SqliteLedgerStore(Path.Combine(folder.Path, "jobs.db")), new() { Clients = [fal] }, Token);
    }
}
