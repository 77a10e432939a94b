namespace Zoetrope.Jobs;

/// <summary>The states of a job in a ledger, in the order in which a job that succeeds passes through them.</summary>
public enum LedgerState
{
    /// <summary>To be submitted. Nothing was sent, or what was sent was surely not accepted.</summary>
    Intended,

    /// <summary>Being submitted: this was committed before the first byte left, and no receipt is known yet.</summary>
    Sent,

    /// <summary>Sent, but whether the provider accepted it is not known. It is never sent again by itself without an idempotency key.</summary>
    InDoubt,

    /// <summary>Accepted by the provider: it has a handle, and is billed.</summary>
    Accepted,

    /// <summary>Completed: the result is stored, its files are not delivered yet.</summary>
    Ended,

    /// <summary>Completed, and its files are stored.</summary>
    Delivered,

    /// <summary>Failed at the provider, or refused by it, or never sent because the input is not valid.</summary>
    Failed,

    /// <summary>Canceled, before it was sent or at the provider.</summary>
    Canceled,
}
