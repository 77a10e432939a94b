namespace Zoetrope.Jobs;

/// <summary>A notification that a job was delivered, has failed, was canceled, or is in doubt.</summary>
/// <param name="Subscriber">The subscriber (<see cref="NotificationOptions.Name"/>).</param>
/// <param name="Sequence">The entry of the history that it is about (<see cref="LedgerEvent.Sequence"/>).</param>
/// <param name="JobId">The job.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When it happened, by the clock of the store.</param>
/// <param name="State">Whether it was sent.</param>
/// <param name="Attempts">The number of times it was sent, or is being sent.</param>
/// <param name="DueAt">When it is sent next, if it is still to be sent.</param>
/// <param name="Reason">Why the last attempt failed; null where none did.</param>
public sealed record LedgerNotification(
    string Subscriber, long Sequence, string JobId, LedgerEventKind Kind, DateTimeOffset At, NotificationState State, int Attempts, DateTimeOffset DueAt,
    string? Reason);
