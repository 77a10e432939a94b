using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zoetrope.CodeGen.Operations;

namespace Zoetrope.Operations;

/// <summary>
/// What a page says about the next one, as it was received: a model would leave out items of another type, and an id that is a number where the document says
/// text.
/// </summary>
internal sealed class PageHead
{
    /// <summary>The cursor or the URL of the next page; null where there is none.</summary>
    public string? Next { get; private set; }

    /// <summary>Whether there is a next page; null where the page does not say.</summary>
    public bool? HasMore { get; private set; }

    /// <summary>The number of all items or pages; null where the page does not say.</summary>
    public long? Total { get; private set; }

    /// <summary>The number of items.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the list of items is null, as some services write an empty one.</summary>
    public bool HasNullItems { get; private set; }

    /// <summary>What stands for the items, by their ids where they have such; null where other pages may have the same.</summary>
    public UInt128? Identity { get; private set; }

    /// <summary>What cannot be followed in the page; null where nothing is wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads a page.</summary>
    /// <param name="utf8">The page, which is JSON.</param>
    /// <param name="members">The names of its members.</param>
    public static PageHead Read(ReadOnlySpan<byte> utf8, PageMembers members)
    {
        var head = new PageHead { Count = members.Items is null ? 1 : 0 };
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return head;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(reader, members.Items))
                head.ReadItems(ref reader, utf8, members.Items!);
            else if (Is(reader, members.Next))
                head.Next = head.ReadNext(ref reader, members.Next!);
            else if (Is(reader, members.HasMore))
                head.HasMore = head.ReadHasMore(ref reader, members.HasMore!);
            else if (Is(reader, members.Total))
                head.Total = ReadTotal(ref reader);
            else
                reader.Read();
            reader.Skip();
        }
        return head;
    }

    private static bool Is(in Utf8JsonReader reader, string? name) => name is not null && reader.ValueTextEquals(name);

    private void ReadItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string name)
    {
        reader.Read();
        HasNullItems = reader.TokenType == JsonTokenType.Null;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Problem = HasNullItems ? Problem : $"has a '{name}' that is not a list";
            return;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var areObjects = false;
        for (Count = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; Count++)
        {
            areObjects |= reader.TokenType == JsonTokenType.StartObject;
            hash.AppendData(IdentityOf(ref reader, utf8));
            hash.AppendData(","u8);
        }
        // A single text may well be that of the next page too.
        if (areObjects || Count > 1)
            Identity = BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    /// <summary>The id of an item, or the whole where it has none: URLs in it may be signed anew each time.</summary>
    private static ReadOnlySpan<byte> IdentityOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var start = (int)reader.TokenStartIndex;
        ReadOnlySpan<byte> id = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
        }
        else
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                    id = reader.ValueSpan;
                reader.Skip();
            }
        }
        return id.IsEmpty ? utf8[start..(int)reader.BytesConsumed] : id;
    }

    private string? ReadNext(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            // Services that count in cursors end with 0 or -1.
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) && number <= 0 ? null : Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.Null or JsonTokenType.False:
                return null;
            default:
                Problem ??= $"has a '{name}' that is neither a text nor a number";
                return null;
        }
    }

    private bool? ReadHasMore(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Null:
                return null;
            default:
                Problem ??= $"has a '{name}' that is neither true nor false";
                return null;
        }
    }

    private static long? ReadTotal(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var total) ? total : null;
    }
}
