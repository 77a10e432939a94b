using Zoetrope.Cli.Output;

namespace Zoetrope.Cli;

/// <summary>Turns what was thrown into words on stderr and an exit code.</summary>
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
        switch (exception)
        {
            case UsageException usage:
                SayAll(session.Reporter, usage.Problems);
                SayAll(session.Reporter, usage.Hints);
                return ExitCode.Invalid;
            case RequestValidationException invalid:
                SayAll(session.Reporter, invalid.Result.Issues.Select(issue => issue.ToString()));
                return ExitCode.Invalid;
            case JobResultException unreadable:
                // It is paid for: whoever reads it may still make sense of it.
                JsonOutput.Write(unreadable.Raw);
                session.Reporter.Say(unreadable.Message);
                return ExitCode.Refused;
            case JobTimeoutException timeout:
                session.Reporter.Say(timeout.Message);
                session.SayHowToResume(timeout.Handle);
                return ExitCode.StoppedWaiting;
            case JobWatchException lost:
                session.Reporter.Say(lost.Message);
                session.SayHowToResume(lost.Handle);
                return ExitCode.Refused;
            case JobWaitCanceledException stopped:
                session.Reporter.Say("Interrupted. The job was left running.");
                session.SayHowToResume(stopped.Handle);
                return ExitCode.Interrupted;
            case InterruptedException interrupted:
                session.Reporter.Say(interrupted.Message);
                return ExitCode.Interrupted;
            case OperationCanceledException:
                session.Reporter.Say("Interrupted.");
                return ExitCode.Interrupted;
            case ZoetropeException refused:
                session.Reporter.Say(refused.Message);
                return ExitCode.Refused;
            default:
                session.Reporter.Say(exception.Message);
                return ExitCode.Failed;
        }
    }

    private static void SayAll(IReporter reporter, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            reporter.Say(line);
    }
}
