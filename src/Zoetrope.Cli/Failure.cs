using Zoetrope.Cli.Input;
using Zoetrope.Cli.Output;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Cli;

/// <summary>Turns an exception into a message on stderr and an exit code.</summary>
internal static class Failure
{
    /// <summary>Reports an exception. Its stack trace is shown only where <c>ZOETROPE_DEBUG=1</c> asks for it.</summary>
    public static int Report(Exception exception, Session session)
    {
        var report = Describe(exception);
        // The result is paid for, and may still be useful to the reader.
        if (exception is JobResultException unreadable && session.TryPrint(() => JsonOutput.Write(unreadable.Raw)))
            report = report with { SaysHowToResume = false };
        var trace = Environment.GetEnvironmentVariable("ZOETROPE_DEBUG") == "1" ? exception.ToString() : null;
        session.Report(report, trace);
        return report.ExitCode;
    }

    private static ErrorReport Describe(Exception exception) => exception switch
    {
        UsageException usage => new(usage.Code, ExitCode.Invalid, usage.Details) { Hints = usage.Hints },
        RequestValidationException invalid =>
            new(ErrorCode.InvalidRequest, ExitCode.Invalid, [.. invalid.Result.Issues.Select(InputProblem.Of)]),
        JobResultException unreadable => OfJob(ErrorCode.ResultUnreadable, ExitCode.Refused, unreadable, unreadable.Handle),
        JobTimeoutException timeout => OfJob(ErrorCode.WaitTimedOut, ExitCode.StoppedWaiting, timeout, timeout.Handle),
        JobWatchException lost => OfJob(ErrorCode.JobLost, ExitCode.Refused, lost, lost.Handle),
        JobWaitCanceledException stopped => new(ErrorCode.Interrupted, ExitCode.Interrupted, $"Interrupted. {Message(stopped)}")
        {
            Handle = stopped.Handle,
            SaysHowToResume = true,
        },
        InterruptedException interrupted => new(ErrorCode.Interrupted, ExitCode.Interrupted, interrupted.Message),
        OperationCanceledException => new(ErrorCode.Interrupted, ExitCode.Interrupted, "Interrupted."),
        SubmitException { WasNotAccepted: false } unsure => new(ErrorCode.SubmitUnknown, ExitCode.NotKnown, unsure.Message)
        {
            Handle = unsure.Handle,
            SaysHowToResume = unsure.Handle is not null,
        },
        RoutingException nobody => new(
            ErrorCode.NotAccepted,
            ExitCode.Refused,
            [new("", "No provider accepted the job."), .. nobody.Reasons.Select(reason => new InputProblem("", reason.Message))]),
        LedgerException ledger => new(ErrorCode.Ledger, ExitCode.Failed, ledger.Message),
        ZoetropeException refused => new(CodeOf(refused), ExitCode.Refused, Message(refused)) { Handle = (refused as IJobFailure)?.Handle },
        _ => new(ErrorCode.Failed, ExitCode.Failed, exception.Message),
    };

    private static ErrorReport OfJob(string code, int exitCode, Exception exception, JobHandle handle) =>
        new(code, exitCode, Message(exception)) { Handle = handle, SaysHowToResume = true };

    private static string CodeOf(ZoetropeException exception) => exception switch
    {
        CostLimitException => ErrorCode.CostLimit,
        SubmitException => ErrorCode.NotAccepted,
        MissingKeyException => ErrorCode.NoKey,
        JobFailedException => ErrorCode.JobFailed,
        JobCanceledException => ErrorCode.JobCanceled,
        MediaDownloadException => ErrorCode.NotSaved,
        _ => ErrorCode.Rejected,
    };

    /// <summary>The message without the handle, which is on a line of its own.</summary>
    private static string Message(Exception exception) =>
        exception is IJobFailure job ? exception.Message.Replace($" Handle: {job.Handle}", "", StringComparison.Ordinal) : exception.Message;
}
