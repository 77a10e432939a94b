namespace Zoetrope.Http;

/// <summary>
/// How slow a body may come. In each window as many bytes must come as the least speed makes in it; only time spent waiting for the server counts. The whole
/// has a deadline, too. Of texts and events less is enough, and so is a line: heartbeats are short.
/// </summary>
/// <param name="window">The window; infinite sets no least speed.</param>
/// <param name="bytesPerSecond">The least speed; 0 sets none but that something comes.</param>
/// <param name="total">How long the whole may take; infinite sets no limit.</param>
/// <param name="isText">Whether it is text or events.</param>
/// <param name="time">The clock.</param>
internal sealed class TransferPace(TimeSpan window, long bytesPerSecond, TimeSpan total, bool isText, TimeProvider time)
{
    private const int TextsAreSlower = 64;

    // Timers count other ticks than clocks, and may be over a little before them.
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(20);

    private readonly long _start = time.GetTimestamp();
    private readonly double _needed = Math.Max(1, bytesPerSecond * window.TotalSeconds / (isText ? TextsAreSlower : 1));
    private TimeSpan _waited;
    private long _came;

    /// <summary>How long the next read may take; zero or less when the time is over.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = window == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : window - _waited;
            var whole = total == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : total - time.GetElapsedTime(_start);
            return left < whole ? left : whole;
        }
    }

    /// <summary>Notes what came.</summary>
    public void Came(ReadOnlySpan<byte> bytes, TimeSpan waited)
    {
        _waited += waited;
        _came += bytes.Length;
        if (_came < _needed && !(isText && bytes.Contains((byte)'\n')))
            return;
        _waited = TimeSpan.Zero;
        _came = 0;
    }

    /// <summary>What is wrong when the time is over, behind the name of what is too slow.</summary>
    public string Problem()
    {
        if (total != Timeout.InfiniteTimeSpan && time.GetElapsedTime(_start) >= total - Early)
            return $"did not come to its end within {total}";
        // What came just before the wait began is no part of it.
        return _came == 0 || _waited < window / 10 ? $"sent nothing for {window}" : $"sent only {_came} bytes in {window}";
    }
}
