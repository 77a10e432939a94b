namespace Zoetrope.Specs.Model;

/// <summary>What the data of server-sent events with one name is.</summary>
/// <param name="Name">The name (<c>event</c>); null for all names that no other form has.</param>
/// <param name="Data">What the data is.</param>
public sealed record EventForm(string? Name, EventData Data);

/// <summary>What the data of an event is. Both text and JSON: what is an object or an array of JSON is JSON, and all else is text.</summary>
[Flags]
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
