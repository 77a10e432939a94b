using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Media;

/// <summary>Finds the files that a result refers to, whatever the type of the result.</summary>
public static class MediaFinder
{
    /// <summary>
    /// Returns every object with a <c>url</c>, and every bare http(s) or <c>data:</c> URL that is the whole result or an item of an array,
    /// in the result's order; each URL once.
    /// </summary>
    public static IReadOnlyList<MediaFile> Find(RawJson result)
    {
        using var scope = JsonSource.Enter(result.Memory);
        var found = new List<MediaFile?>();
        var reader = result.CreateReader();
        try
        {
            reader.Read();
            Visit(ref reader, result, found);
        }
        catch (JsonException)
        {
            // Files are not searched for in deeper values; those found before count.
        }
        return Distinct(found);
    }

    /// <summary>Searches one value, visiting every nested value once; leaves the reader on its last token.</summary>
    private static void Visit(ref Utf8JsonReader reader, RawJson result, List<MediaFile?> found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                if (ReadBare(ref reader) is { } bare)
                    found.Add(bare);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Visit(ref reader, result, found);
                break;
            case JsonTokenType.StartObject:
                VisitObject(ref reader, result, found);
                break;
        }
    }

    private static void VisitObject(ref Utf8JsonReader reader, RawJson result, List<MediaFile?> found)
    {
        MediaFile? file = null;
        var undeclared = default(Range?);
        var index = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isName = JsonStrings.TryName(ref reader, out var name);
            reader.Read();
            var isDeclared = MediaFile.Declares(name);
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                if (isDeclared && (file ??= new()).TryReadMember(ref reader, name))
                    continue;
            }
            else
            {
                // The containing file comes before those in it, even if its URL follows them.
                if (index < 0)
                {
                    index = found.Count;
                    found.Add(null);
                }
                var value = (int)reader.TokenStartIndex;
                Visit(ref reader, result, found);
                if (isDeclared)
                {
                    (file ??= new()).KeepMismatch(name, RawJson.OfValid(result.Memory[value..End(ref reader)]));
                    continue;
                }
            }
            if (!isName)
                continue;
            var end = End(ref reader);
            if (undeclared is { } before && before.End.Value + 1 != start)
            {
                (file ??= new()).ExtraProperties.KeepMembers(result.Memory[before]);
                undeclared = null;
            }
            undeclared = new(undeclared?.Start ?? start, end);
        }
        if (file is null || !IsUrl(file.Url))
            return;
        if (undeclared is { } last)
            file.ExtraProperties.KeepMembers(result.Memory[last]);
        if (index >= 0)
            found[index] = file;
        else
            found.Add(file);
    }

    private static int End(ref Utf8JsonReader reader) => (int)reader.BytesConsumed;

    private static MediaFile? ReadBare(ref Utf8JsonReader reader)
    {
        // Other strings are not decoded; an escape may be one of a slash.
        if ((!reader.ValueIsEscaped && !IsUrl(reader.ValueSpan)) || !JsonStrings.IsValid(ref reader))
            return null;
        var file = MediaFile.Read(ref reader);
        return IsUrl(file.Url) ? file : null;
    }

    private static List<MediaFile> Distinct(List<MediaFile?> found)
    {
        var files = new List<MediaFile>(found.Count);
        var urls = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in found)
        {
            if (file is not null && urls.Add(file.Url))
                files.Add(file);
        }
        return files;
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static bool IsUrl(ReadOnlySpan<byte> utf8) => StartsWith(utf8, "https://"u8) || StartsWith(utf8, "http://"u8) || StartsWith(utf8, "data:"u8);

    private static bool StartsWith(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> start) =>
        utf8.Length >= start.Length && Ascii.EqualsIgnoreCase(utf8[..start.Length], start);
}
