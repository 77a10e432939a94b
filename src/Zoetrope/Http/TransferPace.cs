namespace Zoetrope.Http;

/// <summary>
/// The minimum pace of a body. In each window, as many bytes must be received as the minimum speed amounts to; only time spent waiting for the server counts.
/// The whole transfer has a deadline, too. For text and events, less is enough, and so is a single line: heartbeats are short.
/// </summary>
/// <param name="window">The window; if infinite, there is no minimum speed.</param>
/// <param name="bytesPerSecond">The minimum speed; if 0, any byte in the window is enough.</param>
/// <param name="total">The maximum duration of the transfer; if infinite, there is no limit.</param>
/// <param name="isText">Whether the body is text or events.</param>
/// <param name="time">The clock.</param>
internal sealed class TransferPace(TimeSpan window, long bytesPerSecond, TimeSpan total, bool isText, TimeProvider time)
{
    private const int TextsAreSlower = 64;

    // Timers and clocks have different resolutions, so a timer may fire slightly early.
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(20);

    private readonly long _start = time.GetTimestamp();
    private readonly double _needed = Math.Max(1, bytesPerSecond * window.TotalSeconds / (isText ? TextsAreSlower : 1));
    private TimeSpan _waited;
    private long _received;

    /// <summary>The time that the next read may take; zero or less when the time is over.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = window == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : window - _waited;
            var whole = total == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : total - time.GetElapsedTime(_start);
            return left < whole ? left : whole;
        }
    }

    /// <summary>Records received bytes.</summary>
    public void Received(ReadOnlySpan<byte> bytes, TimeSpan waited)
    {
        _waited += waited;
        _received += bytes.Length;
        if (_received < _needed && !(isText && bytes.Contains((byte)'\n')))
            return;
        _waited = TimeSpan.Zero;
        _received = 0;
    }

    /// <summary>Describes the failure when the time is over; the subject of the sentence precedes it.</summary>
    public string Problem()
    {
        if (total != Timeout.InfiniteTimeSpan && time.GetElapsedTime(_start) >= total - Early)
            return $"did not complete within {total.ToString()}";
        // Bytes that were received just before the wait began do not count.
        return _received == 0 || _waited < window / 10 ? $"sent nothing for {window.ToString()}" : $"sent only {_received} bytes in {window.ToString()}";
    }
}
