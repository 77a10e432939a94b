using Zoetrope.Validation;

namespace Zoetrope.Webhooks;

/// <summary>The options of a <see cref="WebhookReceiver"/>, which takes their values when it is constructed.</summary>
public class WebhookOptions
{
    /// <summary>
    /// How far the time of a delivery may differ from the receiver's clock, in either direction; 5 minutes by default, which fal, Replicate and WaveSpeed
    /// document. It applies where the signature covers a time.
    /// </summary>
    public TimeSpan Tolerance
    {
        get;
        set => field = OptionChecks.Positive(value, nameof(Tolerance));
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Recognizes deliveries that were received before; by default in the memory of this process. Set one that all processes share where several of them
    /// receive, and null to receive repeated deliveries, too.
    /// </summary>
    public WebhookReplayGuard? ReplayGuard { get; set; } = WebhookReplayGuard.InMemory();

    /// <summary>
    /// For how long a received delivery is reserved for the code that received it; 30 seconds by default. A repeated one is refused with the status 503
    /// meanwhile. If <see cref="WebhookDelivery.CompleteAsync"/> was not called by then, as after a crash, a repeated one is accepted. A process that needs
    /// more time may be processing the same delivery twice.
    /// </summary>
    public TimeSpan Lease
    {
        get;
        set => field = OptionChecks.Positive(value, nameof(Lease));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// For how long a completed delivery is recognized; 24 hours by default, and at least twice <see cref="Tolerance"/>: a delivery whose time is ahead of the
    /// receiver's clock is acceptable for that long.
    /// </summary>
    public TimeSpan ReplayWindow
    {
        get;
        set => field = OptionChecks.Positive(value, nameof(ReplayWindow));
    } = TimeSpan.FromHours(24);

    /// <summary>The largest body that is read, in bytes; 64 MB by default, because results may contain files as data URIs.</summary>
    public int MaxBodyBytes
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(MaxBodyBytes));
    } = 64 * 1024 * 1024;

    /// <summary>The clock that the times of deliveries are compared with; the system clock by default.</summary>
    public TimeProvider TimeProvider
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    internal WebhookOptions Copy() => (WebhookOptions)MemberwiseClone();
}
