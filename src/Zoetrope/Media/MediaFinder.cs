using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope;

/// <summary>Finds the files that a result points to, whatever its form.</summary>
public static class MediaFinder
{
    /// <summary>
    /// Every object with a <c>url</c>, and every bare http(s) or <c>data:</c> URL that is the whole result or an item of an array,
    /// in the result's order; each URL once.
    /// </summary>
    public static IReadOnlyList<MediaFile> Find(RawJson result)
    {
        var found = new List<MediaFile>();
        var reader = result.CreateReader();
        reader.Read();
        Visit(ref reader, found);
        return found;
    }

    /// <summary>Looks at one value; leaves the reader on its last token.</summary>
    private static void Visit(ref Utf8JsonReader reader, List<MediaFile> found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                Take(MediaFile.Read(ref reader), found);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Visit(ref reader, found);
                break;
            case JsonTokenType.StartObject:
                var whole = reader;
                Take(MediaFile.Read(ref whole), found);
                while (JsonRead.NextProperty(ref reader, out _))
                {
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        Visit(ref reader, found);
                }
                break;
        }
    }

    private static void Take(MediaFile file, List<MediaFile> found)
    {
        if (!IsUrl(file.Url))
            return;
        foreach (var other in found)
        {
            if (other.Url == file.Url)
                return;
        }
        found.Add(file);
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
}
