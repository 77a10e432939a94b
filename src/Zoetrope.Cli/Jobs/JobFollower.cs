using Zoetrope.Cli.Output;
using Zoetrope.Clients;
using Zoetrope.Jobs;
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
        var saved = new List<string>();
        var isWritten = false;
        try
        {
            var code = options.Output is null ? ExitCode.Done : await SaveAsync(session, result, options.Output, saved);
            isWritten = true;
            Write(result, options, saved);
            if (StatusText.Of(result.Metrics) is { } metrics)
                session.Reporter.WriteLine(metrics);
            Show(session, result, options, saved);
            if (session.Connection!.IsEmbedded && options.Output is null && result.Media.Count > 0)
                session.Reporter.WriteLine("The links in the result work only until this command and its simulator end; --output FILE saves the files.");
            return code;
        }
        catch
        {
            // The job is paid for: its result is printed all the same, and it and its files can be fetched again.
            session.ReportHowToResume(result.Handle);
            if (!isWritten)
                session.TryPrint(() => Write(result, options, saved));
            throw;
        }
    }

    /// <summary>Shows and opens what the job made. The job is done: what fails here is only said.</summary>
    private static void Show(Session session, JobResult<RawJson> result, FollowOptions options, List<string> saved)
    {
        if (options.Previews && !Console.IsErrorRedirected)
        {
            foreach (var path in saved)
            {
                if (Preview(path) is { } reason)
                    session.Reporter.WriteLine($"'{path}' is not shown: {reason}.");
            }
        }
        if (!options.Opens)
            return;
        if ((saved.Count > 0 ? saved[0] : result.Media.Select(file => file.Url).FirstOrDefault()) is not { } target)
            session.Reporter.WriteLine("The result contains no file: nothing was opened.");
        else if (Opener.Open(target) is { } reason)
            session.Reporter.WriteLine($"The result was not opened: {reason}.");
    }

    private static string? Preview(string path)
    {
        try
        {
            return ImagePreview.Show(path, StandardStreams.WriteError);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static void Write(JobResult<RawJson> result, FollowOptions options, List<string> saved)
    {
        if (options.Output is null)
            JsonOutput.Write(result.Value);
        else
            JsonOutput.Write(result.Value, saved);
    }

    private static async Task<JobResult<RawJson>> WaitAsync(Session session, Job<RawJson> job, FollowOptions options)
    {
        try
        {
            return await session.Reporter.FollowAsync(wait =>
            {
                if (options.Timeout is { } timeout)
                    wait.Timeout = timeout;
                return job.WaitAsync(wait, session.Interruption.Asked);
            });
        }
        catch (JobWaitCanceledException exception) when (options.CancelOnInterrupt)
        {
            var outcome = await job.CancelAsync(session.Interruption.Insisted);
            throw new InterruptedException($"Interrupted. {CancelText.Of(outcome)}", exception);
        }
    }

    private static async Task<int> SaveAsync(Session session, JobResult<RawJson> result, OutputTarget output, List<string> saved)
    {
        if (result.Media.Count == 0)
        {
            session.Reporter.WriteLine("The result contains no file: nothing was saved.");
            return session.End(ErrorCode.NotSaved, ExitCode.Refused, "The result contains no file.");
        }
        var client = session.Connection!.ClientOf(result.Handle.Provider);
        for (var i = 0; i < result.Media.Count; i++)
        {
            using var place = output.Reserve(result.Media, i);
            if (place.Taken is { } taken)
                session.Reporter.WriteLine($"'{taken}' already exists and is kept.");
            saved.Add(await client.SaveAsync(result.Media[i], place.Path, session.Interruption.Asked));
            place.Keep();
            session.Reporter.WriteLine($"saved: {saved[^1]}");
        }
        return ExitCode.Done;
    }
}
