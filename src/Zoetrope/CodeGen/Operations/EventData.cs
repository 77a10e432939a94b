using System.ComponentModel;

namespace Zoetrope.CodeGen.Operations;

/// <summary>
/// What the data of a server-sent event is. Generated code names it. Both <see cref="Text"/> and <see cref="Json"/>: an object or an array of JSON is JSON, and
/// all else is text.
/// </summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum EventData
{
    /// <summary>Nothing is described: the event is an error.</summary>
    None = 0,

    /// <summary>Text.</summary>
    Text = 1,

    /// <summary>JSON.</summary>
    Json = 2,

    /// <summary>An event without data is an item without it.</summary>
    Optional = 4,

    /// <summary>The data of an event without any is null.</summary>
    Nullable = 8,

    /// <summary>An event without data only keeps the connection open.</summary>
    KeepAlive = 16,
}
