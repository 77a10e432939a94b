using System.ComponentModel;

namespace Zoetrope.CodeGen.Operations;

/// <summary>How the items of a response come one after another. Generated code names it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ItemFormat
{
    /// <summary>Server-sent events, whose data is the item as JSON.</summary>
    EventJson,

    /// <summary>Server-sent events, whose data is the item as text.</summary>
    EventText,

    /// <summary>
    /// Server-sent events. The item is an object with <c>event</c>, <c>data</c> and, where the event has them, <c>id</c> and <c>retry</c>; the data is JSON.
    /// </summary>
    EventsWithJson,

    /// <summary>As <see cref="EventsWithJson"/>; the data is text.</summary>
    EventsWithText,

    /// <summary>As <see cref="EventsWithJson"/>; data that is a JSON object or array is JSON, all other is text.</summary>
    EventsWithEither,

    /// <summary>JSON, one value a line.</summary>
    JsonLines,

    /// <summary>JSON, each value after a record separator (RFC 7464).</summary>
    JsonSequence,
}
