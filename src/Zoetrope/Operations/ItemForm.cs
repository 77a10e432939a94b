using Zoetrope.CodeGen.Operations;

namespace Zoetrope.Operations;

/// <summary>How items come, and which responses can have them.</summary>
internal readonly struct ItemForm
{
    private const string EventStream = "text/event-stream";

    private readonly ItemFormat _format;
    private readonly Func<string, EventData>? _data;

    /// <summary>Items that are JSON or text.</summary>
    public ItemForm(ItemFormat format) => _format = format;

    /// <summary>Items that are events with their fields.</summary>
    public ItemForm(Func<string, EventData> data) => _data = data;

    /// <summary>Whether an item is an event with its fields.</summary>
    public bool HasFields => _data is not null;

    /// <summary>Whether items come in server-sent events.</summary>
    public bool IsOfEvents => HasFields || _format is ItemFormat.EventJson or ItemFormat.EventText;

    /// <summary>Whether each item comes after a record separator, and not on a line.</summary>
    public bool IsSequence => _format == ItemFormat.JsonSequence;

    /// <summary>The media type that is expected, for messages.</summary>
    public string MediaType => IsOfEvents ? EventStream : IsSequence ? "application/json-seq" : "JSON lines";

    /// <summary>What the data of an event with that name is.</summary>
    public EventData DataOf(string name)
    {
        if (_data is not null)
            return _data(name);
        // The specification describes what the data of an event is, but not that of an error.
        if (name == "error")
            return EventData.None;
        return EventData.KeepAlive | (_format == ItemFormat.EventText ? EventData.Text : EventData.Json);
    }

    /// <summary>Whether a response of that media type has such items. Another one would be read as one without items, and lost.</summary>
    /// <param name="mediaType">The media type; null where it is not declared.</param>
    public bool Accepts(string? mediaType)
    {
        if (mediaType is null)
            return true;
        if (IsOfEvents)
            return mediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase);
        // Services call both also JSON; one line is JSON.
        return mediaType.EndsWith("json-seq", StringComparison.OrdinalIgnoreCase)
            ? IsSequence
            : mediaType.Contains("json", StringComparison.OrdinalIgnoreCase) && (!IsSequence || mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase));
    }
}
