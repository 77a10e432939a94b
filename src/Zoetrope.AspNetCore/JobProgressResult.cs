using System.Globalization;
using System.Reflection;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zoetrope.AspNetCore.Progress;
using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.AspNetCore;

/// <summary>
/// The progress of a job as server-sent events; see <see cref="JobProgressExtensions.JobProgress"/>. The data of each event is a JSON object:
/// <list type="bullet">
/// <item><c>status</c>: <c>state</c> (<c>queued</c>, <c>running</c>, <c>completed</c>, <c>failed</c> or <c>canceled</c>) and, where they are known,
/// <c>queuePosition</c>, <c>progress</c> (0 to 1), <c>expectedSeconds</c> and <c>logs</c> (new lines, each with <c>message</c>, <c>level</c> and
/// <c>timestamp</c>).</item>
/// <item><c>result</c>, the last one: what <see cref="JobProgressOptions{TResult}.OnResult"/> returns, or the result as it was received.</item>
/// <item><c>failure</c>, the last one: <c>state</c> (<c>failed</c>, <c>canceled</c>, <c>completed</c> where the result cannot be read, or <c>unknown</c> where
/// the job cannot be followed), <c>message</c> and, where the provider says it, <c>type</c> and <c>retryable</c>.</item>
/// </list>
/// A browser that connects again after the last one receives 204, which ends its attempts.
/// </summary>
/// <typeparam name="TResult">The result type of the model.</typeparam>
public sealed class JobProgressResult<TResult> : IResult, IStatusCodeHttpResult, IContentTypeHttpResult, IEndpointMetadataProvider
{
    private readonly Job<TResult> _job;
    private readonly JobProgressOptions<TResult> _options;

    internal JobProgressResult(Job<TResult> job, JobProgressOptions<TResult> options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.KeepAlive, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Reconnect, TimeSpan.Zero, nameof(options));
        (_job, _options) = (job, options);
        _ = Wait(null);
    }

    /// <summary>The media type, <c>text/event-stream</c>.</summary>
    public string? ContentType => JobEventWriter.MediaType;

    /// <summary>The status, 200; a browser that connects again after the last event receives 204.</summary>
    public int? StatusCode => StatusCodes.Status200OK;

    /// <summary>Writes the events until the job has ended, the browser goes away or the app stops.</summary>
    /// <param name="httpContext">The request of the browser.</param>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        string? lastId = httpContext.Request.Headers["Last-Event-ID"];
        if (lastId == JobEventWriter.EndId)
        {
            httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        var services = httpContext.RequestServices;
        // A stream that went on would keep the app from stopping.
        var stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var logger = services.GetService<ILoggerFactory>()?.CreateLogger(JobEventLog.Category) ?? NullLogger.Instance;
        try
        {
            await FollowAsync(await JobEventWriter.StartAsync(httpContext, _options.Reconnect, FirstLine(lastId)), httpContext, logger, end);
        }
        catch (Exception exception) when (end.IsCancellationRequested && exception is OperationCanceledException or JobWaitCanceledException or IOException)
        {
            // The browser has gone, or comes back to another instance of the app.
        }
    }

    /// <summary>Describes the response of endpoints that return it.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="builder">The endpoint.</param>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [JobEventWriter.MediaType]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent));
    }

    private async Task FollowAsync(JobEventWriter events, HttpContext context, ILogger logger, CancellationTokenSource stop)
    {
        var ct = stop.Token;
        // A browser that is slow receives the newest status, which has the log lines of all.
        var statuses = Channel.CreateBounded<JobStatus>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var ending = EndAsync(statuses.Writer, context, logger, ct);
        var pause = Task.Delay(_options.KeepAlive, ct);
        try
        {
            while (true)
            {
                var next = NextAsync(statuses.Reader, ct);
                await KeepAliveUntilAsync(next);
                if (await next is not { } status)
                    break;
                await events.WriteStatusAsync(status, ct);
            }
            await KeepAliveUntilAsync(ending);
            if (await ending is not { } end)
                return;
            await (end.Failure is null ? events.WriteResultAsync(end.Result, ct) : events.WriteFailureAsync(end.Failure, ct));
        }
        finally
        {
            // Nobody would read what a wait that went on brings.
            await stop.CancelAsync();
            await ((Task)ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task KeepAliveUntilAsync(Task task)
        {
            while (await Task.WhenAny(task, pause) != task)
            {
                await pause;
                await events.KeepAliveAsync(ct);
                pause = Task.Delay(_options.KeepAlive, ct);
            }
        }
    }

    /// <summary>
    /// Waits for the end of the job, and for what the app makes of it; null where the response ends without a last event, so that a browser comes back.
    /// </summary>
    private async Task<(RawJson Result, Exception? Failure)?> EndAsync(
        ChannelWriter<JobStatus> statuses, HttpContext context, ILogger logger, CancellationToken ct)
    {
        JobResult<TResult> result;
        try
        {
            result = await _job.WaitAsync(Wait(statuses), ct);
        }
        catch (Exception exception) when (exception is JobFailedException or JobCanceledException or JobResultException or JobWatchException)
        {
            JobEventLog.Ended(logger, exception, _job.Handle);
            return (default, exception);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            JobEventLog.Broken(logger, exception, _job.Handle.Provider);
            return null;
        }
        finally
        {
            statuses.Complete();
        }
        try
        {
            return (_options.OnResult is { } make ? await make(result, context) : result.Raw, null);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            JobEventLog.Broken(logger, exception, _job.Handle.Provider);
            return null;
        }
    }

    private WaitOptions Wait(ChannelWriter<JobStatus>? statuses) => new()
    {
        Timeout = Timeout.InfiniteTimeSpan,
        PollInterval = _options.PollInterval,
        IncludeLogs = _options.IncludeLogs,
        StatusFeed = _options.StatusFeed,
        OnUpdate = status => statuses?.TryWrite(status),
    };

    private static async Task<JobStatus?> NextAsync(ChannelReader<JobStatus> statuses, CancellationToken ct) =>
        await statuses.WaitToReadAsync(ct) && statuses.TryRead(out var status) ? status : null;

    private static int FirstLine(string? lastId) => int.TryParse(lastId, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) ? lines : 0;
}
