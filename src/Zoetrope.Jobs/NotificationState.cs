namespace Zoetrope.Jobs;

/// <summary>The states of a notification.</summary>
public enum NotificationState
{
    /// <summary>It is still to be sent, for the first time or again.</summary>
    Pending,

    /// <summary>The receiver has confirmed it.</summary>
    Sent,

    /// <summary>It was not confirmed in the time that it had, or the receiver wants no more; the reason says which.</summary>
    Abandoned,
}
