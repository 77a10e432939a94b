using Zoetrope.Jobs;
using Zoetrope.Telemetry;
using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <content>Statuses that the provider sends by itself, between polls.</content>
internal sealed partial class JobWaiter : IStatusListener
{
    // A feed may repeat what is not true any more.
    private static readonly TimeSpan LongestFeed = TimeSpan.FromMinutes(1);

    private FeedReader? _feed;
    private bool _isLastLook;

    void IStatusListener.Hear(JobStatus status)
    {
        _session.Hear(status);
        Heard();
    }

    void IStatusListener.EndPatience()
    {
        _pause = None;
        _hadLastLook |= _isLastLook;
    }

    void IStatusListener.EndFeed(Exception? failure)
    {
        _pause = None;
        if (failure is null)
            return;
        Instrumentation.Polled(_session.Handle, failure);
        ReportFailure(failure, count: 1, TimeSpan.Zero);
    }

    private ValueTask<JobStatus?> NextOfAsync(StatusFeed feed)
    {
        _feed ??= feed.Follow(_session.Handle, _options.IncludeLogs, this, Limited());
        var until = UntilPoll();
        if (until > TimeSpan.Zero)
            return _feed.NextAsync(until, Services.Time);
        // However many statuses it brings, the job is polled; after the pause, if the last poll failed.
        _hadLastLook |= _isLastLook;
        if (_lastFailure is null)
            _pause = None;
        return default;
    }

    /// <summary>How long the statuses of a feed are believed: a minute, and no longer than leaves time to request the status once more.</summary>
    private TimeSpan UntilPoll()
    {
        var until = LongestFeed - Services.Time.GetElapsedTime(_lastPoll);
        _isLastLook = false;
        if (!_hadLastLook && _options.Timeout != Timeout.InfiniteTimeSpan)
        {
            var look = _options.Timeout - Durations.Shorter(_options.Timeout / 10, LongestLastLook) - Services.Time.GetElapsedTime(_start);
            _isLastLook = look < until;
            until = Durations.Shorter(look, until);
        }
        return until > TimeSpan.Zero ? until : TimeSpan.Zero;
    }
}
