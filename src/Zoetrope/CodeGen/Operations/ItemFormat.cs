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

    /// <summary>JSON, one value a line.</summary>
    JsonLines,

    /// <summary>JSON, each value after a record separator (RFC 7464).</summary>
    JsonSequence,
}
