using Microsoft.Extensions.Logging;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>What <see cref="LoggingVideoGenerator"/> and <see cref="OpenTelemetryVideoGenerator"/> log. The ids are stable.</summary>
internal static partial class VideoMessages
{
    [LoggerMessage(11, LogLevel.Debug, "GenerateAsync invoked")]
    public static partial void Invoked(ILogger logger);

    [LoggerMessage(12, LogLevel.Trace, "GenerateAsync invoked: Prompt: {Prompt}. Options: {Options}. Metadata: {Metadata}")]
    public static partial void InvokedWith(ILogger logger, string? prompt, string? options, string? metadata);

    [LoggerMessage(13, LogLevel.Debug, "GenerateAsync completed")]
    public static partial void Completed(ILogger logger);

    [LoggerMessage(14, LogLevel.Trace, "GenerateAsync completed: {Contents}")]
    public static partial void CompletedWith(ILogger logger, string contents);

    [LoggerMessage(15, LogLevel.Debug, "GenerateAsync canceled")]
    public static partial void Canceled(ILogger logger);

    [LoggerMessage(16, LogLevel.Error, "GenerateAsync failed")]
    public static partial void FailedWith(ILogger logger, Exception exception);

    [LoggerMessage(17, LogLevel.Error, "GenerateAsync failed: {ExceptionType}")]
    public static partial void Failed(ILogger logger, string? exceptionType);
}
