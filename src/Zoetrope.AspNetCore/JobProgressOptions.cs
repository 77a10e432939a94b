using Microsoft.AspNetCore.Http;
using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.AspNetCore;

/// <summary>The options of <see cref="JobProgressExtensions.JobProgress"/>.</summary>
/// <typeparam name="TResult">The result type of the model.</typeparam>
public sealed class JobProgressOptions<TResult>
{
    /// <summary>
    /// Whether log lines are streamed, each once, where the provider has them; false by default, because they may quote inputs.
    /// </summary>
    public bool IncludeLogs { get; set; }

    /// <summary>
    /// What the browser receives of the result, and what the app does with it before, such as storing files. Null, the default, sends the result as the
    /// provider delivered it. It runs for each browser that follows the job to its end. What it throws is logged, whatever it is, and the browser comes back.
    /// </summary>
    public Func<JobResult<TResult>, HttpContext, ValueTask<RawJson>>? OnResult { get; set; }

    /// <summary>The time between two polls; null for the client's own.</summary>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>Where statuses come from in place of polls; null for polls. See <see cref="WaitOptions.StatusFeed"/>.</summary>
    public StatusFeed? StatusFeed { get; set; }

    /// <summary>
    /// The longest time without an event before a comment is sent, so that no proxy takes the connection for a dead one; 15 seconds by default.
    /// </summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a browser pauses before it connects again after a connection broke off; 2 seconds by default.</summary>
    public TimeSpan Reconnect { get; set; } = TimeSpan.FromSeconds(2);
}
