namespace Zoetrope.Cli;

/// <summary>The exit codes of every command. Scripts depend on them.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A failure of this machine, not of the request or the provider, such as a full disk.</summary>
    public const int Failed = 1;

    /// <summary>The documents have errors, or their lock file is out of date.</summary>
    public const int ProblemsFound = 1;

    /// <summary>The command line or the request is wrong; nothing was sent.</summary>
    public const int Invalid = 2;

    /// <summary>The provider definitely did not accept the job, or it failed or was canceled there. Of a batch, this is so for at least one job.</summary>
    public const int Refused = 3;

    /// <summary>The wait was over before the job was; the handle was printed. Of a batch, jobs are left, such as for a cap to be raised.</summary>
    public const int StoppedWaiting = 4;

    /// <summary>
    /// The submit broke off, and whether the provider accepted the job is not known: submitting once more may pay twice. Of a batch, this is so for at least
    /// one job.
    /// </summary>
    public const int NotKnown = 5;

    /// <summary>Interrupted by a signal; the handle was printed if there is a job.</summary>
    public const int Interrupted = 130;
}
