namespace Zoetrope.Specs.Model;

/// <summary>What comes one after another in a body.</summary>
/// <param name="Kind">How items are separated.</param>
/// <param name="Schema">What each of them is.</param>
public sealed record SequenceItems(SequenceKind Kind, Schema Schema)
{
    /// <summary>
    /// Of items that are events with their fields: what the data is, by the event's name. Empty where an item is only what the data of an event is.
    /// </summary>
    public EquatableArray<EventForm> Events { get; init; }

    /// <summary>Whether an item is the data of an event as text, and not as JSON.</summary>
    public bool IsText { get; init; }
}

/// <summary>How the items of a body are separated.</summary>
public enum SequenceKind
{
    /// <summary>Server-sent events (<c>text/event-stream</c>).</summary>
    Events,

    /// <summary>JSON, one value a line (<c>application/jsonl</c>, <c>application/x-ndjson</c>).</summary>
    Lines,

    /// <summary>JSON, each value after a record separator (<c>application/json-seq</c>, RFC 7464).</summary>
    Records,
}
