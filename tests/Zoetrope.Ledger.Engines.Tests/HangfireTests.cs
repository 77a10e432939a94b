using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zoetrope.Jobs;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>Hangfire decides when the steps are taken; see docs/jobs-engines.md.</summary>
public sealed class HangfireTests : EngineTest
{
    [Fact]
    public async Task Background_jobs_take_the_steps_and_submit_once_however_often_they_are_repeated()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Ledger);
        builder.Services.AddTransient<MediaJobs>();
        builder.Services.AddHangfire(hangfire => hangfire.UseInMemoryStorage());
        builder.Services.AddHangfireServer(options => options.SchedulePollingInterval = TimeSpan.FromMilliseconds(100));
        using var host = builder.Build();
        await host.StartAsync(Token);
        var jobs = await Ledger.IntendAsync([.. Enumerable.Range(0, 10).Select(i => Intent($"h{i}"))], Token);
        var background = host.Services.GetRequiredService<IBackgroundJobClient>();

        // Each twice, as when Hangfire repeats one whose end it has not seen.
        foreach (var job in jobs.Concat(jobs))
            background.Enqueue<MediaJobs>(media => media.SendAsync(job.Id, CancellationToken.None));
        await SettledAsync(10);
        await host.StopAsync(Token);

        Assert.Equal(0, await VerifyAsync(10));
        Assert.Equal(10, Simulator.Submits);
    }

    /// <summary>The sample of docs/jobs-engines.md.</summary>
    public sealed class MediaJobs(JobLedger ledger, IBackgroundJobClient background)
    {
        public async Task SendAsync(string id, CancellationToken cancellationToken)
        {
            var job = await ledger.SendAsync(id, cancellationToken);
            if (job.State == LedgerState.Intended)   // a limit or a cap left it, and job.Reason says which
                background.Schedule<MediaJobs>(media => media.SendAsync(id, CancellationToken.None), TimeSpan.FromSeconds(2));
            else
                background.Schedule<MediaJobs>(media => media.AdvanceAsync(id, CancellationToken.None), TimeSpan.FromSeconds(1));
        }

        public async Task AdvanceAsync(string id, CancellationToken cancellationToken)
        {
            var job = await ledger.AdvanceAsync(id, cancellationToken);
            if (!job.IsFinished)
                background.Schedule<MediaJobs>(media => media.AdvanceAsync(id, CancellationToken.None), TimeSpan.FromSeconds(1));
        }
    }
}
