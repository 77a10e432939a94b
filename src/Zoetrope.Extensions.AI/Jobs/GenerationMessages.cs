using Microsoft.Extensions.Logging;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>The messages of the log. Their ids are stable.</summary>
internal static partial class GenerationMessages
{
    /// <summary>The category of the log.</summary>
    public const string Category = "Zoetrope.Extensions.AI";

    [LoggerMessage(1, LogLevel.Warning, "{Provider}, {Model}: {Warning}")]
    public static partial void Warned(ILogger logger, string provider, string model, string warning);
}
