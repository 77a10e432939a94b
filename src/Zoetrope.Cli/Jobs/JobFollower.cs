using Zoetrope.Cli.Output;
using Zoetrope.Json;

namespace Zoetrope.Cli.Jobs;

/// <summary>Follows a job to its end: progress, result, files.</summary>
internal static class JobFollower
{
    /// <summary>Waits for the job, prints its result and saves its files.</summary>
    /// <param name="session">The run of the command.</param>
    /// <param name="job">The job.</param>
    /// <param name="options">How to wait.</param>
    public static async Task<int> FollowAsync(Session session, Job<RawJson> job, FollowOptions options)
    {
        var result = await WaitAsync(session, job, options);
        try
        {
            JsonOutput.Write(result.Value);
            if (StatusText.Of(result.Metrics) is { } metrics)
                session.Reporter.Say(metrics);
            return options.Output is null ? ExitCode.Done : await SaveAsync(session, result, options.Output);
        }
        catch
        {
            // The job is paid for: its result and its files can be fetched again.
            session.SayHowToResume(result.Handle);
            throw;
        }
    }

    private static async Task<JobResult<RawJson>> WaitAsync(Session session, Job<RawJson> job, FollowOptions options)
    {
        try
        {
            return await session.Reporter.FollowAsync(onUpdate =>
            {
                var wait = new WaitOptions { Logs = true, OnUpdate = onUpdate };
                if (options.Timeout is { } timeout)
                    wait.Timeout = timeout;
                return job.WaitAsync(wait, session.Interruption.Asked);
            });
        }
        catch (JobWaitCanceledException exception) when (options.CancelOnInterrupt)
        {
            var outcome = await job.CancelAsync(session.Interruption.Insisted);
            throw new InterruptedException($"Interrupted. {CancelText.Of(outcome)} handle: {job.Handle}", exception);
        }
    }

    private static async Task<int> SaveAsync(Session session, JobResult<RawJson> result, OutputTarget output)
    {
        if (result.Media.Count == 0)
        {
            session.Reporter.Say("The result points to no file: nothing was saved.");
            return ExitCode.Refused;
        }
        var client = session.Connection!.Clients.First(client => client.Provider == result.Handle.Provider);
        var paths = output.PathsFor(result.Media);
        for (var i = 0; i < paths.Count; i++)
            session.Reporter.Say($"saved: {await client.SaveAsync(result.Media[i], paths[i], session.Interruption.Asked)}");
        return ExitCode.Done;
    }
}
