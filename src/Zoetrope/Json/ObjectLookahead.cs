using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// The members of the object in which a union looks for a discriminator: they are scanned once for all alternatives. Nested unions scan nested objects
/// repeatedly, which has a limit for each text that is read (<see cref="JsonSource.LookaheadLeft"/>); a union beyond the limit does not match any alternative
/// and is raw.
/// </summary>
internal sealed class ObjectLookahead
{
    // Objects that unions distinguish are small. In a larger one, only this many members are considered.
    private const int MostMembers = 4096;

    [ThreadStatic]
    private static ObjectLookahead? _last;

    private readonly List<Member> _members = [];
    private ReadOnlyMemory<byte> _source;
    private long _start = -1;

    /// <summary>Finds a member of the object at the reader's position.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="source">The bytes that the reader reads.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="text">The member's value as JSON if it is a string, a number, a boolean or null; otherwise empty.</param>
    public static bool TryFind(Utf8JsonReader reader, ReadOnlyMemory<byte> source, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        var last = _last ??= new();
        if (last._start != reader.TokenStartIndex || !last._source.Equals(source))
            last.Look(reader, source);
        foreach (var member in last._members)
        {
            if (!IsName(source.Span[member.Name], member.IsEscaped, name))
                continue;
            text = source.Span[member.Text];
            return true;
        }
        text = default;
        return false;
    }

    /// <summary>Releases the text that was read.</summary>
    public static void Forget() => _last?.Reset();

    /// <summary>Whether a string, given with its quotes, equals the text.</summary>
    private static bool IsText(ReadOnlySpan<byte> quoted, ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return JsonStrings.IsValid(ref reader) && reader.ValueTextEquals(text);
    }

    private static bool IsName(ReadOnlySpan<byte> name, bool isEscaped, ReadOnlySpan<byte> wanted) =>
        isEscaped ? IsText(name, wanted) : name[1..^1].SequenceEqual(wanted);

    private static Range Quoted(ref Utf8JsonReader reader) => (int)reader.TokenStartIndex..(int)(reader.TokenStartIndex + reader.ValueSpan.Length + 2);

    private void Reset()
    {
        _members.Clear();
        _source = default;
        _start = -1;
    }

    private void Look(Utf8JsonReader reader, ReadOnlyMemory<byte> source)
    {
        Reset();
        _source = source;
        _start = reader.TokenStartIndex;
        while (JsonSource.LookaheadLeft > reader.TokenStartIndex - _start
            && _members.Count < MostMembers
            && reader.Read()
            && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Quoted(ref reader);
            var isEscaped = reader.ValueIsEscaped;
            reader.Read();
            _members.Add(new(name, isEscaped, TextOf(ref reader)));
            reader.Skip();
        }
        JsonSource.LookaheadLeft -= reader.TokenStartIndex - _start;
    }

    private static Range TextOf(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.String => Quoted(ref reader),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null => start..(start + reader.ValueSpan.Length),
            _ => default,
        };
    }

    private readonly record struct Member(Range Name, bool IsEscaped, Range Text);
}
