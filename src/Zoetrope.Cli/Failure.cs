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
        var code = Describe(exception, session);
        if (Environment.GetEnvironmentVariable("ZOETROPE_DEBUG") == "1")
        {
            foreach (var line in exception.ToString().Split('\n'))
                session.Reporter.Say(line);
        }
        return code;
    }

    private static int Describe(Exception exception, Session session)
    {
        var reporter = session.Reporter;
        switch (exception)
        {
            case UsageException usage:
                SayAll(reporter, usage.Problems);
                SayAll(reporter, usage.Hints);
                return ExitCode.Invalid;
            case RequestValidationException invalid:
                SayAll(reporter, invalid.Result.Issues.Select(issue => issue.ToString()));
                return ExitCode.Invalid;
            case JobResultException unreadable:
                // It is paid for, and may still be useful to the reader.
                var isPrinted = session.TryPrint(() => JsonOutput.Write(unreadable.Raw));
                reporter.Say(Message(unreadable));
                if (!isPrinted)
                    session.SayHowToResume(unreadable.Handle);
                return ExitCode.Refused;
            case JobTimeoutException timeout:
                reporter.Say(Message(timeout));
                session.SayHowToResume(timeout.Handle);
                return ExitCode.StoppedWaiting;
            case JobWatchException lost:
                reporter.Say(Message(lost));
                session.SayHowToResume(lost.Handle);
                return ExitCode.Refused;
            case JobWaitCanceledException stopped:
                reporter.Say($"Interrupted. {Message(stopped)}");
                session.SayHowToResume(stopped.Handle);
                return ExitCode.Interrupted;
            case InterruptedException interrupted:
                reporter.Say(interrupted.Message);
                return ExitCode.Interrupted;
            case OperationCanceledException:
                reporter.Say("Interrupted.");
                return ExitCode.Interrupted;
            case SubmitException { WasNotAccepted: false } unsure:
                reporter.Say(unsure.Message);
                if (unsure.Handle is { } handle)
                    session.SayHowToResume(handle);
                return ExitCode.NotKnown;
            case RoutingException nobody:
                reporter.Say("No provider accepted the job.");
                SayAll(reporter, nobody.Reasons.Select(reason => reason.Message));
                return ExitCode.Refused;
            case LedgerException ledger:
                reporter.Say(ledger.Message);
                return ExitCode.Failed;
            case ZoetropeException refused:
                reporter.Say(Message(refused));
                return ExitCode.Refused;
            default:
                reporter.Say(exception.Message);
                return ExitCode.Failed;
        }
    }

    /// <summary>The message without the handle, which is on a line of its own.</summary>
    private static string Message(Exception exception) =>
        exception is IJobFailure job ? exception.Message.Replace($" Handle: {job.Handle}", "", StringComparison.Ordinal) : exception.Message;

    private static void SayAll(IReporter reporter, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            reporter.Say(line);
    }
}
