namespace Zoetrope.Simulator.Jobs;

/// <summary>A webhook that was posted.</summary>
/// <param name="Provider">The provider of its job.</param>
/// <param name="JobId">The job.</param>
/// <param name="Url">The receiver.</param>
/// <param name="Body">What was posted.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record WebhookRecord(string Provider, string JobId, Uri Url, string Body, DateTimeOffset CreatedAt)
{
    private readonly List<bool> _attempts = [];

    /// <summary>The attempts so far, and whether each was delivered.</summary>
    public IReadOnlyList<bool> Attempts
    {
        get
        {
            lock (_attempts)
                return [.. _attempts];
        }
    }

    public void Add(bool isDelivered)
    {
        lock (_attempts)
            _attempts.Add(isDelivered);
    }
}
