using Microsoft.Extensions.Logging;
using Zoetrope.Jobs;

namespace Zoetrope.AspNetCore.Progress;

/// <summary>What is logged of jobs whose progress browsers follow.</summary>
internal static partial class JobEventLog
{
    /// <summary>The category.</summary>
    public const string Category = "Zoetrope.AspNetCore.JobProgress";

    /// <summary>Logs a job without a result that a browser received the end of.</summary>
    public static void Ended(ILogger logger, Exception exception, JobHandle handle)
    {
        if (exception is JobFailedException or JobCanceledException)
            LogEnded(logger, handle.Provider, exception.GetType().Name);
        else
            LogUnreadable(logger, exception, handle.Provider);
    }

    [LoggerMessage(1, LogLevel.Information, "A job of {Provider} whose progress was followed has no result: {Reason}")]
    private static partial void LogEnded(ILogger logger, string provider, string reason);

    [LoggerMessage(2, LogLevel.Error, "A job of {Provider} could not be followed to its result.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, string provider);

    /// <summary>Logs a response that ends before the job does.</summary>
    [LoggerMessage(3, LogLevel.Error, "The progress of a job of {Provider} could not be sent to its end. The browser connects again.")]
    public static partial void Broken(ILogger logger, Exception exception, string provider);
}
