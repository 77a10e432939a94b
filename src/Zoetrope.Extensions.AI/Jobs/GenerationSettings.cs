using Microsoft.Extensions.Logging;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>How the jobs of a generator are submitted and waited for.</summary>
public sealed class GenerationSettings
{
    /// <summary>
    /// Creates the options of a submit, such as a limit of its cost or those of a provider. It is called for each job and must return new options, because a
    /// key or an id in them belongs to one job. Null by default.
    /// </summary>
    public Func<SubmitOptions>? SubmitOptions { get; init; }

    /// <summary>The options of the waits; null, the default, for those of a wait that is given none.</summary>
    public WaitOptions? WaitOptions { get; init; }

    /// <summary>
    /// The most jobs of one request that are submitted or waited for at once, within the limits of the client; 8 by default. A request in the background does
    /// not wait, so more jobs can be under way. After a failure no further one is submitted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MaxConcurrentJobs
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 8;

    /// <summary>
    /// Creates the logger of warnings, which are in each response too; null, the default, for none. Warnings name options, such as a format, a size or a seed,
    /// and never a prompt. Those of a request that fails are not logged.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
