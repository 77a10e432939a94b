using Zoetrope.Jobs;

namespace Zoetrope.Cli.Output;

/// <summary>Finds the log lines of a job that were not reported before: providers send all of them with each status.</summary>
internal sealed class LogLines
{
    private int _told;

    /// <summary>The new lines of a status.</summary>
    public IEnumerable<string> New(JobStatus status)
    {
        for (; _told < status.Logs.Count; _told++)
            yield return $"log: {status.Logs[_told].Message}";
    }
}
