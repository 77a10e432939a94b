using System.Globalization;
using Zoetrope.Fal.Protocol;
using Zoetrope.Jobs;

namespace Zoetrope.Fal;

/// <summary>The options of a submit to fal, besides the request itself.</summary>
public sealed class FalSubmitOptions : SubmitOptions
{
    // Delegates, so that a native app that sets none of these does not contain what writes them.
    private Func<TimeSpan?, FalFileAcl?, string?>? _lifecycle;
    private Action<FalSubmitOptions, List<KeyValuePair<string, string>>>? _rare;

    /// <summary>
    /// How long the job may take to start, including waiting in the queue and failed attempts; its running time is not limited by it. When
    /// it is over, fal ends the job with an error. More than a second (fal's clients require it); no limit by default.
    /// </summary>
    public TimeSpan? StartTimeout { get; set; }

    /// <summary>The priority in the queue; <see cref="FalPriority.Normal"/> by default. Not for direct runs.</summary>
    public FalPriority? Priority { get; set; }

    /// <summary>Jobs with the same hint run on the same runner if possible (session affinity); none by default.</summary>
    public string? RunnerHint { get; set; }

    /// <summary>
    /// Whether fal stores the input and output of the job (for 30 days); true by default. Otherwise the result can be fetched only for a short time.
    /// </summary>
    public bool StoreIO { get; set; } = true;

    /// <summary>Whether fal does not retry the job when a runner fails; false by default.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Whether fal does not run the job on another model when the model keeps failing; false by default.</summary>
    public bool DisableFallback { get; set; }

    /// <summary>How long the files of the job are stored: whole seconds, at least one. The account's setting by default.</summary>
    public TimeSpan? ObjectExpiry { get; set; }

    /// <summary>Who may read the files of the job. The account's setting by default: files are public where it says nothing.</summary>
    public FalFileAcl? ObjectAcl
    {
        get;
        set
        {
            field = value;
            _lifecycle = FalFileLifecycle.Write;
        }
    }

    /// <summary>
    /// Labels of the job in fal's reports of usage and costs: at most ten. Names have at most 64 characters of a-z, 0-9, '.', '_' and '-', and do not begin
    /// with "fal."; values have at most 256 printable ASCII characters other than a comma. None by default.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Tags
    {
        get;
        set
        {
            field = value;
            _rare = FalRareHeaders.Add;
        }
    }

    /// <summary>
    /// How often fal runs the job again after failures of each kind, at your own apps; fal ignores it elsewhere. The app's settings by default.
    /// </summary>
    public FalRetryLimits? RetryLimits
    {
        get;
        set
        {
            field = value;
            _rare = FalRareHeaders.Add;
        }
    }

    /// <summary>Makes fal reject the submit with 429 when more jobs than this are waiting at the endpoint; no limit by default. Not for direct runs.</summary>
    public int? MaxQueueLength { get; set; }

    /// <summary>Validates the options and adds their headers.</summary>
    /// <exception cref="ArgumentException">An option is not valid, or they belong to another provider.</exception>
    internal static void AddHeaders(SubmitOptions? options, List<KeyValuePair<string, string>> headers)
    {
        if (options is null)
            return;
        if (options is FalSubmitOptions own)
            own.AddHeaders(headers);
        else if (options.GetType() != typeof(SubmitOptions))
            throw new ArgumentException($"fal takes {nameof(FalSubmitOptions)}, not {options.GetType().Name}.", nameof(options));
        headers.AddRange(options.Headers);
    }

    internal void CheckForDirectRun()
    {
        if (WebhookUrl is not null)
            throw new ArgumentException("A direct run has no webhook: its result is the response itself.", nameof(WebhookUrl));
        if (Priority is not null)
            throw new ArgumentException("A direct run has no priority: it does not wait in the queue.", nameof(Priority));
        if (MaxCost is not null)
            throw new ArgumentException("A direct run has no limit of its cost: estimate it with EstimateAsync before the run.", nameof(MaxCost));
        if (MaxQueueLength is not null)
            throw new ArgumentException("A direct run has no queue length: it does not wait in the queue.", nameof(MaxQueueLength));
    }

    private void AddHeaders(List<KeyValuePair<string, string>> headers)
    {
        if (MaxQueueLength is < 0)
            throw new ArgumentException("The queue length cannot be negative.", nameof(MaxQueueLength));
        if (StartTimeout is { } start)
        {
            if (start <= TimeSpan.FromSeconds(1) || start > TimeSpan.FromDays(30))
                throw new ArgumentException($"The start timeout must be more than a second and at most 30 days, not {start}.", nameof(StartTimeout));
            // The old name and the new one mean the same; which of them a gateway supports is not documented.
            var seconds = start.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            headers.Add(new("X-Fal-Request-Timeout", seconds));
            headers.Add(new("X-Fal-Request-Start-Timeout", seconds));
        }
        if (Priority is { } priority)
            headers.Add(new("X-Fal-Queue-Priority", priority == FalPriority.Low ? "low" : "normal"));
        if (RunnerHint is { } hint)
            headers.Add(new("X-Fal-Runner-Hint", CheckHint(hint)));
        if (!StoreIO)
            headers.Add(new("X-Fal-Store-IO", "0"));
        if (DisableRetry)
            headers.Add(new("X-Fal-No-Retry", "1"));
        if (DisableFallback)
            headers.Add(new("x-app-fal-disable-fallback", "true"));
        var expires = ObjectExpiry is { } expiry ? Lifecycle(expiry) : null;
        if ((_lifecycle?.Invoke(ObjectExpiry, ObjectAcl) ?? expires) is { } lifecycle)
            headers.Add(new("X-Fal-Object-Lifecycle-Preference", lifecycle));
        _rare?.Invoke(this, headers);
    }

    private static string CheckHint(string hint)
    {
        foreach (var character in hint)
        {
            if (character is < ' ' or > '~')
                throw new ArgumentException("The runner hint must be printable ASCII.", nameof(RunnerHint));
        }
        return hint.Length > 0 ? hint : throw new ArgumentException("The runner hint is empty.", nameof(RunnerHint));
    }

    private static string Lifecycle(TimeSpan expiry)
    {
        var seconds = (long)expiry.TotalSeconds;
        if (seconds < 1 || expiry.Ticks % TimeSpan.TicksPerSecond != 0)
            throw new ArgumentException($"The object expiry must be whole seconds, at least one, not {expiry}.", nameof(ObjectExpiry));
        return $$"""{"expiration_duration_seconds":{{seconds.ToString(CultureInfo.InvariantCulture)}}}""";
    }
}

/// <summary>The priority of a job in fal's queue.</summary>
public enum FalPriority
{
    /// <summary>In the order of arrival.</summary>
    Normal,

    /// <summary>After the normal requests of all users of the endpoint.</summary>
    Low,
}
