namespace Zoetrope.Jobs;

/// <summary>A log line of a job.</summary>
/// <param name="Message">The text.</param>
/// <param name="Timestamp">The time, where the provider reports one that can be read.</param>
/// <param name="Level">The provider's level, such as <c>INFO</c> or <c>STDERR</c>.</param>
public sealed record JobLog(string Message, DateTimeOffset? Timestamp = null, string? Level = null);
