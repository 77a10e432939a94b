using Zoetrope.Jobs;
using Zoetrope.Validation;

namespace Zoetrope.Http;

/// <summary>How a client talks to its provider. Providers have their own kinds with the key and more.</summary>
public class MediaClientOptions : ClientOptions
{
    /// <summary>
    /// The deadline of one submit; 120 seconds by default. Waiting for the turn that <see cref="Limits"/> ask for has one of its own
    /// (<see cref="SubmitLimits.QueueTimeout"/>), as long by default.
    /// </summary>
    public TimeSpan SubmitTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(SubmitTimeout));
    } = TimeSpan.FromSeconds(120);

    /// <summary>The deadline of each poll, result fetch and cancel; 30 seconds by default.</summary>
    public TimeSpan PollTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(PollTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>How many times a submit is sent at most; 3 by default. It is sent again only when it surely was not accepted before.</summary>
    public int SubmitAttempts
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(SubmitAttempts));
    } = 3;

    /// <summary>The limits that this client keeps when it submits; null keeps none. Providers that document limits set them.</summary>
    public SubmitLimits? Limits { get; set; }
}
