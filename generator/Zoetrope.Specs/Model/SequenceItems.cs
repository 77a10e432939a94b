namespace Zoetrope.Specs.Model;

/// <summary>What comes one after another in a body.</summary>
/// <param name="Kind">How items are separated.</param>
/// <param name="Schema">
/// What each of them is: of events the event with its fields, or what its data is as JSON; <see cref="EventSchemas.IsEvent"/> distinguishes them.
/// </param>
public sealed record SequenceItems(SequenceKind Kind, Schema Schema);

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
