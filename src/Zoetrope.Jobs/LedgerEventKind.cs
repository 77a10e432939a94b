namespace Zoetrope.Jobs;

/// <summary>What happened to a job of a ledger.</summary>
public enum LedgerEventKind
{
    /// <summary>It was recorded, and nothing was sent.</summary>
    Intended,

    /// <summary>It is sent now; committed before the first byte left.</summary>
    Sent,

    /// <summary>It was surely not accepted, and may be sent again.</summary>
    NotAccepted,

    /// <summary>Whether it was accepted is not known.</summary>
    InDoubt,

    /// <summary>It was accepted; the text is the handle.</summary>
    Accepted,

    /// <summary>It completed, and the result is stored.</summary>
    Ended,

    /// <summary>Its files are stored.</summary>
    Delivered,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was canceled.</summary>
    Canceled,

    /// <summary>It waits for something other than its turn, such as a cap on what is spent; the text says for what.</summary>
    Paused,

    /// <summary>A receipt arrived after the job was sent again: both jobs exist. The text is the handle of the one that is not in the row.</summary>
    SecondReceipt,

    /// <summary>It was put back to be submitted again, as its caller asked.</summary>
    Retried,

    /// <summary>It was imported from another ledger.</summary>
    Imported,

    /// <summary>A notification of it was not confirmed, and is sent no more; the text says why.</summary>
    NotificationAbandoned,

    /// <summary>It was not sent yet, and its input refers to files that were uploaded again from now on.</summary>
    Renewed,

    /// <summary>It is in doubt, and sent again with its idempotency key; committed before the first byte left.</summary>
    SentAgain,

    /// <summary>Its ceiling was not known, and is set by the price that the provider publishes; the text says which.</summary>
    Priced,
}
