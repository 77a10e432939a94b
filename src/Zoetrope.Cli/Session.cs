using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli;

/// <summary>One run of a command: what it reports, what it is connected to, and whether it was interrupted.</summary>
internal sealed class Session : IAsyncDisposable
{
    private JobHandle? _handle;
    private ErrorReport? _outcome;
    private bool _hasReported;

    private Session()
    {
    }

    /// <summary>Reports on stderr how things go.</summary>
    public IReporter Reporter { get; } = Output.Reporter.Create();

    /// <summary>The signals that ask to stop.</summary>
    public Interruption Interruption { get; } = new();

    /// <summary>Where requests go, once it is known.</summary>
    public Connection? Connection { get; set; }

    /// <summary>A session for what is reported outside of a command.</summary>
    public static Session Create() => new();

    /// <summary>Runs a command: an exception becomes a message on stderr and an exit code.</summary>
    public static async Task<int> RunAsync(Func<Session, Task<int>> command)
    {
        await using var session = new Session();
        try
        {
            var code = await command(session);
            // What a command found is reported where it prints it; programs learn on stderr too that it did not end well.
            if (code != ExitCode.Done && ErrorOutput.IsJson && !session._hasReported)
                session.Report(session._outcome ?? Outcome(code));
            return code;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, session);
        }
    }

    /// <summary>Reports what went wrong: in lines, or as JSON.</summary>
    /// <param name="report">What went wrong.</param>
    /// <param name="trace">The stack trace, where it was asked for.</param>
    public void Report(ErrorReport report, string? trace = null)
    {
        _hasReported = true;
        if (ErrorOutput.IsJson)
        {
            var job = report.Handle ?? _handle;
            var isSimulated = Connection is { IsEmbedded: true };
            var mayBePaid = !isSimulated && (job is not null || report.Code is ErrorCode.SubmitUnknown or ErrorCode.JobsInDoubt);
            var resume = job is { } handle && !isSimulated ? HowToResume(handle) : null;
            ErrorOutput.Write(report with { Handle = job }, resume, mayBePaid, trace);
            return;
        }
        foreach (var problem in report.Problems)
            Reporter.WriteLine(problem.ToString());
        foreach (var hint in report.Hints)
            Reporter.WriteLine(hint);
        if (report is { SaysHowToResume: true, Handle: { } left })
            ReportHowToResume(left);
        foreach (var line in trace?.Split('\n') ?? [])
            Reporter.WriteLine(line);
    }

    /// <summary>Ends a command that did what it was asked, and found that something is wrong: the code says what, for errors as JSON.</summary>
    /// <param name="code">The word for it, of <see cref="ErrorCode"/>.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="message">It in words, which lines for people have already said.</param>
    public int End(string code, int exitCode, string message)
    {
        _outcome = new ErrorReport(code, exitCode, message);
        return exitCode;
    }

    /// <summary>Reports what a job is found again by. Where that cannot be printed, it is kept in a file.</summary>
    public void ReportHandle(JobHandle handle)
    {
        _handle = handle;
        Reporter.WriteLine($"handle: {handle}");
        if (QuietWriter.HasFailed && Connection is not { IsEmbedded: true })
            LostHandles.Keep(HowToResume(handle));
    }

    /// <summary>Reports how to resume a job that is no longer waited for.</summary>
    public void ReportHowToResume(JobHandle handle) => Reporter.WriteLine(Connection is { IsEmbedded: true }
        ? "The embedded simulator and its jobs end with this command; jobs of `zoetrope simulate` can be resumed."
        : $"resume with: {HowToResume(handle)}");

    /// <summary>Prints output beside a failure. A stdout that cannot be written to is reported in a line, and does not replace that failure.</summary>
    public bool TryPrint(Action print)
    {
        try
        {
            print();
            return true;
        }
        catch (IOException exception)
        {
            Reporter.WriteLine(exception.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Connection is not null)
            await Connection.DisposeAsync();
        Interruption.Dispose();
    }

    private string HowToResume(JobHandle handle) =>
        Connection?.BaseUrlOf(handle.Provider) is { } baseUrl ? $"zoetrope resume {handle} --base-url {Address.Of(baseUrl)}" : $"zoetrope resume {handle}";

    private static ErrorReport Outcome(int code) => code switch
    {
        ExitCode.Failed => new(ErrorCode.ProblemsFound, code, "There are problems, which were printed."),
        ExitCode.Refused => new(ErrorCode.Rejected, code, "It was refused, as was printed."),
        ExitCode.StoppedWaiting => new(ErrorCode.JobsWaiting, code, "Jobs are left that wait."),
        ExitCode.NotKnown => new(ErrorCode.JobsInDoubt, code, "Jobs may have been accepted, and are not sent again without a decision."),
        ExitCode.Interrupted => new(ErrorCode.Interrupted, code, "Interrupted."),
        _ => new(ErrorCode.Usage, code, "The command line or the request is wrong."),
    };
}
