using System.Globalization;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Jobs;

/// <summary>The log lines of a job: one for each quarter of its run.</summary>
internal static class JobLog
{
    private const int Steps = 4;

    /// <summary>The lines that a job has written until <paramref name="now"/>.</summary>
    public static JsonArray Lines(SimulatedJob job, DateTimeOffset now)
    {
        var lines = new JsonArray();
        if (job.NeverStarts || now < job.Times.Starts)
            return lines;
        var reached = (int)(job.ProgressAt(now) * Steps);
        for (var step = 0; step <= reached; step++)
        {
            var time = job.Times.Starts + (job.Times.Ends - job.Times.Starts) * ((double)step / Steps);
            lines.Add(new JsonObject
            {
                ["message"] = step == 0 ? "Started." : $"{100 * step / Steps}% done.",
                ["level"] = "INFO",
                ["source"] = "USER",
                ["timestamp"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            });
        }
        return lines;
    }
}
