using Zoetrope.Http;
using Zoetrope.Validation;

namespace Zoetrope.Uploads;

/// <summary>The options of one upload. Providers derive their own types with further options.</summary>
public class UploadOptions
{
    /// <summary>Receives the number of bytes after each piece that was sent, from any thread; null by default.</summary>
    public IProgress<UploadProgress>? Progress { get; set; }

    /// <summary>
    /// The maximum number of times each request of the upload is sent; 3 by default. A request is repeated after a failure that may pass (no connection, a
    /// connection that broke, no response in time, 408, 425, 429 and 5xx), and only where that cannot store the file twice.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int Attempts
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(Attempts));
    } = 3;

    /// <summary>
    /// The time in which a piece of the file must be sent, and in which the response must be received when all are; 60 seconds by default. The whole upload has
    /// <see cref="ClientOptions.TransferTimeout"/>. The <see cref="HttpClient.Timeout"/> of a client of your own does not apply to the transfer: it would
    /// include the time for sending the file.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither positive nor infinite.</exception>
    public TimeSpan StallTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(StallTimeout));
    } = TimeSpan.FromSeconds(60);
}
