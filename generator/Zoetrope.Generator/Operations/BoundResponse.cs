using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>The kinds of responses.</summary>
internal enum ResponseKind
{
    /// <summary>No body.</summary>
    None,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>JSON or nothing.</summary>
    Maybe,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Anything else, which the caller reads.</summary>
    Stream,

    /// <summary>What the document does not describe, which the caller reads.</summary>
    Any,

    /// <summary>Status and headers.</summary>
    Head,

    /// <summary>Items that come one after another.</summary>
    Items,
}

/// <summary>A response.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Method">The name of the method that gives it, without <c>Async</c>.</param>
/// <param name="Type">What JSON is, and each of the items; raw for all other forms.</param>
/// <param name="Accept">What to ask for, or null where the client knows.</param>
/// <param name="Summary">What the document says about it.</param>
/// <param name="Format">How items are read; null for all other forms.</param>
internal sealed record BoundResponse(ResponseKind Kind, string Method, TypeRef Type, string? Accept, string Summary, string? Format = null)
{
    /// <summary>Of items that are events with their fields: what the data is, by the event's name.</summary>
    public EquatableArray<EventForm> Events { get; init; }
}
