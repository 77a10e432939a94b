using System.Net.ServerSentEvents;

namespace Zoetrope.Http;

/// <summary>A server-sent event as it was parsed. It is a value, so that a stream of events allocates nothing but their values.</summary>
internal readonly struct ReceivedEvent<T>
{
    private ReceivedEvent(EventKind kind, T value, byte[]? data = null, Exception? problem = null)
    {
        Kind = kind;
        Value = value;
        Data = data;
        Problem = problem;
    }

    public EventKind Kind { get; }

    public T Value { get; }

    /// <summary>The data of an event that is unfinished or could not be read.</summary>
    public byte[]? Data { get; }

    /// <summary>Why the event could not be read.</summary>
    public Exception? Problem { get; }

    /// <summary>Reads an event. Exceptions are kept, because the parser would lose the event.</summary>
    public static ReceivedEvent<T> Of(string type, ReadOnlySpan<byte> data, SseItemParser<T> parse, bool isUnfinished)
    {
        var trimmed = data.Trim(" \t\r\n"u8);
        // An error needs no words.
        if (trimmed.IsEmpty && type != "error")
            return new(EventKind.Nothing, default!);
        if (trimmed.SequenceEqual("[DONE]"u8))
            return new(EventKind.Done, default!);
        if (isUnfinished)
            return new(EventKind.Unfinished, default!, data.ToArray());
        try
        {
            return new(EventKind.Value, parse(type, data));
        }
        catch (Exception exception)
        {
            return new(EventKind.Unreadable, default!, data.ToArray(), exception);
        }
    }
}

/// <summary>What an event is.</summary>
internal enum EventKind
{
    /// <summary>An event with a value.</summary>
    Value,

    /// <summary>An event without data, which keeps the connection open.</summary>
    Nothing,

    /// <summary>The end of the stream, as OpenAI-compatible services say it.</summary>
    Done,

    /// <summary>An event that the end of the stream cut off.</summary>
    Unfinished,

    /// <summary>An event that could not be read.</summary>
    Unreadable,
}
